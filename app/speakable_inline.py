"""Small decisions inside a line of Markdown, for text that is still arriving.

Each function looks at `text` from a place on and answers at once where it can; `None` means that more text
must come first. They look ahead a bounded distance and depend on the text alone, so that the filter's output
is the same however the text was cut. Knows nothing of lines, blocks or output.
"""

from __future__ import annotations

import html
import re

LABEL_CHARS = 150  # a `[` that has not closed by then is just a bracket
DESTINATION_CHARS = 60  # a link's address this long without a space is one, however it goes on
TAG_CHARS = 150
MATH_CHARS = 120
NESTED_BRACKETS = 4
NEVER = -1

THOUGHT_TAGS = frozenset(["think", "thinking", "thought", "reasoning", "reflection"])
SKIPPED_TAGS = THOUGHT_TAGS | {"script", "style", "svg"}
BREAKING_TAGS = frozenset(
    ["br", "p", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol"]
)
_OTHER_TAGS = (
    "a abbr b big blockquote caption center cite code dd del details dl dt em figure font i img ins kbd mark nobr "
    "pre q s samp small span strike strong sub summary sup table tbody td th thead tt u var wbr answer final "
    "response output http https mailto"
)
_TAGS = SKIPPED_TAGS | BREAKING_TAGS | frozenset(_OTHER_TAGS.split())
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9-]{0,12})", re.IGNORECASE)
_TAG_END = re.compile(r"[<>\n]")
_BRACKETS = re.compile(r"\\[^\n]|[\[\]\n]")
_DESTINATION_STOPS = re.compile(r"[()\s\"']")
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{1,10}[0-9]{0,2})?")
_ENTITY_CHARS = 14


def keeps_emphasis_marks(run: str, before: str, after: str, is_open: bool) -> tuple[bool, int]:
    """Whether a run of `*` or `_` is text, and otherwise whether it opens (+1) or closes (-1) emphasis."""
    left, right = not after.isspace(), not before.isspace()
    if not left and not right:
        return True, 0
    if before.isalnum() and after.isalnum():
        if run[0] == "_" or (before.isdigit() and after.isdigit()) or (len(run) == 1 and not is_open):
            return True, 0
        return False, -1 if is_open else 1
    if is_open and right and not (run[0] == "_" and after.isalnum()):
        return False, -1
    if left and not (run[0] == "_" and before.isalnum()):
        return False, 1
    return True, 0


def bracket_end(text: str, opening: int, final: bool) -> int | None:
    """Where the `]` for the `[` at `opening` is; NEVER: there is none near enough."""
    end = opening + LABEL_CHARS
    depth = 0
    if text.find("]", opening, end) >= 0:
        for found in _BRACKETS.finditer(text, opening, end):
            depth += {"[": 1, "]": -1}.get(found[0], 0)
            if depth == 0 and found[0] == "]":
                return found.start()
            if depth > NESTED_BRACKETS or found[0] == "\n":
                return NEVER
    elif text.startswith("[" * (NESTED_BRACKETS + 1), opening) or text.find("\n", opening, end) >= 0:
        return NEVER
    return NEVER if final or len(text) >= end else None


def destination_end(text: str, opening: int, final: bool) -> tuple[int, bool] | None:
    """Where `(address "title")` ends and whether it is complete; (NEVER, …): no address; None: wait."""
    depth, quote = 0, ""
    for found in _DESTINATION_STOPS.finditer(text, opening, opening + DESTINATION_CHARS):
        char, place = found[0], found.start()
        if char == "\n":
            return NEVER, True
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char if text[place - 1].isspace() else ""
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return place + 1, True
        elif place + 1 >= len(text):
            return (len(text), True) if final else None
        elif text[place + 1] not in "\"')( " and place > opening + 1:
            return NEVER, True
    if final:
        return len(text), True
    end = opening + DESTINATION_CHARS
    return (end, False) if len(text) >= end else None


def tag_name(text: str, at: int, final: bool) -> str | None:
    """The lower-case name of the HTML tag at `<`; "" if it is none; None: wait."""
    if at + 1 >= len(text):
        return "" if final else None
    found = _TAG_NAME.match(text, at)
    if found is None:
        undecided = text[at + 1 :] == "/" and not final
        return None if undecided else ""
    name = found[1].lower()
    if found.end() == len(text):
        return "" if final or not any(known.startswith(name) for known in _TAGS) else None
    return name if name in _TAGS and text[found.end()] in " />:\t" else ""


