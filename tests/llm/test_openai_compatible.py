"""The engine for OpenAI-compatible servers, against a real local server: streaming, cancelling, tools, errors."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from engines.cancel import CancelToken
from engines.errors import EngineError
from engines.llm.openai_compatible import OpenAICompatibleModel
from engines.types import Message, ToolCall
from tests.llm.fake_server import FakeServer, Reply, Script
from tests.llm.talking import HELLO, KEY, TIMER, heard_until_error, say


def test_a_reply_is_streamed(connect: Any) -> None:
    with FakeServer(["Hello, my friend. It is 10° – fine."]) as server:
        parts = say(connect(server))
    assert "".join(map(str, parts)) == "Hello, my friend. It is 10° – fine."
    assert len(parts) > 3
    body = server.chats[0].body
    assert body["messages"][0] == {"role": "system", "content": "Be brief."}
    assert (body["model"], body["stream"], body["max_tokens"]) == ("fake-model", True, 512)
    assert "tools" not in body


def test_the_first_words_come_before_the_last_are_written(connect: Any) -> None:
    with FakeServer([Reply("word " * 100, rate=2000)], ttft=0.05) as server:
        model = connect(server)
        began = time.monotonic()
        reply = model.reply(HELLO, (), CancelToken())
        next(reply)
        first = time.monotonic() - began
        rest = "".join(map(str, reply))
        whole = time.monotonic() - began
    assert 0.05 <= first < whole / 2
    assert whole > 0.28  # 500 characters at 2,000 a second
    assert len(rest) > 480


def test_without_a_model_the_first_of_the_server_is_used(connect: Any) -> None:
    with FakeServer(models=["big", "small"]) as server:
        model = OpenAICompatibleModel(base_url=server.url)
        info = model.start()
        say(model)
        model.close()
    assert (info.name, info.model, info.local) == ("openai-compatible", "big", True)
    assert server.chats[0].body["model"] == "big"


def test_with_a_model_nothing_is_sent_before_the_first_reply(connect: Any) -> None:
    with FakeServer() as server:
        connect(server)
        assert server.requests == []


def test_calls_and_results_are_sent_as_servers_want_them(connect: Any) -> None:
    messages = [
        Message("user", "5 s"),
        Message("assistant", "", (ToolCall("set_timer", {"seconds": 5}),)),
        Message("tool", "started"),
    ]
    with FakeServer() as server:
        say(connect(server), [TIMER], messages)
    body = server.chats[0].body
    call, result = body["messages"][1]["tool_calls"][0], body["messages"][2]
    assert json.loads(call["function"]["arguments"]) == {"seconds": 5}
    assert call["id"] == result["tool_call_id"] != ""
    assert body["tools"][0]["function"]["name"] == "set_timer"


def test_calls_in_fragments_are_put_together(connect: Any) -> None:
    calls = [("get_time", ""), ("set_timer", '{"seconds": 90, "label": "egg"}')]
    with FakeServer([Reply("One moment.", tool_calls=calls)]) as server:
        parts = say(connect(server), [TIMER])
    assert "".join(part for part in parts if isinstance(part, str)) == "One moment."
    assert [part for part in parts if isinstance(part, ToolCall)] == [
        ToolCall("get_time", {}, "call_0"),
        ToolCall("set_timer", {"seconds": 90, "label": "egg"}, "call_1"),
    ]


def test_a_call_that_the_server_left_in_the_text_is_still_a_call(connect: Any) -> None:
    text = 'All right. <tool_call>{"name": "set_timer", "arguments": {"seconds": 5}}</tool_call>'
    with FakeServer([text]) as server:
        parts = say(connect(server), [TIMER])
    assert "".join(part for part in parts if isinstance(part, str)).strip() == "All right."
    assert ToolCall("set_timer", {"seconds": 5}) in parts


@pytest.mark.parametrize("arguments", ['{"seconds": ', "[1]", "five"])
def test_arguments_that_cant_be_read_are_not_guessed_at(connect: Any, arguments: str) -> None:
    with FakeServer([Reply("Yes.", tool_calls=[("set_timer", arguments)])]) as server:
        heard, error = heard_until_error(connect(server))
    assert heard == "Yes."
    assert "set_timer" in error


def test_reasoning_is_not_spoken(connect: Any) -> None:
    with FakeServer([Reply("<think>well</think>\n\nTen.", reasoning="they ask")]) as server:
        assert "".join(map(str, say(connect(server)))) == "Ten."


# Cancelling


def cancelled_after(model: OpenAICompatibleModel, condition: Any, server: FakeServer) -> float:
    """Cancel from another thread once `condition` holds; how long the reply then took to end."""
    cancel, cancelled = CancelToken(), []

    def watch() -> None:
        assert server.wait_for(condition)
        cancelled.append(time.monotonic())
        cancel.cancel()

    watcher = threading.Thread(target=watch)
    watcher.start()
    list(model.reply(HELLO, (), cancel))
    took = time.monotonic() - cancelled[0]
    watcher.join()
    return took


@pytest.mark.parametrize(
    "reply",
    [Reply("late", header_delay=30), Reply("late", ttft=30), Reply("word " * 50, stall_after=40)],
    ids=["before the headers", "before the first token", "between tokens"],
)
def test_a_cancel_ends_the_reply_and_the_request_at_the_server(connect: Any, reply: Reply) -> None:
    with FakeServer([reply, "Next."]) as server:
        model = connect(server)
        assert cancelled_after(model, lambda: server.chats, server) < 0.5
        assert server.wait_for(lambda: server.cancelled, 1.0)
        assert server.finished == 0
        assert "".join(map(str, say(model))) == "Next."


def test_a_cancel_between_tokens_stops_the_server_in_the_middle(connect: Any) -> None:
    with FakeServer([Reply("word " * 200, rate=500)]) as server:
        model, cancel, heard = connect(server), CancelToken(), ""
        for part in model.reply(HELLO, (), cancel):
            heard += str(part)
            if len(heard) >= 40:
                cancel.cancel()
        ended = time.monotonic()
        assert server.wait_for(lambda: server.cancelled, 1.0)
    assert server.cancelled[0].at - ended < 0.5
    assert len(heard) <= server.cancelled[0].characters_sent < 200


def test_an_abandoned_reply_is_cancelled_too(connect: Any) -> None:
    with FakeServer([Reply("word " * 200, rate=200)]) as server:
        reply = connect(server).reply(HELLO, (), CancelToken())
        next(reply)
        reply.close()
        assert server.wait_for(lambda: server.cancelled, 1.0)


def test_a_cancelled_token_sends_nothing(connect: Any) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with FakeServer() as server:
        assert list(connect(server).reply(HELLO, (), cancel)) == []
        assert server.requests == []


def test_closing_ends_a_running_reply(connect: Any) -> None:
    with FakeServer([Reply("word " * 50, stall_after=20)]) as server:
        model = connect(server)
        reply = model.reply(HELLO, (), CancelToken())
        next(reply)
        model.close()
        list(reply)
        assert server.wait_for(lambda: server.cancelled, 1.0)
        with pytest.raises(EngineError, match="Start it first"):
            say(model)


# What servers of today want


def refuse(field: str, message: str) -> Script:
    def answer(body: Any) -> Reply:
        return Reply(status=400, error={"message": message}) if field in body else Reply("Fine.")

    return answer


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("max_tokens", "Unsupported parameter: use 'max_completion_tokens' instead."),
        ("temperature", "Unsupported value: 'temperature' does not support 0.7 with this model."),
        ("tools", "registry.ollama.ai/library/x does not support tools"),
        ("tools", "tools param requires --jinja flag"),
    ],
)
def test_a_server_that_takes_less_gets_less(connect: Any, field: str, message: str) -> None:
    with FakeServer(refuse(field, message)) as server:
        model = connect(server)
        assert "".join(map(str, say(model, [TIMER]))) == "Fine."
        assert "".join(map(str, say(model, [TIMER]))) == "Fine."
    assert len(server.chats) == 3  # refused once, then remembered


# The key and the way


def test_the_key_is_sent_and_never_logged(connect: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeServer(key=KEY) as server:
        model = connect(server, api_key=KEY)
        assert say(model)
        assert KEY not in repr(model)
        _, error = heard_until_error(connect(server, api_key=KEY + "x"))
    assert KEY not in error
    assert server.chats[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in caplog.text


def test_keys_of_the_environment_go_nowhere(connect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"Authorization: Bearer {KEY}")
    with FakeServer() as server:
        say(connect(server))
    assert server.chats[0].headers["authorization"] == "Bearer not-needed"
    assert KEY not in str(server.chats[0].headers)


def test_a_proxy_is_not_asked_for_this_computer(connect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with FakeServer() as server:
        assert say(connect(server))


def test_importing_it_does_not_import_openai() -> None:
    program = "import sys, engines.llm.openai_compatible; print('openai' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.strip() == "False"


def test_the_fake_server_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "tests.llm.fake_server", "--ttft", "0", "--rate", "0", "--reply", "Hi."]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        model = OpenAICompatibleModel(base_url=program.stdout.readline().strip())
        assert model.start().model == "fake-model"
        assert "".join(map(str, say(model))) == "Hi."
        model.close()
        program.terminate()
