"""English numbers in words: counts, years, times, money, fractions. num2words does the counting."""

from __future__ import annotations

import re
from functools import lru_cache

from num2words import num2words

from app.speakable_words import CURRENCIES, MAGNITUDES, MONTHS, UNITS

LONGEST_NUMBER = 15  # digits; more are read one by one
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_POWERS = {"2": " squared", "3": " cubed"}


@lru_cache(4096)
def count(written: str) -> str:
    """`1,234` → "one thousand two hundred and thirty-four"; `007` digit by digit."""
    written = written.replace(",", "")
    whole, point, rest = written.partition(".")
    if point:
        return f"{count(whole) if whole else ''} point {digits(rest)}".strip()
    if len(whole) > LONGEST_NUMBER or (whole.startswith("0") and len(whole) > 1):
        return digits(whole)
    return str(num2words(int(whole))).replace(",", "")


def digits(written: str) -> str:
    return " ".join(_DIGITS[int(char)] for char in written if char.isdecimal())


def ordinal(written: str) -> str:
    return str(num2words(int(written.replace(",", "")), to="ordinal")).replace(",", "")


def year(written: str) -> str:
    return str(num2words(int(written), to="year")).replace(",", "")


def iso_date(match: re.Match[str]) -> str:
    return date(match[1], int(match[2]), match[3]) if 1 <= int(match[2]) <= 12 else match[0]


def slash_date(match: re.Match[str]) -> str:
    """`21/11/2026` or `11/21/2026`; month first where both are possible."""
    first, second = int(match[1]), int(match[2])
    if first > 12 and second > 12:
        return match[0]
    return date(match[3], second, match[1]) if first > 12 else date(match[3], first, match[2])


def date(written_year: str, month: int, day: str) -> str:
    return f"{MONTHS[month - 1]} {ordinal(day)}, {year(written_year)}"


def clock(match: re.Match[str]) -> str:
    """`14:05`, `9:00`, `2:10 PM`."""
    hour, minute, half = match["hour"], match["minute"], match["half"]
    if half:
        words = count(str(int(hour))) + (_minutes(minute) if minute != "00" else "")
        return f"{words} {half.upper()} M"
    if minute == "00":
        return count(str(int(hour))) + (" o'clock" if 1 <= int(hour) <= 12 else " hundred")
    return count(str(int(hour))) + _minutes(minute)


def _minutes(minute: str) -> str:
    return (" oh " if minute.startswith("0") else " ") + count(str(int(minute)))


def money(match: re.Match[str]) -> str:
    """`$5.99`, `€20`, `$1.5 million`, `$5–10`; what stays in figures is read by later rules."""
    one, several, cent, cents = CURRENCIES[match["sign"]]
    amount, until, size = match["amount"].replace(",", ""), match["until"], match["size"]
    if size or until:
        words = f"{amount} to {until.replace(',', '')}" if until else amount
        return f"{words} {MAGNITUDES.get(size, size)} {several}" if size else f"{words} {several}"
    whole, _, hundredths = amount.partition(".")
    if len(hundredths) != 2 or not cent:
        return f"{amount} {one if amount == '1' else several}"
    parts = [f"{whole} {one if whole == '1' else several}"] if int(whole) or not int(hundredths) else []
    if int(hundredths):
        parts.append(f"{int(hundredths)} {cent if hundredths == '01' else cents}")
    return " and ".join(parts)


def unit(match: re.Match[str]) -> str:
    one, several = UNITS[match["unit"]]
    single = match["amount"] == "1" or match["gap"] == "-"
    return f"{match['amount']} {one if single else several}"


def fraction(match: re.Match[str]) -> str:
    """`1/2`, `3/4`, `1 1/2`, `7/10`, `50/50`."""
    whole, above, below = match["whole"], match["above"], match["below"]
    if above == below:
        return f"{above} {below}"
    if int(above) > int(below) or int(below) in (0, 10, 100) or int(below) > 20:
        words = f"{above} {'over' if int(above) > int(below) or not int(below) else 'out of'} {below}"
        return f"{whole} and {words}" if whole else words
    name = {2: "half", 4: "quarter"}.get(int(below)) or ordinal(below)
    several = {"half": "halves"}.get(name, name + "s")
    if whole:
        return (
            f"{count(whole)} and {'a' if above == '1' else count(above)} {name if above == '1' else several}"
        )
    return f"{count(above)} {name if above == '1' else several}"


def decade(match: re.Match[str]) -> str:
    century, tens = match["century"] or "", match["tens"] or match["short"]
    if tens == "00":
        return "two thousands" if century == "20" else f"{count(century)} hundreds"
    words = count(tens)
    words = words[:-1] + "ies" if words.endswith("y") else words + "s"
    return f"{count(century)} {words}" if century else words


def version(match: re.Match[str]) -> str:
    parts = [count(part) for part in match["numbers"].split(".")]
    dot = " dot " if len(parts) == 4 and not match["v"] else " point "
    return ("version " if match["v"] else "") + dot.join(parts)


def telephone(match: re.Match[str]) -> str:
    """Groups of digits, a short pause between them."""
    groups = re.findall(r"\d+", match[0])
    return ("plus " if match[0].startswith("+") else "") + ", ".join(digits(group) for group in groups)


def power(match: re.Match[str]) -> str:
    exponent = match[1]
    return (
        _POWERS.get(exponent) or f" to the power of {exponent.replace('-', 'minus ').replace('−', 'minus ')}"
    )
