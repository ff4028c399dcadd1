"""How English is said: one ordered table of small rules, grown by adding rows.

Order matters: names and addresses first, then what numbers belong to (dates, times, money, units), then
signs and abbreviations, then the bare numbers, which are all that is left.
"""

from __future__ import annotations

import re

from app import speakable_numbers as numbers
from app.speakable_figures import AMOUNTS, NUMBERS, TIMES, month_name
from app.speakable_rule import Rule, alternatives, at_end, rule
from app.speakable_words import (
    ABBREVIATIONS,
    PLAIN_ABBREVIATIONS,
    PLAIN_ENDINGS,
    SAID_ENDINGS,
    SPELLED,
    WORDS_IN_CAPITALS,
)

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_MONARCHS = (
    "Henry|Louis|Charles|George|Edward|William|Elizabeth|Richard|James|Philip|Pius|Benedict|Paul|Napoleon"
)
_PARTS = "World War|Part|Chapter|Volume|Act|Phase|Type|Super Bowl|Book|Section|Article|Stage|Level|Class|Final Fantasy"
_ENDINGS = alternatives([*SAID_ENDINGS, *PLAIN_ENDINGS])
_NO_VOWEL = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2,5}")


def _dotted(match: re.Match[str]) -> str:
    """A file or host name: `my_file.py` → "my file dot P Y"."""
    name, ending = match["name"].lstrip("."), match["ending"]
    is_file = ending.lower() not in ("com", "org", "net", "gov", "edu", "uk", "de", "fr", "eu", "us")
    parts = [SAID_ENDINGS.get(part, part) for part in name.split(".")]
    spoken = " dot ".join([*parts, SAID_ENDINGS.get(ending.lower(), ending)])
    return spoken.replace("_", " ").replace("-", " " if is_file else " dash ")


def _mail(match: re.Match[str]) -> str:
    host = ".".join(SAID_ENDINGS.get(part, part) for part in match[2].rstrip(".").split("."))
    spoken = f"{match[1]} at {host}".replace(".", " dot ").replace("_", " underscore ").replace("-", " dash ")
    return spoken + "." * match[2].endswith(".")


def _abbreviation(match: re.Match[str]) -> str:
    return at_end(match, ABBREVIATIONS.get(match[1]) or ABBREVIATIONS[match[1].lower()])


def _roman(written: str) -> int:
    values = [_ROMAN[char] for char in written]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _acronym(match: re.Match[str]) -> str:
    letters = match[1]
    shouted = match.string.isupper() and " " in match.string.strip()
    spelled = letters in SPELLED and not (shouted and letters in WORDS_IN_CAPITALS)
    if not spelled and not _NO_VOWEL.fullmatch(letters):
        return match[0]
    return " ".join(letters) + (match[2] or "")


def _initials(match: re.Match[str]) -> str:
    return at_end(match, " ".join(match[0].upper().replace(".", "")))


