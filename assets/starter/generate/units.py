"""Conversions: `convert` with pint's unit names, and follow-ups ("and in feet?"). Knows nothing of sums."""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

from .exchange import Exchange, Snippet, call
from .grammar import expand, number, phrase, pick
from .numbers import any_number

# Each unit: its canonical name, then what people call it (singular|plural), typed short forms after a slash.
UNITS = {
    "length": ("mile:mile|miles/mi", "kilometer:kilometer|kilometers|kilometre|kilometres/km", "meter:meter|meters|metre|metres/m", "centimeter:centimeter|centimeters|centimetre|centimetres/cm", "millimeter:millimeter|millimeters/mm", "foot:foot|feet/ft", "inch:inch|inches/in", "yard:yard|yards/yd"),
    "mass": ("pound:pound|pounds/lb|lbs", "kilogram:kilogram|kilograms|kilo|kilos/kg", "gram:gram|grams/g", "ounce:ounce|ounces/oz", "stone:stone|stones/st", "ton:ton|tons/t"),
    "temperature": ("degF:degree fahrenheit|degrees fahrenheit|fahrenheit/f|°F|F", "degC:degree celsius|degrees celsius|celsius|degrees centigrade|centigrade|degrees celsius|celsius/c|°C|C"),
    "volume": ("cup:cup|cups/cups", "milliliter:milliliter|milliliters|millilitre|millilitres/ml", "liter:liter|liters|litre|litres/l", "gallon:gallon|gallons/gal", "pint:pint|pints/pt", "tablespoon:tablespoon|tablespoons/tbsp", "teaspoon:teaspoon|teaspoons/tsp", "fluid_ounce:fluid ounce|fluid ounces/fl oz", "quart:quart|quarts/qt"),
    "time": ("hour:hour|hours/h", "minute:minute|minutes/min", "second:second|seconds/s", "day:day|days/d", "week:week|weeks/w", "year:year|years/y"),
    "speed": ("mile/hour:mile per hour|miles per hour|miles an hour/mph", "kilometer/hour:kilometer per hour|kilometers per hour|kilometers an hour/km/h|kmh|kph", "meter/second:meter per second|meters per second/m/s", "knot:knot|knots/kn"),
    "data": ("megabyte:megabyte|megabytes/mb|MB", "gigabyte:gigabyte|gigabytes/gb|GB", "kilobyte:kilobyte|kilobytes/kb", "terabyte:terabyte|terabytes/tb"),
    "area": ("acre:acre|acres/ac", "hectare:hectare|hectares/ha", "square_meter:square meter|square meters/m2", "square_foot:square foot|square feet/sq ft"),
}  # fmt: skip
KINDS = (
    "length",
    "length",
    "length",
    "mass",
    "mass",
    "mass",
    "temperature",
    "temperature",
    "volume",
    "volume",
    "volume",
    "time",
    "speed",
    "data",
    "area",
)
CONVERT = (
    "(convert|change|turn|translate|switch) {v} {a} (to|into|in) {b}", "what (is|are|'s) {v} {a} in {b}", "how (much|many) (is|are) {v} {a} in {b}", "how many {b} (is|are|in|are in|are there in|make|go in|go into|fit in) {v} {a}", "{v} {a} (in|to|into|as) {b}", "{v} {a} (in|to|into) {b}", "how many {b} (do|does) {v} {a} (have|make|equal)", "what (is|are) {v} {a} (converted to|expressed in|measured in) {b}",
    "{v} {a} is how (many|much) {b}", "tell me {v} {a} in {b}", "how many {b} (would|will) {v} {a} be", "how (far|long|heavy|hot|big) is {v} {a} in {b}", "give me {v} {a} in {b}", "in {b} what is {v} {a}", "can you convert {v} {a} (to|into) {b}", "{v} {a} equals how many {b}", "what's {v} {a} in {b}", "i need {v} {a} in {b}", "how many {b} in {v} {a}", "i have {v} {a} how many {b} is that",
)  # fmt: skip


def _unit(rng: Random, entry: str, typed: bool, one: bool = False) -> tuple[str, str]:
    canonical, _, names = entry.partition(":")
    full, _, short = names.partition("/")
    forms = full.split("|")
    if typed and short and rng.random() < 0.5:
        return canonical, pick(rng, short.split("|"))
    if one:
        return canonical, forms[0]
    return canonical, pick(rng, forms[1:])


def convert(rng: Random, typed: bool) -> Snippet:
    units = UNITS[pick(rng, KINDS)]
    first, second = rng.sample(units, 2)
    canonical = [e.rpartition(":")[0] for e in (first, second)]
    words, digits = any_number(rng, typed, 0.15)
    one = rng.random() < 0.1
    _, a = _unit(rng, first, typed, one)
    _, b = _unit(rng, second, typed)
    if one:
        words, digits = (
            pick(
                rng,
                (
                    "a",
                    "one",
                    "an" if a[0] in "aeiouh" and not a.startswith("hec") else "a",
                    "1" if typed else "one",
                ),
            ),
            "1",
        )
    elif words.isdigit() and len(a) < 4 and rng.random() < 0.5:
        words, a = words + a, ""
    value = float(digits) if "." in digits else int(digits)
    asked = phrase(
        rng, expand(rng, pick(rng, CONVERT), v=number(words), a=number(a) if a else "", b=number(b))
    )
    out = [Exchange(asked, call("convert", value=value, from_unit=canonical[0], to_unit=canonical[1]))]
    roll = rng.random()
    if roll < 0.18:
        words, digits = any_number(rng, typed, 0.1)
        value = float(digits) if "." in digits else int(digits)
        text = expand(
            rng,
            "(and|what about|and what about|and for|how about|and how about|now|same for|what is|and if it's) {v} [{a}]",
            v=number(words),
            a=number(a),
        )
        out.append(Exchange(text, call("convert", value=value, from_unit=canonical[0], to_unit=canonical[1])))
    elif roll < 0.28:
        third = pick(rng, [u for u in units if u not in (first, second)] or [second])
        name, c = third.rpartition(":")[0], _unit(rng, third, typed)[1]
        text = expand(
            rng,
            "(and|what about|and what about|how about|now|no|and what is that|and how much is that|i meant|sorry) in {c}",
            c=number(c),
        )
        out.append(Exchange(text, call("convert", value=value, from_unit=canonical[0], to_unit=name)))
    return out
