"""The tool grammar and the splitter: only valid calls can be written, and whole calls come out of any pieces."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import llama_cpp
import pytest

from assets.starter.evaluate import tool_specs
from assets.starter.generate import conversation
from assets.starter.tokenizer import Tokenizer
from engines.llm.tool_grammar import ToolCallSplitter, parse_tool_calls, pattern_rule, tool_grammar
from engines.types import ToolCall, ToolSpec

Accepts = Callable[[str], bool]
FORBIDDEN = float("-inf")


@pytest.fixture(scope="module")
def model(tiny_gguf: Path) -> Iterator[Any]:
    params = llama_cpp.llama_model_default_params()
    params.vocab_only = True
    loaded = llama_cpp.llama_model_load_from_file(str(tiny_gguf).encode(), params)
    yield loaded
    llama_cpp.llama_model_free(loaded)


@pytest.fixture(scope="module")
def accepts(model: Any, tokenizer: Tokenizer) -> Accepts:
    """Whether llama.cpp, held to the grammar of the app's tools, could write a text and end there."""
    return checker(model, tokenizer, tool_grammar(tool_specs()))


def checker(model: Any, tokenizer: Tokenizer, grammar: str) -> Accepts:
    vocab = llama_cpp.llama_model_get_vocab(model)

    def allowed(sampler: Any, token: int) -> bool:
        data = (llama_cpp.llama_token_data * 1)(llama_cpp.llama_token_data(token, 0.0, 0.0))
        array = llama_cpp.llama_token_data_array(data, 1, -1, False)
        llama_cpp.llama_sampler_apply(sampler, ctypes.byref(array))
        return bool(data[0].logit != FORBIDDEN)

    def check(text: str) -> bool:
        sampler = llama_cpp.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
        assert sampler, "llama.cpp refuses the grammar"
        try:
            for token in [*tokenizer.encode(text), tokenizer.end]:
                if not allowed(sampler, token):
                    return False
                if token != tokenizer.end:
                    llama_cpp.llama_sampler_accept(sampler, token)
            return True
        finally:
            llama_cpp.llama_sampler_free(sampler)

    return check


def written(name: str, arguments: str) -> str:
    return f'<tool_call>{{"name":"{name}","arguments":{arguments}}}</tool_call>'


@pytest.mark.parametrize(
    "text",
    [
        "For how long?",
        "I can't look up the weather.",
        written("get_time", "{}"),
        written("set_timer", '{"seconds":1800}'),
        written("set_timer", '{"seconds":1800,"label":" eggs"}'),
        written("set_alarm", '{"time":"07:30"}'),
        written("cancel_timer", "{}") + written("set_timer", '{"seconds":600}'),
        written("convert", '{"value":2.5,"from_unit":"mile","to_unit":"kilometer"}'),
        written("add_note", '{"text":" say \\"hello\\" to jos\\u00e9"}'),
        written("switch_model", '{"where":"cloud"}'),
        written("set_volume", '{"percent":0}'),
        written("read_list", '{"list":" packing"}'),
    ],
)
def test_a_valid_reply_can_be_written(accepts: Accepts, text: str) -> None:
    assert accepts(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<tool_call>",
        written("get_weather", "{}"),
        written("set_timer", "{}"),
        written("set_timer", '{"seconds":"ten"}'),
        written("set_timer", '{"seconds":0}'),
        written("set_timer", '{"seconds":1.5}'),
        written("set_timer", '{"label":" eggs","seconds":1800}'),
        written("set_alarm", '{"time":"24:30"}'),
        written("set_alarm", '{"time":"7:30"}'),
        written("set_volume", '{"percent":101}'),
        written("switch_model", '{"where":"moon"}'),
        written("get_time", '{"zone":"utc"}'),
        written("add_note", '{"text":""}'),
        written("get_time", "{}") * 4,
        "Sure. " + written("get_time", "{}"),
        '<tool_call>{"name":"get_time","arguments":{}}',
    ],
)
def test_a_broken_reply_cannot_be_written(accepts: Accepts, text: str) -> None:
    assert not accepts(text)


