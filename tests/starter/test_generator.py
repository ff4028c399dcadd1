"""The generator: one seed, one conversation; every call fits its tool; nothing of the held-out set comes out."""

from __future__ import annotations

import json
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.starter.corpus import sentences
from assets.starter.evaluate import HELD_OUT, fits, tool_specs
from assets.starter.generate import Call, conversation, held_out, normalised
from assets.starter.generate.conversations import MAKERS
from assets.starter.generate.grammar import END, KEEP, NUMBER, expand
from assets.starter.generate.numbers import decimal, spoken, value_of
from assets.starter.generate.times import clock, duration
from engines.types import ToolCall


def calls(count: int) -> list[Call]:
    return [c for s in range(count) for e in conversation(s) if not isinstance(e.reply, str) for c in e.reply]


def test_a_seed_always_gives_the_same_conversation() -> None:
    assert [conversation(s) for s in range(40)] == [conversation(s) for s in range(40)]
    assert conversation(1) != conversation(2)


def test_every_call_fits_the_schema_of_its_tool() -> None:
    specs = {s.name: s for s in tool_specs()}
    made = calls(1500)
    assert {c.name for c in made} == set(specs)
    for c in made:
        assert fits(ToolCall(c.name, c.arguments), specs), c
        properties = specs[c.name].parameters["properties"]
        assert list(c.arguments) == [k for k in properties if k in c.arguments]  # in the schema's order
        for key, value in c.arguments.items():
            schema = properties[key]
            assert re.search(schema.get("pattern", ""), str(value))
            if isinstance(value, int):
                assert schema.get("minimum", value) <= value <= schema.get("maximum", value)


def test_every_sum_can_be_computed_or_refused_in_words() -> None:
    from app.tools.calculate import calculate

    for c in calls(400):
        if c.name == "calculate":
            answer = calculate(c.arguments["expression"]).spoken
            assert not answer.startswith("I couldn't work that out"), c


def test_copied_words_stand_in_what_was_said() -> None:
    for seed in range(400):
        said = ""
        for e in conversation(seed):
            said += f" {e.user}".lower()
            for c in e.reply if not isinstance(e.reply, str) else ():
                for key in ("text", "item", "label"):
                    value = str(c.arguments.get(key, "")).lower()
                    assert value in said or value == "all", (said, c)


def test_no_marks_are_left_in_a_sentence() -> None:
    said = "".join(e.user + e.reply_text() for s in range(500) for e in conversation(s))
    assert not {KEEP, NUMBER, END, "{", "|"} & set(
        "".join(e.user for s in range(500) for e in conversation(s))
    )
    assert KEEP not in said


def test_the_held_out_requests_never_come_out() -> None:
    out = held_out()
    assert len(out) > 200
    said = {normalised(e.user) for s in range(6000) for e in conversation(f"disjoint:{s}")}
    assert not said & out


def test_the_filter_hardly_ever_has_to_act() -> None:
    """The held-out wordings are not in the templates: without the filter they are (nearly) never made."""
    rng = Random(3)
    made = [
        normalised(re.sub(f"[{KEEP}{NUMBER}{END}]", "", e.user))
        for _ in range(400)
        for m in MAKERS
        for e in m(rng, False)
    ]
    assert len(made) > 10_000
    assert sum(m in held_out() for m in made) < len(made) / 2000


def test_the_held_out_set_is_as_documented() -> None:
    cases = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    assert len(cases) >= 220
    assert len({c["ask"] for c in cases}) == len(cases)
    assert sum(c["category"] == "out_of_scope" for c in cases) >= 50
    assert sum(c.get("speak", False) for c in cases) >= 40
    names = {s.name for s in tool_specs()}
    assert {k["name"] for c in cases for k in c.get("calls", ())} == names


@given(st.integers(-9_999_999, 9_999_999))
def test_number_words_can_be_read_back(n: int) -> None:
    assert value_of(spoken(n)) == n


@given(st.integers(0, 9_999), st.integers())
def test_number_words_can_be_read_back_however_they_are_said(n: int, seed: int) -> None:
    words = spoken(n, Random(seed))
    assert value_of(words) == n


def test_a_number_with_a_strange_word_is_refused() -> None:
    with pytest.raises(ValueError, match="banana"):
        value_of("two banana")


@given(st.integers())
def test_durations_and_clock_times_are_possible_ones(seed: int) -> None:
    rng = Random(seed)
    words, seconds = duration(rng, typed=seed % 2 == 0, attributive=seed % 3 == 0)
    assert words.strip()
    assert 1 <= seconds <= 86_400
    words, time = clock(rng, typed=seed % 2 == 0)
    assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time)


@pytest.mark.parametrize(("text", "words"), [("3.25", "three point two five"), ("10.05", "ten point")])
def test_decimals_are_said_digit_by_digit(text: str, words: str) -> None:
    assert decimal(text, Random(1)).startswith(words)


def test_templates_expand_choices_options_and_slots() -> None:
    made = {expand(Random(s), "(a|b) [c] {x}", x="d") for s in range(50)}
    assert made == {"a d", "b d", "a c d", "b c d"}
    with pytest.raises(ValueError, match="unclosed"):
        expand(Random(1), "(a|b")


def test_the_corpus_is_plain_spoken_english() -> None:
    lines = list(sentences(500, seed=1))
    assert len(lines) == 500
    assert all(re.fullmatch(r"[a-z' ]+", line) for line in lines)
