"""Word error rates with and without the requests model: `python -m assets.hearing.measure [-n 132] [--shared PATH]`.

Held-out requests and open sentences spoken by flite, and recordings of people where the shared folder has them. Prints
a table, then one JSON line.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np

from engines.audio.resample import resample
from engines.cancel import CancelToken
from engines.stt.pocketsphinx import PocketsphinxRecognizer
from engines.tts.system_voice import SystemVoice
from engines.types import SAMPLE_RATE, AudioFrame, Samples

from . import REQUESTS_MODEL
from .open_speech import PEOPLE_ASK, PEOPLE_READ, SENTENCES

VOICES = ("rms", "awb", "kal16")
HELD_OUT = ("heldout.jsonl", "heldout_second.jsonl")
SILENCE_SECONDS = 0.25  # before and after what flite says
SHARED = Path(__file__).parents[3] / "shared" / "audio"


@dataclass(frozen=True)
class Clip:
    """Something said, (N,) samples at 16 kHz, and its words."""

    words: str
    samples: Samples


@dataclass
class Heard:
    """What one recognizer made of one set."""

    errors: int = 0
    words: int = 0
    exact: int = 0
    clips: int = 0
    audio_seconds: float = 0.0
    cpu_seconds: float = 0.0
    final_ms: list[float] = field(default_factory=list)  # of CPU, from the last frame to the final

    def summary(self) -> dict[str, float]:
        return {
            "wer": round(self.errors / self.words, 4),
            "exact": self.exact,
            "clips": self.clips,
            "cpu_per_second": round(self.cpu_seconds / self.audio_seconds, 3),
            "final_ms_median": round(statistics.median(self.final_ms), 1),
            "final_ms_p95": round(sorted(self.final_ms)[int(0.95 * (len(self.final_ms) - 1))], 1),
        }


def errors(said: list[str], heard: list[str]) -> int:
    """Words wrong, missing or too many (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        previous, row = row, [i]
        for j, other in enumerate(heard, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (word != other)))
    return row[-1]


def held_out(count: int, seed: int) -> list[str]:
    """Requests written by hand that can be read aloud as they stand: words, no digits or signs."""
    folder = REQUESTS_MODEL.parents[1] / "starter"
    lines = [line for name in HELD_OUT for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    asked = (re.sub(r"[.,?!]", "", json.loads(line)["ask"].lower()).strip() for line in lines)
    plain = list(dict.fromkeys(ask for ask in asked if re.fullmatch(r"[a-z' ]+", ask)))
    Random(f"hearing:{seed}").shuffle(plain)
    return plain[:count]


def spoken(text: str, voice: str) -> Samples:
    """The text in one of flite's voices, between two short silences."""
    chunks = list(SystemVoice(voice=voice).speak(text, "en", CancelToken()))
    audio = resample(np.concatenate([chunk.audio for chunk in chunks]), chunks[0].sample_rate, SAMPLE_RATE)
    quiet = np.zeros(int(SILENCE_SECONDS * SAMPLE_RATE), dtype=np.float32)
    return np.concatenate([quiet, audio, quiet])


def in_voices(texts: list[str]) -> Iterator[Clip]:
    for index, text in enumerate(texts):
        yield Clip(text, spoken(text, VOICES[index % len(VOICES)]))


def recorded(folder: Path, clips: dict[str, str]) -> Iterator[Clip]:
    import soundfile

    for name, words in clips.items():
        samples, rate = soundfile.read(folder / name, dtype="float32", always_2d=True)
        yield Clip(words, resample(samples.mean(axis=1), rate, SAMPLE_RATE))


def hear(recognizer: PocketsphinxRecognizer, clip: Clip, into: Heard) -> str:
    """One utterance in frames of 10 ms; times are of CPU, so that a busy machine changes little."""
    last_frame_at = 0.0

    def frames() -> Iterator[AudioFrame]:
        nonlocal last_frame_at
        for start in range(0, len(clip.samples), SAMPLE_RATE // 100):
            block = clip.samples[start : start + SAMPLE_RATE // 100]
            yield AudioFrame(block, SAMPLE_RATE, start / SAMPLE_RATE)
        last_frame_at = time.process_time()

    began = time.process_time()
    text = list(recognizer.transcribe(frames(), "en", CancelToken()))[-1].text
    ended = time.process_time()
    into.errors += errors(clip.words.split(), text.split())
    into.words += len(clip.words.split())
    into.exact += clip.words == text
    into.clips += 1
    into.audio_seconds += len(clip.samples) / SAMPLE_RATE
    into.cpu_seconds += ended - began
    into.final_ms.append(1000 * (ended - last_frame_at))
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=132, help="held-out requests")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of recordings")
    parser.add_argument("--show", action="store_true", help="print what changed")
    a = parser.parse_args()
    sets: dict[str, Callable[[], Iterator[Clip]]] = {}
    if shutil.which("flite"):
        sets["held-out requests"] = lambda: in_voices(held_out(a.n, a.seed))
        sets["open sentences"] = lambda: in_voices(SENTENCES)
    else:
        print("flite is not installed: nothing spoken by voices is measured.")
    if a.shared.is_dir():
        sets["people asking"] = lambda: recorded(a.shared, PEOPLE_ASK)
        sets["people reading"] = lambda: recorded(a.shared, PEOPLE_READ)
    else:
        print("The folder of recordings is absent: people are not measured.")
    if not sets:
        sys.exit(1)
    before, after = PocketsphinxRecognizer(), PocketsphinxRecognizer(requests_model=str(REQUESTS_MODEL))
    before.start()
    after.start()
    print(f"{'set':<20}{'clips':>6}{'WER':>16}{'exact':>12}{'CPU/s':>16}{'final ms, median':>20}{'p95':>12}")
    results = {}
    for name, clips in sets.items():
        was, now = Heard(), Heard()
        for clip in clips():
            first, second = hear(before, clip, was), hear(after, clip, now)
            if a.show and first != second:
                print(f"  said   {clip.words}\n  before {first}\n  after  {second}\n")
        x, y = was.summary(), now.summary()
        results[name] = {"before": x, "after": y}
        print(
            f"{name:<20}{was.clips:>6}{x['wer']:>8.3f} >{y['wer']:>6.3f}{was.exact:>6} >{now.exact:>4}"
            f"{x['cpu_per_second']:>8.3f} >{y['cpu_per_second']:>6.3f}"
            f"{x['final_ms_median']:>11.0f} >{y['final_ms_median']:>7.0f}"
            f"{x['final_ms_p95']:>6.0f} >{y['final_ms_p95']:>4.0f}",
            flush=True,
        )
    print(json.dumps(results))


if __name__ == "__main__":
    main()