def test_everything_the_generator_answers_can_be_written(accepts: Accepts) -> None:
    for seed in range(60):
        for e in conversation(f"grammar:{seed}"):
            assert accepts(e.reply_text()) == (isinstance(e.reply, str) or len(e.reply) <= 3), e


def test_any_tool_with_a_json_schema_gets_rules(model: Any, tokenizer: Tokenizer) -> None:
    schema = {
        "type": "object",
        "properties": {
            "a": {"type": "integer", "minimum": -5},
            "b": {"type": "boolean"},
            "c": {"type": "number"},
            "d": {"type": "string", "maxLength": 3},
        },
        "required": ["c"],
    }
    check = checker(model, tokenizer, tool_grammar([ToolSpec("x_y", "", schema)]))
    assert check(written("x_y", '{"a":-12,"c":-0.5}'))
    assert check(written("x_y", '{"b":true,"c":3,"d":"abc"}'))
    assert check(written("x_y", '{"c":3,"d":""}'))
    assert not check(written("x_y", '{"a":1}'))
    assert not check(written("x_y", '{"c":3,"d":"abcd"}'))
    assert not check(written("x_y", '{"c":3,"b":true}'))


def test_without_tools_only_text_can_be_written(model: Any, tokenizer: Tokenizer) -> None:
    check = checker(model, tokenizer, tool_grammar(()))
    assert check("Hello.")
    assert not check(written("get_time", "{}"))


@pytest.mark.parametrize("pattern", [r"^\d+$", "^(?:a)$", "^a.c$", "^[ab$", "^a{2$"])
def test_a_pattern_beyond_the_simple_ones_is_left_to_the_tool(pattern: str) -> None:
    assert pattern_rule(pattern) is None


def test_calls_and_text_come_out_whole_whatever_the_pieces() -> None:
    reply = (
        "One moment."
        + written("cancel_timer", "{}")
        + "\n"
        + written("set_timer", '{"seconds":600,"label":" my eggs "}')
    )
    wanted = [ToolCall("cancel_timer", {}), ToolCall("set_timer", {"seconds": 600, "label": "my eggs"})]
    for seed in range(50):
        rng, at, items = Random(seed), 0, []
        splitter = ToolCallSplitter()
        while at < len(reply):
            size = rng.randint(1, 20)
            items += list(splitter.feed(reply[at : at + size]))
            at += size
        items += list(splitter.finish())
        assert "".join(i for i in items if isinstance(i, str)).strip() == "One moment."
        assert [i for i in items if isinstance(i, ToolCall)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        '<tool_call>{"name":"x","arguments":</tool_call>',
        "<tool_call></tool_call>",
        "<tool_call>[1]</tool_call>",
        '<tool_call>{"name":3}</tool_call>',
        '<tool_call>{"name":"x","arguments":[1]}</tool_call>',
        '<tool_call>{"name":"x","arguments":"{"}</tool_call>',
        '<tool_call>{"na',
        "<tool_call>" + "[" * 100_000,
    ],
)
def test_a_broken_call_is_neither_spoken_nor_run(text: str) -> None:
    assert parse_tool_calls(text) == []


def test_other_families_forms_are_understood() -> None:
    assert parse_tool_calls('<tool_call>\n{"name": "x", "arguments": "{\\"a\\": 1}"}\n</tool_call>') == [
        ToolCall("x", {"a": 1})
    ]
    assert parse_tool_calls('<tool_call>{"name":"x","parameters":{"a":" b "}}') == [ToolCall("x", {"a": "b"})]
    assert parse_tool_calls('<tool_call>{"name":"x","arguments":null}</tool_call>') == [ToolCall("x", {})]


def test_text_with_an_angle_bracket_is_only_held_back_while_it_may_be_a_mark() -> None:
    splitter = ToolCallSplitter()
    assert list(splitter.feed("2 <")) == ["2 "]
    assert list(splitter.feed(" 3")) == ["< 3"]
    assert list(splitter.feed(" <tool")) == [" "]
    assert list(splitter.finish()) == ["<tool"]
