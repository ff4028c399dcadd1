"""A room: what the loudspeaker plays comes back into the microphone, quieter and through the walls.

A process of its own (`python -m tests.acoustic.echo`), so that the test's Python cannot delay it: blocks of
10 ms from the speaker's channel, convolved with the room's impulse response, into the microphone's sink.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.acoustic.person import read
from tests.acoustic.pulse import spawn
from tests.acoustic.recording import RATE, stream_options
from tests.acoustic.signals import Sound

BLOCK = RATE // 100
LATENCY_MS = 15
SPEECH_CORNER_HZ = 500.0  # the long-term spectrum of speech falls from about here
PIPE_BYTES = 4096  # the smallest there is: a start-up stall must not become hidden delay


def room_response(path: Path | None, gain_db: float) -> Sound:
    """An impulse response after which speech is `gain_db` louder than before. None: no walls, only the way."""
    response = read(path) if path is not None else np.ones(1, dtype=np.float32)
    spectrum = np.abs(np.fft.rfft(response, RATE)) ** 2
    speech = 1 / (1 + (np.fft.rfftfreq(RATE, 1 / RATE) / SPEECH_CORNER_HZ) ** 2)
    power = float((spectrum * speech).sum() / speech.sum())
    scaled: Sound = (response * 10 ** (gain_db / 20) / np.sqrt(power)).astype(np.float32)
    return scaled


class Convolver:
    """Uniformly partitioned overlap-save: one block in, one block out, no delay of its own."""

    def __init__(self, response: Sound, block: int = BLOCK) -> None:
        self.block = block
        count = max(1, -(-len(response) // block))
        parts = np.zeros((count, 2 * block), dtype=np.float32)  # (partitions, FFT size)
        padded = np.concatenate((response, np.zeros(count * block - len(response), dtype=np.float32)))
        parts[:, :block] = padded.reshape(count, block)
        self._response = np.fft.rfft(parts).astype(np.complex64)  # (partitions, bins)
        self._past: NDArray[np.complex64] = np.zeros_like(self._response)  # spectra of inputs, newest first
        self._window = np.zeros(2 * block, dtype=np.float32)

    def feed(self, sound: Sound) -> Sound:
        self._window = np.concatenate((self._window[self.block :], sound))
        self._past = np.roll(self._past, 1, axis=0)
        self._past[0] = np.fft.rfft(self._window)
        out = np.fft.irfft((self._past * self._response).sum(axis=0))[self.block :]
        return out.astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True)
    parser.add_argument("--channel", required=True, help="the speaker's position in the source")
    parser.add_argument("--sink", required=True)
    parser.add_argument("--gain", type=float, default=-15.0, metavar="DB")
    parser.add_argument("--rir", type=Path, default=None)
    options = parser.parse_args()
    convolver = Convolver(room_response(options.rir, options.gain))
    shape = stream_options("float32le", LATENCY_MS, options.channel)
    hear = ["parec", f"--device={options.source}", "--no-remix", *shape]
    shape = stream_options("float32le", LATENCY_MS, "mono")
    play = ["pacat", "--playback", f"--device={options.sink}", *shape]
    ears = spawn(hear, stdout=subprocess.PIPE)
    mouth = spawn(play, stdin=subprocess.PIPE)
    assert ears.stdout is not None
    assert mouth.stdin is not None
    fcntl.fcntl(mouth.stdin, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    while len(data := ears.stdout.read(4 * BLOCK)) == 4 * BLOCK:
        os.write(mouth.stdin.fileno(), convolver.feed(np.frombuffer(data, dtype="<f4")).tobytes())


if __name__ == "__main__":
    main()
