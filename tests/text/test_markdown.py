"""Markdown, as it streams in, becomes text without marks; plain text comes through."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.speakable import CODE_NOTICE, MarkdownFilter

HELD_BACK = 260


def filtered(pieces: str | list[str]) -> str:
    markdown = MarkdownFilter()
    return "".join([*map(markdown.feed, pieces), markdown.finish()])


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Plain text, as it is.", "Plain text, as it is."),
        ("Sure. **Here's** the *list*.", "Sure. Here's the list."),
        ("***Both*** and __strong__ and _weak_", "Both and strong and weak"),
        ("un**believ**able", "unbelievable"),
        ("2 * 3 and 2*3 and 2**3", "2 * 3 and 2*3 and 2**3"),
        ("snake_case_name and a*b", "snake_case_name and a*b"),
        ("**Note:**text", "Note:text"),
        ("~~gone~~ but ~5 km", "gone but ~5 km"),
        ("# Title\nText", "Title.\nText"),
        ("## Is it? ##\nYes", "Is it?\nYes"),
        ("#hashtag and C#", "#hashtag and C#"),
        ("Title\n=====\nText\n---\nMore", "Title\n\nText\n\nMore"),
        ("- one\n- two!\n- three:", "one.\ntwo!\nthree:"),
        ("* one\n+ two\n• three", "one.\ntwo.\nthree."),
        ("- fruit\n  - apples\n    - red", "fruit.\napples.\nred."),
        ("- a long\n  item\n- next", "a long item.\nnext."),
        ("1. First\n2) Second\n10. Tenth", "1. First.\n2. Second.\n10. Tenth."),
        ("3.5 is a number\n2026. A year", "3.5 is a number\n2026. A year"),
        ("- [ ] to do\n- [x] done", "to do.\ndone."),
        ("-5 degrees\n- 5 degrees", "-5 degrees\n5 degrees."),
        ("See [the docs](https://x.y/a_(b)).", "See the docs."),
        ('[a **bold** link](x "title") here', "a bold link here"),
        ("[ref][1] and [sic] and array[0]", "ref and [sic] and array[0]"),
        ("[never closed and more text", "[never closed and more text"),
        ("f[i](x, y) stays", "f[i](x, y) stays"),
        ("![a cat](cat.png) [![b](c)](d)", "a cat b"),
        ("[<think>x</think>so](y) [[a]: http://b](y)", "so "),
        ("[\\\n[]][]", "[\n[]][]"),
        ("Look! [Here](x)!", "Look! Here!"),
        ("https://www.example.com/a?b=c.", "a link to example.com."),
        ("(http://user@example.com:80/x)", "(a link to example.com)"),
        ("<https://example.com/x> www.foo.org", "a link to example.com a link to foo.org"),
        ("how, who, http and why", "how, who, http and why"),
        ("`ls -la` and ``a`b``", "ls -la and ab"),
        ("`*not* _this_`", "*not* _this_"),
        ("```python\nx = 1\n```\nDone", f"{CODE_NOTICE}\nDone"),
        ("~~~~\n~~~\n```\n~~~~\nDone", f"{CODE_NOTICE}\nDone"),
        ("- item\n  ```sh\n  ls\n  ```\n- next", f"item.\n{CODE_NOTICE}\nnext."),
        ("Like so: ```bash\nls\n```\nDone", f"Like so: \n{CODE_NOTICE}\nDone"),
        ("```\nnever closed", f"{CODE_NOTICE}\n"),
        ("Use ```x``` inline", "Use x inline"),
        ("| A | B |\n|---|:-:|\n| 1 | **2** |\n", "A, B.\n\n1, 2."),
        ("> quoted\n> > twice\n>= 5", "quoted\ntwice\n>= 5"),
        ("above\n\n---\n\n* * *\nbelow", "above\n\n\n\n\nbelow"),
        ("line<br>break <b>bold</b> x<sup>2</sup>", "line\n break bold x2"),
        ("a < b and b > c, a<b", "a < b and b > c, a<b"),
        ("if a<b and c>d", "if a<b and c>d"),
        ("one <!-- two --> three", "one  three"),
        ("AT&amp;T &lt;3 &nbsp;x R&D; &", "AT&T <3  x R&D; &"),
        ("<think>\nHmm, `x`\n</think>\n\nHello", "Hello"),
        ("<think>never closed", ""),
        ("</think>Hello", "Hello"),
        ("Fact.[^1] Next.[2]\n\n[^1]: The note", "Fact. Next.\n\n The note"),
        ("[1]: https://example.com\nText", "Text"),
        ("> [!NOTE]\n> Careful", "Note.\nCareful"),
        (r"\*not\* C:\Users \# x", "*not* C:\\Users # x"),
        (r"$x^2$ costs $5 or $10, \(\frac{1}{2}\)", "x squared costs $5 or $10, 1 over 2"),
        ("$$a \\times b$$", "a × b"),
        ("a\r\n\r\n- b\r\n- c", "a\n\nb.\nc."),
        ("**open", "open"),
        ("", ""),
    ],
)
def test_markdown(text: str, spoken: str) -> None:
    assert filtered([text]) == spoken
    assert filtered(text) == spoken


def test_the_notice_and_the_links_can_be_in_any_language() -> None:
    markdown = MarkdownFilter(code_notice="Code steht da.", link_notice="ein Link zu {host}")
    text = markdown.feed("https://a.de/x\n```\nx\n```\n") + markdown.finish()
    assert text == "ein Link zu a.de\nCode steht da.\n"


def test_what_is_sure_comes_at_once() -> None:
    markdown = MarkdownFilter()
    assert markdown.feed("Sure") == "Sure"
    assert markdown.feed(", here") == ", here"
    assert markdown.feed(" is **bo") == " is bo"
    assert markdown.feed("ld**") == "ld"
    assert markdown.feed(" text.") == " text."


BITS = (
    "**",
    "*",
    "_",
    "`",
    "```",
    "```\n",
    "~~",
    "[",
    "]",
    "](",
    ")",
    "![",
    "<",
    "<think>",
    "</think>",
    "<br>",
    "$",
    "$$",
)
WORDS = (
    "word ",
    "http",
    "https://a.b",
    "www.",
    "/c?d",
    "- ",
    "1. ",
    "# ",
    "> ",
    "|",
    "---",
    "&amp;",
    "\\",
    "^1]",
    "(x)",
)
MARKED = st.lists(
    st.sampled_from([*BITS, *WORDS, *"aé3.!: \n\t\r=+h<>&;", "\n\n", "\n- ", "\n|", "x" * 90]), max_size=50
)
UNICODE = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(MARKED.map("".join) | UNICODE, st.lists(st.integers(1, 7), min_size=1, max_size=20))
@settings(max_examples=500, deadline=None)
def test_pieces_do_not_matter(text: str, sizes: list[int]) -> None:
    pieces: list[str] = []
    at = 0
    while at < len(text):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(text[at : at + size])
        at += size
    whole = filtered([text])
    assert filtered(pieces) == whole
    assert filtered(text) == whole


@given(
    st.lists(
        st.sampled_from(
            ["one", "snake_case", "2 * 3", "a - b", "x_1", "5*6", "C#", "(so)", "A & B", "3.5", "it's,"]
        )
    )
)
def test_plain_text_comes_through(words: list[str]) -> None:
    text = " ".join(["So", *words])
    assert filtered(text) == text


@given(MARKED.map("".join))
@settings(max_examples=200, deadline=None)
def test_little_is_held_back(text: str) -> None:
    markdown = MarkdownFilter()
    for char in text * 3:
        markdown.feed(char)
        assert len(markdown._text) <= HELD_BACK


RUNS = str.split(
    "[ [a]( * ` a* <b <think> $a |- # http://a" + " " + "[a [[] &a \\( ![ ![a][ [a](b( <a ~ h _a 1."
)


@pytest.mark.parametrize("unit", [*RUNS, "- ", "> ", "\n", " ", "```\n", "1. ", "| a ", "[a]: ", "$$ "])
def test_time_is_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    whole = filtered([text])
    assert filtered(text) == whole
    assert time.process_time() - began < 8
