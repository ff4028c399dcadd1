"""A WAV that arrives in pieces, from a program that doesn't know yet how long it will be."""

from __future__ import annotations

import struct

import numpy as np

from engines.types import Samples


class WavStream:
    """Feed bytes, get mono float32. Lengths in the header are ignored; 16-bit PCM only."""

    def __init__(self) -> None:
        self.sample_rate = 0  # known once the header has arrived
        self._channels = 1
        self._waiting = b""
        self._in_data = False

    def feed(self, data: bytes) -> Samples:
        """Returns (N,) samples, which may be none."""
        self._waiting += data
        while not self._in_data and self._take_chunk_header():
            pass
        if not self._in_data:
            return np.zeros(0, dtype=np.float32)
        size = 2 * self._channels
        whole = len(self._waiting) // size * size
        pcm, self._waiting = self._waiting[:whole], self._waiting[whole:]
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0
        mono: Samples = samples.reshape(-1, self._channels).mean(axis=1, dtype=np.float32)
        return mono

    def _take_chunk_header(self) -> bool:
        """Read one RIFF chunk header (and a whole "fmt " chunk); False until more bytes come."""
        waiting = self._waiting
        if waiting[:4] == b"RIFF":
            if len(waiting) < 12:
                return False
            self._waiting = waiting[12:]
            return True
        if len(waiting) < 8:
            return False
        name, (length,) = waiting[:4], struct.unpack("<I", waiting[4:8])
        if name == b"data":
            self._in_data = True
            self._waiting = waiting[8:]
            return False
        if len(waiting) < 8 + length:
            return False
        if name == b"fmt ":
            self._channels, self.sample_rate = struct.unpack("<HI", waiting[10:16])
        self._waiting = waiting[8 + length :]
        return True