def tag_end(text: str, at: int, name: str, final: bool) -> int | None:
    """Where the tag at `<` ends; NEVER: this is no tag after all."""
    found = _TAG_END.search(text, at + 1, at + TAG_CHARS)
    if found is None:
        return NEVER if final or len(text) >= at + TAG_CHARS else None
    inside = text[at + 1 : found.start()].strip("/ ")
    if found[0] != ">" or (len(inside) > len(name) and "=" not in inside):
        return NEVER
    return found.end()


def entity(text: str, at: int, final: bool) -> tuple[str, int] | None:
    """What `&amp;` stands for and its end; the plain `&` where it is none."""
    found = _ENTITY.match(text, at, at + _ENTITY_CHARS)
    end = found.end() if found else at + 1
    if end == len(text) and not final:
        return None
    if text[end : end + 1] == ";":
        meant = html.unescape(text[at : end + 1])
        if meant != text[at : end + 1]:
            return " " if meant.isspace() else meant, end + 1
    return "&", at + 1


def math_end(text: str, at: int, opening: str, closing: str, final: bool) -> int | None:
    """Where the formula that `opening` begins at `at` ends, its closing mark included; NEVER: it is none."""
    begin = at + len(opening)
    place = text.find(closing, begin, begin + MATH_CHARS)
    newline = text.find("\n", begin, begin + MATH_CHARS)
    if opening == "$":
        if begin >= len(text):
            return NEVER if final else None
        if not (text[begin].isalpha() or text[begin] in "\\{(-") or (
            newline >= 0 and not 0 <= place < newline
        ):
            return NEVER
        if place >= 0:
            if place + 1 >= len(text) and not final:
                return None
            good = not text[place - 1].isspace() and not text[place + 1 : place + 2].isalnum()
            return place + 1 if good else NEVER
    if place >= 0:
        return place + len(closing)
    return NEVER if final or len(text) >= begin + MATH_CHARS else None


_LATEX = (
    (re.compile(r"\\d?frac\{([^{}]*)\}\{([^{}]*)\}"), r" \1 over \2 "),
    (re.compile(r"\\sqrt\{([^{}]*)\}"), r" the square root of \1 "),
    (re.compile(r"\\(?:text|mathrm|mathbf|operatorname|boxed)\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\^\{?2\}?(?!\d)"), " squared "),
    (re.compile(r"\^\{?3\}?(?!\d)"), " cubed "),
    (re.compile(r"\^\{([^{}]*)\}"), r" to the power of \1 "),
    (re.compile(r"\^\\circ"), " degrees "),
    (re.compile(r"\^(\w)"), r" to the power of \1 "),
    (re.compile(r"\\(?:times|cdot|ast)(?![a-z])"), " × "),
    (re.compile(r"\\div(?![a-z])"), " ÷ "),
    (re.compile(r"\\leq?(?![a-z])"), " ≤ "),
    (re.compile(r"\\geq?(?![a-z])"), " ≥ "),
    (re.compile(r"\\neq?(?![a-z])"), " ≠ "),
    (re.compile(r"\\approx(?![a-z])"), " ≈ "),
    (re.compile(r"\\pm(?![a-z])"), " ± "),
    (re.compile(r"\\infty(?![a-z])"), " infinity "),
    (re.compile(r"\\int(?![a-z])"), " the integral of "),
    (re.compile(r"\\sum(?![a-z])"), " the sum of "),
    (re.compile(r"\\(?:rightarrow|to|Rightarrow|implies)(?![a-z])"), " → "),
    (re.compile(r"\\(?:left|right|quad|qquad|displaystyle|limits)(?![a-z])|\\[,;:! ]"), " "),
    (re.compile(r"\\([A-Za-z]+)"), r" \1 "),
    (re.compile(r"[\\{}_]+|\s+"), " "),
    (re.compile(r"-"), " − "),
)


def math_words(formula: str) -> str:
    """A formula as it is said, as well as a few rules can."""
    for pattern, spoken in _LATEX:
        formula = pattern.sub(spoken, formula)
    return " ".join(formula.split())
