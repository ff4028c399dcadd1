"""A pocket calculator: computes a sum exactly, in bounded work, or says why not. Never eval.

Recursive descent, one method per level of precedence. The input is at most MAX_CHARACTERS long, nested at most
MAX_DEPTH deep, and at most two steps of microseconds each are spent on a token.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

from app.tools.exact import BY_ZERO, CONSTANTS, call, factorial, modulo, power, settled
from app.tools.sum_tokens import TOO_LONG, CannotCompute, Kind, Token, starts_operand, tokens_of

MAX_DEPTH = 40  # parentheses within parentheses; each costs seven Python frames


@dataclass(frozen=True)
class Value:
    """`percent`: written as a percentage, which after + and - means that part of the left side."""

    number: Fraction
    percent: bool = False


@dataclass(frozen=True)
class Computed:
    number: Fraction
    tokens: tuple[Token, ...]
    steps: int  # operations carried out


def compute(text: str) -> Computed:
    """Raises CannotCompute with the sentence to say, empty if `text` is not a sum."""
    tokens = tokens_of(text)
    parser = _Parser(tokens)
    value = parser.expression()
    if not parser.at_end():
        raise CannotCompute("")
    return Computed(value.number, tuple(tokens), parser.steps)


class _Parser:
    """The loosest level first. Empty CannotCompute where the text is no sum."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self.steps = 0

    def at_end(self) -> bool:
        return self._at >= len(self._tokens)

    def expression(self) -> Value:
        left = self._product()
        while sign := self._take("+", "-"):
            right = self._product()
            part = right.number
            if right.percent and not left.percent:
                part = self._settled(left.number * part)
            total = left.number + part if sign == "+" else left.number - part
            left = Value(self._settled(total), left.percent and right.percent)
        return left

    def _product(self) -> Value:
        left = self._signed()
        while True:
            if operator := self._take("*", "/", "of", "off", "mod", "%"):
                left = self._combined(operator, left, self._signed())
            elif starts_operand(self._peek()) and not _is(self._peek(), "number"):
                left = self._combined("*", left, self._power())  # 2(3 + 4), 2 pi
            else:
                return left

    def _combined(self, operator: str, left: Value, right: Value) -> Value:
        one, other = left.number, right.number
        if operator == "/":
            if not other:
                raise CannotCompute(BY_ZERO)
            return Value(self._settled(one / other))
        if operator in ("mod", "%"):
            return Value(self._settled(modulo(one, other)))
        if operator == "off":
            one = 1 - one  # 20% off 80
        return Value(self._settled(one * other))

    def _signed(self) -> Value:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        value = self._power()
        return Value(-value.number, value.percent) if negative else value

    def _power(self) -> Value:
        base = self._postfix()
        if not self._take("^"):
            return base
        with self._deeper():
            exponent = self._signed()  # from the right: 2^3^2 is 2^9
        return Value(self._settled(power(base.number, exponent.number)))

    def _postfix(self) -> Value:
        value = self._operand()
        while (token := self._peek()) is not None:
            if token.value == "%" and not starts_operand(self._peek(1)):
                value = Value(self._settled(value.number / 100), percent=True)
            elif token.value in ("squared", "cubed"):
                value = Value(
                    self._settled(power(value.number, Fraction(2 if token.value == "squared" else 3)))
                )
            elif token.value == "!":
                value = Value(self._settled(factorial(value.number)))
            elif token.value == "and" and _is(self._peek(1), "fraction"):  # two and a half
                self._at += 1
                value = Value(self._settled(value.number + self._tokens[self._at].number))
            elif token.kind == "fraction":  # three quarters
                value = Value(self._settled(value.number * token.number))
            else:
                break
            self._at += 1
        return value

    def _operand(self) -> Value:
        token = self._peek()
        if token is None:
            raise CannotCompute("")
        self._at += 1
        if token.kind in ("number", "fraction"):
            return Value(self._settled(token.number))
        if token.value in CONSTANTS:
            return Value(CONSTANTS[token.value])
        with self._deeper():
            if token.value == "(":
                value = self.expression()
                self._expect(")")
                return value
            if token.kind == "name" or token.value == "mod":
                return Value(self._settled(call(token.value, self._arguments())))
        raise CannotCompute("")

    def _arguments(self) -> list[Fraction]:
        if not self._take("("):
            return [self._signed().number]  # the square root of 16
        arguments = [self.expression().number]
        while self._take(","):
            arguments.append(self.expression().number)
        self._expect(")")
        return arguments

    def _settled(self, number: Fraction) -> Fraction:
        self.steps += 1
        return settled(number)

    def _peek(self, ahead: int = 0) -> Token | None:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else None

    def _take(self, *values: str) -> str:
        token = self._peek()
        if token is None or token.kind != "operator" or token.value not in values:
            return ""
        self._at += 1
        return token.value

    def _expect(self, value: str) -> None:
        if not self._take(value):
            raise CannotCompute("")

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise CannotCompute(TOO_LONG)
        yield
        self._depth -= 1


def _is(token: Token | None, kind: Kind) -> bool:
    return token is not None and token.kind == kind
