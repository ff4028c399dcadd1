"""The mixer: all playbacks that sound at once become one signal. What is over falls out by itself."""

from __future__ import annotations

import numpy as np

from engines.audio.playback import Playback
from engines.types import Samples


class Mixer:
    """`open` by any thread, `pull` by the device."""

    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self._playbacks: tuple[Playback, ...] = ()  # replaced as a whole: the device reads it without a lock
        self._closed = False

    def close(self) -> None:
        """Nothing will be pulled any more: stop everything, now and later."""
        self._closed = True
        for playback in self._playbacks:
            playback.stop()

    def open(self) -> Playback:
        playback = Playback(self.sample_rate)
        if self._closed:
            playback.stop()
        self._playbacks = (*(p for p in self._playbacks if not p.over), playback)
        return playback

    @property
    def quiet(self) -> bool:
        """Nothing sounds and nothing is going to."""
        return all(playback.over for playback in self._playbacks)

    def pull(self, count: int, volume: float) -> Samples:
        """The next `count` samples of everything."""
        mixed = np.zeros(count, dtype=np.float32)
        for playback in self._playbacks:
            if not playback.over:
                mixed += playback.pull(count)
        out: Samples = np.clip(mixed * np.float32(volume), -1.0, 1.0)
        return out
