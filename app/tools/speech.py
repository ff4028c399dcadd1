"""Words for results: counts, lists, durations, times of day and numbers as a person would say them.

Pure functions. English; nothing here asks the system's locale, which Qt changes under a running program.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Literal

ClockStyle = Literal["12", "24"]

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
DIGITS = Context(prec=60, rounding=ROUND_HALF_UP)
SAME = Fraction(1, 10**30)  # relative; roots and pi are kept to 45 digits and count as exact up to here


def count(number: int, noun: str) -> str:
    """ "two timers", "one timer", "no timers", "11 timers"."""
    word = COUNTS[number] if number < len(COUNTS) else str(number)
    return f"{word} {noun}" if number == 1 else f"{word} {noun}s"


def listed(items: Sequence[str], separator: str = ",") -> str:
    """ "a, b and c"; with another separator "a; b; and c"."""
    if len(items) < 2:
        return "".join(items)
    last = " and " if separator == "," else f"{separator} and "
    return f"{separator} ".join(items[:-1]) + last + items[-1]


def sentence(text: str) -> str:
    """`text` with a capital at the start and a full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".?!" else ".")


def duration(seconds: float) -> str:
    """ "1 hour and 5 minutes": every part that is not zero, to the second."""
    return listed([_amount(number, unit) for number, unit in _parts(seconds)]) or "0 seconds"


def rough_duration(seconds: float) -> str:
    """As one says how long is left: the two largest parts, and from ten minutes on no seconds."""
    if seconds >= 600:
        seconds = round(seconds / 60) * 60
    parts = _parts(seconds)[:2]
    return listed([_amount(number, unit) for number, unit in parts]) or "0 seconds"


def length_name(seconds: float) -> str:
    """ "30 minute", "1 hour 5 minute", "90 second": what a timer without a label is called by."""
    if seconds % 60 and seconds < 120:
        return f"{round(seconds)} second"
    return " ".join(f"{number} {unit}" for number, unit in _parts(seconds)) or "0 second"


def time_of_day(moment: datetime, style: ClockStyle) -> str:
    """ "2:10 PM" or "14:10"."""
    if style == "24":
        return f"{moment.hour}:{moment.minute:02}"
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def date(moment: datetime, style: ClockStyle) -> str:
    """ "Saturday, November 21, 2026" or, with the 24-hour clock, "Saturday 21 November 2026"."""
    day, month = DAYS[moment.weekday()], MONTHS[moment.month - 1]
    if style == "24":
        return f"{day} {moment.day} {month} {moment.year}"
    return f"{day}, {month} {moment.day}, {moment.year}"


def number(value: Fraction, places: int = 6) -> tuple[str, bool]:
    """The number in digits, at most `places` decimals that matter, and whether that is all of it."""
    decimal = DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    size = decimal.adjusted()  # the power of ten of the first digit
    if value and not -10 < size < 16:
        head = _rounded(decimal.scaleb(-size, DIGITS), places)
        return f"{head:f} times 10 to the power of {size}", _same(
            Fraction(head) * Fraction(10) ** size, value
        )
    if size >= 0:
        places = min(places, max(2 if size < 6 else 0, 9 - size))  # nobody follows twelve digits
    else:
        places -= size + 1  # below one, count from the first digit that is not zero
    shown = _rounded(decimal, places)
    return f"{shown:,f}", _same(Fraction(shown), value)


def _rounded(decimal: Decimal, places: int) -> Decimal:
    shown = decimal.quantize(Decimal(1).scaleb(-places), context=DIGITS)
    if shown == shown.to_integral_value():
        return shown.quantize(Decimal(1), context=DIGITS) + 0  # + 0 turns -0 into 0
    return shown.normalize(DIGITS)


def _same(shown: Fraction, value: Fraction) -> bool:
    return abs(shown - value) <= SAME * abs(value)


def _parts(seconds: float) -> list[tuple[int, str]]:
    left, parts = round(seconds), []
    for unit, size in UNITS:
        whole, left = divmod(left, size)
        if whole:
            parts.append((whole, unit))
    return parts


def _amount(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
