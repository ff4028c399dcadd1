"""Setting, listing and cancelling timers in words, by people who are vague and models that are careless."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store import Timer
from app.tools.timer_match import meant
from app.tools.timer_tools import MOST_PENDING, clean_label, hours_and_minutes
from tests.tools.conftest import Bench


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ({"seconds": 1800}, "Timer set for 30 minutes."),
        ({"seconds": "90"}, "Timer set for 1 minute and 30 seconds."),
        ({"seconds": 3900.0, "label": "pasta"}, "Pasta timer set for 1 hour and 5 minutes."),
        ({"seconds": 60, "label": "my pasta timer"}, "Pasta timer set for 1 minute."),
        ({"seconds": 60, "label": "1 minute"}, "Timer set for 1 minute."),
        ({"seconds": 60, "label": None}, "Timer set for 1 minute."),
        ({"seconds": 604_800, "label": "timer"}, "Timer set for 7 days."),
    ],
)
def test_setting_a_timer(bench: Bench, arguments: dict[str, object], answer: str) -> None:
    assert bench.say("set_timer", **arguments) == answer
    assert len(bench.store.pending_timers()) == 1


@pytest.mark.parametrize(
    "seconds", [0, -5, 604_801, 1e9, "soon", True, [60], float("nan"), float("inf"), "1e400"]
)
def test_a_length_that_can_t_be_is_refused(bench: Bench, seconds: object) -> None:
    result = bench.run("set_timer", seconds=seconds)
    assert (result.spoken, result.ok) == ("I can set timers from 1 second to 7 days.", False)
    assert bench.store.pending_timers() == ()


def test_a_missing_length_is_asked_for(bench: Bench) -> None:
    assert (bench.run("set_timer").spoken, bench.run("set_timer").ok) == ("For how long?", False)


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ({"time": "15:30"}, "Alarm set for 3:30 PM."),
        ({"time": "07:00", "label": "gym"}, "Gym alarm set for 7:00 AM tomorrow."),
        ({"time": "7:00"}, "Alarm set for 7:00 AM tomorrow."),
        ({"time": "14:10"}, "Alarm set for 2:10 PM tomorrow."),
        ({"time": "25:00"}, "I need a time of day such as 7:30 or 19:30."),
        ({"time": "soon"}, "I need a time of day such as 7:30 or 19:30."),
        ({"time": ""}, "For what time?"),
    ],
)
def test_setting_an_alarm(bench: Bench, arguments: dict[str, object], answer: str) -> None:
    assert bench.say("set_alarm", **arguments) == answer


@pytest.mark.parametrize(
    ("given_time", "wall"),
    [
        ("7:30 pm", "19:30"), ("7pm", "19:00"), ("12 am", "00:00"), ("12:15 p.m.", "12:15"), ("7", "07:00"),
        (7, "07:00"), ("0730", "07:30"), ("24:00", "00:00"), ("07:30:00", "07:30"), ("Noon", "12:00"),
    ],
)  # fmt: skip
def test_times_that_models_write(given_time: object, wall: str) -> None:
    assert hours_and_minutes(given_time) == wall


@pytest.mark.parametrize(
    ("label", "clean"),
    [
        ("the pasta timer", "pasta"),
        ("Tea", "Tea"),
        ("timer", None),
        ("30 minutes", None),
        ("7:00", None),
        (5, 5),
    ],
)
def test_labels_that_models_write(label: object, clean: object) -> None:
    assert clean_label(label) == clean


def test_listing(bench: Bench) -> None:
    assert bench.say("list_timers") == "You have no timers set."
    bench.run("set_timer", seconds=300, label="pasta")
    bench.clock.advance(30)
    assert bench.say("list_timers") == "Your pasta timer has 4 minutes and 30 seconds left."
    bench.clock.advance(30)
    bench.run("set_timer", seconds=30, label="tea")
    assert bench.say("list_timers") == "You have two timers: pasta, 4 minutes left; and tea, 30 seconds left."
    bench.run("set_timer", seconds=3600)
    bench.run("set_alarm", time="07:00")
    assert bench.say("list_timers") == (
        "You have three timers and one alarm: pasta, 4 minutes left; tea, 30 seconds left; "
        "the 1 hour one, 1 hour left; and an alarm at 7:00 AM tomorrow."
    )


def test_listing_one_alarm_by_the_24_hour_clock(bench: Bench) -> None:
    bench.host.style = "24"
    bench.run("set_alarm", time="15:30")
    assert bench.say("list_timers") == "You have an alarm set for 15:30."


def test_cancelling_the_only_one_needs_no_name(bench: Bench) -> None:
    assert bench.say("cancel_timer") == "You have no timers to cancel."
    bench.run("set_timer", seconds=300, label="pasta")
    assert bench.say("cancel_timer") == "I've cancelled the pasta timer."
    assert bench.say("list_timers") == "You have no timers set."


def test_cancelling_one_of_several_asks_which(bench: Bench) -> None:
    for label in ("pasta", "tea"):
        bench.run("set_timer", seconds=300, label=label)
    asked = bench.run("cancel_timer")
    assert (asked.spoken, asked.ok) == (
        "You have two timers: pasta and tea. Which one should I cancel?",
        False,
    )
    unknown = bench.run("cancel_timer", label="laundry")
    assert (unknown.spoken, unknown.ok) == (
        "I can't find 'laundry'. You have two timers: pasta and tea.",
        False,
    )
    assert bench.say("cancel_timer", label="the past a one") == "I've cancelled the pasta timer."


@pytest.mark.parametrize("everything", ["all", "everything", "both", "all timers", "all of them"])
def test_cancelling_everything(bench: Bench, everything: str) -> None:
    for label in ("pasta", "tea"):
        bench.run("set_timer", seconds=300, label=label)
    assert bench.say("cancel_timer", label=everything) == "I've cancelled two timers: pasta and tea."
    assert bench.store.pending_timers() == ()


def test_the_alarm_and_the_timer_are_told_apart(bench: Bench) -> None:
    bench.run("set_timer", seconds=300)
    bench.run("set_alarm", time="07:00")
    assert bench.say("cancel_timer", label="the alarm") == "I've cancelled the 7:00 AM alarm."
    assert bench.say("cancel_timer", label="all alarms") == (
        "I can't find 'all alarms'. You have one timer: the 5 minute one."
    )
    assert bench.say("cancel_timer", label="five minute timer") == "I've cancelled the 5 minute timer."


def test_two_of_one_name_are_told_apart_by_length(bench: Bench) -> None:
    for seconds in (300, 600, 600):
        bench.run("set_timer", seconds=seconds, label="pasta")
    assert bench.say("cancel_timer", label="pasta") == (
        "You have three timers: the 5 minute pasta, the 10 minute pasta and the 10 minute pasta. "
        "Which one should I cancel?"
    )
    of_two_alike_the_last = bench.run("cancel_timer", label="ten minute pasta")
    assert of_two_alike_the_last.data == {"cancelled": [3]}
    assert bench.run("cancel_timer", label="the 5 minutes one").data == {"cancelled": [1]}


def _timer(label: str, seconds: float = 60) -> Timer:
    return Timer(1, "timer", label, 0.0, seconds, "", "pending")


def _alarm(wall: str, label: str = "") -> Timer:
    return Timer(1, "alarm", label, 0.0, 0.0, wall, "pending")


@pytest.mark.parametrize(
    ("label", "timer", "found"),
    [
        ("pasta", _timer("pasta"), True),
        ("PASTA timer", _timer("Pasta"), True),
        ("past", _timer("pasta"), True),
        ("lawn dry", _timer("laundry"), True),
        ("eggs", _timer("egg"), True),
        ("pizza", _timer("pasta"), False),
        ("30 minutes", _timer("", 1800), True),
        ("thirty minute", _timer("", 1800), True),
        ("10 minutes", _timer("", 60), False),
        ("twenty five minutes", _timer("", 1500), True),
        ("twenty five minutes", _timer("", 1200), False),
        ("one minute", _timer("", 60), True),
        ("5 minute pasta", _timer("pasta", 600), False),
        ("7 am", _alarm("07:00"), True),
        ("seven", _alarm("19:00"), True),
        ("7:30 pm", _alarm("19:30"), True),
        ("7:30 pm", _alarm("07:30"), False),
        ("gym", _alarm("07:00", "gym"), True),
        ("8", _alarm("07:00", "gym"), False),
    ],
)
def test_a_name_may_be_misheard_but_a_number_must_be_right(label: str, timer: Timer, found: bool) -> None:
    assert bool(meant(label, [timer])) is found


def test_a_model_that_calls_in_circles_is_stopped(bench: Bench) -> None:
    for _ in range(MOST_PENDING):
        bench.store.add_timer("timer", 1e12, "", seconds=60)
    result = bench.run("set_timer", seconds=60)
    assert (result.ok, len(bench.store.pending_timers())) == (False, MOST_PENDING)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=st.text(max_size=30), wanted=st.text(max_size=70))
def test_no_label_at_all_raises_anything(bench: Bench, label: str, wanted: str) -> None:
    for timer in bench.store.pending_timers():
        bench.toolbox.timers.cancel([timer])
    assert bench.run("set_timer", seconds=60, label=label).ok
    assert bench.say("cancel_timer", label=wanted)
    assert bench.say("list_timers")
