"""Units as people say and write them, and how they are spoken in an answer. Data and pure functions; no pint.

A phrase ("square feet", "miles an hour", "km/h", "m²") becomes factors, each a word and a power. What a word means
is looked up in ALIASES first, then in pint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_PHRASE = 60  # characters

ALIASES: dict[str, str] = {
    alias: name
    for name, aliases in {
        "meter": "m metre metres", "kilometer": "k's klick klicks", "centimeter": "", "mile": "mi",
        "foot": "ft '", "inch": 'in "', "yard": "yd yds", "nautical_mile": "nmi",
        "light_year": "ly lightyear lightyears",
        "gram": "g gramme grammes", "kilogram": "kilo kilos", "pound": "lb lbs", "ounce": "oz",
        "stone": "st stones",
        "metric_ton": "t tonne tonnes", "ton": "us_ton us_tons short_ton short_tons",
        "liter": "l litre litres ltr", "cup": "us_cup us_cups",
        "fluid_ounce": "fl_oz floz us_fluid_ounce us_fluid_ounces",
        "pint": "pt us_pint us_pints", "quart": "qt qts", "gallon": "gal gals us_gallon us_gallons",
        "imperial_gallon": "uk_gallon uk_gallons", "imperial_pint": "uk_pint uk_pints",
        "teaspoon": "tsp tsps", "tablespoon": "tbsp tbsps", "cubic_centimeter": "cc ccs",
        "degree_Celsius": "c °c celsius centigrade celcius degc", "degree_Fahrenheit": "f °f fahrenheit farenheit degf",
        "kelvin": "k °k kelvins", "mile_per_hour": "mph", "kilometer_per_hour": "kph kmh kmph",
        "second": "s sec secs", "minute": "min mins", "hour": "h hr hrs", "day": "d", "week": "wk wks",
        "year": "yr yrs",
        "byte": "b", "kilobyte": "kb", "megabyte": "mb meg megs", "gigabyte": "gb gig gigs", "terabyte": "tb",
        "watt": "w", "kilowatt": "kw", "kilowatt_hour": "kwh", "hertz": "hz", "kilohertz": "khz",
        "megahertz": "mhz", "gigahertz": "ghz", "joule": "j", "calorie": "cal cals",
        "kilocalorie": "kcal kcals", "hectopascal": "hpa",
        "volt": "v", "ampere": "a amp amps", "horsepower": "hp bhp", "hectare": "ha", "newton": "n",
        "pascal": "pa",
    }.items()
    for alias in aliases.split()
}  # fmt: skip

# Symbols whose letter case matters, as pint has them: mW and MW, but not "cat", a hundredth of a "technical
# atmosphere", nor "pin", a trillionth of an inch.
SYMBOL = re.compile(r"(?:[kMGTcdmuµnh]?(?:m|g|l|L|W|Wh|Hz|V|A|Pa|J|N|cal|s|eV)|[KMGT]i?B)")
PREFIXES = (
    "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "mega", "giga", "tera", "kibi", "mebi", "gibi",
)  # fmt: skip

POWERS = {"square": 2, "sq": 2, "squared": 2, "cubic": 3, "cu": 3, "cubed": 3}
EXPONENT = re.compile(r"(?<=[a-z])\s*\^?\s*([23²³])$", re.IGNORECASE)
PER = re.compile(r"\s*/\s*|\s+(?:per|an?)\s+")

MONEY = re.compile(
    r"\b(?:dollars?|bucks?|euros?|yen|yuan|renminbi|rupees?|rubles?|pesos?|francs?|krona|kronor|krone|kroner|zloty"
    r"|lira|won|reais|rand|(?:bit)?coins?|ether|cents?|sterling|pence|quid|usd|eur|gbp|jpy|cny|inr|chf|cad|aud|nzd"
    r"|sek|nok|dkk|pln|btc)\b|[$€£¥]",
    re.IGNORECASE,
)

IRREGULAR = {
    "foot": "feet", "inch": "inches", "hertz": "hertz", "lux": "lux", "century": "centuries", "stone": "stone",
    "horsepower": "horsepower", "millennium": "millennia", "siemens": "siemens",
    "kelvin": "kelvin", "degree_Celsius": "degrees Celsius", "degree_Fahrenheit": "degrees Fahrenheit",
    "mile_per_hour": "miles per hour", "kilometer_per_hour": "kilometers per hour",
    "pound_force_per_square_inch": "pounds per square inch", "revolutions_per_minute": "revolutions per minute",
    "standard_atmosphere": "atmospheres", "metric_ton": "metric tons", "imperial_gallon": "imperial gallons",
}  # fmt: skip
SINGULAR = {
    "degree_Celsius": "degree Celsius",
    "degree_Fahrenheit": "degree Fahrenheit",
    "pound_force_per_square_inch": "pound per square inch",
    "revolutions_per_minute": "revolution per minute",
    "standard_atmosphere": "atmosphere",
}


@dataclass(frozen=True)
class Factor:
    """One word of a phrase; `power` is negative after "per"."""

    word: str
    power: int = 1


def factors_of(phrase: str) -> list[Factor]:
    """The phrase cut up; empty if nobody could have meant a unit by it."""
    if not phrase.strip() or len(phrase) > MAX_PHRASE:
        return []
    factors = []
    for index, part in enumerate(PER.split(phrase.strip().rstrip("."))):
        factor = _factor(part, -1 if index else 1)
        if factor is None:
            return []
        factors.append(factor)
    return factors


def is_money(phrase: str) -> bool:
    return MONEY.search(phrase) is not None


def is_plain_degrees(phrase: str) -> bool:
    return phrase.lower().strip() in ("degree", "degrees", "°")


def alias(word: str) -> str | None:
    """The name in pint of a word with a meaning of its own in everyday speech."""
    return ALIASES.get(word.lower())


def spoken(factors: list[Factor], one: bool) -> str:
    """ "miles per hour", "square foot"; `factors` hold pint's names here."""
    above = [factor for factor in factors if factor.power > 0]
    below = [factor for factor in factors if factor.power < 0]
    return " per ".join([_name(factor, one) for factor in above] + [_name(factor, True) for factor in below])


def _factor(part: str, sign: int) -> Factor | None:
    exponent = EXPONENT.search(part)
    power = 1
    if exponent:
        part, power = part[: exponent.start()], {"2": 2, "²": 2, "3": 3, "³": 3}[exponent[1]]
    words = part.replace("-", " ").replace("_", " ").split()
    for at in (0, -1):
        if len(words) > 1 and words[at].lower() in POWERS:
            power *= POWERS[words.pop(at).lower()]
    if len(words) > 1 and words[0].lower() in ("degree", "degrees", "deg"):
        words = words[1:]
    return Factor("_".join(words), sign * power) if words else None


def _name(factor: Factor, one: bool) -> str:
    unit = factor.word.replace("_", " ")
    unit = SINGULAR.get(factor.word, unit) if one else IRREGULAR.get(factor.word, unit + "s")
    match factor.power:
        case 2 | 3:
            return f"{'square' if factor.power == 2 else 'cubic'} {unit}"
        case -2 | -3:
            return f"{unit} {'squared' if factor.power == -2 else 'cubed'}"
    return unit
