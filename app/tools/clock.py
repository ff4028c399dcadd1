"""What time it is, and the fake that tests turn by hand. Knows nothing of timers.

`now` is the wall clock, which people, time servers and time zones move; `steady` only ever goes forward, counts
the time that the computer sleeps, and starts anywhere.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, tzinfo
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """UTC epoch seconds."""
        ...

    def steady(self) -> float:
        """Seconds that no change of the wall clock touches."""
        ...

    def local(self, epoch: float) -> datetime:
        """What the clock on the wall shows at `epoch`."""
        ...

    def epoch(self, wall: datetime) -> float:
        """When the wall shows `wall` (naive). Its `fold` picks one of the two such moments in autumn."""
        ...


class SystemClock:
    def now(self) -> float:
        return time.time()

    def steady(self) -> float:
        # time.monotonic stands still while Linux and macOS sleep; these two go on. On Windows it goes on itself.
        if sys.platform == "linux":
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        if sys.platform == "darwin":
            return time.clock_gettime(time.CLOCK_MONOTONIC)
        return time.monotonic()

    def local(self, epoch: float) -> datetime:
        self._look_where_we_are()
        return datetime.fromtimestamp(epoch).astimezone()

    def epoch(self, wall: datetime) -> float:
        self._look_where_we_are()
        return wall.timestamp()

    def _look_where_we_are(self) -> None:
        if sys.platform != "win32":
            time.tzset()  # or a time zone changed while we run, on a journey, is never noticed


class FakeClock:
    """Stands still until it is moved; wholly in `zone`."""

    def __init__(self, start: datetime, zone: tzinfo = UTC) -> None:
        self.zone = zone
        self._now = start.replace(tzinfo=zone).timestamp()
        self._steady = 1000.0

    def now(self) -> float:
        return self._now

    def steady(self) -> float:
        return self._steady

    def local(self, epoch: float) -> datetime:
        return datetime.fromtimestamp(epoch, self.zone)

    def epoch(self, wall: datetime) -> float:
        return wall.replace(tzinfo=self.zone).timestamp()

    def advance(self, seconds: float) -> None:
        """Time passes."""
        self._now += seconds
        self._steady += seconds

    def set_by(self, seconds: float) -> None:
        """Someone sets the wall clock."""
        self._now += seconds
