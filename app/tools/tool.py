"""One tool: what a model sees of it, what it does, and how the arguments of a careless model are understood.

Knows nothing of what any tool is for. A number may come as "90" or 90.0; a wrong argument becomes a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.tools.result import ToolResult
from engines.types import ToolSpec


class BadArgument(Exception):
    """Its text is the sentence for the person; `detail` says to a model what was wrong."""

    def __init__(self, spoken: str, detail: str) -> None:
        super().__init__(spoken)
        self.detail = detail


@dataclass(frozen=True)
class Argument:
    """`schema` holds type, description, minimum, maximum, minLength, maxLength, pattern or enum.

    `ask` is said when a required argument is missing, `refuse` when one can't be used. `prepare` turns what
    the model gave into what is checked, or into None for nothing. `parameter` is the action's name
    for it, where the contract's is a builtin's.
    """

    name: str
    schema: Mapping[str, Any]
    refuse: str
    ask: str = ""
    required: bool = True
    prepare: Callable[[Any], Any] | None = None
    parameter: str = ""


@dataclass(frozen=True)
class Tool:
    name: str
    description: str
    action: Callable[..., ToolResult]
    arguments: tuple[Argument, ...] = ()

    @property
    def spec(self) -> ToolSpec:
        parameters = {
            "type": "object",
            "properties": {argument.name: dict(argument.schema) for argument in self.arguments},
            "required": [argument.name for argument in self.arguments if argument.required],
            "additionalProperties": False,
        }
        return ToolSpec(self.name, self.description, parameters)


def text(description: str, longest: int) -> dict[str, Any]:
    """The schema of a piece of text."""
    return {"type": "string", "description": description, "minLength": 1, "maxLength": longest}


def checked(arguments: Sequence[Argument], given: object) -> dict[str, Any]:
    """The arguments as the tool wants them. Raises BadArgument."""
    if not isinstance(given, Mapping):
        raise BadArgument("I didn't get that. Please say it again.", "arguments must be an object")
    # A model may send null or "" for what it leaves out; anything else that we don't know changes the meaning.
    plain = {name: _plain(value) if isinstance(value, str) else value for name, value in given.items()}
    present = {name: value for name, value in plain.items() if value is not None and value != ""}
    for name in present.keys() - {argument.name for argument in arguments}:
        raise BadArgument(f"I can't take '{str(name)[:40]}' into account there.", f"unknown argument: {name}")
    values = {}
    for argument in arguments:
        value = present.get(argument.name)
        if value is not None and argument.prepare:
            value = argument.prepare(value)
        if value is not None:
            values[argument.parameter or argument.name] = _value(argument, value)
        elif argument.required:
            raise BadArgument(argument.ask or argument.refuse, f"missing argument: {argument.name}")
    return values


def _value(argument: Argument, given: object) -> Any:
    value: str | float | None
    if argument.schema["type"] == "string":
        value = _string(given)
    else:
        value = _number(given, whole=argument.schema["type"] == "integer")
    if isinstance(value, str) and "enum" in argument.schema:
        value = value.lower()
    if value is None or not _fits(value, argument.schema):
        raise BadArgument(argument.refuse, f"bad value for {argument.name}: {str(given)[:80]}")
    return value


def _plain(text: str) -> str:
    """Without control characters and half surrogate pairs, which can't be shown, spoken or stored."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _string(value: object) -> str | None:
    return None if isinstance(value, bool) or not isinstance(value, str | int | float) else str(value)


def _number(value: object, whole: bool) -> int | float | None:
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "").replace("%", "").strip())
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return round(value) if whole or value == round(value) else value


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """The few words of JSON Schema that our tools use."""
    if isinstance(value, str):
        return (
            schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", math.inf)
            and value in schema.get("enum", (value,))
            and re.search(schema.get("pattern", ""), value) is not None
        )
    return bool(schema.get("minimum", -math.inf) <= value <= schema.get("maximum", math.inf))
