"""Endpointing, window by window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.endpointing import Ended, Endpointer, EndpointingRules, Started

WINDOW = 0.032


def feed(endpointer: Endpointer, probabilities: list[float], at: float = 0.0) -> list[Started | Ended]:
    decided = []
    for number, probability in enumerate(probabilities):
        start = at + number * WINDOW
        found = endpointer.feed(probability, start, start + WINDOW)
        if found is not None:
            decided.append(found)
    return decided


def test_speech_begins_where_it_began_not_where_it_was_sure() -> None:
    (started,) = feed(Endpointer(EndpointingRules()), [0.0] * 10 + [0.9] * 3)
    assert isinstance(started, Started)
    assert round(started.at / WINDOW) == 10
    assert round(started.sure_at / WINDOW) == 13


def test_a_click_is_no_speech() -> None:
    assert feed(Endpointer(EndpointingRules()), [0.0, 0.9, 0.9, 0.0, 0.0, 0.0] * 20) == []


def test_a_weak_window_within_the_onset_is_forgiven() -> None:
    assert len(feed(Endpointer(EndpointingRules()), [0.9, 0.4, 0.9, 0.9])) == 1


def test_an_utterance_ends_after_the_delay_and_knows_its_last_word() -> None:
    rules = EndpointingRules(endpointing_delay=0.6)
    _, ended = feed(Endpointer(rules), [0.9] * 20 + [0.0] * 30)
    assert isinstance(ended, Ended)
    assert round(ended.last_speech / WINDOW) == 20
    assert 0.6 <= ended.at - ended.last_speech < 0.6 + WINDOW


def test_a_pause_shorter_than_the_delay_does_not_end_it() -> None:
    decided = feed(Endpointer(EndpointingRules()), [0.9] * 20 + [0.0] * 15 + [0.9] * 20 + [0.0] * 30)
    assert [type(d) for d in decided] == [Started, Ended]


def test_within_speech_a_lower_probability_still_counts() -> None:
    decided = feed(Endpointer(EndpointingRules()), [0.9] * 5 + [0.4] * 60)
    assert [type(d) for d in decided] == [Started]


def test_the_longest_utterance_is_cut() -> None:
    decided = feed(Endpointer(EndpointingRules(longest=1.0)), [0.9] * 100)
    assert [type(d) for d in decided][:3] == [Started, Ended, Started]


def test_end_now_ends_only_what_is_open() -> None:
    endpointer = Endpointer(EndpointingRules())
    assert endpointer.end_now(1.0) is None
    feed(endpointer, [0.9] * 5)
    ended = endpointer.end_now(0.2)
    assert ended is not None
    assert round(ended.last_speech / WINDOW) == 5
    assert endpointer.end_now(0.3) is None


@given(st.lists(st.floats(0.0, 1.0), max_size=400), st.floats(0.1, 2.0))
def test_starts_and_ends_alternate_and_times_are_in_order(probabilities: list[float], delay: float) -> None:
    decided = feed(Endpointer(EndpointingRules(endpointing_delay=delay, longest=5.0)), probabilities)
    assert all(isinstance(d, Started if n % 2 == 0 else Ended) for n, d in enumerate(decided))
    last = -1.0
    for found in decided:
        if isinstance(found, Started):
            assert last <= found.at + 0.2
            assert found.at <= found.sure_at
            last = found.sure_at
        else:
            assert found.last_speech <= found.at
            assert last <= found.at
            last = found.at


@given(st.lists(st.floats(0.0, 0.49), max_size=200))
def test_nothing_below_the_threshold_ever_starts(probabilities: list[float]) -> None:
    assert feed(Endpointer(EndpointingRules()), probabilities) == []
