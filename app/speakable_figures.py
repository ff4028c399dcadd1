"""What numbers belong to in English, in tables: dates, times, amounts, and at last the bare numbers."""

from __future__ import annotations

import re

from app import speakable_numbers as numbers
from app.speakable_rule import Rule, alternatives, at_end, rule
from app.speakable_words import CURRENCIES, MAGNITUDES, MONTHS, UNITS

NUMBER = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,15})?"
_ALONE = r"(?<![\w.,])"  # not inside a word or number
_MONTH = "|".join([*MONTHS, r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"])
_YEAR = r"(?:1[1-9]|20)\d\d"
_VULGAR = dict(zip("½⅓⅔¼¾⅛⅜⅝⅞", ("1/2", "1/3", "2/3", "1/4", "3/4", "1/8", "3/8", "5/8", "7/8"), strict=True))
_SIGN = f"[{''.join(CURRENCIES)}]"
_SIZE = f"thousand|million|billion|trillion|{alternatives(MAGNITUDES)}"
_TELEPHONES = (
    r"(?<![\w.])\+\d{1,3}[ -]?\(?\d{1,5}\)?(?:[ -]\d{2,5}){1,5}(?!\w)",
    r"(?<![\w.-])\(?\d{3}\)?[- ]\d{3}[- .]\d{4}(?![\w-])",
    r"(?<![\w.-])\d{3}-\d{4}(?![\w-])",
    r"(?<![\w.-])0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}(?![\w-])",
    r"(?<![\w.-])\d{4}(?:[ -]\d{4}){2,3}(?![\w-])",
)
_CLOCK = r"(?<![\w:.,])(?P<hour>[01]?\d|2[0-4])"
_HALF = r"\s?(?P<half>[AaPp])\.?\s?[Mm]\b\.?"


def month_name(written: str) -> str:
    return next(month for month in MONTHS if month.startswith(written.rstrip(".")[:3]))


def _month_day(match: re.Match[str]) -> str:
    spoken = f"{month_name(match['month'])} {numbers.ordinal(match['day'])}"
    return f"{spoken}, {numbers.year(match['year'])}" if match["year"] else spoken


def _day_month(match: re.Match[str]) -> str:
    spoken = f"{numbers.ordinal(match['day'])} of {month_name(match['month'])}"
    return f"{spoken} {numbers.year(match['year'])}" if match["year"] else spoken


def _year_or_count(match: re.Match[str]) -> str:
    """A bare number of four digits is a year, unless things are counted: "1500 meters"."""
    before = match.string[: match.start()].rstrip().rpartition(" ")[2].strip("(,").lower()
    after = match.string[match.end() :]
    in_time = before in ("in", "since", "by", "from", "until", "of", "year", "before", "after", "circa", "©")
    counted = re.match(r" (?:[a-z]{2,15}s|people|percent|hertz|kilohertz|feet|men|women|children)\b", after)
    return numbers.count(match[0]) if counted and not in_time else numbers.year(match[0])


TIMES: tuple[Rule, ...] = (
    rule("date", r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?:T(?=\d))?(?![\w-]*\d)", numbers.iso_date),
    rule("date with slashes", r"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])", numbers.slash_date),
    rule(
        "month and day",
        rf"\b(?P<month>{_MONTH}) (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:,? (?P<year>{_YEAR}))?(?![\w:]|[.,]\d)",
        _month_day,
    ),
    rule(
        "day and month",
        rf"(?<![\w.])(?P<the>the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?"
        rf"(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?!\w)",
        lambda m: (m["the"] or "") + _day_month(m),
    ),
    rule(
        "time with half",
        rf"{_CLOCK}[:.](?P<minute>[0-5]\d){_HALF}",
        lambda m: at_end(m, numbers.clock(m)),
    ),
    rule(
        "hour with half",
        rf"{_ALONE}(?P<hour>1[0-2]|[1-9])(?P<minute>){_HALF}",
        lambda m: at_end(m, f"{m['hour']} {m['half'].upper()} M"),
    ),
    rule(
        "decade",
        r"(?:(?<![\w.,])'?(?P<century>1[0-9]|20)(?P<tens>\d0)|(?:(?<=the )|')(?P<short>[2-9]0))'?s\b",
        numbers.decade,
    ),
    rule("time", rf"{_CLOCK}:(?P<minute>[0-5]\d)(?P<half>)(?![\w:])", numbers.clock),
)
AMOUNTS: tuple[Rule, ...] = (
    rule(
        "version",
        r"(?<![\w.])(?P<v>[vV])(?P<numbers>\d{1,6}(?:\.\d{1,6}){0,5})(?![\w]|\.\d)",
        numbers.version,
    ),
    rule(
        "dotted numbers",
        r"(?<![\w.])(?P<v>)(?P<numbers>\d{1,6}(?:\.\d{1,6}){2,5})(?![\w]|\.\d)",
        numbers.version,
    ),
    rule(
        "release",
        r"\b(Python|Ubuntu|Debian|Android|Windows|Qt|CUDA|Java|PHP|Ruby) (\d{1,4})\.(\d{1,3})\b(?!\.\d)",
        lambda m: f"{m[1]} {m[2]} point {m[3]}",
    ),
    rule(
        "telephone",
        "|".join(_TELEPHONES),
        numbers.telephone,
    ),
    rule("call", r"(?i)\b(call|dial|ring|text) (\d{3})\b", lambda m: f"{m[1]} {numbers.digits(m[2])}"),
    rule("minus money", rf"(?<![\w)])[-−](?=[{''.join(CURRENCIES)}])", "minus "),
    rule(
        "money",
        rf"(?:\b(?:US|CA|AU|NZ|HK|A|C))?(?P<sign>{_SIGN})\s?(?P<amount>{NUMBER})"
        rf"(?:\s?[–-]\s?{_SIGN}?(?P<until>{NUMBER}))?(?:\s?(?P<size>{_SIZE})\b)?",
        numbers.money,
    ),
    rule("feet and inches", r"(?<![\w.])(\d{1,2})['′]\s?(\d{1,2})(?:[\"″]|'')", r"\1 foot \2"),
    rule("range", rf"(?<![\w-])({NUMBER}%?)(?:\s?[–—]\s?|-)(?=[\d](?:[\d.,]{{0,20}})(?![\d-]))", r"\1 to "),
    rule("minus", r"(?<![\w)\].-])[-−](?=\.?\d)", "minus "),
    rule(
        "unit",
        rf"(?P<amount>(?<![\d.,]){NUMBER})(?P<gap>[ \u00a0\u202f-]?)(?P<unit>{alternatives(UNITS)})(?![\w/²³])",
        numbers.unit,
    ),
    rule("percent", r"\s?%", " percent"),
    rule(
        "size",
        r"(?<![\w.])(720|1080|1440|2160)[pi]\b",
        lambda m: f"{numbers.count(m[1][:-2])} {numbers.count(m[1][-2:])} P",
    ),
    rule("thousands", r"(?<=\d)k\b|(?<=\d\d)K\b", " thousand"),
    rule("millions", r"(?<=\d)(M|B|bn)\b", lambda m: " " + MAGNITUDES[m[1]]),
    rule("times as much", r"(?<=\d)x\b(?!\s?\d)", " times"),
    rule("by", r"(?<=\d)\s?x\s?(?=\d)", " by "),
    rule("single fraction sign", r"(?<=\d)\s?([½⅓⅔¼¾⅛⅜⅝⅞])", lambda m: " " + _VULGAR[m[1]]),
    rule("fraction sign", r"[½⅓⅔¼¾⅛⅜⅝⅞]", lambda m: _VULGAR[m[0]]),
    rule(
        "fraction",
        r"(?<![\w/.,])(?:(?P<whole>\d{1,3}) )?(?P<above>\d{1,3})[/⁄](?P<below>\d{1,3})(?![\w/]|\.\d)",
        numbers.fraction,
    ),
    rule("ratio", r"(?<![\w:])(\d{1,4}):(\d{1,4})(?![\w:])", r"\1 to \2"),
    rule("ordinal", r"(?<![\w.,])(\d{1,6}(?:,\d{3}){0,3})(?:st|nd|rd|th)\b", lambda m: numbers.ordinal(m[1])),
    rule("chain", r"(?<=\d)-(?=\d)", " "),
)
NUMBERS: tuple[Rule, ...] = (
    rule(
        "thousands with spaces",
        r"(?<![\w.])(\d{1,3})((?:[ \u00a0\u202f]\d{3}){1,4})(?![\w]|[ .,]\d)",
        lambda m: re.sub(r"\s", "", m[0]),
    ),
    rule(
        "power of ten",
        r"(?<![\w.])(\d{1,5}(?:\.\d{1,10})?) ?[eE] ?([-+−]?\d{1,3})\b",
        lambda m: f"{m[1]} times 10 to the power of {m[2].strip('+').replace('-', 'minus ')}",
    ),
    rule("point", r"(?<![\w.])\.(\d{1,15})(?!\w)", lambda m: "point " + numbers.digits(m[1])),
    rule("year", rf"(?<![\w.,-])(?<!minus ){_YEAR}(?![\w]|[.,]\d)", _year_or_count),
    rule("number", rf"(?<!\d){NUMBER}(?!\d)", lambda m: numbers.count(m[0])),
    rule("long number", r"\d+", lambda m: numbers.digits(m[0])),
)
