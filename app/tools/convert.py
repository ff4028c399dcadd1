"""The tool `convert`: "10 miles is about 16.09 kilometers." Pint is loaded behind the first answer's back.

Pint's parser is never given what was said: words are looked up one by one, so no expression is evaluated. The
numbers are exact fractions: 32 degrees Fahrenheit is 0 degrees Celsius, not 0.00000000000006.
"""

from __future__ import annotations

import threading
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from app.tools.result import ToolResult, said, sorry
from app.tools.speech import number
from app.tools.units import PREFIXES, SYMBOL, Factor, alias, factors_of, is_money, is_plain_degrees, spoken

if TYPE_CHECKING:
    import pint

NO_RATES = "I don't have exchange rates, so I can't convert money."
TOO_COLD = "Nothing can be that cold."
PLACES = 2
PLACES_BELOW_ONE = 3
TEMPERATURES = ("degree_Celsius", "degree_Fahrenheit", "kelvin")

_loading = threading.Lock()  # a first question may come while warm_up is at it


class UnknownUnit(Exception):
    """Its text is the word that means no unit."""


def warm_up() -> None:
    """Load pint on a thread while the app starts: 0.35 s on two slow cores, once in a process."""
    threading.Thread(target=_registry, name="units", daemon=True).start()


def convert(value: float, from_unit: str, to_unit: str) -> ToolResult:
    """The amount in the other unit, or the reason why there is none."""
    from_unit, to_unit = _with_scales(from_unit, to_unit)
    try:
        source, target = _factors(from_unit), _factors(to_unit)
    except UnknownUnit as unknown:
        if is_money(from_unit) or is_money(to_unit):
            return sorry(NO_RATES)
        return sorry(f"I don't know the unit '{unknown}'.")
    source, target = _ounces(source, target), _ounces(target, source)
    try:
        result = _converted(Fraction(str(value)), source, target)
    except _pint_errors():
        return sorry(f"I can't turn {spoken(source, False)} into {spoken(target, False)}.")
    if result is None:
        return sorry(TOO_COLD)
    before, _ = number(Fraction(str(value)))
    after, exact = number(result, PLACES if abs(result) >= 1 else PLACES_BELOW_ONE)
    answer = (
        f"{before} {spoken(source, abs(value) == 1)} is {'' if exact else 'about '}"
        f"{after} {spoken(target, after in ('1', '-1'))}."
    )
    return said(answer, value=after, exact=exact)


def _converted(value: Fraction, source: list[Factor], target: list[Factor]) -> Fraction | None:
    """None for what is colder than anything can be. Raises one of `_pint_errors`."""
    amount = _registry().Quantity(value, _unit(source))
    if source[0].word in TEMPERATURES and len(source) == 1 and amount.to("kelvin").magnitude < 0:
        return None
    return Fraction(amount.to(_unit(target)).magnitude)


def _pint_errors() -> tuple[type[Exception], ...]:
    import pint

    # Incompatible units are pint's own error; a unit that only works with floats (decibels) gives the others.
    return pint.errors.PintError, ArithmeticError, TypeError, ValueError


def _factors(phrase: str) -> list[Factor]:
    """The phrase with pint's names for its words. Raises UnknownUnit."""
    factors = factors_of(phrase)
    if not factors:
        raise UnknownUnit(phrase[:40].strip())
    return [Factor(_name(factor.word), factor.power) for factor in factors]


def _name(word: str) -> str:
    if SYMBOL.fullmatch(word):
        return str(_registry().get_name(word))
    if known := alias(word):
        return known
    lower = word.lower()
    for prefix, unit, plural in _registry().parse_unit_name(lower):
        spelled_out = len(lower) - len(prefix) - len(plural) >= 3 and lower.startswith(prefix)
        if spelled_out and (not prefix or prefix in PREFIXES):
            return prefix + unit
    raise UnknownUnit(word.replace("_", " "))


def _ounces(factors: list[Factor], others: list[Factor]) -> list[Factor]:
    """Ounces of a drink are fluid ounces: when the other side is a volume."""
    if factors == [Factor("ounce")] and _unit(others).is_compatible_with("liter"):
        return [Factor("fluid_ounce")]
    return factors


def _unit(factors: list[Factor]) -> pint.Unit:
    unit = _registry().Unit("dimensionless")
    for factor in factors:
        unit *= _registry().Unit(factor.word) ** factor.power
    return unit


def _registry() -> pint.UnitRegistry[Any]:
    with _loading:
        return _load()


@cache
def _load() -> pint.UnitRegistry[Any]:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)


def _with_scales(from_unit: str, to_unit: str) -> tuple[str, str]:
    """ "100 degrees to celsius" can only come from Fahrenheit, and the other way round."""
    opposite = {"degree_Celsius": "fahrenheit", "degree_Fahrenheit": "celsius"}
    scales = [
        alias(factor[0].word) if (factor := factors_of(unit)) else None for unit in (from_unit, to_unit)
    ]
    if is_plain_degrees(from_unit):
        return opposite.get(scales[1] or "", from_unit), to_unit
    if is_plain_degrees(to_unit):
        return from_unit, opposite.get(scales[0] or "", to_unit)
    return from_unit, to_unit
