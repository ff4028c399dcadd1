"""Our messages and tools as the OpenAI-style dictionaries that servers and chat templates read. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from engines.types import Message, ToolSpec


def as_dicts(messages: Sequence[Message], *, arguments_as_text: bool) -> list[dict[str, Any]]:
    """Servers want a call's arguments as JSON text, templates want the object itself.

    Calls and results without an id are paired in order.
    """
    dicts: list[dict[str, Any]] = []
    open_ids: list[str] = []
    made = 0
    for message in messages:
        entry: dict[str, Any] = {"role": message.role, "content": message.content}
        calls = []
        for call in message.tool_calls:
            made += 1
            identity = call.id or f"call_{made}"
            open_ids.append(identity)
            arguments = dict(call.arguments)
            given = json.dumps(arguments, ensure_ascii=False) if arguments_as_text else arguments
            function = {"name": call.name, "arguments": given}
            calls.append({"id": identity, "type": "function", "function": function})
        if calls:
            entry["tool_calls"] = calls
        if message.role == "tool":
            identity = message.tool_call_id or (open_ids[0] if open_ids else "call_0")
            if identity in open_ids:
                open_ids.remove(identity)
            entry["tool_call_id"] = identity
        dicts.append(entry)
    return dicts


def tool_dicts(tools: Sequence[ToolSpec]) -> list[dict[str, Any]]:
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": dict(tool.parameters),
            },
        }
        for tool in tools
    ]
