"""What a tool gives back: a sentence to be spoken, whether it did what was asked, and data for the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ToolResult:
    """`ok` is False where nothing was done: not understood, not possible, or a question is left to answer."""

    spoken: str
    ok: bool = True
    data: Mapping[str, Any] = field(default_factory=dict)


def said(spoken: str, **data: Any) -> ToolResult:
    return ToolResult(spoken, True, data)


def sorry(spoken: str, **data: Any) -> ToolResult:
    return ToolResult(spoken, False, data)
