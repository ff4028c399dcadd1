"""pocketsphinx: streaming recognition with a model that its package carries. English only.

Source: cmusphinx/pocketsphinx (BSD-2-Clause). Frames are decoded while the person still talks, so the final result is
ready soon after the last one. Good at short requests, poor at long read sentences. With `requests_model` a second
decoder listens along for what people ask Repartee for (requests_decoder.py); what is heard meanwhile is the general's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from engines.cancel import CancelToken
from engines.errors import EngineError
from engines.stt import requests_decoder
from engines.types import SAMPLE_RATE, AudioFrame, EngineInfo, Samples, Transcript

# The cepstral mean that recognition begins with: of people and of voices at the level below, measured. With the
# package's own the first sentence of a conversation is heard twice as badly.
CEPSTRAL_MEAN = (
    "49.1064,6.4348,1.6111,13.6809,-1.9009,-1.4038,0.8332,-4.7448,-2.5976,-2.3967,4.5710,-1.2286,1.2650"
)
SPEECH_LEVEL = 0.1  # rms that speech is brought to
MAX_GAIN = 10.0
PARTIAL_EVERY_SECONDS = 0.25  # of audio
DECODE_EVERY_SAMPLES = 1600  # a call for every 10 ms frame would cost more than the decoding


class PocketsphinxRecognizer:
    """A SpeechRecognizer; about 0.2 seconds of one core for a second of speech, 0.05 more with requests.

    `requests_model` is the path of a language model of requests (assets/hearing); "" does without.
    """

    def __init__(self, *, requests_model: str = "") -> None:
        self._requests_model = requests_model
        self._decoder: Any = None
        self._requests: Any = None

    def start(self) -> EngineInfo:
        from pocketsphinx import Decoder

        try:
            self._decoder = Decoder(samprate=SAMPLE_RATE, loglevel="FATAL")
        except RuntimeError as error:
            raise EngineError(f"pocketsphinx could not load its model ({error}). Set up again.") from error
        if self._requests_model:
            self._requests = requests_decoder.load(self._requests_model)
        return EngineInfo("pocketsphinx", "en-us", details={"languages": ["en"]})

    def close(self) -> None:
        self._decoder = self._requests = None

    def transcribe(
        self, frames: Iterable[AudioFrame], language: str, cancel: CancelToken
    ) -> Iterator[Transcript]:
        """Decode as frames arrive; `language` has to be English."""
        if not language.lower().startswith("en"):
            raise EngineError("The built-in recognizer hears only English. Choose another under stt.engine.")
        decoder, requests, said, since_partial = self._decoder, self._requests, "", 0.0
        both = [one for one in (decoder, requests) if one is not None]
        level = SpeechLevel()
        for one in both:
            one.set_cmn(CEPSTRAL_MEAN)  # else another voice, heard before, changes what is heard now
            one.start_utt()
        try:
            for block in _blocks(frames):
                if cancel.cancelled:
                    return
                heard = _pcm16(block * level.gain(block))
                for one in both:
                    one.process_raw(heard, False, False)
                since_partial += len(block) / SAMPLE_RATE
                if since_partial >= PARTIAL_EVERY_SECONDS:
                    since_partial = 0.0
                    text = _text(decoder)
                    if text and text != said:
                        said = text
                        yield Transcript(text, "en", final=False)
        finally:
            for one in both:
                one.end_utt()
        if not cancel.cancelled:
            text = requests_decoder.better(decoder, requests) if requests is not None else _text(decoder)
            yield Transcript(text, "en")


class SpeechLevel:
    """Brings an utterance to one level from its loudest tenth of a second so far: microphones differ by 30 dB."""

    def __init__(self) -> None:
        self._loudest = 0.0

    def gain(self, block: Samples) -> np.float32:
        """The factor for this block, (N,) samples of about 100 ms."""
        self._loudest = max(self._loudest, float(np.sqrt(np.mean(block * block))))
        # The loudest tenth of a second of speech is about 1.6 times its rms.
        return np.float32(min(MAX_GAIN, 1.6 * SPEECH_LEVEL / max(self._loudest, 1e-6)))


def _blocks(frames: Iterable[AudioFrame]) -> Iterator[Samples]:
    waiting: list[Samples] = []
    count = 0
    for frame in frames:
        waiting.append(frame.samples)
        count += len(frame.samples)
        if count >= DECODE_EVERY_SAMPLES:
            yield np.concatenate(waiting)
            waiting, count = [], 0
    if waiting:
        yield np.concatenate(waiting)


def _pcm16(samples: Samples) -> bytes:
    return (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()


def _text(decoder: Any) -> str:
    hypothesis = decoder.hyp()
    return str(hypothesis.hypstr).strip() if hypothesis else ""