NAMES: tuple[Rule, ...] = (
    rule("numbered item", r"(?:\A|(?<=[.!?:\n] )|(?<=\n))(\d{1,2})\. (?=[^\W\d])", r"\1, "),
    rule(
        "address",
        r"(?i)\b(?:https?://(?:www\.)?|www\.)([\w-]{1,60}(?:\.[\w-]{1,60}){0,6})(?:[:/?#][^\s<>\"]*\w)?/?",
        r"a link to \1",
    ),
    rule("mail", r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,60}(?:\.[\w-]{1,60}){1,4}\.?)", _mail),
    rule(
        "written without a stop",
        rf"(?<![\w./])(?:{alternatives(PLAIN_ABBREVIATIONS)})(?![\w.])",
        lambda m: PLAIN_ABBREVIATIONS[m[0]],
    ),
    rule(
        "dotted name",
        rf"(?i)(?<![\w.@-])(?P<name>\.?[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{0,4}})\.(?P<ending>{_ENDINGS})(?![\w-]|\.\w)",
        _dotted,
    ),
    rule("hidden file", r"(?<![\w.)])\.(?=[a-z]{2})", "dot "),
    rule("option", r"(?<![^\s(\"'])--(?=[A-Za-z])", "dash dash "),
    rule("short option", r"(?<![^\s(\"'])-(?=[A-Za-z])", "dash "),
    rule("path", r"(?<![^\s(\"'])~?/(?=[A-Za-z])", "slash "),
)
SIGNS: tuple[Rule, ...] = (
    rule("number sign", r"(?<!\w)#\s?(?=\d)|\bNo\.\s?(?=\d)|№\s?", "number "),
    rule("hash tag", r"(?<!\w)#(?=[A-Za-z])", "hashtag "),
    rule("not equal", r"\s*(?:!==?|≠)\s*", " is not equal to "),
    rule("at most", r"\s*(?:<=|≤)\s*", " is less than or equal to "),
    rule("at least", r"\s*(?:>=|≥)\s*", " is greater than or equal to "),
    rule("arrow", r"\s*(?:[-=]>|→|⇒|➜)\s*", " to "),
    rule("equals", r"\s*={1,3}\s*", " equals "),
    rule("about", r"[~≈]\s?(?=[\d$€£])", "about "),
    rule("approximately", r"\s*≈\s*", " is approximately "),
    rule("plus or minus", r"\s*(?:±|\+/-)\s*", " plus or minus "),
    rule("plus", r"\s*\+\s*(?=\w|$|[.,;!?)\s])", " plus "),
    rule("power", r"\s?(?:\^|(?<=\d)\*\*(?=\d))\(?([-−]?\w{1,6})\)?", numbers.power),
    rule("squared", r"(?<=[\w)])²", " squared"),
    rule("cubed", r"(?<=[\w)])³", " cubed"),
    rule(
        "times",
        r"\s*×\s*|(?<=\w)\s?[·⋅]\s?(?=\d)|\s+\*\s+(?=\S)|(?<=\d)\*(?=\d)|(?<![^\W\d_]{2})(?<=\w)\*(?=\w\b)",
        " times ",
    ),
    rule("divided", r"\s*÷\s*|(?<=\d)\s+/\s+(?=\d)", " divided by "),
    rule("subtracted", r"(?<=\d)\s+[-−–]\s+(?=\d)|(?:\s+|^)−\s+", " minus "),
    rule("root", r"√\s?", "the square root of "),
    rule("infinity", r"∞", " infinity "),
    rule("pi", r"π", " pi "),
    rule("less", r"\s+<\s+|\s*<(?=\d)", " less than "),
    rule("greater", r"\s+>\s+|\s*>(?=\d)", " greater than "),
    rule("and", r"\s*&\s*", " and "),
    rule("at", r"(?<!\w)@\s?", "at "),
    rule("section", r"§\s?", "section "),
    rule("copyright", r"©\s?", "copyright "),
    rule("degrees", r"\s?°", " degrees"),
    rule("slash", r"(?<=\w)/(?=\w)", " slash "),
)
WORDS: tuple[Rule, ...] = (
    rule(
        "street",
        r"(?<=\d )([A-Z]\w{1,20}(?: [A-Z]\w{1,20})?) St\b\.?(?!\w)",
        lambda m: at_end(m, f"{m[1]} Street"),
    ),
    rule("saint", r"\bSt\. (?=[A-Z])", "Saint "),
    rule("street alone", r"(?<=\w )St\.(?!\w)", lambda m: at_end(m, "Street")),
    rule("doctor", r"\bDr\b\.? (?=[A-Z])", "Doctor "),
    rule("a.m.", r"\b([ap])\.m\.", lambda m: at_end(m, f"{m[1].upper()} M")),
    rule("abbreviation", rf"\b({alternatives(ABBREVIATIONS)})\.(?![\w])", _abbreviation),
    rule("for example", r"\b(E\.g|I\.e)\.", lambda m: ABBREVIATIONS[m[1].lower()].capitalize()),
    rule("month", r"\b(Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.(?=\s)", lambda m: month_name(m[1])),
    rule("dotted capitals", r"\b(?:[A-Z]\.){2,6}(?!\w)", _initials),
    rule(
        "monarch",
        rf"\b({_MONARCHS}) ([IVX]{{2,6}}|V|X|I(?= of\b|[,.;]|$))(?!\w)",
        lambda m: f"{m[1]} the {numbers.ordinal(str(_roman(m[2])))}",
    ),
    rule("numbered part", rf"\b({_PARTS}) ([IVX]{{1,6}})(?![\w'])", lambda m: f"{m[1]} {_roman(m[2])}"),
    rule("dotted words", r"(?<=[a-z_]{2})\.(?=[a-z_]{2})", " dot "),
    rule("digits beside letters", r"(?<=[A-Za-z])-?(?=\d)|(?<=\d)(?=[A-Za-z])", " "),
    rule("acronym", r"(?<![\w'])([A-Z]{2,6})(s)?(?!\w)", _acronym),
)
ENGLISH: tuple[Rule, ...] = NAMES + TIMES + AMOUNTS + SIGNS + WORDS + NUMBERS
