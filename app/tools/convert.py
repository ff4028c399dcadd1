"""The tool `convert`: "10 miles is about 16.09 kilometers." Pint is loaded behind the first answer's back.

Pint's parser is never given what was said: words are looked up one by one, so no expression is evaluated. The
numbers are exact fractions: 32 degrees Fahrenheit is 0 degrees Celsius, not 0.00000000000006.
"""

from __future__ import annotations

import threading
from fractions import Fraction
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


class UnknownUnit(Exception):
    """Its text is the word that means no unit."""


class Converter:
    """Loads pint once: 0.35 s on two slow cores, so `warm_up` does it on a thread while the app starts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: pint.UnitRegistry[Any] | None = None

    def warm_up(self) -> None:
        threading.Thread(target=self._registry, name="units", daemon=True).start()

    def convert(self, value: float, from_unit: str, to_unit: str) -> ToolResult:
        """The amount in the other unit, or the reason why there is none."""
        from_unit, to_unit = _with_scales(from_unit, to_unit)
        try:
            source, target = self._factors(from_unit), self._factors(to_unit)
        except UnknownUnit as unknown:
            if is_money(from_unit) or is_money(to_unit):
                return sorry(NO_RATES)
            return sorry(f"I don't know the unit '{unknown}'.")
        source, target = self._ounces(source, target), self._ounces(target, source)
        return self._answer(Fraction(str(value)), source, target)

    def _answer(self, value: Fraction, source: list[Factor], target: list[Factor]) -> ToolResult:
        import pint

        asked, wanted = self._unit(source), self._unit(target)
        if asked.dimensionality != wanted.dimensionality:
            return sorry(f"I can't turn {spoken(source, False)} into {spoken(target, False)}.")
        registry = self._registry()
        try:
            amount = registry.Quantity(value, asked)
            result = Fraction(amount.to(wanted).magnitude)
            if "[temperature]" in asked.dimensionality and amount.to_base_units().magnitude < 0:
                return sorry(TOO_COLD)
        except (pint.errors.PintError, ArithmeticError, TypeError, ValueError):
            return sorry(f"I can't turn {spoken(source, False)} into {spoken(target, False)}.")
        before, _ = number(value)
        after, exact = number(result, PLACES if abs(result) >= 1 else PLACES_BELOW_ONE)
        answer = (
            f"{before} {spoken(source, abs(value) == 1)} is {'' if exact else 'about '}"
            f"{after} {spoken(target, after in ('1', '-1'))}."
        )
        return said(answer, value=after, exact=exact)

    def _factors(self, phrase: str) -> list[Factor]:
        """The phrase with pint's names for its words. Raises UnknownUnit."""
        factors = factors_of(phrase)
        if not factors:
            raise UnknownUnit(phrase[:40].strip())
        return [Factor(self._name(factor.word), factor.power) for factor in factors]

    def _name(self, word: str) -> str:
        if SYMBOL.fullmatch(word):
            return str(self._registry().get_name(word))
        if known := alias(word):
            return known
        lower = word.lower()
        for prefix, unit, plural in self._registry().parse_unit_name(lower):
            spelled_out = len(lower) - len(prefix) - len(plural) >= 3 and lower.startswith(prefix)
            if spelled_out and (not prefix or prefix in PREFIXES):
                return prefix + unit
        raise UnknownUnit(word.replace("_", " "))

    def _ounces(self, factors: list[Factor], others: list[Factor]) -> list[Factor]:
        """Ounces of a drink are fluid ounces: when the other side is a volume."""
        volume = self._unit([Factor("liter")]).dimensionality
        if factors == [Factor("ounce")] and self._unit(others).dimensionality == volume:
            return [Factor("fluid_ounce")]
        return factors

    def _unit(self, factors: list[Factor]) -> pint.Unit:
        unit = self._registry().Unit("dimensionless")
        for factor in factors:
            unit *= self._registry().Unit(factor.word) ** factor.power
        return unit

    def _registry(self) -> pint.UnitRegistry[Any]:
        with self._lock:
            if self._loaded is None:
                import pint

                self._loaded = pint.UnitRegistry(non_int_type=Fraction)
            return self._loaded


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
