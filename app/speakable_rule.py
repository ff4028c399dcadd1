"""A rule of the normaliser: what is written and how it is said. Tables of rules are applied in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Spoken = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Rule:
    """Patterns begin where a word does and repeat a bounded number of times, so that time stays linear."""

    name: str
    pattern: re.Pattern[str]
    spoken: Spoken


def rule(name: str, pattern: str, spoken: Spoken, flags: re.RegexFlag = re.NOFLAG) -> Rule:
    return Rule(name, re.compile(pattern, flags), spoken)


def apply(rules: Iterable[Rule], text: str) -> str:
    for each in rules:
        text = each.pattern.sub(each.spoken, text)
    return text


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def at_end(match: re.Match[str], spoken: str) -> str:
    """An abbreviation's full stop is also the sentence's where nothing follows."""
    ends = match[0].endswith(".") and not match.string[match.end() :].strip("\"')]”’ ")
    return spoken + "." if ends else spoken
