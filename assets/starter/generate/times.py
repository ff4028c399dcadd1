"""Durations and clock times: what people say or type, with the seconds or the 24-hour "HH:MM" they mean.

The rule for clock times without a part of the day: as said on a 24-hour clock, so that "seven thirty" is 07:30 and
"twelve" is noon. "Tomorrow" and weekdays do not change the time.
"""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

from .grammar import number, pick
from .numbers import said, spoken

HOUR, MINUTE = 3600, 60


def _minutes(rng: Random) -> int:
    roll = rng.random()
    if roll < 0.35:
        return rng.randint(1, 12)
    if roll < 0.65:
        return rng.randrange(5, 95, 5)
    return rng.randint(1, 60) if roll < 0.92 else rng.randint(1, 120)


def _unit(rng: Random, n: int, unit: str, typed: bool, attributive: bool) -> str:
    """ "10 minutes", "ten minute", "10 min", "10m"."""
    text = said(n, rng, typed)
    if text.isdigit() and rng.random() < 0.45:
        short = {"hour": ("h", "hr", "hrs", " h", " hr"), "minute": ("m", "min", " min", " mins", "mins"),
                 "second": ("s", "sec", " sec", " secs")}[unit]  # fmt: skip
        return text + pick(rng, short)
    joint = "-" if typed and attributive and rng.random() < 0.3 else " "
    return text + joint + (unit if attributive or n == 1 else unit + "s")


def duration(rng: Random, typed: bool, attributive: bool = False) -> tuple[str, int]:
    """(words, seconds). `attributive` gives the form before a noun: "a {ten minute} timer"."""
    text, seconds = _duration(rng, typed, attributive)
    return number(text), seconds


def _duration(rng: Random, typed: bool, attributive: bool) -> tuple[str, int]:
    roll = rng.random()
    if roll < 0.52:
        m = _minutes(rng)
        if m == 1 and not attributive and rng.random() < 0.4:
            return "a minute", 60
        return _unit(rng, m, "minute", typed, attributive), m * MINUTE
    if roll < 0.62:
        s = rng.choice(
            (
                10,
                15,
                20,
                30,
                40,
                45,
                50,
                60,
                70,
                75,
                80,
                90,
                100,
                120,
                rng.randint(1, 120),
                rng.randint(5, 99),
            )
        )
        return _unit(rng, s, "second", typed, attributive), s
    if roll < 0.70:
        h = rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24))
        if h == 1 and not attributive and rng.random() < 0.6:
            return "an hour", HOUR
        return _unit(rng, h, "hour", typed, attributive), h * HOUR
    if roll < 0.82:
        return _fraction(rng, typed, attributive)
    if roll < 0.94:
        h, m = (
            rng.choice((1, 1, 1, 2, 2, 3, 4, 5)),
            rng.choice((5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, rng.randint(1, 59))),
        )
        return _sum(rng, typed, (h, "hour"), (m, "minute")), h * HOUR + m * MINUTE
    m, s = (
        rng.choice((1, 1, 2, 2, 3, 4, 5, rng.randint(1, 30))),
        rng.choice((10, 15, 20, 30, 30, 40, 45, rng.randint(1, 59))),
    )
    return _sum(rng, typed, (m, "minute"), (s, "second")), m * MINUTE + s


def _sum(rng: Random, typed: bool, first: tuple[int, str], second: tuple[int, str]) -> str:
    if typed and rng.random() < 0.4:
        space = pick(rng, ("", " "))
        return f"{first[0]}{first[1][0]}{space}{second[0]}{second[1][0]}"
    a = _unit(rng, first[0], first[1], typed, False)
    if first[0] == 1 and rng.random() < 0.5:
        a = "an hour" if first[1] == "hour" else "a minute"
    b = _unit(rng, second[0], second[1], typed, False)
    if second[0] % 5 == 0 and rng.random() < 0.12:
        b = said(second[0], rng, typed)  # "an hour and twenty"
    return a + pick(rng, (" and ", " and ", " ", ", " if typed else " ")) + b


def _fraction(rng: Random, typed: bool, attributive: bool) -> tuple[str, int]:
    """Halves and quarters."""
    n = rng.choice((1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, rng.randint(1, 30)))
    few = rng.choice((1, 1, 2, 2, 3, 4, 5, 6))
    if attributive:
        return pick(rng, (
            ("half hour", 1800), ("half an hour", 1800), ("hour and a half", 5400), ("quarter hour", 900), ("half minute", 30),
            (f"{spoken(n)} and a half minute", n * 60 + 30), (f"{spoken(few)} and a half hour", few * HOUR + 1800),
            ("three quarter hour", 2700), (f"{few}.5 hour" if typed else f"{spoken(few)} point five hour", few * HOUR + 1800),
        ))  # fmt: skip
    a = pick(rng, ("a", "one"))
    return pick(rng, (
        ("half an hour", 1800), ("half an hour", 1800), ("a half hour", 1800), ("an hour and a half", 5400),
        ("one hour and a half", 5400), (f"{a} quarter of an hour", 900), ("quarter of an hour", 900), ("a quarter hour", 900),
        ("three quarters of an hour", 2700), ("an hour and a quarter", 4500), ("an hour and three quarters", 6300),
        ("half a minute", 30), ("a minute and a half", 90), ("one and a half minutes", 90), ("a couple of minutes", 120),
        (f"{n if typed else spoken(n)} and a half minutes", n * 60 + 30), ("a couple of hours", 2 * HOUR),
        (f"{spoken(few)} and a half hours", few * HOUR + 1800), (f"{spoken(few)} hours and a half", few * HOUR + 1800),
        (f"{spoken(n)} minutes and a half", n * 60 + 30), (f"{spoken(few)} and a quarter hours", few * HOUR + 900),
        (f"{few}.5 hours" if typed else f"{spoken(few)} point five hours", few * HOUR + 1800),
        (f"{n}.5 minutes" if typed else f"{spoken(n)} point five minutes", n * 60 + 30),
    ))  # fmt: skip


