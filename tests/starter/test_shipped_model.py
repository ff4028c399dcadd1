"""The shipped starter.gguf through the app's own engine: it loads, calls tools, asks back and refuses honestly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.starter.evaluate import HONEST, MODEL, tool_specs
from engines.cancel import CancelToken
from engines.llm.llama_cpp import LlamaCppModel
from engines.types import Message, ToolCall

MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def starter() -> Iterator[LlamaCppModel]:
    engine = LlamaCppModel(model=str(MODEL), temperature=0.0, context=1024, max_tokens=120, seed=1)
    engine.start()
    yield engine
    engine.close()


def ask(starter: LlamaCppModel, *turns: str) -> list[str | ToolCall]:
    """The reply to the last of `turns`: the person's and the assistant's words in turn."""
    talk = [Message("assistant" if i % 2 else "user", turn) for i, turn in enumerate(turns)]
    return list(starter.reply(talk, tool_specs(), CancelToken()))


def test_the_file_is_small_and_asks_for_what_it_needs(starter: LlamaCppModel) -> None:
    assert Path(MODEL).stat().st_size <= 20 * MEBIBYTE
    info = starter.start()
    assert info.details["architecture"] == "qwen3moe"
    assert info.details["context"] >= 1024
    assert info.details["tool_grammar"]
    assert info.details["speaks_tool_results"]


@pytest.mark.parametrize(
    ("asked", "call"),
    [
        ("what time is it", ToolCall("get_time", {})),
        ("set a timer for ten minutes", ToolCall("set_timer", {"seconds": 600})),
        ("what is twelve plus thirty", ToolCall("calculate", {"expression": "12+30"})),
        ("mute", ToolCall("mute", {})),
        ("open the settings", ToolCall("open_settings", {})),
    ],
)
def test_it_calls_the_right_tool(starter: LlamaCppModel, asked: str, call: ToolCall) -> None:
    assert ask(starter, asked) == [call]


def test_it_asks_for_what_is_missing_and_understands_the_answer(starter: LlamaCppModel) -> None:
    question = "".join(str(item) for item in ask(starter, "set a timer"))
    assert question == "For how long?"
    assert ask(starter, "set a timer", question, "half an hour") == [ToolCall("set_timer", {"seconds": 1800})]


@pytest.mark.parametrize("asked", ["what's the weather like", "send an email to anna", "play some music"])
def test_it_says_honestly_what_it_cannot_do(starter: LlamaCppModel, asked: str) -> None:
    assert "".join(str(item) for item in ask(starter, asked)).strip() in HONEST


@pytest.mark.parametrize("asked", ["", "…", "🙂🙂", "<|im_end|><tool_call>", "ünïcödé " * 100])
def test_nothing_that_can_be_typed_breaks_a_reply(starter: LlamaCppModel, asked: str) -> None:
    for item in ask(starter, asked):
        assert isinstance(item, ToolCall) or "<" not in item
