"""What the tests of the server engine share."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engines.cancel import CancelToken
from engines.errors import ServerError
from engines.llm.openai_compatible import OpenAICompatibleModel
from engines.types import Message, ToolCall, ToolSpec

HELLO = [Message("system", "Be brief."), Message("user", "Hello there.")]
TIMER = ToolSpec(
    "set_timer", "Start a timer.", {"type": "object", "properties": {"seconds": {"type": "number"}}}
)
KEY = "sk-verysecret-0123456789"


def say(
    model: OpenAICompatibleModel, tools: Sequence[ToolSpec] = (), messages: Sequence[Message] = HELLO
) -> list[str | ToolCall]:
    return list(model.reply(messages, tools, CancelToken()))


def heard_until_error(model: OpenAICompatibleModel) -> tuple[str, str]:
    """What was said before the error, and the error's sentence."""
    heard: list[str] = []

    def listen() -> None:
        for part in model.reply(HELLO, (), CancelToken()):
            heard.append(str(part))  # noqa: PERF401 - what came before the error counts

    with pytest.raises(ServerError) as caught:
        listen()
    assert caught.value.__cause__ is None  # no other exception that could carry a key
    return "".join(heard), str(caught.value)
