"""Exact arithmetic that can't run away: fractions held to a size, and the functions a pocket calculator has.

Every function here takes microseconds whatever it is given, and raises CannotCompute with the sentence to say
where the answer would be too big, too small or not a number.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal
from fractions import Fraction

from app.tools.sum_tokens import TOO_BIG, CannotCompute

MAX_EXPONENT = 308  # of ten, as a float has it
MAX_BITS = 1024  # of the magnitude: 2^1024 is about 10^308
EXACT_BITS = 1024  # a denominator longer than this is rounded away
MAX_FACTORIAL = 170  # the last one below 10^308
WORKING = Context(prec=60, Emax=10**6, Emin=-(10**6))
SNAPPED = Context(prec=45, Emax=10**6, Emin=-(10**6))  # so 27^(1/3) comes out as 3, not as 2.99…9

CONSTANTS = {
    "pi": Fraction("3.14159265358979323846264338327950288419716939937510582097494"),
    "e": Fraction("2.71828182845904523536028747135266249775724709369995957496697"),
}
BY_ZERO = "I can't divide by zero."
TOO_SMALL = "That number is too small for me."
NOT_REAL = "That has no real answer."
NO_FACTORIAL = "I can only take the factorial of a whole number."


def settled(number: Fraction) -> Fraction:
    """`number`, rounded to 45 digits if its denominator has grown long."""
    size = abs(number.numerator).bit_length() - number.denominator.bit_length()
    if size > MAX_BITS:
        raise CannotCompute(TOO_BIG)
    if number and size < -MAX_BITS:
        raise CannotCompute(TOO_SMALL)
    if number.denominator.bit_length() > EXACT_BITS:
        return _snapped(_decimal(number))
    return number


def power(base: Fraction, exponent: Fraction) -> Fraction:
    if not base:
        if exponent < 0:
            raise CannotCompute(BY_ZERO)
        return Fraction(not exponent)
    sign = 1
    if base < 0:
        if exponent.denominator % 2 == 0:
            raise CannotCompute(NOT_REAL)
        sign = -1 if exponent.numerator % 2 else 1
    return sign * _positive_power(abs(base), exponent)


def square_root(number: Fraction) -> Fraction:
    if number < 0:
        raise CannotCompute(NOT_REAL)
    above, below = math.isqrt(number.numerator), math.isqrt(number.denominator)
    if above * above == number.numerator and below * below == number.denominator:
        return Fraction(above, below)
    return _snapped(WORKING.sqrt(_decimal(number)))


def modulo(number: Fraction, by: Fraction) -> Fraction:
    if not by:
        raise CannotCompute(BY_ZERO)
    return number % by


def factorial(number: Fraction) -> Fraction:
    if number.denominator != 1 or number < 0:
        raise CannotCompute(NO_FACTORIAL)
    if number > MAX_FACTORIAL:
        raise CannotCompute(TOO_BIG)
    return Fraction(math.factorial(int(number)))


def half_up(number: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """Rounded as taught at school: 2.5 is 3 and -2.5 is -3, where Python's round() gives 2 and -2."""
    if places.denominator != 1 or abs(places) > MAX_EXPONENT:
        raise CannotCompute("")
    scale = Fraction(10) ** int(places)
    whole = math.floor(abs(number) * scale + Fraction(1, 2))
    return (whole if number >= 0 else -whole) / scale


def call(name: str, arguments: list[Fraction]) -> Fraction:
    match name, arguments:
        case "sqrt", [number]:
            return square_root(number)
        case "cbrt", [number]:
            return power(number, Fraction(1, 3))
        case "abs", [number]:
            return abs(number)
        case "round", [number]:
            return half_up(number)
        case "round", [number, places]:
            return half_up(number, places)
        case "mod", [number, by]:
            return modulo(number, by)
    raise CannotCompute("")


def _positive_power(base: Fraction, exponent: Fraction) -> Fraction:
    if base == 1:
        return base
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator == 1 and abs(exponent) * bits <= 2 * EXACT_BITS:
        return base ** int(exponent)
    digits = exponent * Fraction(_decimal(base).log10(WORKING))
    if digits > MAX_EXPONENT:
        raise CannotCompute(TOO_BIG)
    if digits < -MAX_EXPONENT:
        raise CannotCompute(TOO_SMALL)
    return _snapped(WORKING.power(_decimal(base), _decimal(exponent)))


def _decimal(number: Fraction) -> Decimal:
    return WORKING.divide(Decimal(number.numerator), Decimal(number.denominator))


def _snapped(decimal: Decimal) -> Fraction:
    return Fraction(SNAPPED.plus(decimal))
