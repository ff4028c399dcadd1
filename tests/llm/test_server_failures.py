"""Each failure of a server is one sentence with a cure, what was said before is kept, and no key is in it."""

from __future__ import annotations

from typing import Any

import pytest

from engines.errors import ServerError
from tests.llm.fake_server import FakeServer, Reply
from tests.llm.talking import KEY, heard_until_error, say


def free_address() -> str:
    with FakeServer() as server:
        return server.url


def test_no_server(connect: Any) -> None:
    url = free_address()
    expected = f"No server answers at {url}. Start it or change llm.base_url."
    assert heard_until_error(connect(url)) == ("", expected)
    with pytest.raises(ServerError, match="No server answers"):
        connect(url, model="")


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(status=401, error={"message": f"bad key {KEY}"}), "refused the API key"),
        (Reply(status=403), "refused the API key"),
        (
            Reply(status=404, error={"message": "The model `x` does not exist"}),
            "does not have the model fake-model",
        ),
        (Reply(status=404, error={"message": "Not Found"}), "usually ends in /v1"),
        (Reply(status=429), "too many requests"),
        (Reply(status=500, error={"message": "CUDA error"}), "failed: “CUDA error” (500)"),
        (Reply(status=503), "failed"),
        (Reply(status=400, error={"message": f"no {KEY} here"}), "did not accept the request: “no … here”"),
        (Reply(raw_body="<html>Welcome</html>"), "no chat answer"),
        (Reply("abc", garbage_after=0), "no chat answer"),
        (Reply("abc", ttft=30), "stopped answering"),
        (Reply("abc", header_delay=30), "stopped answering"),
    ],
)
def test_each_failure_has_its_sentence(connect: Any, reply: Reply, sentence: str) -> None:
    with FakeServer([reply]) as server:
        heard, error = heard_until_error(connect(server, api_key=KEY, read_timeout=0.2))
    assert heard == ""
    assert sentence in error
    assert KEY not in error
    assert "\n" not in error
    assert len(server.chats) == 1


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply("Hello, my friend.", cut_after=8), "broke off"),
        (Reply("Hello, my friend.", cut_after=8, chunked=False), "broke off"),
        (Reply("Hello, my friend.", stall_after=8), "stopped answering"),
        (Reply("Hello, my friend.", garbage_after=8), "no chat answer"),
        (Reply("Hello, my friend.", error_after=8), "gave up: “the model ran out of memory”"),
    ],
)
def test_what_was_said_before_a_failure_is_kept(connect: Any, reply: Reply, sentence: str) -> None:
    with FakeServer([reply, "Next."]) as server:
        model = connect(server, read_timeout=0.3)
        heard, error = heard_until_error(model)
        assert heard == "Hello, m"
        assert sentence in error
        assert "".join(map(str, say(model))) == "Next."


@pytest.mark.parametrize(
    "url", ["", "localhost:8080", "ftp://a/b", "http://", "http://a:b/v1", "http://a b/"]
)
def test_what_is_no_address(connect: Any, url: str) -> None:
    with pytest.raises(ServerError, match=r"not the address of a server.*http://127.0.0.1:8080/v1"):
        connect(url)


def test_a_server_without_models(connect: Any) -> None:
    with FakeServer(models=[]) as server, pytest.raises(ServerError, match=r"offers no model. Set llm.model"):
        connect(server, model="")


def test_an_unknown_name(connect: Any) -> None:
    _, error = heard_until_error(connect("http://no-such-host.invalid/v1"))
    assert "no-such-host.invalid" in error


def test_a_key_that_is_none(connect: Any) -> None:
    with pytest.raises(ServerError, match="Enter it again") as caught:
        connect("http://127.0.0.1:1/v1", api_key="schlüssel")
    assert "schlüssel" not in str(caught.value)
