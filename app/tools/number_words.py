"""Numbers said in words: "one hundred and five", "three point one four", "2.5 million". Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = {word: value for value, word in enumerate(UNDER_TWENTY)}
TENS = {word: 10 * tens for tens, word in enumerate(TENS_WORDS, start=2)}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
WORDS = {*ONES, *TENS, *SCALES, "and", "point"}


def number_said(words: Sequence[str]) -> Fraction | None:
    """What all of `words`, each of WORDS, say together; None if that is no number ("nineteen eighty")."""
    if "point" in words:
        at = words.index("point")
        decimals = [ONES.get(word, 10) for word in words[at + 1 :]]
        whole = number_said(words[:at]) if at else Fraction(0)
        if whole is None or not decimals or max(decimals) > 9:
            return None
        return whole + Fraction(int("".join(map(str, decimals))), 10 ** len(decimals))
    total, group, ceiling = 0, 0, 10**15
    for index, word in enumerate(words):
        if word == "and":
            if index == 0 or words[index - 1] not in SCALES:
                return None
        elif word in SCALES and word != "hundred":
            if SCALES[word] >= ceiling:
                return None
            ceiling = SCALES[word]
            total, group = total + max(group, 1) * ceiling, 0
        elif (grown := _grown(group, word)) is not None:
            group = grown
        else:
            return None
    return Fraction(total + group) if words else None


def _grown(group: int, word: str) -> int | None:
    """`group` (below a thousand) with one more word said, or None where nobody would say that."""
    if word == "hundred":
        return max(group, 1) * 100 if group < 100 else None
    if word in TENS:
        return group + TENS[word] if group % 100 == 0 else None
    value = ONES[word]
    fits = group % 10 == 0 and group % 100 != 10 if 0 < value < 10 else group % 100 == 0
    return group + value if fits else None
