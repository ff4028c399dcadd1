"""One exchange of a conversation: what the person says, and what the assistant answers (words or tool calls)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

HEAD, TAIL = "<tool_call>", "</tool_call>"


@dataclass(frozen=True)
class Call:
    name: str
    arguments: dict[str, Any]

    def text(self) -> str:
        """What the model writes. Free text begins with a space: a copied word is then the very token that was heard."""
        parts = []
        for key, value in self.arguments.items():
            free = key in FREE_TEXT
            shown = json.dumps(f" {value}" if free else value, ensure_ascii=False)
            parts.append(f'"{key}":{shown}')
        return f'{HEAD}{{"name":"{self.name}","arguments":{{{",".join(parts)}}}}}{TAIL}'


FREE_TEXT = ("label", "text", "item", "list")  # arguments in the person's own words


@dataclass(frozen=True)
class Exchange:
    user: str  # with the marks of grammar.py until the noise has been added
    reply: str | tuple[Call, ...]

    def reply_text(self) -> str:
        return self.reply if isinstance(self.reply, str) else "".join(c.text() for c in self.reply)


Snippet = list[Exchange]  # exchanges that belong together, such as a request and its correction
Maker = Callable[[Random, bool], Snippet]  # (generator of chance, typed?) -> a snippet


def call(name: str, **arguments: Any) -> tuple[Call, ...]:
    """A single call, without the arguments that are None."""
    return (Call(name, {k: v for k, v in arguments.items() if v is not None}),)
