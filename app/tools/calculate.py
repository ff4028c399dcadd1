"""The tool `calculate`: a sum in, a sentence out, whatever was asked."""

from __future__ import annotations

from app.tools.arithmetic import compute
from app.tools.result import ToolResult, said, sorry
from app.tools.speech import number
from app.tools.sum_tokens import CannotCompute, Token, spoken

ECHOED_TOKENS = 9  # a longer sum, said back, is harder to follow than its result


def calculate(expression: str) -> ToolResult:
    """ "15% of 80 is 12." or the reason why there is no result."""
    try:
        computed = compute(expression)
    except CannotCompute as problem:
        return sorry(str(problem) or f"I couldn't work that out: {_shortened(expression)}")
    text, exact = number(computed.number)
    about = "" if exact else "about "
    asked = _echo(computed.tokens)
    answer = f"{asked} is {about}{text}." if asked else f"That's {about}{text}."
    return said(answer[:1].upper() + answer[1:], value=text, exact=exact)


def _echo(tokens: tuple[Token, ...]) -> str:
    brackets = any(token.value in "()," for token in tokens)
    return "" if brackets or not 1 < len(tokens) <= ECHOED_TOKENS else spoken(list(tokens))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text.rstrip(".") + "." if len(text) <= 60 else text[:59].rstrip() + "…"
