"""Sums: `calculate` with canonical expressions, and follow-ups ("times two"). Knows nothing of units."""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

from .exchange import Exchange, Snippet, call
from .grammar import OPENERS, expand, number, phrase, pick
from .numbers import ORDINALS, any_integer, any_number, said, spoken

ASK = (
    "what is {e}", "what's {e}", "whats {e}", "how much is {e}", "calculate {e}", "compute {e}", "{e}", "{e}", "{e}", "work out {e}", "can you (calculate|compute|work out|tell me|do|solve) {e}", "tell me (what|how much) {e} is", "what does {e} (make|equal|come to|give|give me)",
    "{e} (is|makes|equals) (what|how much)", "how much does {e} (make|come to|equal|add up to)", "do you know (what|how much) {e} is", "i need (to know|) {e}", "solve {e}", "figure out {e}", "give me {e}", "(please|could you please|would you) (calculate|work out|compute|figure out) {e}", "what would {e} be", "what do you get for {e}", "quick {e}", "evaluate {e}", "{e} equals", "the result of {e}", "what's the (result|answer) (of|to) {e}", "find {e}", "what are {e}", "how many are {e}", "how many is {e}", "do the (math|sum) {e}", "math question {e}", "what will {e} be", "what number is {e}",
)  # fmt: skip
WORDS = {
    "+": "(plus|plus|plus|and|added to)",
    "-": "(minus|minus|minus|less|subtract|take)",
    "*": "(times|times|times|multiplied by|multiply by|multiplied with|x)",
    "/": "(divided by|divided by|divided by|over|divide by)",
}
SIGNS = {
    "+": ("+", " + "),
    "-": ("-", " - "),
    "*": ("*", " * ", "x", " x ", "×"),
    "/": ("/", " / ", "÷", ":"),
}


def _operand(rng: Random, typed: bool) -> tuple[str, str]:
    text, digits = any_number(rng, typed)
    return text, digits


def chain(rng: Random, typed: bool, length: int) -> tuple[str, str]:
    """ "three plus four times two" -> "3+4*2", as said from left to right."""
    text, expression = _operand(rng, typed)
    signs = typed and text[0].isdigit() and rng.random() < 0.75
    for _ in range(length - 1):
        op = pick(rng, "++++---****//")
        b, digits = _operand(rng, typed)
        if signs and b[0].isdigit():
            text += pick(rng, SIGNS[op]) + b
        else:
            text += f" {expand(rng, WORDS[op])} {b}"
        expression += op + digits
    return text, expression


def _reversed(rng: Random, typed: bool) -> tuple[str, str]:
    """Verb forms: "subtract 6 from 20", "multiply 3 by 4", "the sum of 3 and 4"."""
    (a, x), (b, y) = _operand(rng, typed), _operand(rng, typed)
    op, text = pick(rng, (
        ("+", "add {a} (and|to|plus) {b}"), ("+", "the sum of {a} and {b}"), ("+", "{a} (increased by|more than|added to) {b}"), ("+", "add up {a} and {b}"), ("+", "put {a} and {b} together"),
        ("~", "(subtract|take|take away|deduct) {a} from {b}"), ("-", "the difference (between|of) {a} and {b}"), ("-", "{a} (decreased by|reduced by) {b}"), ("-", "subtract {b} from {a}"), ("-", "{a} take away {b}"),
        ("*", "multiply {a} (by|and|with|times) {b}"), ("*", "the product of {a} and {b}"), ("*", "{a} lots of {b}"),
        ("/", "divide {a} by {b}"), ("/", "{a} split (by|in|into) {b}"), ("/", "{a} shared (by|between) {b}"), ("/", "how many times does {b} go into {a}"), ("/", "split {a} (by|into) {b} [parts]"),
    ))  # fmt: skip
    expression = f"{y}-{x}" if op == "~" else f"{x}{op}{y}"
    return expand(rng, text, a=a, b=b), expression