MORNING = ("am", "am", "in the morning", "this morning", "tomorrow morning", "a m")
AFTERNOON = ("pm", "pm", "in the afternoon", "this afternoon", "tomorrow afternoon", "p m")
EVENING = (
    "pm",
    "pm",
    "in the evening",
    "tonight",
    "this evening",
    "p m",
    "at night",
    "tomorrow evening",
    "tomorrow night",
)
NO_PART = ("", "", "", "", "", "tomorrow", "today")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def clock(rng: Random, typed: bool) -> tuple[str, str]:
    """(words, "HH:MM"), such as ("half past six in the morning", "06:30")."""
    roll = rng.random()
    if roll < 0.05:
        word, at = pick(
            rng, (("noon", "12:00"), ("midday", "12:00"), ("midnight", "00:00"), ("twelve noon", "12:00"))
        )
        return number(pick(rng, (word, word, f"{word} tomorrow", f"{word} today"))), at
    hour = rng.choice(
        (5, 6, 6, 7, 7, 7, 8, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 1, 2, 3, 4)
    )
    minute = rng.choice((0, 0, 0, 0, 15, 30, 30, 45, 5, 10, 20, 25, 35, 40, 50, 55, rng.randint(0, 59)))
    if roll < 0.12 or (roll < 0.3 and typed):
        return number(_military(rng, hour, minute, typed)), f"{hour:02d}:{minute:02d}"
    part = pick(rng, MORNING if hour < 12 else AFTERNOON if hour < 17 else EVENING)
    if hour in (12, 17) and rng.random() < 0.5:
        part = "in the afternoon"
    if part == "tomorrow afternoon" and hour == 12:
        part = "pm"
    if hour <= 12 and rng.random() < 0.5:
        part = pick(rng, NO_PART) if rng.random() < 0.85 else f"on {pick(rng, WEEKDAYS)}"
    twelve = (hour - 1) % 12 + 1
    text = _face(rng, twelve, minute, typed, part)
    if part in ("am", "pm", "a m", "p m"):
        if typed:
            part = pick(rng, ("am", "AM", "a.m.") if part[0] == "a" else ("pm", "PM", "p.m."))
        glue = "" if text[-1].isdigit() and rng.random() < 0.6 else " "
        if rng.random() < 0.15:
            part += pick(rng, (" tomorrow", " today", " sharp"))
        return number(text + glue + part), f"{hour:02d}:{minute:02d}"
    if part and part.startswith(("t", "on")) and rng.random() < 0.4:
        return number(f"{part} at {text}"), f"{hour:02d}:{minute:02d}"
    return number(f"{text} {part}".strip()), f"{hour:02d}:{minute:02d}"


def _military(rng: Random, hour: int, minute: int, typed: bool) -> str:
    if typed and rng.random() < 0.9:
        return pick(rng, (f"{hour:02d}:{minute:02d}", f"{hour}:{minute:02d}"))
    if minute == 0:
        return f"{spoken(hour)} hundred" + pick(rng, ("", " hours"))
    return (
        f"{spoken(hour)} {'oh ' if minute < 10 else ''}{spoken(minute)}"
        if hour > 12
        else f"oh {_plain(hour, minute)}"
    )


def _plain(hour: int, minute: int) -> str:
    """ "seven thirty", "seven oh five"."""
    return f"{spoken(hour)} {'oh ' if minute < 10 else ''}{spoken(minute)}"


def _face(rng: Random, hour: int, minute: int, typed: bool, part: str) -> str:
    """A twelve-hour clock face in words or digits."""
    if typed and rng.random() < 0.75:
        return str(hour) if minute == 0 and rng.random() < 0.7 else f"{hour}:{minute:02d}"
    if minute == 0:
        return spoken(hour) + (
            "" if part in ("am", "pm", "a m", "p m") else pick(rng, ("", " o'clock", " o'clock"))
        )
    following = spoken(hour % 12 + 1)
    if minute in (15, 45, 30) and rng.random() < 0.6:
        a = pick(rng, ("", "a ", "a "))
        return {
            15: f"{a}quarter {pick(rng, ('past', 'after'))} {spoken(hour)}",
            30: f"half past {spoken(hour)}" if rng.random() < 0.85 else f"half {spoken(hour)}",
            45: f"{a}quarter {pick(rng, ('to', 'to', 'till', 'before'))} {following}",
        }[minute]
    if minute % 5 == 0 and minute != 30 and rng.random() < 0.45:
        unit = pick(rng, ("", "", " minutes"))
        if minute < 30:
            return f"{spoken(minute)}{unit} {pick(rng, ('past', 'past', 'after'))} {spoken(hour)}"
        return f"{spoken(60 - minute)}{unit} {pick(rng, ('to', 'to', 'till', 'before'))} {following}"
    return _plain(hour, minute)
