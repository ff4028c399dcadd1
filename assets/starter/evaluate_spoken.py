"""Held-out requests, spoken and heard: `python -m assets.starter.evaluate_spoken [-n 40]`.

Each request is spoken by one of flite's voices rms, awb and kal16 in turn, goes through `repartee talk` as a recording,
and is right when the tool calls that come out are (evaluate.py says what that means). Prints a table, then one JSON
line.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from engines.audio.files import write_wav
from engines.cancel import CancelToken
from engines.tts.system_voice import SystemVoice
from engines.types import ToolCall

from .evaluate import HELD_OUT, same_call

VOICES = ("rms", "awb", "kal16")
SILENCE_SECONDS = 0.3
BAR = 0.8


def speak(text: str, voice: str, path: Path) -> None:
    chunks = list(SystemVoice(voice=voice).speak(text, "en", CancelToken()))
    rate = chunks[0].sample_rate
    quiet = np.zeros(int(SILENCE_SECONDS * rate), dtype=np.float32)
    write_wav(path, np.concatenate([quiet, *(chunk.audio for chunk in chunks), quiet]), rate)


def talk(recording: Path, home: Path) -> tuple[str, list[ToolCall]]:
    """What was heard, and the calls that were made of it."""
    done = subprocess.run(
        [sys.executable, "-m", "app", "talk", str(recording), "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "REPARTEE_HOME": str(home)},
    )
    events = [json.loads(line) for line in done.stdout.splitlines()]
    heard = " | ".join(event["text"] for event in events if event["event"] == "TranscriptReady")
    calls = [
        ToolCall(event["name"], event["arguments"]) for event in events if event["event"] == "ToolCalled"
    ]
    return heard, calls


def cases(count: int) -> list[dict[str, Any]]:
    lines = HELD_OUT.read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case.get("speak") and case.get("calls")][:count]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m assets.starter.evaluate_spoken", description=__doc__)
    parser.add_argument("-n", type=int, default=40, help="how many requests")
    options = parser.parse_args()
    right, total = Counter[str](), Counter[str]()
    for number, case in enumerate(cases(options.n)):
        voice = VOICES[number % len(VOICES)]
        with tempfile.TemporaryDirectory() as folder:
            recording = Path(folder) / "request.wav"
            speak(case["ask"], voice, recording)
            heard, calls = talk(recording, Path(folder))
        good = len(calls) == len(case["calls"]) and all(map(same_call, case["calls"], calls))
        total[voice] += 1
        right[voice] += good
        if not good:
            made = " ".join(f"{call.name}{dict(call.arguments)}" for call in calls) or "no call"
            print(f"wrong ({voice}): {case['ask']!r}, heard as {heard!r}: {made}")
    for voice in VOICES:
        print(f"{voice:<8}{right[voice]:>4} of {total[voice]}")
    share = right.total() / max(1, total.total())
    print(
        json.dumps({"requests": total.total(), "right": right.total(), "share": round(share, 4), "bar": BAR})
    )


if __name__ == "__main__":
    main()