def _percent(rng: Random, typed: bool) -> tuple[str, str]:
    rate = rng.choice(
        (5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 90, 2, 3, 7, 8, 12, 18, 19, 22, 33, rng.randint(1, 99))
    )
    p, digits = said(rate, rng, typed), str(rate)
    if rng.random() < 0.1:
        p, digits = (f"{rate}.5" if typed else f"{spoken(rate)} point five"), f"{rate}.5"
    b, y = any_number(rng, typed, 0.05)
    sign = (
        pick(rng, ("%", "%", " %", " percent"))
        if p[-1].isdigit()
        else pick(rng, (" percent", " percent", " per cent"))
    )
    text = pick(
        rng,
        (
            f"{p}{sign} of {b}",
            f"{p}{sign} of {b}",
            f"{p}{sign} of {b}",
            f"a {p}{sign} tip on {b}",
            f"{p}{sign} tip on {b}",
            f"{p}{sign} tax on {b}",
            f"{p}{sign} interest on {b}",
        ),
    )
    return text, f"{digits}% of {y}"


def _power(rng: Random, typed: bool) -> tuple[str, str]:
    roll = rng.random()
    n = rng.choice((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 20, 25, rng.randint(2, 100)))
    a = said(n, rng, typed)
    if roll < 0.35:
        root = rng.choice((n * n, n * n, any_integer(rng)))
        b = said(root, rng, typed)
        if typed and rng.random() < 0.2:
            return pick(rng, (f"sqrt({root})", f"sqrt {root}", f"√{root}")), f"sqrt({root})"
        return pick(
            rng,
            (
                f"the square root of {b}",
                f"the square root of {b}",
                f"square root of {b}",
                f"square root {b}",
                f"the root of {b}",
            ),
        ), f"sqrt({root})"
    if roll < 0.55:
        return pick(rng, (f"{a} squared", f"the square of {a}", f"{a} square", f"square {a}")), f"{n}^2"
    if roll < 0.65:
        return pick(rng, (f"{a} cubed", f"the cube of {a}", f"{a} cube")), f"{n}^3"
    e = rng.randint(2, 12)
    b = said(e, rng, typed)
    ordinal = ORDINALS[e]
    forms = [
        f"{a} to the power of {b}",
        f"{a} to the power of {b}",
        f"{a} to the {ordinal}",
        f"{a} to the {ordinal} power",
        f"{a} to the power {b}",
        f"{a} raised to {b}",
        f"{a} to the {b}",
        f"the {ordinal} power of {a}",
        f"raise {a} to the power of {b}",
        f"{a} raised to the power of {b}",
    ]
    if typed and a.isdigit():
        forms += [f"{n}^{e}", f"{n} ^ {e}", f"{n}**{e}"]
    return pick(rng, forms), f"{n}^{e}"


def _share(rng: Random, typed: bool) -> tuple[str, str]:
    b, y = any_number(rng, typed, 0.05)
    return pick(rng, (
        (f"half of {b}", f"{y}/2"), (f"half {b}", f"{y}/2"), (f"{b} in half", f"{y}/2"), (f"a third of {b}", f"{y}/3"), (f"a quarter of {b}", f"{y}/4"), (f"one fourth of {b}", f"{y}/4"), (f"a fifth of {b}", f"{y}/5"), (f"a tenth of {b}", f"{y}/10"),
        (f"double {b}", f"{y}*2"), (f"twice {b}", f"{y}*2"), (f"{b} doubled", f"{y}*2"), (f"triple {b}", f"{y}*3"), (f"three times {b}", f"3*{y}"), (f"two thirds of {b}", f"{y}*2/3"), (f"three quarters of {b}", f"{y}*3/4"), (f"{b} halved", f"{y}/2"),
    ))  # fmt: skip


