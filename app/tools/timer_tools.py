"""Tools that set, list and cancel timers and alarms, in sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.store import Timer
from app.tools.clock import Clock
from app.tools.host import ToolHost
from app.tools.result import ToolResult, said, sorry
from app.tools.speech import count, duration, length_name, listed, rough_duration, sentence
from app.tools.timer_match import means_all, meant
from app.tools.timer_speech import alarm_time, called, timer_name
from app.tools.timers import Timers, is_tomorrow
from app.tools.tool import Argument, Tool, text

LONGEST_SECONDS = 7 * 24 * 3600
MOST_PENDING = 50  # a model that calls in circles must not fill the store
TIME = re.compile(r"^(\d{1,2})(?:[:.]?(\d{2}))?(?::\d{2})?\s*(?:([ap])\.?m\.?)?$", re.IGNORECASE)
TIME_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
LABEL_NOISE = re.compile(r"^(?:(?:my|the|a|an)\s+)+|\s*\b(?:timer|alarm)s?$", re.IGNORECASE)
ONLY_LENGTH = re.compile(r"^[\d.:]+[\s-]*(?:seconds?|minutes?|hours?|days?|[ap]\.?m\.?)?$", re.IGNORECASE)


def timer_tools(timers: Timers, host: ToolHost, clock: Clock) -> tuple[Tool, ...]:
    actions = _TimerTools(timers, host, clock)
    label = Argument(
        "label", text("What it is for, such as pasta", 60), "That name is too long for a timer.",
        required=False, prepare=clean_label,
    )  # fmt: skip
    which = Argument(
        "label", text("Which one, or all", 60), "I don't know which timer you mean.", required=False
    )
    seconds = {
        "type": "integer",
        "description": "Length in seconds",
        "minimum": 1,
        "maximum": LONGEST_SECONDS,
    }
    time = {
        "type": "string",
        "description": "24-hour HH:MM",
        "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    }
    length = Argument("seconds", seconds, "I can set timers from 1 second to 7 days.", "For how long?")
    moment = Argument(
        "time",
        time,
        "I need a time of day such as 7:30 or 19:30.",
        "For what time?",
        prepare=hours_and_minutes,
    )
    return (
        Tool(
            "set_timer", "Start a timer that speaks up when it is done.", actions.set_timer, (length, label)
        ),
        Tool("set_alarm", "Set an alarm for a time of day.", actions.set_alarm, (moment, label)),
        Tool("list_timers", "Tell which timers and alarms are set and what is left.", actions.list_timers),
        Tool("cancel_timer", "Cancel a timer or alarm, or all of them.", actions.cancel_timer, (which,)),
    )


def hours_and_minutes(given: object) -> object:
    """ "7:30 pm", "7", "noon" as "HH:MM"; what is no time is left as it is."""
    found = TIME.match(str(given).strip())
    if found is None:
        return TIME_WORDS.get(str(given).strip().lower(), given)
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{0 if hour == 24 else hour:02}:{found[2] or '00'}"


def clean_label(given: object) -> object:
    """ "my pasta timer" is "pasta"; what only says the length again is no label."""
    if not isinstance(given, str):
        return given
    label = LABEL_NOISE.sub("", given.strip())
    return None if not label or ONLY_LENGTH.match(label) else label


class _TimerTools:
    def __init__(self, timers: Timers, host: ToolHost, clock: Clock) -> None:
        self._timers = timers
        self._host = host
        self._clock = clock

    def set_timer(self, seconds: int, label: str = "") -> ToolResult:
        if len(self._timers.pending()) >= MOST_PENDING:
            return self._too_many()
        timer = self._timers.set_timer(seconds, label)
        return said(sentence(f"{label} timer set for {duration(seconds)}"), **_card(timer))

    def set_alarm(self, time: str, label: str = "") -> ToolResult:
        if len(self._timers.pending()) >= MOST_PENDING:
            return self._too_many()
        alarm = self._timers.set_alarm(time, label)
        return said(sentence(f"{label} alarm set for {self._when(alarm)}"), **_card(alarm))

    def list_timers(self) -> ToolResult:
        pending = sorted(self._timers.pending(), key=lambda timer: timer.id)
        cards = [_card(timer) for timer in pending]
        if not pending:
            return said("You have no timers set.", timers=cards)
        if len(pending) > 1:
            states = [self._state(timer) for timer in pending]
            return said(f"You have {_counted(pending)}: {listed(states, ';')}.", timers=cards)
        only = pending[0]
        if only.kind == "timer":
            return said(f"Your {timer_name(only)} timer has {self._left(only)} left.", timers=cards)
        name = f"Your {only.label} alarm is set for" if only.label else "You have an alarm set for"
        return said(f"{name} {self._when(only)}.", timers=cards)

    def cancel_timer(self, label: str = "") -> ToolResult:
        pending = sorted(self._timers.pending(), key=lambda timer: timer.id)
        if not pending:
            return sorry("You have no timers to cancel.")
        found = meant(label, pending)
        if not found:
            have = f"You have {_counted(pending)}: {listed(self._names(pending))}."
            return sorry(f"I can't find '{label}'. {have}")
        if len(found) > 1 and not means_all(label):
            names = self._names(found)
            if len(set(names)) > 1:
                return sorry(f"You have {_counted(found)}: {listed(names)}. Which one should I cancel?")
            found = found[-1:]  # nothing tells them apart: undo the last
        self._timers.cancel(found)
        ids = [timer.id for timer in found]
        if len(found) == 1:
            name = called(found[0], self._clock, self._host.clock_style())
            return said(f"I've cancelled the {name}.", cancelled=ids)
        return said(f"I've cancelled {_counted(found)}: {listed(self._names(found))}.", cancelled=ids)

    def _too_many(self) -> ToolResult:
        return sorry(f"You already have {MOST_PENDING} timers. Cancel some first.")

    def _names(self, timers: Sequence[Timer]) -> list[str]:
        """What tells them apart: the label, with the length or the time where two share it or there is none."""
        labels = [timer.label for timer in timers]
        names = []
        for timer in timers:
            alarm = timer.kind == "alarm"
            style = self._host.clock_style()
            length = alarm_time(timer, self._clock, style) if alarm else length_name(timer.seconds)
            if not timer.label:
                names.append(f"the {length} {'alarm' if alarm else 'one'}")
            else:
                names.append(f"the {length} {timer.label}" if labels.count(timer.label) > 1 else timer.label)
        return names

    def _state(self, timer: Timer) -> str:
        if timer.kind == "timer":
            name = timer.label or f"the {length_name(timer.seconds)} one"
            return f"{name}, {self._left(timer)} left"
        return f"{timer.label or 'an alarm'} at {self._when(timer)}"

    def _left(self, timer: Timer) -> str:
        return rough_duration(max(0.0, timer.due - self._clock.now()))

    def _when(self, alarm: Timer) -> str:
        shown = alarm_time(alarm, self._clock, self._host.clock_style())
        return f"{shown} tomorrow" if is_tomorrow(self._clock, alarm.due) else shown


def _counted(timers: Sequence[Timer]) -> str:
    """ "two timers and one alarm"."""
    kinds = [timer.kind for timer in timers]
    return listed([count(kinds.count(kind), kind) for kind in ("timer", "alarm") if kind in kinds])


def _card(timer: Timer) -> dict[str, object]:
    """What the window needs to show it."""
    return {
        "id": timer.id,
        "kind": timer.kind,
        "label": timer.label,
        "due": timer.due,
        "seconds": timer.seconds,
    }
