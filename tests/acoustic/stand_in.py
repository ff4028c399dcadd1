"""The smallest program that hears and answers, to prove the rig without the product. Prints the same JSON lines.

It answers 0.3 s after the microphone has fallen silent with a tone of `--answer` seconds, stops when it hears
something while answering, and with `--deaf` does not listen while it answers.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

import numpy as np
import sounddevice

RATE = 16_000
BLOCK = 160
ENDPOINTING_SECONDS = 0.3
LOUD = 0.01


class StandIn:
    def __init__(self, answer: float, deaf: bool) -> None:
        times = np.arange(int(answer * RATE)) / RATE
        self._tone = (0.2 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
        self._deaf = deaf
        self._left = self._tone[:0]
        self._hearing = False
        self._quiet = 0.0
        self._turn = 0
        self.heard_at = time.monotonic()  # the last callback of the microphone

    def hear(self, block: Any, frames: int, _time: object, _status: object) -> None:
        self.heard_at = time.monotonic()
        speaking = len(self._left) > 0
        if np.abs(block).max() > LOUD and not (speaking and self._deaf):
            if speaking:
                self._left = self._tone[:0]
                say("TurnEnded", turn=self._turn, outcome="interrupted")
            if not self._hearing:
                say("SpeechStarted")
            self._hearing, self._quiet = True, 0.0
        elif self._hearing:
            self._quiet += frames / RATE
            if self._quiet >= ENDPOINTING_SECONDS:
                self._hearing, self._turn, self._left = False, self._turn + 1, self._tone
                say("SpeechEnded", turn=self._turn)

    def speak(self, block: Any, frames: int, _time: object, _status: object) -> None:
        part, self._left = self._left[:frames], self._left[frames:]
        block[:, 0] = np.pad(part, (0, frames - len(part)))
        if len(part) and not len(self._left):
            say("TurnEnded", turn=self._turn, outcome="completed")


def say(event: str, **fields: object) -> None:
    print(json.dumps({"event": event, "at": time.monotonic(), **fields}), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answer", type=float, default=2.0, metavar="SECONDS")
    parser.add_argument("--deaf", action="store_true")
    options = parser.parse_args()
    stand_in = StandIn(options.answer, options.deaf)
    shape: dict[str, Any] = {"samplerate": RATE, "blocksize": BLOCK, "channels": 1, "latency": 0.02}
    try:
        output = sounddevice.OutputStream(callback=stand_in.speak, **shape)
        output.start()
        while True:
            hear_until_it_stalls(stand_in, shape)
            say("NoticeRaised", message="The microphone is gone.", level="warning")
    except sounddevice.PortAudioError as error:
        print(f"No sound device: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def hear_until_it_stalls(stand_in: StandIn, shape: dict[str, Any]) -> None:
    while True:
        try:
            stream = sounddevice.InputStream(callback=stand_in.hear, **shape)
            break
        except sounddevice.PortAudioError:
            time.sleep(0.3)
    stream.start()
    stand_in.heard_at = time.monotonic()
    say("StateChanged", state="listening")
    while time.monotonic() - stand_in.heard_at < 1.0:
        time.sleep(0.05)
    stream.abort()  # stop() would wait for the stalled device
    stream.close()


if __name__ == "__main__":
    sys.exit(main())
