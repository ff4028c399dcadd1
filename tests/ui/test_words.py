import typing

import pytest

from app import events
from ui import words
from ui.fakes import ended


def test_every_state_has_words() -> None:
    names = [words.state_words(state)[0] for state in typing.get_args(events.State)]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("value", "text"), [(5400, "1 h 30 min"), (600, "10 min"), (61, "1 min 1 s"), (0, "0 s"), (3600.0, "1 h")]
)
def test_durations_read_plainly(value: float, text: str) -> None:
    assert words.duration(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.043, "43 ms"), (0.0999, "0.1 s"), (0.43, "0.4 s"), (12.0, "12.0 s")]
)
def test_seconds_have_the_digits_that_matter(value: float, text: str) -> None:
    assert words.seconds(value) == text


def call(name: str, **arguments: object) -> events.ToolCalled:
    return events.ToolCalled(at=0.0, turn=1, name=name, arguments=arguments)


def test_a_tool_call_reads_as_words() -> None:
    assert words.tool_title(call("set_timer", seconds=600, label="pasta")) == "Set timer · 10 min · pasta"
    assert words.tool_title(call("list_timers", label="")) == "List timers"
    assert words.tool_icon("set_timer") == "timer"
    assert words.tool_icon("calculate") == "tool"


def test_the_badge_says_model_and_time_and_how_it_ended() -> None:
    turn = ended(1, "a", "b", outcome="interrupted", model="Starter")
    assert isinstance(turn, events.TurnEnded)
    assert words.badge_text(turn) == "Starter · 0.9 s · stopped"
    assert words.badge_story(turn).startswith("Made on this computer\n")


def test_without_a_voice_the_badge_shows_the_time_to_the_first_word() -> None:
    turn = events.TurnEnded(
        at=0.0, turn=1, asked="a", reply="b", heard="b", outcome="completed", timings={"ttft": 0.2}
    )
    assert words.badge_text(turn) == "0.2 s"
