"""Numbers as people say and type them, and back again (`value_of` undoes `spoken`). Knows nothing of units."""

# ruff: noqa: SIM905  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def spoken(n: int, rng: Random | None = None) -> str:
    """234 -> "two hundred and thirty four"; with a generator also "two hundred thirty four", "a hundred", "oh"."""
    if n < 0:
        return ("minus " if rng is None or rng.random() < 0.6 else "negative ") + spoken(-n, rng)
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f" {ONES[n % 10]}" if n % 10 else "")
    joint = " and " if rng is None or rng.random() < 0.5 else " "
    if n < 1000:
        head = "a" if n < 200 and rng is not None and rng.random() < 0.35 else ONES[n // 100]
        return f"{head} hundred" + (joint + spoken(n % 100, rng) if n % 100 else "")
    if n < 1_000_000:
        if rng is not None and 1100 <= n < 2000 and n % 100 == 0 and rng.random() < 0.3:
            return f"{ONES[n // 100]} hundred"
        head = "a" if n < 2000 and rng is not None and rng.random() < 0.3 else spoken(n // 1000, rng)
        rest = n % 1000
        between = joint if 0 < rest < 100 else " "
        return f"{head} thousand" + (between + spoken(rest, rng) if rest else "")
    head = "a" if n < 2_000_000 and rng is not None and rng.random() < 0.5 else spoken(n // 1_000_000, rng)
    rest = n % 1_000_000
    return f"{head} million" + (" " + spoken(rest, rng) if rest else "")


def value_of(words: str) -> int:
    """The inverse of `spoken`. Raises ValueError at a word that is no number."""
    total = current = 0
    sign = 1
    for word in words.split():
        if word in ("minus", "negative"):
            sign = -1
        elif word in ONES:
            current += ONES.index(word)
        elif word in TENS[2:]:
            current += TENS.index(word) * 10
        elif word == "a":
            current += 1
        elif word == "hundred":
            current *= 100
        elif word in ("thousand", "million"):
            total, current = total + current * (1000 if word == "thousand" else 1_000_000), 0
        elif word != "and":
            raise ValueError(f"{word!r} is not part of a number")
    return sign * (total + current)


def decimal(text: str, rng: Random) -> str:
    """ "3.25" -> "three point two five"; ".5" endings also as "and a half"."""
    whole, _, part = text.partition(".")
    head = spoken(int(whole), rng)
    if part == "5" and rng.random() < 0.3:
        return f"{head} and a half"
    zero = "oh" if rng.random() < 0.3 else "zero"
    return f"{head} point " + " ".join(zero if d == "0" else ONES[int(d)] for d in part)


def any_integer(rng: Random) -> int:
    """Small numbers often, large ones sometimes."""
    roll = rng.random()
    if roll < 0.35:
        return rng.randint(1, 20)
    if roll < 0.7:
        return rng.randint(10, 120)
    if roll < 0.78:
        return rng.randrange(10, 1000, 10)
    if roll < 0.92:
        return rng.randint(100, 999)
    if roll < 0.95:
        return rng.randrange(1000, 20000, 100)
    return rng.randint(1000, 9999) if roll < 0.995 else rng.randrange(10_000, 3_000_000, 500)


def any_number(rng: Random, typed: bool, decimals: float = 0.12) -> tuple[str, str]:
    """What is said or typed, and the canonical digits: ("three point five", "3.5")."""
    if rng.random() < decimals:
        whole = rng.randint(0, 30) if rng.random() < 0.7 else rng.randint(0, 400)
        part = pick_part(rng)
        text = f"{whole}.{part}"
        return (text, text) if typed and rng.random() < 0.9 else (decimal(text, rng), text)
    n = any_integer(rng)
    return said(n, rng, typed), str(n)


def pick_part(rng: Random) -> str:
    roll = rng.random()
    if roll < 0.4:
        return "5"
    return str(rng.randint(1, 9)) if roll < 0.75 else f"{rng.randint(0, 9)}{rng.randint(1, 9)}"


def said(n: int, rng: Random, typed: bool) -> str:
    """An integer in the style of the conversation."""
    if typed and rng.random() < 0.85:
        return f"{n:,}" if n >= 1000 and rng.random() < 0.15 else str(n)
    return spoken(n, rng)
