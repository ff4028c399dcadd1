"""Tool calls as text: a grammar that lets a model write only valid ones, and a splitter that reads them as they stream.

`tool_grammar` gives GBNF (llama.cpp's grammar format) in which a reply is either plain text or one to three calls with
the tools' exact names and arguments that fit their JSON schemas. Arguments come in the schema's order. Knows nothing
of tokens: llama.cpp holds the grammar against each token's text, also where one token is a whole piece of a call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engines.types import ToolCall, ToolSpec

OPEN, CLOSE = "<tool_call>", "</tool_call>"
MOST_CALLS = 3
LONGEST_TEXT = 300  # characters of a string argument; each one costs llama.cpp a rule
DIGITS = 9  # of a number without limits

_COMMON = r"""
text ::= [^<\x00] [^<\x00]*
char ::= [^"\\<\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F])
boolean ::= "true" | "false"
"""


def tool_grammar(tools: Sequence[ToolSpec]) -> str:
    """GBNF of a reply: text that has no "<", or one to three calls of these tools."""
    return _grammar(tuple((tool.name, json.dumps(dict(tool.parameters))) for tool in tools))


@lru_cache(maxsize=8)
def _grammar(tools: tuple[tuple[str, str], ...]) -> str:
    rules = _Rules()
    names = [rules.tool(name, json.loads(schema)) for name, schema in tools]
    more = "(call call?)?" if MOST_CALLS == 3 else f"call{{0,{MOST_CALLS - 1}}}"
    root = f"text | call {more}" if names else "text"
    calls = f"call ::= {_literal(OPEN)} ({' | '.join(names)}) {_literal(CLOSE)}\n" if names else ""
    return f"root ::= {root}\n{calls}{rules.written()}{_COMMON}"


def _literal(text: str) -> str:
    """A GBNF literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class _Rules:
    """The rules of the tools, each written once."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}

    def written(self) -> str:
        return "".join(f"{name} ::= {body}\n" for name, body in self._made.items())

    def add(self, name: str, body: str) -> str:
        name = re.sub(r"[^a-zA-Z0-9]+", "-", name).strip("-").lower()
        while self._made.get(name, body) != body:
            name += "x"
        self._made[name] = body
        return name

    def tool(self, name: str, schema: Mapping[str, Any]) -> str:
        """The object of a call: name, then arguments."""
        properties = list(dict(schema.get("properties", {})).items())
        required = set(schema.get("required", ()))
        arguments = self._members(name, properties, required, started=False)
        head = _literal(f'{{"name":{json.dumps(name)},"arguments":{{')
        return self.add(f"tool-{name}", " ".join(part for part in (head, arguments, _literal("}}")) if part))

    def _members(
        self, tool: str, properties: list[tuple[str, Any]], required: set[str], started: bool
    ) -> str:
        """What may stand between the braces from the first of `properties` on. A comma once one stands there."""
        if not properties:
            return ""
        (key, schema), rest = properties[0], properties[1:]
        comma = "," if started else ""
        member = f"{_literal(f'{comma}{json.dumps(key)}:')} {self.value(f'{tool}-{key}', schema)}"
        after = self._members(tool, rest, required, started=True)
        taken = f"{member} {after}".strip()
        if key in required:
            return taken
        skipped = self._members(tool, rest, required, started)
        if not skipped:
            return f"({taken})?"
        return self.add(f"{tool}-from-{key}-{'more' if started else 'first'}", f"{taken} | {skipped}")

    def value(self, name: str, schema: Mapping[str, Any]) -> str:
        """The rule of one value. Schemas beyond the few words that tools use are taken as a string."""
        if "enum" in schema:
            return "(" + " | ".join(_literal(json.dumps(v, ensure_ascii=False)) for v in schema["enum"]) + ")"
        kind = schema.get("type", "string")
        if kind in ("integer", "number"):
            return self._number(name, schema, whole=kind == "integer")
        if kind == "boolean":
            return "boolean"
        pattern = pattern_rule(str(schema["pattern"])) if "pattern" in schema else None
        if pattern is not None:
            return self.add(name, f'"\\"" {pattern} "\\""')
        low = int(schema.get("minLength", 0))
        high = max(low, min(int(schema.get("maxLength", LONGEST_TEXT)), LONGEST_TEXT))
        return self.add(f"string-{low}-{high}", f'"\\"" char{{{low},{high}}} "\\""')

    def _number(self, name: str, schema: Mapping[str, Any], whole: bool) -> str:
        low, high = schema.get("minimum"), schema.get("maximum")
        digits = len(str(int(high))) if high is not None else DIGITS
        body = f'("0" | [1-9] [0-9]{{0,{digits - 1}}})' if digits > 1 else "[0-9]"
        if low is not None and high is not None and whole and low in (0, 1) and high == 100:
            body = '("100" | [1-9] [0-9]?' + (' | "0")' if low == 0 else ")")
        elif whole and low is not None and low >= 1:
            body = f"[1-9] [0-9]{{0,{digits - 1}}}"
        sign = "" if low is not None and low >= 0 else '"-"? '
        return self.add(name, sign + body + ("" if whole else ' ("." [0-9]{1,6})?'))


def pattern_rule(pattern: str) -> str | None:
    """A regular expression as GBNF: literals, groups, alternatives, classes and ? * + {m,n}; else None."""
    body = pattern.removeprefix("^").removesuffix("$")
    out: list[str] = []
    at = 0
    while at < len(body):
        ch = body[at]
        if ch == "[":
            end = body.find("]", at + 2)
            if end < 0:
                return None
            out.append(body[at : end + 1])
            at = end
        elif ch == "{":
            end = body.find("}", at)
            if end < 0 or not out:
                return None
            out[-1] += body[at : end + 1]
            at = end
        elif ch in "?*+":
            if not out:
                return None
            out[-1] += ch
        elif ch in "(|)":
            if body.startswith("(?", at):
                return None
            out.append(ch)
        elif ch in "\\.^$":
            return None
        else:
            out.append(_literal(ch))
        at += 1
    return "(" + " ".join(out) + ")" if out else None


def parse_call(text: str) -> ToolCall | None:
    """What stands between the marks, or None where it is no call. Strings lose the spaces around them."""
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("name"), str) or not found["name"]:
        return None
    arguments = found.get("arguments", found.get("parameters", {}))
    if isinstance(arguments, str):  # some families write the object as a string
        try:
            arguments = json.loads(arguments, strict=False)
        except (ValueError, RecursionError):
            return None
    if arguments is None:
        arguments = {}
    if not isinstance(arguments, dict):
        return None
    plain = {str(key): v.strip() if isinstance(v, str) else v for key, v in arguments.items()}
    return ToolCall(found["name"], plain)


class ToolCallSplitter:
    """Takes a reply piece by piece, gives back text and whole calls. A broken call is neither spoken nor run."""

    def __init__(self) -> None:
        self._held = ""  # text that may still be the beginning of a mark, or a call that is being written
        self._inside = False
        self._spoke = False

    def feed(self, piece: str) -> Iterator[str | ToolCall]:
        self._held += piece
        while True:
            mark = CLOSE if self._inside else OPEN
            at = self._held.find(mark)
            if at < 0:
                break
            before, self._held = self._held[:at], self._held[at + len(mark) :]
            if self._inside:
                if (call := parse_call(before)) is not None:
                    yield call
            else:
                yield from self._text(before)
            self._inside = not self._inside
        if not self._inside:
            keep = _overlap(self._held, OPEN)
            ready, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
            yield from self._text(ready)

    def finish(self) -> Iterator[str | ToolCall]:
        """The end of the reply: a call that only lacks its closing mark still counts."""
        held, self._held = self._held, ""
        if not self._inside:
            yield from self._text(held)
        elif (call := parse_call(held)) is not None:
            yield call
        self._inside = False

    def _text(self, text: str) -> Iterator[str]:
        """Blank lines around calls are not text."""
        if text and (self._spoke or text.strip()):
            self._spoke = True
            yield text


def parse_tool_calls(text: str) -> list[str | ToolCall]:
    """A whole reply at once."""
    splitter = ToolCallSplitter()
    return [*splitter.feed(text), *splitter.finish()]


def _overlap(text: str, mark: str) -> int:
    """How many characters at the end of `text` begin `mark`."""
    for length in range(min(len(text), len(mark) - 1), 0, -1):
        if mark.startswith(text[-length:]):
            return length
    return 0
