"""How timers and alarms are called, listed and announced. Pure functions of timers and a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.store import Timer
from app.tools.clock import Clock
from app.tools.speech import COUNTS, ClockStyle, length_name, listed, rough_duration, sentence, time_of_day

LATE_SECONDS = 15.0  # later than this, say when it was: the app was closed or the computer asleep
MORNING = range(4, 11)  # hours at which an alarm is to wake somebody


def timer_name(timer: Timer) -> str:
    """ "pasta", or "30 minute" where it was given no name."""
    return timer.label or length_name(timer.seconds)


def alarm_time(alarm: Timer, clock: Clock, style: ClockStyle) -> str:
    return time_of_day(clock.local(alarm.due), style)


def called(timer: Timer, clock: Clock, style: ClockStyle) -> str:
    """What "the …" is followed by: "pasta timer", "7:00 AM alarm", "gym alarm"."""
    if timer.kind == "timer":
        return f"{timer_name(timer)} timer"
    return f"{timer.label or alarm_time(timer, clock, style)} alarm"


def announcement(due: Sequence[Timer], now: float, clock: Clock, style: ClockStyle) -> str:
    """One sentence (an alarm alone: two) for everything that is due, the overdue last."""
    on_time = [timer for timer in due if now - timer.due <= LATE_SECONDS]
    late = [timer for timer in due if now - timer.due > LATE_SECONDS]
    alarms = [timer for timer in on_time if timer.kind == "alarm"]
    if len(due) == 1 and alarms:
        return " ".join(sentence(part) for part in _alarm(alarms[0], clock, style))
    parts = []
    if names := Counter(timer_name(timer) for timer in on_time if timer.kind == "timer"):
        each = [name if times == 1 else f"{COUNTS[min(times, 10)]} {name}" for name, times in names.items()]
        parts.append(f"your {listed(each)} {'timer is' if names.total() == 1 else 'timers are'} done")
    parts += [", ".join(_alarm(alarm, clock, style)) for alarm in alarms]
    parts += [_overdue(timer, now, clock, style) for timer in late]
    return sentence(listed(parts, ";") if len(parts) > 2 else ", and ".join(parts))


def _alarm(alarm: Timer, clock: Clock, style: ClockStyle) -> tuple[str, str]:
    moment = clock.local(alarm.due)
    what = "time to wake up" if moment.hour in MORNING else "this is your alarm"
    return f"it's {time_of_day(moment, style)}", f"{what}: {alarm.label}" if alarm.label else what


def _overdue(timer: Timer, now: float, clock: Clock, style: ClockStyle) -> str:
    ago = f"{rough_duration(now - timer.due)} ago"
    if timer.kind == "timer":
        return f"your {called(timer, clock, style)} ended {ago}"
    label = f" for {timer.label}" if timer.label else ""
    return f"your {alarm_time(timer, clock, style)} alarm{label} was due {ago}"
