"""The loop's clock: seconds since the conversation began, counted in audio received where there is audio."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds; never goes back."""
        ...


class WallClock:
    """For conversations without a microphone."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> float:
        return time.monotonic() - self._began


class AudioClock:
    """The end of the last microphone frame, plus what has passed since on the wall, up to one frame more."""

    def __init__(self, wall: Callable[[], float] = time.monotonic, free_running: bool = False) -> None:
        """`free_running`: while no audio comes, time goes on by the wall."""
        self._wall = wall
        self._free_running = free_running
        self._latest = 0.0
        self._state = (0.0, wall(), 0.0)  # replaced as a whole, so that any thread can read it

    def now(self) -> float:
        position, since, frame = self._state
        passed = max(0.0, self._wall() - since)
        self._latest = max(self._latest, position + (passed if self._free_running else min(passed, frame)))
        return self._latest

    def advance(self, to: float, frame: float) -> None:
        """A frame of `frame` seconds ended at `to`."""
        self._state = (to, self._wall(), frame)
