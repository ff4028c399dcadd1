"""Timers and alarms that speak up when they are due, also after a restart. Knows nothing of models or of speech.

What is pending lives in the store. A thread waits on a condition until the next one is due, and looks again every
RECHECK_SECONDS while any is pending (none: it waits for good), so that a computer that slept, a clock that was
set and a time zone that changed are noticed. A timer keeps what is left of it when the clock is set; an alarm
keeps its time on the wall. What is announced is marked done after `on_due` has returned: killed between the two,
it is announced again rather than never.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from app.store import Store, Timer
from app.tools.clock import Clock
from app.tools.speech import ClockStyle
from app.tools.timer_speech import announcement

log = logging.getLogger(__name__)

RECHECK_SECONDS = 5.0  # after sleep a timer is at most this late; a wake-up costs about 0.1 ms
RETRY_SECONDS = 2.0  # after the store or on_due failed
DRIFT_SECONDS = 0.05  # the wall clock was set by more than reading two clocks in turn explains


@dataclass(frozen=True)
class Due:
    """What has come due at one moment, and the one sentence that says all of it."""

    timers: tuple[Timer, ...]
    spoken: str


class Timers:
    """`on_due` is called on the timers' own thread and must return at once: hand the sentence on."""

    def __init__(
        self, store: Store, clock: Clock, style: Callable[[], ClockStyle], on_due: Callable[[Due], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._style = style
        self._on_due = on_due
        self._offset = _read(clock)[1]
        self._announced: set[int] = set()  # said once, even if a full disk keeps them pending
        self._condition = threading.Condition()
        self._changes = 0
        self._known: tuple[int, tuple[Timer, ...]] = (-1, ())  # pending ones, as of how many changes
        self._closed = False
        self._thread = threading.Thread(target=self._watch, name="timers", daemon=True)

    def start(self) -> None:
        """Begin to announce; first what came due while the app was not running."""
        self._thread.start()

    def close(self) -> None:
        """Stop announcing. What is pending stays pending. Safe to call twice."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def set_timer(self, seconds: float, label: str = "") -> Timer:
        return self._added(self._store.add_timer("timer", self.now() + seconds, label, seconds=seconds))

    def set_alarm(self, wall: str, label: str = "") -> Timer:
        """An alarm for the next time that the wall shows `wall` ("HH:MM")."""
        due = next_time(self._clock, wall, self.now())
        return self._added(self._store.add_timer("alarm", due, label, wall=wall))

    def cancel(self, timers: Sequence[Timer]) -> int:
        """How many were still pending."""
        cancelled = self._store.end_timers(tuple(timer.id for timer in timers), "cancelled")
        self._look_again()
        return cancelled

    def pending(self) -> tuple[Timer, ...]:
        """The soonest first; `due` belongs to the clock as it stands now."""
        self.now()
        return self._not_announced(self._store.pending_timers())

    def now(self) -> float:
        """The wall clock; where someone has set it since the last look, all timers move along."""
        with self._condition:
            now, offset = _read(self._clock)
            if abs(offset - self._offset) > DRIFT_SECONDS:
                self._store.shift_timers(offset - self._offset)
                self._offset = offset
                self._changes += 1
            return now

    def tick(self) -> float | None:
        """Announce what is due; returns the seconds until the next look, None for no need of one."""
        now = self.now()
        seen, pending = self._pending_on_the_wall(now)
        due = tuple(timer for timer in pending if timer.due <= now)
        if due:
            self._on_due(Due(due, announcement(due, now, self._clock, self._style())))
            self._announced.update(timer.id for timer in due)
            self._mark_done(due)
            pending = self._not_announced(pending)
            self._known = seen, pending
        if not pending:
            return None
        return max(0.0, min(pending[0].due - self._clock.now(), RECHECK_SECONDS))

    def _pending_on_the_wall(self, now: float) -> tuple[int, tuple[Timer, ...]]:
        """All pending ones, once alarms that a changed zone or clock displaced are back at their time."""
        displaced = [
            (timer, due)
            for timer in self._read_if_changed()
            if timer.kind == "alarm" and timer.due > now
            if (due := next_time(self._clock, timer.wall, now)) != timer.due
        ]
        for timer, due in displaced:
            self._store.move_timer(timer.id, due)
        if displaced:
            self._look_again()
            self._read_if_changed()
        return self._known

    def _read_if_changed(self) -> tuple[Timer, ...]:
        # At the moment a timer is due neither the store's thread nor the disk is waited for.
        seen = self._changes
        if self._known[0] != seen:
            pending = self._store.pending_timers()
            self._known = seen, self._not_announced(pending)
            self._mark_done([timer for timer in pending if timer.id in self._announced])
        return self._known[1]

    def _not_announced(self, timers: Sequence[Timer]) -> tuple[Timer, ...]:
        return tuple(timer for timer in timers if timer.id not in self._announced)

    def _mark_done(self, timers: Sequence[Timer]) -> None:
        if timers:
            marking = self._store.end_timers_soon(tuple(timer.id for timer in timers), "done")
            marking.add_done_callback(_log_failure)

    def _added(self, timer: Timer) -> Timer:
        self._announced.discard(timer.id)  # a store that was set aside as damaged counts from one again
        self._look_again()
        return timer

    def _look_again(self) -> None:
        with self._condition:
            self._changes += 1
            self._condition.notify_all()

    def _watch(self) -> None:
        while not self._closed:
            seen = self._changes  # before the look: a change during it is looked at again
            try:
                wait = self.tick()
            except Exception:
                # Whatever failed (a full disk, a window that is closing), the next timer must still speak.
                log.exception("timers could not be checked or announced; trying again")
                wait = RETRY_SECONDS
            with self._condition:
                self._condition.wait_for(partial(self._stirred, seen), wait)

    def _stirred(self, seen: int) -> bool:
        return self._closed or self._changes != seen


def next_time(clock: Clock, wall: str, now: float) -> float:
    """The first moment after `now` at which the wall shows `wall` ("HH:MM"), by the rules of the zone.

    In the hour that spring leaves out, a time comes an hour later; in the hour that autumn repeats, the next.
    """
    hours, minutes = map(int, wall.split(":"))
    today = clock.local(now).replace(hour=hours, minute=minutes, second=0, microsecond=0, tzinfo=None)
    moments = [moment for days in range(3) for moment in _moments(clock, today + timedelta(days=days))]
    return min(moment for moment in moments if moment > now)


def _moments(clock: Clock, wall: datetime) -> list[float]:
    """When the wall shows `wall`: once, twice, or (left out in spring) the moment that would have been it."""
    both = [clock.epoch(wall.replace(fold=fold)) for fold in (0, 1)]
    shown = [moment for moment in both if clock.local(moment).replace(tzinfo=None) == wall]
    return shown or both[:1]


def _log_failure(marking: Future[int]) -> None:
    if problem := marking.exception():
        log.error("a timer was announced but can't be marked done: %s", problem)


def _read(clock: Clock) -> tuple[float, float]:
    """The wall clock, and how far it is ahead of the steady one."""
    for _ in range(3):  # a busy computer may stop us between the two readings, which looks like a set clock
        before, now, after = clock.steady(), clock.now(), clock.steady()
        if after - before < DRIFT_SECONDS / 5:
            break
    return now, now - before


def is_tomorrow(clock: Clock, epoch: float) -> bool:
    """Whether `epoch` is on another day than now, by the calendar on the wall."""
    return clock.local(epoch).date() != clock.local(clock.now()).date()
