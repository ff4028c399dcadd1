"""Characters are whole, thoughts are hidden, however the pieces fall."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from engines.llm.reply_text import CharacterStream, ThinkFilter


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    at = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[a:b] for a, b in itertools.pairwise(at)]


@given(st.text(), st.lists(st.integers(0, 500)))
def test_text_cut_at_any_byte_comes_out_whole(text: str, cuts: list[int]) -> None:
    text = text.encode("utf-8", "ignore").decode()
    stream = CharacterStream()
    assert "".join(stream.feed(piece) for piece in pieces(text.encode(), cuts)) == text


@given(st.binary(), st.lists(st.integers(0, 500)))
def test_broken_bytes_never_become_replacement_characters(data: bytes, cuts: list[int]) -> None:
    stream = CharacterStream()
    said = "".join(stream.feed(piece) for piece in pieces(data, cuts))
    assert "\ufffd" not in said or "\ufffd".encode() in data
    said.encode()  # no lone surrogates either
    assert said == "".join(CharacterStream().feed(data))


def filtered(parts: list[str], *, thinking: bool = False) -> str:
    thoughts = ThinkFilter(thinking)
    return "".join([*(thoughts.feed(part) for part in parts), thoughts.finish()])


def test_a_thought_is_hidden() -> None:
    assert filtered(["<think>they ask the time</think>\n\nIt is ten."]) == "It is ten."


def test_a_thought_in_single_characters_is_hidden() -> None:
    assert filtered(list("Well <think>a < b</think>then </b> <thin> ice.")) == "Well then </b> <thin> ice."


def test_a_thought_that_the_template_opened_is_hidden() -> None:
    assert filtered(["so they want", " it</thi", "nk> Yes."], thinking=True) == "Yes."


def test_a_thought_that_never_ends_says_nothing() -> None:
    assert filtered(["Hm. <think>on and on"]) == "Hm. "


def test_a_stray_end_is_not_spoken() -> None:
    assert filtered(["</think>Hello"]) == "Hello"


def test_what_looked_like_a_tag_is_said_at_the_end() -> None:
    assert filtered(["2 <thi"]) == "2 <thi"


def test_text_is_not_held_longer_than_needed() -> None:
    thoughts = ThinkFilter()
    assert thoughts.feed("Hello <th") == "Hello "
    assert thoughts.feed("ree") == "<three"


@given(st.text(alphabet="<think>/ ab"), st.lists(st.integers(0, 60)))
def test_the_cuts_never_change_the_text(text: str, cuts: list[int]) -> None:
    parts = [piece.decode() for piece in pieces(text.encode(), cuts)]
    assert filtered(parts) == filtered([text])
