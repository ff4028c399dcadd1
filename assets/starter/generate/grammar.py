"""Text grammars in one line each: `(a|b)` is a choice, `[a]` may be left out, `{name}` is a slot or a phrase class.

Promise: `expand` is a pure function of the random generator it is given. Slots that are copied into arguments or that
carry numbers are wrapped in marks (`keep`, `number`), so that the noise that follows never damages what is asked for.
"""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import TypeVar

T = TypeVar("T")

KEEP, NUMBER, END = "\x01", "\x02", "\x03"  # the marks: a copied span, a number, the end of either

PHRASES: dict[str, str] = {
    "please": "[please]",
    "my": "(my|the)",
    "a_new": "(a|a new|another|one more)",
    "forme": "[for me]",
    "now": "[now|right now]",
    "whats": "(what's|what is|whats)",
}

Node = tuple[str, object]


def keep(text: str) -> str:
    """Mark a span that is copied into an argument."""
    return f"{KEEP}{text}{END}"


def number(text: str) -> str:
    """Mark a span that carries a number."""
    return f"{NUMBER}{text}{END}"


def bare(text: str) -> str:
    """The text without marks."""
    return text.replace(KEEP, "").replace(NUMBER, "").replace(END, "")


def _parse(source: str, at: int, stop: str) -> tuple[list[list[Node]], int]:
    """Alternatives from `at` up to one of the characters in `stop`."""
    alternatives: list[list[Node]] = [[]]
    literal = ""

    def flush() -> None:
        nonlocal literal
        if literal:
            alternatives[-1].append(("text", literal))
            literal = ""

    while at < len(source) and source[at] not in stop:
        ch = source[at]
        if ch == "|" and stop:
            flush()
            alternatives.append([])
        elif ch in "([":
            flush()
            inner, at = _parse(source, at + 1, ")" if ch == "(" else "]")
            alternatives[-1].append(("choice" if ch == "(" else "option", inner))
        elif ch == "{":
            flush()
            end = source.index("}", at)
            alternatives[-1].append(("slot", source[at + 1 : end]))
            at = end
        else:
            literal += ch
        at += 1
    if stop and at >= len(source):
        raise ValueError(f"unclosed group in template: {source}")
    flush()
    return alternatives, at


@cache
def _compiled(source: str) -> list[Node]:
    return _parse(source, 0, "")[0][0]


def _walk(rng: Random, nodes: list[Node], slots: Mapping[str, str], out: list[str]) -> None:
    for kind, value in nodes:
        if kind == "text":
            out.append(str(value))
        elif kind == "slot":
            name = str(value)
            if name in slots:
                out.append(slots[name])
            else:
                _walk(rng, _compiled(PHRASES[name]), slots, out)
        elif kind == "choice" or rng.random() < 0.5:
            assert isinstance(value, list)
            _walk(rng, value[int(rng.random() * len(value))], slots, out)


def expand(rng: Random, template: str, **slots: str) -> str:
    """One sentence of the template, spaces tidied."""
    return expand_with(rng, template, slots)


def expand_with(rng: Random, template: str, slots: Mapping[str, str]) -> str:
    """The same with any mapping, which may make its words as they are asked for."""
    out: list[str] = []
    _walk(rng, _compiled(template), slots, out)
    return " ".join("".join(out).split())


def pick(rng: Random, options: Sequence[T]) -> T:
    return options[int(rng.random() * len(options))]


FRAMES = (  # what may stand before an imperative
    "can you", "could you", "would you", "will you", "please", "can you please", "could you please", "i want you to",
    "i'd like you to", "i need you to", "go ahead and", "just", "let's", "would you mind to", "you can", "you should",
    "be so kind and", "now", "then", "quickly", "i would like you to", "do me a favor and", "kindly", "why don't you",
)  # fmt: skip
OPENERS = (
    "hey", "okay", "ok", "so", "um", "uh", "hi", "hello", "well", "right", "alright", "repartee", "hey repartee", "yeah",
    "oh", "and", "hm", "erm", "listen", "yes", "computer", "hey there", "okay so", "um so", "hey um", "all right", "excuse me",
)  # fmt: skip
CLOSERS = ("please", "thanks", "thank you", "for me", "okay", "if you can", "will you", "now", "please thank you", "right now",
    "would you", "for me please", "if you don't mind", "then", "real quick", "cheers", "thanks a lot", "when you can")  # fmt: skip


def command(rng: Random, core: str) -> str:
    """An imperative, asked in one of many ways: "could you {core} please"."""
    if rng.random() < 0.45:
        core = f"{pick(rng, FRAMES)} {core}"
    return phrase(rng, core)


def phrase(rng: Random, core: str) -> str:
    """Any sentence, with or without a filler before and a courtesy after it."""
    roll = rng.random()
    if roll < 0.16:
        core = f"{pick(rng, OPENERS)} {core}"
    elif roll < 0.30:
        core = f"{core} {pick(rng, CLOSERS)}"
    elif roll < 0.34:
        core = f"{pick(rng, OPENERS)} {core} {pick(rng, CLOSERS)}"
    return core


def question(rng: Random, core: str) -> str:
    """A sentence that only takes fillers before it: its end is copied or must stay last."""
    return f"{pick(rng, OPENERS)} {core}" if rng.random() < 0.2 else core
