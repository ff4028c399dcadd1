"""The conversation so far, as the model reads it: only what was really heard counts as said."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engines.types import Message, ToolCall


@dataclass(frozen=True)
class ToolUse:
    """A tool that the model called, in the `round`th of its replies within one exchange."""

    call: ToolCall
    result: str
    ok: bool = True
    round: int = 0


@dataclass(frozen=True)
class Exchange:
    """One question and what became of its answer.

    With `speaks_results` the answer is the tools' own sentences: the model wrote no text of its own.
    """

    asked: str
    answer: str = ""
    tools: tuple[ToolUse, ...] = ()
    speaks_results: bool = False


class Conversation:
    """Exchanges in order; safe to read and add to from any thread."""

    def __init__(self, system_prompt: str = "") -> None:
        self.system_prompt = system_prompt
        self._exchanges: list[Exchange] = []
        self._lock = threading.Lock()

    def add(self, exchange: Exchange) -> None:
        with self._lock:
            self._exchanges.append(exchange)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        with self._lock:
            return tuple(self._exchanges)

    @property
    def last_answer(self) -> str:
        return next((e.answer for e in reversed(self.exchanges) if e.answer), "")

    def messages(self, asked: str) -> list[Message]:
        """All messages up to and with the new question.

        A question that was never answered runs together with the next, as when a person pauses and goes on:
        chat templates want questions and answers to alternate.
        """
        messages = [Message("system", self.system_prompt)] if self.system_prompt else []
        for exchange in self.exchanges:
            messages += _messages_of(exchange)
        return _merged([*messages, Message("user", asked)])


def _messages_of(exchange: Exchange) -> list[Message]:
    messages = [Message("user", exchange.asked), *tool_messages(exchange.tools)]
    if exchange.answer and not exchange.speaks_results:
        messages.append(Message("assistant", exchange.answer))
    return messages


def tool_messages(uses: Sequence[ToolUse]) -> list[Message]:
    """The model's calls, those of one round together, each round followed by its results."""
    numbered = [
        (use, replace(use.call, id=use.call.id or f"call_{number}")) for number, use in enumerate(uses)
    ]
    messages = []
    for _, group in itertools.groupby(numbered, key=lambda pair: pair[0].round):
        together = list(group)
        messages.append(Message("assistant", tool_calls=tuple(call for _, call in together)))
        messages += [Message("tool", use.result, tool_call_id=call.id) for use, call in together]
    return messages


def _merged(messages: Sequence[Message]) -> list[Message]:
    merged: list[Message] = []
    for message in messages:
        if merged and merged[-1].role == message.role == "user":
            merged[-1] = replace(merged[-1], content=f"{merged[-1].content}\n{message.content}")
        else:
            merged.append(message)
    return merged
