"""The silence at a clause's edges."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.tts.edges import CLAUSE_PAUSE_SECONDS, LEAD_SECONDS, SENTENCE_PAUSE_SECONDS, with_natural_edges
from engines.types import Samples, SpeechChunk
from tests.fakes import tone

RATE = 16_000


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), dtype=np.float32)


def clause(samples: Samples, text: str, cuts: list[int]) -> Iterator[SpeechChunk]:
    for part in np.split(samples, sorted(cut % (len(samples) + 1) for cut in cuts)):
        yield SpeechChunk(part, RATE, text)
    yield SpeechChunk(silence(0), RATE, text, last=True)


def spoken(samples: Samples, text: str = "Hello.", cuts: list[int] | None = None) -> Samples:
    chunks = list(with_natural_edges(clause(samples, text, cuts or [])))
    assert [chunk.last for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    assert all(chunk.clause == text for chunk in chunks)
    return np.concatenate([chunk.audio for chunk in chunks])


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("Hello.", SENTENCE_PAUSE_SECONDS),
        ("He said “no.”", SENTENCE_PAUSE_SECONDS),
        ("and,", CLAUSE_PAUSE_SECONDS),
    ],
)
def test_the_pads_become_the_pause_of_the_mark(text: str, pause: float) -> None:
    out = spoken(np.concatenate([silence(0.23), tone(1.0), silence(0.4)]), text)
    assert abs(len(out) / RATE - (LEAD_SECONDS + 1.0 + pause)) < 0.005


def test_pauses_inside_are_kept() -> None:
    inside = np.concatenate([tone(0.5), silence(0.7), tone(0.5)])
    out = spoken(np.concatenate([silence(0.3), inside, silence(0.3)]), "a,")
    assert abs(len(out) / RATE - (LEAD_SECONDS + 1.7 + CLAUSE_PAUSE_SECONDS)) < 0.005


def test_a_clause_of_silence_is_nothing() -> None:
    assert len(spoken(silence(1.0))) == 0


@given(st.lists(st.integers(0, 40_000), max_size=12))
def test_the_cut_of_the_stream_does_not_matter(cuts: list[int]) -> None:
    samples = np.concatenate([silence(0.2), tone(0.4), silence(0.3), tone(0.4), silence(0.25)])
    assert np.array_equal(spoken(samples, cuts=cuts), spoken(samples))
