"""The pure parts of the server engine: addresses, fragments of calls, messages as servers read them."""

from __future__ import annotations

import pytest

from engines.llm.call_assembler import BadArguments, CallAssembler
from engines.llm.chat_messages import as_dicts
from engines.llm.server_errors import parse_address
from engines.types import Message, ToolCall


@pytest.mark.parametrize(
    ("url", "local", "loopback"),
    [
        ("http://127.0.0.1:8080/v1", True, True),
        ("http://localhost:1234/v1", True, True),
        ("http://[::1]:8080/v1", True, True),
        ("http://192.168.1.20:11434/v1", True, False),
        ("http://10.0.0.7/v1", True, False),
        ("http://[fd00::7]/v1", True, False),
        ("http://studio.local:8080/v1", True, False),
        ("https://api.openai.com/v1", False, False),
        ("http://8.8.8.8/v1", False, False),
        ("http://127.0.0.1.evil.example/v1", False, False),
        ("http://localhost@evil.example/v1", False, False),
    ],
)
def test_local_means_that_nothing_leaves_the_house(url: str, local: bool, loopback: bool) -> None:
    address = parse_address(url)
    assert (address.is_local, address.is_loopback) == (local, loopback)


def test_an_address_is_shown_without_secrets() -> None:
    address = parse_address(" https://me:secret@example.org:8443/v1/chat/completions/ ")
    assert address.shown == "https://example.org:8443/v1"
    assert address.url.endswith("@example.org:8443/v1")


def test_calls_that_all_claim_index_0_are_told_apart_by_id() -> None:
    calls = CallAssembler()
    calls.feed(0, "a", "get_time", "{}")
    calls.feed(0, "b", "set_timer", '{"seconds": 5}')
    assert list(calls.finish()) == [ToolCall("get_time", {}, "a"), ToolCall("set_timer", {"seconds": 5}, "b")]


def test_fragments_of_two_calls_may_be_mixed() -> None:
    calls = CallAssembler()
    calls.feed(0, "a", "one", "")
    calls.feed(1, "b", "two", '{"x"')
    calls.feed(0, None, None, '{"y": 2}')
    calls.feed(1, None, None, ": 1}")
    assert list(calls.finish()) == [ToolCall("one", {"y": 2}, "a"), ToolCall("two", {"x": 1}, "b")]


def test_fragments_without_index_and_twice_encoded() -> None:
    calls = CallAssembler()
    calls.feed(None, None, "one", '"{\\"x\\": ')
    calls.feed(None, None, None, '1}"')
    assert list(calls.finish()) == [ToolCall("one", {"x": 1})]


def test_a_call_without_a_name_is_bad() -> None:
    calls = CallAssembler()
    calls.feed(0, "a", None, "{}")
    with pytest.raises(BadArguments):
        list(calls.finish())


def test_calls_and_results_without_ids_are_paired_in_order() -> None:
    messages = [
        Message("assistant", "", (ToolCall("a"), ToolCall("b"))),
        Message("tool", "of a"),
        Message("tool", "of b"),
    ]
    call, first, second = as_dicts(messages, arguments_as_text=True)
    assert [entry["id"] for entry in call["tool_calls"]] == [first["tool_call_id"], second["tool_call_id"]]
