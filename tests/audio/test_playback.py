"""Playback: what was heard, to the sample; pauses and stops without a click."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.audio.mixer import Mixer
from engines.audio.playback import REWIND_SECONDS, Playback
from engines.types import Samples, SpeechChunk
from tests.fakes import tone

RATE = 16_000


def written(*clauses: tuple[str, float], finish: bool = True) -> Playback:
    playback = Playback(RATE)
    for text, seconds in clauses:
        playback.write(SpeechChunk(tone(seconds), RATE, text, last=True))
    if finish:
        playback.finish()
    return playback


def test_all_is_heard_when_all_was_pulled() -> None:
    playback = written(("One two.", 0.5), ("Three four.", 0.5))
    playback.pull(RATE)
    assert playback.heard() == "One two. Three four."
    assert playback.ended.is_set()


def test_nothing_is_heard_before_the_first_sample() -> None:
    assert written(("One two.", 0.5)).heard() == ""


def test_half_a_clause_is_half_its_words() -> None:
    playback = written(("one two three four", 1.0))
    playback.pull(RATE // 2)
    assert playback.heard() == "one two"


def test_the_samples_come_out_as_they_went_in() -> None:
    playback = written(("a", 0.5), ("b", 0.5))
    pulled = np.concatenate([playback.pull(n) for n in (7, 160, 1000, 6833, 8000)])
    assert np.array_equal(pulled, np.concatenate([tone(0.5), tone(0.5)]))


def test_a_stop_fades_within_milliseconds_and_is_final() -> None:
    playback = written(("a", 1.0))
    playback.pull(1000)
    playback.stop()
    block = playback.pull(480)
    assert block[0] != 0
    assert not block[200:].any()
    assert float(np.abs(np.diff(block)).max()) < 0.05
    playback.write(SpeechChunk(tone(1), RATE, "late", last=True))
    assert not playback.pull(RATE).any()
    assert playback.over


def test_a_pause_keeps_its_place_and_resumes_a_little_before() -> None:
    playback = written(("a", 2.0))
    playback.pull(RATE)
    playback.pause()
    for _ in range(10):
        playback.pull(160)
    assert not playback.pull(160).any()
    assert not playback.ended.is_set()
    playback.resume()
    left = 0
    while not playback.ended.is_set():
        playback.pull(160)
        left += 160
    assert abs(left - (RATE + REWIND_SECONDS * RATE)) < 500


def test_a_late_chunk_is_an_underflow_and_nothing_is_lost() -> None:
    playback = written(("a", 0.1), finish=False)
    playback.pull(2000)
    assert playback.underflow_samples == 400
    assert not playback.ended.is_set()
    playback.write(SpeechChunk(tone(0.1), RATE, "b", last=True))
    assert np.array_equal(playback.pull(1600), tone(0.1))


def test_an_empty_answer_ends_at_once() -> None:
    playback = Playback(RATE)
    playback.finish()
    assert playback.ended.is_set()


def test_other_rates_are_converted() -> None:
    playback = Playback(48_000)
    playback.write(SpeechChunk(tone(1.0), RATE, "a", last=True))
    playback.finish()
    assert abs(playback.waiting_seconds - 1.0) < 0.01


def test_two_playbacks_sound_together_and_fall_out_when_over() -> None:
    mixer = Mixer(RATE)
    first, second = mixer.open(), mixer.open()
    for playback in (first, second):
        playback.write(SpeechChunk(np.full(1600, 0.25, dtype=np.float32), RATE, "a", last=True))
        playback.finish()
    assert np.allclose(mixer.pull(1600, 1.0), 0.5)
    mixer.pull(160, 1.0)
    assert mixer.quiet
    assert not mixer.pull(160, 1.0).any()


steps = st.lists(st.sampled_from(["write", "pull", "pause", "resume", "stop", "finish"]), max_size=60)


@settings(max_examples=200, deadline=None)
@given(steps)
def test_whatever_happens_heard_is_a_beginning_of_what_was_written(taken: list[str]) -> None:
    playback = Playback(RATE)
    texts: list[str] = []
    stopped = False
    for number, step in enumerate(taken):
        if step == "write":
            text = f"clause number {number}."
            playback.write(SpeechChunk(tone(0.2), RATE, text, last=True))
            texts += [] if stopped else [text]
        elif step == "pull":
            block: Samples = playback.pull(800)
            assert block.shape == (800,)
            assert float(np.abs(block).max()) <= 0.31
        else:
            stopped |= step == "stop"
            getattr(playback, step)()
        assert " ".join(texts).startswith(playback.heard())
