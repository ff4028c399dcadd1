"""Numbers and a few signs in other languages; what is not known here is left to the voice."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from num2words import num2words

from app.speakable_rule import Rule, rule

# percent, euro, dollar, degrees Celsius, kilometers, and, equals, between hours and minutes, after them
SIGNS = {
    "de": ("Prozent", "Euro", "Dollar", "Grad Celsius", "Kilometer", "und", "gleich", " Uhr ", " Uhr"),
    "fr": (
        "pour cent",
        "euros",
        "dollars",
        "degrés Celsius",
        "kilomètres",
        "et",
        "égale",
        " heures ",
        " heures",
    ),
    "es": (
        "por ciento",
        "euros",
        "dólares",
        "grados Celsius",
        "kilómetros",
        "y",
        "igual a",
        " y ",
        " en punto",
    ),
    "it": ("per cento", "euro", "dollari", "gradi Celsius", "chilometri", "e", "uguale a", " e ", ""),
    "pt": ("por cento", "euros", "dólares", "graus Celsius", "quilômetros", "e", "igual a", " e ", " horas"),
    "nl": (
        "procent",
        "euro",
        "dollar",
        "graden Celsius",
        "kilometer",
        "en",
        "is gelijk aan",
        " uur ",
        " uur",
    ),
}
NUMBERS_IN_WORDS = frozenset([*SIGNS, "ca", "cs", "da", "fi", "hu", "no", "pl", "ro", "ru", "sv", "tr", "uk"])
_SHORTENED = {
    "de": {
        "z. B.": "zum Beispiel",
        "z.B.": "zum Beispiel",
        "d.h.": "das heißt",
        "usw.": "und so weiter",
        "Dr.": "Doktor",
        "ca.": "circa",
    },
    "fr": {"p. ex.": "par exemple", "M.": "Monsieur", "Mme": "Madame", "etc.": "et cetera", "Dr": "Docteur"},
    "es": {"p. ej.": "por ejemplo", "Sr.": "señor", "Sra.": "señora", "etc.": "etcétera", "Dr.": "doctor"},
}
_LONGEST = 15


@cache
def rules_for(language: str) -> tuple[Rule, ...]:
    """The rules of a language; none for one that is not known."""
    if language not in NUMBERS_IN_WORDS:
        return ()
    table = [
        rule("shortened", rf"(?<!\w){re.escape(short)}(?!\w)", long)
        for short, long in _SHORTENED.get(language, {}).items()
    ]
    if language in SIGNS:
        table += _signs(language)
    return (
        *table,
        rule(
            "thousands",
            r"(?<![\d.,])\d{1,3}(?:[.\u00a0\u202f ]\d{3}){1,5}(?![\d.])(?!,\d{3})",
            lambda m: re.sub(r"\D", "", m[0]),
        ),
        rule("minus", r"(?<![\w)-])[-−](?=\d)", "minus " if language != "fr" else "moins "),
        rule("number", r"(?<!\d)\d{1,15}(?:[.,]\d{1,15})?(?!\d)", lambda m: _count(m[0], language)),
        rule("digits and letters", r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " "),
    )


def _signs(language: str) -> list[Rule]:
    percent, euro, dollar, celsius, kilometers, conjunction, equals, between, after = SIGNS[language]

    def clock(match: re.Match[str]) -> str:
        hour, minute = str(int(match[1])), str(int(match[2]))
        return f"{hour}{between}{minute}" if match[2] != "00" else f"{hour}{after}"

    return [
        rule("time", r"(?<![\w:.,])([01]?\d|2[0-4]):([0-5]\d)(?![\w:])(?:\s?Uhr\b)?", clock),
        rule("euro", r"€\s?(\d[\d.,]{0,20}(?<=\d))|(?<=\d)\s?€", lambda m: f"{m[1] or ''} {euro}"),
        rule("dollar", r"\$\s?(\d[\d.,]{0,20}(?<=\d))|(?<=\d)\s?\$", lambda m: f"{m[1] or ''} {dollar}"),
        rule("percent", r"\s?%", f" {percent}"),
        rule("degrees", r"\s?°\s?C\b", f" {celsius}"),
        rule("kilometers", r"(?<=\d)\s?km\b(?!/)", f" {kilometers}"),
        rule("and", r"\s*&\s*", f" {conjunction} "),
        rule("equals", r"\s+=\s+", f" {equals} "),
        rule("plus", r"\s+\+\s+", " plus "),
    ]


@lru_cache(4096)
def _count(written: str, language: str) -> str:
    number = written.replace(",", ".")
    if len(number) > _LONGEST or (number.startswith("0") and len(number) > 1 and "." not in number):
        return " ".join(str(num2words(int(char), lang=language)) for char in number if char.isdecimal())
    return str(num2words(Decimal(number) if "." in number else int(number), lang=language))
