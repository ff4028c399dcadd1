"""A room: what the loudspeaker plays comes back into the microphone, quieter and through the walls.

A process of its own (`python -m tests.acoustic.echo`), so that the test's Python cannot delay it: blocks of
10 ms from the speaker's channel, convolved with the room's impulse response, into the microphone's sink.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import subprocess
import sys
import termios
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from tests.acoustic.person import flite, read
from tests.acoustic.pulse import spawn
from tests.acoustic.recording import RATE, stream_options
from tests.acoustic.signals import Sound, decibels

BLOCK = RATE // 100
HEAR_LATENCY_MS = 20
PLAY_LATENCY_MS = 100  # a shorter one runs dry on a busy machine, and then the room's delay jumps
LATE_BYTES = (
    4 * 4 * BLOCK
)  # what piled up while this process was held up is dropped: the delay stays the same
VOICE = "This is how loud a voice is in the room."
PIPE_BYTES = 4096  # the smallest there is: a start-up stall must not become hidden delay


def room_response(path: Path | None, gain_db: float, voice: Sound) -> Sound:
    """An impulse response after which `voice` is `gain_db` louder than before. None: no walls, only the way."""
    response = read(path) if path is not None else np.ones(1, dtype=np.float32)
    gain = 10 ** ((gain_db - decibels(fftconvolve(voice, response)[: len(voice)], voice)) / 20)
    scaled: Sound = (response * gain).astype(np.float32)
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
    with contextlib.suppress(PermissionError):
        os.nice(-10)  # a room is never late, however busy the machine is
    convolver = Convolver(room_response(options.rir, options.gain, flite(VOICE, "slt")))
    shape = stream_options("float32le", HEAR_LATENCY_MS, options.channel)
    hear = ["parec", f"--device={options.source}", "--no-remix", *shape]
    shape = stream_options("float32le", PLAY_LATENCY_MS, "mono")
    play = ["pacat", "--playback", f"--device={options.sink}", *shape]
    ears = spawn(hear, stdout=subprocess.PIPE, bufsize=0)
    mouth = spawn(play, stdin=subprocess.PIPE)
    assert ears.stdout is not None
    assert mouth.stdin is not None
    fcntl.fcntl(mouth.stdin, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    while data := a_block(ears.stdout):
        os.write(mouth.stdin.fileno(), convolver.feed(np.frombuffer(data, dtype="<f4")).tobytes())
        while waiting(ears.stdout) > LATE_BYTES:
            a_block(ears.stdout)


def a_block(pipe: IO[bytes]) -> bytes:
    """One block from an unbuffered pipe; nothing at its end."""
    data = b""
    while len(data) < 4 * BLOCK:
        if not (more := pipe.read(4 * BLOCK - len(data))):
            return b""
        data += more
    return data


def waiting(pipe: IO[bytes]) -> int:
    """Bytes that can be read from it without waiting."""
    answer = fcntl.ioctl(pipe.fileno(), termios.FIONREAD, bytes(4))
    return int.from_bytes(answer, sys.byteorder)


if __name__ == "__main__":
    main()