def _grouped(rng: Random, typed: bool) -> tuple[str, str]:
    inner, x = chain(rng, typed, 2)
    b, y = _operand(rng, typed)
    op = pick(rng, "**/+-")
    if typed and rng.random() < 0.6:
        left = rng.random() < 0.5
        s = pick(rng, SIGNS[op])
        return (f"({inner}){s}{b}", f"({x}){op}{y}") if left else (f"{b}{s}({inner})", f"{y}{op}({x})")
    word = expand(rng, WORDS[op])
    opened = pick(
        rng,
        (
            "open bracket",
            "open parenthesis",
            "bracket",
            "open paren",
            "open brackets",
            "left bracket",
            "parenthesis",
        ),
    )
    closed = (
        opened.replace("open ", "close ").replace("left", "right")
        if opened not in ("bracket", "parenthesis")
        else f"close {opened}"
    )
    return pick(rng, (
        (f"{inner} all {word} {b}", f"({x}){op}{y}"), (f"{inner} in brackets {word} {b}", f"({x}){op}{y}"), (f"{inner} then {word} {b}", f"({x}){op}{y}"), (f"{inner} and then {word} {b}", f"({x}){op}{y}"),
        (f"{opened} {inner} {closed} {word} {b}", f"({x}){op}{y}"), (f"{b} {word} {opened} {inner} {closed}", f"{y}{op}({x})"), (f"{b} {word} the sum of {b} and {b}", f"{y}{op}({y}+{y})"),
    ))  # fmt: skip


def _several(rng: Random, typed: bool) -> tuple[str, str]:
    """ "add 3 4 and 5"."""
    parts = [_operand(rng, typed) for _ in range(rng.randint(3, 4))]
    joint = pick(rng, (" ", " and ", " plus ", ", " if typed else " "))
    text = joint.join(p[0] for p in parts[:-1]) + pick(rng, (" and ", " plus ")) + parts[-1][0]
    return expand(rng, "(add|add up|sum|the sum of|the total of|total) ") + " " + text, "+".join(
        p[1] for p in parts
    )


def sum_asked(rng: Random, typed: bool) -> tuple[str, str]:
    roll = rng.random()
    if roll < 0.48:
        text, expression = chain(rng, typed, 2 if rng.random() < 0.85 else 3)
    elif roll < 0.62:
        text, expression = _reversed(rng, typed)
    elif roll < 0.74:
        text, expression = _percent(rng, typed)
    elif roll < 0.85:
        text, expression = _power(rng, typed)
    elif roll < 0.91:
        text, expression = _share(rng, typed)
    elif roll < 0.96:
        text, expression = _grouped(rng, typed)
    else:
        text, expression = _several(rng, typed)
    asked = expand(rng, pick(rng, ASK), e=number(" ".join(text.split())))
    if typed and rng.random() < 0.15:
        asked += pick(rng, (" =", "=", " = ?", "=?", " ="))
    return (f"{pick(rng, OPENERS)} {asked}" if rng.random() < 0.1 else asked), expression


def calculate(rng: Random, typed: bool) -> Snippet:
    asked, expression = sum_asked(rng, typed)
    out = [Exchange(asked, call("calculate", expression=expression))]
    if rng.random() < 0.22:
        b, y = _operand(rng, typed)
        it, op = pick(rng, (
            ("([and] [then] ([now] times|multiplied by|multiply (it|that|the result) by|multiply by)|times) {b}", "*"), ("[and] [then] (plus|add|added to) {b}", "+"), ("[and|now|then] add {b} to (that|it|the result)", "+"), ("[and] [then|now] (minus|less|subtract|take away) {b}", "-"), ("[and|now|then] (subtract|take|take away) {b} from (that|it|the result)", "-"),
            ("[and] [then|now] (divided by|divide (it|that|the result) by|divide by|split (it|that) by) {b}", "/"), ("[and|now] (double it|double that|twice that|that twice|doubled)", "2"), ("[and|now] (half of that|halve it|half of it|half that)", "h"), ("[and|then] (squared|square (it|that)|that squared)", "^"), ("{b} percent of that", "%"),
        ))  # fmt: skip
        group = expression if expression.replace(".", "").isdigit() else f"({expression})"
        result = {"2": f"{group}*2", "h": f"{group}/2", "^": f"{group}^2", "%": f"{y}% of {group}"}.get(
            op, f"{group}{op}{y}"
        )
        out.append(Exchange(phrase(rng, expand(rng, it, b=number(b))), call("calculate", expression=result)))
    elif rng.random() < 0.12:
        b, e2 = chain(rng, typed, 2)
        out.append(
            Exchange(
                expand(
                    rng,
                    "(no|sorry|i meant|no i said|and|and what about|what about|no i meant|now) {e}",
                    e=number(b),
                ),
                call("calculate", expression=e2),
            )
        )
    return out
