"""`repartee say` and `repartee transcribe`: the voice and the recognizer on their own."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from app.build import engine_arguments
from app.cli.setup import Setup, override, set_up
from app.endpointing import Ended, Endpointer, EndpointingRules, Started
from app.speakable import speakable
from app.turn import clauses_of
from engines import registry
from engines.audio.files import check_writable, read_audio, write_wav
from engines.cancel import CancelToken
from engines.errors import BadInput
from engines.protocols import SpeechRecognizer, SpeechSynthesizer
from engines.types import SAMPLE_RATE, AudioFrame, Samples, SpeechChunk

PADDING_SECONDS = 0.3  # around each utterance


def say(options: argparse.Namespace) -> int:
    setup = set_up(options, override("tts.voice", options.voice))
    if options.output:
        check_writable(options.output)
    language = setup.settings.stt.language
    clauses = [speakable(clause, language) for clause in clauses_of([options.text])]
    if not any(clauses):
        raise BadInput("There is nothing to say in that text.")
    engine: SpeechSynthesizer = _engine("tts", setup)
    engine.start()
    try:
        chunks = [
            chunk for clause in clauses if clause for chunk in engine.speak(clause, language, CancelToken())
        ]
        if options.output:
            rate = chunks[0].sample_rate
            write_wav(options.output, np.concatenate([chunk.audio for chunk in chunks]), rate)
        else:
            _play(chunks, setup)
    finally:
        engine.close()
    return 0


def transcribe(options: argparse.Namespace) -> int:
    samples = read_audio(options.input, SAMPLE_RATE)
    setup = set_up(options)
    engine: SpeechRecognizer = _engine("stt", setup)
    engine.start()
    try:
        for start, utterance in utterances(samples, setup.settings.turn.vad_threshold):
            frames = [AudioFrame(utterance, SAMPLE_RATE, start)]
            results = list(engine.transcribe(frames, setup.settings.stt.language, CancelToken()))
            text = results[-1].text if results else ""
            if text and options.json:
                end = start + len(utterance) / SAMPLE_RATE
                print(json.dumps({"start": round(start, 3), "end": round(end, 3), "text": text}), flush=True)
            elif text:
                print(text, flush=True)
    finally:
        engine.close()
    return 0


def utterances(samples: Samples, threshold: float) -> Iterator[tuple[float, Samples]]:
    """Each stretch of speech in a recording: when it starts, in seconds, and its (N,) samples."""
    from engines.vad.silero import SileroDetector

    detector = SileroDetector()
    endpointer = Endpointer(EndpointingRules(threshold=threshold, release=max(0.01, threshold - 0.15)))
    size = detector.window_size
    padded = np.concatenate([samples, np.zeros(SAMPLE_RATE + size, dtype=np.float32)])
    began = 0.0
    for position in range(0, len(padded) - size, size):
        start, end = position / SAMPLE_RATE, (position + size) / SAMPLE_RATE
        decided = endpointer.feed(detector.probability(padded[position : position + size]), start, end)
        if isinstance(decided, Started):
            began = max(0.0, decided.at - PADDING_SECONDS)
        elif isinstance(decided, Ended):
            until = int((decided.last_speech + PADDING_SECONDS) * SAMPLE_RATE)
            yield began, padded[int(began * SAMPLE_RATE) : until]


def _engine(stage: str, setup: Setup) -> Any:
    row = registry.find(stage, getattr(setup.settings, stage).engine)
    return registry.create(row, engine_arguments(stage, setup.settings))


def _play(chunks: list[SpeechChunk], setup: Setup) -> None:
    from engines.audio.sound_card import SoundCard

    audio = setup.settings.audio
    card = SoundCard(None, audio.output_device)
    try:
        card.volume = audio.volume / 100.0
        playback = card.open_playback()
        for chunk in chunks:
            playback.write(chunk)
        playback.finish()
        playback.ended.wait()
        card.drain()
    finally:
        card.close()
