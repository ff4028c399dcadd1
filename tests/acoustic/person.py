"""The person of the tests: recordings of people where they are present, else flite's `rms`.

Nothing here is recorded in the project: shared recordings are read from ../shared/audio, the synthetic person
speaks anew every time.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
import soxr

from tests.acoustic.recording import RATE
from tests.acoustic.signals import Sound

SHARED_AUDIO = Path(__file__).resolve().parents[3] / "shared" / "audio"
LOUDNESS = 0.08  # RMS while speaking: a person at arm's length from a desk microphone with its gain set right

# What the person says → the recording of it, where there is one.
RECORDED = {
    "what time is it": "what_time_is_it.wav",
    "what's the weather like": "whats_the_weather_like.wav",
    "what is the weather in paris": "weather_question.wav",
    "book a room": "book_a_room.wav",
    "half an hour": "half_an_hour.wav",
}


@cache
def saying(text: str) -> Sound:
    """A clip at the rig's rate of a person saying `text`. Raises RuntimeError where nobody can say it."""
    path = SHARED_AUDIO / RECORDED.get(text, "")
    return evened(read(path)) if path.is_file() else evened(flite(text))


def flite(text: str, voice: str = "rms") -> Sound:
    """The synthetic person."""
    if shutil.which("flite") is None:
        raise RuntimeError("nobody can speak: ../shared/audio is absent and flite is not installed")
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", file.name], check=True, timeout=30)
        return read(Path(file.name))


def read(path: Path) -> Sound:
    """Any sound file as mono at the rig's rate."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    resampled: Sound = soxr.resample(mono, rate, RATE).astype(np.float32)
    return resampled


def evened(clip: Sound) -> Sound:
    """The clip at the loudness of a person at a desk, never clipped."""
    loud = np.abs(clip) > 0.1 * np.abs(clip).max()
    gain = min(LOUDNESS / float(np.sqrt(np.mean(clip[loud] ** 2))), 0.95 / float(np.abs(clip).max()))
    return (clip * gain).astype(np.float32)


def understood(sound: Sound) -> str:
    """What a listener makes of it: pocketsphinx, run here and not in the product."""
    from pocketsphinx import Decoder

    decoder = Decoder(samprate=16_000.0, loglevel="FATAL")
    heard = soxr.resample(sound, RATE, 16_000)
    decoder.start_utt()
    decoder.process_raw((np.clip(heard, -1, 1) * 32767).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return str(found.hypstr) if found else ""


def words_in_common(said: str, heard: str) -> float:
    """The part of the words of `said` that `heard` holds, 0 to 1, in any order."""
    wanted = [word.strip(".,;:!?").lower() for word in said.split()]
    words = heard.lower().split()
    return sum(word in words for word in wanted) / max(1, len(wanted))
