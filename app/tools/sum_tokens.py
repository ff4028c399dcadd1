"""Sums as people write and say them, cut into tokens: "15% of 80", "3 x 4", "half of ninety", "5 squared".

Knows which words mean what; knows nothing of precedence or of computing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from math import prod
from typing import Literal

from app.tools.number_words import SCALES, WORDS, number_said

MAX_CHARACTERS = 500
MAX_DIGITS = 310  # about a float's range: more digits than anyone wants to hear


class CannotCompute(Exception):
    """Its text is the sentence to say; empty where the input is no sum."""


TOO_BIG = "That number is too big for me."
TOO_LONG = "That sum is too long for me."

Kind = Literal["number", "fraction", "operator", "name", "word"]


@dataclass(frozen=True)
class Token:
    """`value` names it (an operator, a function, the text), `number` is its worth, `spoken` how it sounds."""

    kind: Kind
    value: str
    number: Fraction = Fraction(0)
    spoken: str = ""


SPOKEN = {"+": "plus", "-": "minus", "*": "times", "/": "divided by", "^": "to the power of", "mod": "modulo"}
NAMES = {
    "sqrt": "the square root of",
    "cbrt": "the cube root of",
    "abs": "the absolute value of",
    "round": "round",
    "pi": "pi",
    "e": "e",
}
SYMBOLS = str.maketrans(
    {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "²": " squared ", "³": " cubed ", "√": " sqrt ",
     "π": " pi ", "$": " ", "€": " ", "£": " "}
)  # fmt: skip
PHRASES = {  # without fillers: "to the power of" has lost its "the" by then
    "plus": "+", "minus": "-", "take away": "-", "times": "*", "x": "*", "multiplied by": "*", "divided by": "/",
    "over": "/", "to power of": "^", "raised to power of": "^", "raised to": "^", "to power": "^",
    "squared": "squared", "cubed": "cubed", "factorial": "!", "percent": "%", "per cent": "%", "of": "of",
    "off": "off", "mod": "mod", "modulo": "mod", "square root of": "sqrt", "square root": "sqrt", "sqrt": "sqrt",
    "cube root of": "cbrt", "cube root": "cbrt", "cbrt": "cbrt", "absolute value of": "abs", "abs": "abs",
    "round": "round", "pi": "pi", "e": "e",
}  # fmt: skip
LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in PHRASES)
MULTIPLES = {"twice": 2, "double": 2, "triple": 3}
FRACTIONS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
FILLERS = {"what", "whats", "what's", "is", "calculate", "compute", "the", "a", "an", "equals", "please"}

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?"
PIECE = re.compile(
    rf"\s*(?:(?P<number>{NUMBER})|(?P<word>[a-z]+(?:'[a-z]+)?)|(?P<sign>\*\*|[-+*/^%()!,]))", re.ASCII
)
# "mod(10,300)" has two arguments, "10,300 / 2" one number: a space keeps the comma out of the number.
FIRST_ARGUMENT = re.compile(r"\b(mod|round)\s*\(([^(),]{1,50}),")


def tokens_of(text: str) -> list[Token]:
    """Raises CannotCompute for what is too long, too big or not a sum."""
    if len(text) > MAX_CHARACTERS:
        raise CannotCompute(TOO_LONG)
    return _with_numbers(_with_meanings(_pieces(text)))


def spoken(tokens: list[Token]) -> str:
    """The sum in words, its digits kept: "15% of 80", "2 plus -3"."""
    text = ""
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        word = token.spoken
        if token.value == "-" and (
            before is None or (before.kind == "operator" and before.value not in "%!")
        ):
            word = "-"
        elif token.value == "%" and starts_operand(after):
            word = SPOKEN["mod"]
        joined = not text or text.endswith("-") or word in ("%", "!")
        text += word if joined else " " + word
    return text


def starts_operand(token: Token | None) -> bool:
    """Whether a number can begin here: a "%" before it divides, any other "%" is a percentage."""
    return token is not None and (token.kind in ("number", "fraction", "name") or token.value == "(")


def _pieces(text: str) -> list[Token]:
    text = FIRST_ARGUMENT.sub(r"\1(\2 , ", text.lower().translate(SYMBOLS)).strip().rstrip("=?. \t\n")
    pieces, at = [], 0
    while at < len(text):
        found = PIECE.match(text, at)
        if found is None:
            raise CannotCompute("")
        at = found.end()
        if found["number"]:
            pieces.append(_number(found["number"]))
        elif found["word"] not in FILLERS:
            pieces.append(_word_or_sign(found["word"], found["sign"]))
    return pieces


def _word_or_sign(word: str | None, sign: str | None) -> Token:
    if word:
        return Token("word", word, spoken="and a" if word == "and" else word)  # the "a" was a filler
    sign = "^" if sign == "**" else sign or ""
    return Token("operator", sign, spoken=SPOKEN.get(sign, sign))


def _number(text: str) -> Token:
    mantissa, _, exponent = text.replace(",", "").partition("e")
    whole, _, decimals = mantissa.partition(".")
    # Checked before int() sees it: "1e999999999" would be built, digit by digit.
    if len(whole.lstrip("0")) > MAX_DIGITS or len(exponent) > 5 or int(exponent or 0) > MAX_DIGITS:
        raise CannotCompute(TOO_BIG)
    if len(decimals) > MAX_DIGITS:
        raise CannotCompute(TOO_LONG)
    power = max(int(exponent or 0), -2 * MAX_DIGITS)
    value = Fraction(f"{whole.lstrip('0') or 0}.{decimals or 0}") * Fraction(10) ** power
    return Token(
        "number", text, value, f"{int(text):,}" if text.isdecimal() and len(text) > 4 else text.rstrip(".")
    )


def _with_meanings(pieces: list[Token]) -> list[Token]:
    """Words that mean an operator, a function or a fraction; the longest phrase wins."""
    tokens, at = [], 0
    while at < len(pieces):
        for length in range(LONGEST_PHRASE, 0, -1):
            group = pieces[at : at + length]
            meaning = PHRASES.get(" ".join(piece.value for piece in group))
            if meaning:
                kind: Kind = "name" if meaning in NAMES else "operator"
                tokens.append(Token(kind, meaning, spoken=(NAMES | SPOKEN).get(meaning, meaning)))
                at += len(group)
                break
        else:
            tokens += _fraction_or_multiple(pieces[at])
            at += 1
    return tokens


def _fraction_or_multiple(piece: Token) -> list[Token]:
    if piece.value in FRACTIONS:
        return [Token("fraction", piece.value, Fraction(1, FRACTIONS[piece.value]), piece.value)]
    if piece.value in MULTIPLES:
        times = MULTIPLES[piece.value]
        return [
            Token("number", piece.value, Fraction(times), str(times)),
            Token("operator", "*", spoken="times"),
        ]
    return [piece]


def _with_numbers(tokens: list[Token]) -> list[Token]:
    """Runs of number words become one number; scales after digits ("2.5 million") multiply them."""
    done: list[Token] = []
    at = 0
    while at < len(tokens):
        run = [token.value for token in takewhile(_is_number_word, tokens[at:])]
        while run and run[-1] == "and":  # belongs to what follows: "two and a half"
            run.pop()
        if not run:
            done.append(tokens[at])
        elif done and done[-1].kind == "number" and all(word in SCALES for word in run):
            digits = done.pop()
            value = digits.number * prod(SCALES[word] for word in run)
            done.append(Token("number", digits.value, value, " ".join([digits.spoken, *run])))
        else:
            done.append(_said(run))
        at += len(run) or 1
    return done


def _is_number_word(token: Token) -> bool:
    return token.kind == "word" and token.value in WORDS


def _said(run: list[str]) -> Token:
    value = number_said(run)
    if value is None:
        raise CannotCompute("")
    return Token("number", " ".join(run), value, " ".join(run))
