"""Tool calls that a server streams in fragments, put together. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engines.types import ToolCall


class BadArguments(ValueError):
    """The arguments of the tool `name` are no JSON object. They are not guessed at: a tool does things."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass
class _Fragments:
    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


class CallAssembler:
    """Feed it the `tool_calls` of each delta; `finish` yields the calls in order."""

    def __init__(self) -> None:
        self._calls: list[_Fragments] = []

    def feed(self, index: int | None, identity: str | None, name: str | None, arguments: str | None) -> None:
        call = self._calls[-1] if self._calls else None
        another = index is not None and call is not None and index != call.index
        renamed = (
            identity and call is not None and call.id and identity != call.id
        )  # all with index 0: Ollama
        if call is None or another or renamed:
            known = next((c for c in self._calls if c.index == index), None) if another else None
            call = known or _Fragments(index if index is not None else len(self._calls))
            if known is None:
                self._calls.append(call)
        call.id = call.id or identity or ""
        call.name = call.name or name or ""
        call.arguments += arguments or ""

    def finish(self) -> Iterator[ToolCall]:
        """Raises BadArguments."""
        calls, self._calls = self._calls, []
        for call in calls:
            yield ToolCall(call.name, _parsed(call), call.id)


def _parsed(call: _Fragments) -> dict[str, Any]:
    if not call.arguments.strip():
        return {}
    try:
        value = json.loads(call.arguments)
        if isinstance(value, str):  # some servers encode twice
            value = json.loads(value)
    except ValueError:
        raise BadArguments(call.name) from None
    if not isinstance(value, dict) or not call.name:
        raise BadArguments(call.name)
    return value
