"""Clauses are the same however the text arrives, lose nothing, and begin early."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.clauses import CLAUSE_CHARS, FIRST_CHARS, ClauseSplitter, split_stream

UNICODE = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
WORDS = (
    "word",
    "Then ",
    "e.g.",
    "U.S.",
    "No. ",
    "3.5",
    "10:30",
    "and ",
    " the ",
    "etc. ",
    "a.m.",
    "...",
    "J. ",
    "1. ",
)
BITS = (
    *WORDS,
    *"aAé3中 .!?,;:—…。\n\"')”\r\u2029",
    "\n\n",
    "https://a.b/c?d=1,2",
    "words " * 12,
    "so " * 29,
    "x" * 90,
)
PROSE = st.lists(st.sampled_from(BITS), max_size=60).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Hello.", ["Hello."]),
        ("Sure. I can help with that. What is it?", ["Sure. I can help with that.", "What is it?"]),
        ("Of course, my friend, here it is.", ["Of course, my friend,", "here it is."]),
        ("Absolutely; let me see.", ["Absolutely;", "let me see."]),
        ("Interesting — tell me more about it.", ["Interesting —", "tell me more about it."]),
        ("Good question… let me think.", ["Good question…", "let me think."]),
        ("Well then now... let me think.", ["Well then now...", "let me think."]),
        ("Really?! I had no idea!! Great.", ["Really?! I had no idea!!", "Great."]),
        ("It is about 3.5 kilometers. Good.", ["It is about 3.5 kilometers.", "Good."]),
        ("It has 1,000,000 inhabitants.", ["It has 1,000,000 inhabitants."]),
        ("The train leaves at 10:30 from here.", ["The train leaves at 10:30 from here."]),
        ("Yesterday Dr. Smith met Mrs. Jones.", ["Yesterday Dr. Smith met Mrs. Jones."]),
        ("Take some fruit (e.g. apples). Then eat.", ["Take some fruit (e.g. apples).", "Then eat."]),
        ("The whole U.S. Army is in the U.S. The end.", ["The whole U.S. Army is in the U.S.", "The end."]),
        (
            "Wake me at 7 a.m. tomorrow. At 9 a.m. Tom comes.",
            ["Wake me at 7 a.m. tomorrow.", "At 9 a.m. Tom comes."],
        ),
        ("You want Opus No. 5 by him.", ["You want Opus No. 5 by him."]),
        ("Our shop at 12 Main St. and the other. Fine.", ["Our shop at 12 Main St. and the other.", "Fine."]),
        ("He lives in St. Petersburg now. Fine.", ["He lives in St. Petersburg now.", "Fine."]),
        (
            "It was written by J. K. Rowling in 1997. Yes.",
            ["It was written by J. K. Rowling in 1997.", "Yes."],
        ),
        ("Bring apples, pears, etc. and bread.", ["Bring apples,", "pears, etc. and bread."]),
        (
            "Visit example.com or open app.py version 2.1.3 now.",
            ["Visit example.com or open app.py version 2.1.3 now."],
        ),
        ("See https://a.b/c?d=1,2:3;4.5 for it. Done.", ["See https://a.b/c?d=1,2:3;4.5 for it.", "Done."]),
        ('He just said "Stop." Then he left.', ['He just said "Stop."', "Then he left."]),
        ('Then he said "Stop!" and left. Bye.', ['Then he said "Stop!"', "and left. Bye."]),
        ("(This is an aside.) And this is not.", ["(This is an aside.)", "And this is not."]),
        ("“Leave me alone.” She left the house.", ["“Leave me alone.”", "She left the house."]),
        (
            "Here it comes:\n1. Boil the water.\n2. Add tea.",
            ["Here it comes:", "1. Boil the water.", "2. Add tea."],
        ),
        ("A line that ends\nA line that begins", ["A line that ends", "A line that begins"]),
        ("A line that wraps\nand goes on. Yes.", ["A line that wraps\nand goes on.", "Yes."]),
        (
            "当然可以。我来帮你看看今天的天气，请稍等！好。",
            ["当然可以。", "我来帮你看看今天的天气，请稍等！", "好。"],
        ),
        ("はい、わかりました。すぐにやります。", ["はい、わかりました。", "すぐにやります。"]),
        ("مرحبا كيف حالك؟ أنا بخير", ["مرحبا كيف حالك؟", "أنا بخير"]),
        ("मैं आपकी मदद कर सकता हूँ। बताइए क्या चाहिए।", ["मैं आपकी मदद कर सकता हूँ।", "बताइए क्या चाहिए।"]),
        ("Am 3. Oktober ist frei. Gut.", ["Am 3. Oktober ist frei.", "Gut."]),
        ("That makes 42. Anything else?", ["That makes 42.", "Anything else?"]),
        ("All done for today! 🎉", ["All done for today!"]),
        ("🎉 ... !", []),
        ("", []),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert list(split_stream([text])) == clauses
    assert list(split_stream(text)) == clauses


def test_later_commas_are_kept_until_the_clause_is_long() -> None:
    later = (
        "You will need flour, sugar, eggs, a little salt, some butter, plenty of good milk, and also vanilla."
    )
    first, *rest = split_stream(["Here is the list. ", later])
    assert first == "Here is the list."
    assert rest == [later[: later.index(" and also")], "and also vanilla."]


def test_a_clause_without_marks_is_cut_at_a_conjunction_or_a_space() -> None:
    text = "the weather in the mountains can change within a few minutes on any day of the whole year " * 2
    clauses = list(split_stream([text + "and " + text]))
    assert all(len(clause.split()) <= 30 and len(clause) <= CLAUSE_CHARS for clause in clauses)
    assert clauses == list(split_stream(text + "and " + text))
    assert any(clause.startswith("and the weather") for clause in clauses)
    assert squeezed("".join(clauses)) == squeezed(text + "and " + text)


def test_a_forced_cut_spares_numbers_and_links() -> None:
    link = "https://example.com/" + "path/" * 25
    text = "See " + "wonderful " * 8 + "10 000 000 people at " + link
    clauses = list(split_stream([text]))
    assert link in clauses
    assert "10 000 000" in clauses[0]


def test_the_first_clause_is_ready_one_token_after_its_mark() -> None:
    splitter = ClauseSplitter()
    assert splitter.feed("It is thirty") == []
    assert splitter.feed(".") == []
    assert splitter.feed(" ") == ["It is thirty."]
    splitter = ClauseSplitter()
    assert splitter.feed("It is about 3") + splitter.feed(".") + splitter.feed("5") == []
    assert splitter.feed(" today,") + splitter.feed(" I") == ["It is about 3.5 today,"]


@given(PROSE | UNICODE, st.lists(st.integers(1, 9), min_size=1, max_size=20))
@settings(max_examples=300, deadline=None)
@example("Hello there wonderful.\r\n\r\nnew \n line", [1])
def test_pieces_do_not_matter(text: str, sizes: list[int]) -> None:
    pieces, at, turn = [], 0, 0
    while at < len(text):
        pieces.append(text[at : at + sizes[turn % len(sizes)]])
        at, turn = at + sizes[turn % len(sizes)], turn + 1
    whole = list(split_stream([text]))
    assert list(split_stream(pieces)) == whole
    assert list(split_stream(text)) == whole


@given(PROSE | UNICODE)
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_and_every_clause_says_something(text: str) -> None:
    clauses = list(split_stream([text]))
    assert letters("".join(clauses)) == letters(text)
    assert all(letters(clause) and clause == clause.strip() for clause in clauses)
    assert all(len(clause) <= CLAUSE_CHARS for clause in clauses)
    assert not clauses or len(clauses[0]) <= FIRST_CHARS


@given(
    st.lists(
        st.sampled_from(["Yes.", "no,", "(well)", '"So!"', "it's", "1,000", "3.5", "—", "a.m.", "\n"]),
        max_size=80,
    )
)
@settings(max_examples=200, deadline=None)
def test_prose_comes_back_whole(words: list[str]) -> None:
    text = " ".join([*words, "end"])
    assert squeezed("".join(split_stream([text]))) == squeezed(text)


@pytest.mark.parametrize(
    "unit", ["a", ". ", ".", "word, ", '" ', "a. b. ", "\n ", "中", "e.g. ", "1 ", "(", "… a"]
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    list(split_stream([text]))
    list(split_stream(text))
    assert time.process_time() - began < 5


def test_a_megabyte_in_one_piece() -> None:
    text = "This is a sentence, with some words in it. " * 24_000
    began = time.process_time()
    clauses = list(split_stream([text]))
    assert time.process_time() - began < 15
    assert squeezed("".join(clauses)) == squeezed(text)
