"""How the fake server answers one connection: paced server-sent events, and every bad manner of real servers."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.llm.fake_server import FakeServer

CHUNK_CHARACTERS = 4  # about a token


@dataclass(frozen=True)
class Reply:
    """One scripted answer. Times in seconds, rates in characters a second (0: no limit).

    `status` other than 200 sends `error` as an OpenAI error. `stall_after`, `cut_after` and `garbage_after` count
    characters: then the server falls silent until the client goes, closes the connection, or sends no JSON.
    """

    text: str = ""
    tool_calls: Sequence[tuple[str, str]] = ()  # name, arguments as the server writes them
    reasoning: str = ""
    ttft: float | None = None
    rate: float | None = None
    header_delay: float = 0.0
    status: int = 200
    error: Mapping[str, Any] = field(default_factory=dict)
    stall_after: int | None = None
    cut_after: int | None = None
    garbage_after: int | None = None
    error_after: int | None = None  # an error object inside the stream
    chunked: bool = True  # else the end of the connection ends the answer
    finish_reason: str | None = "stop"
    raw_body: str | None = None  # this instead of any stream


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    at: float  # time.monotonic()


class _ClientGoneError(Exception):
    pass


class ChatHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 0
    fake: FakeServer
    connection: socket.socket

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._note_request({})
        if not self._allowed():
            return
        if self.path.endswith("/models"):
            models = [
                {"id": name, "object": "model", "created": 0, "owned_by": "test"} for name in self.fake.models
            ]
            self._send_json(200, {"object": "list", "data": models})
        else:
            self._send_json(404, {"detail": "Not Found"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        self._note_request(body)
        if not self._allowed():
            return
        if not self.path.endswith("/chat/completions"):
            self._send_json(404, {"detail": "Not Found"})
            return
        reply = self.fake.next_reply(body)
        self._sent = 0
        try:
            self._wait(reply.header_delay)
            self._answer(reply)
        except (_ClientGoneError, OSError):
            self.close_connection = True
            self.fake.client_gone(self._sent)
        else:
            self.fake.ended()

    def _note_request(self, body: Mapping[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, body, time.monotonic())
        self.fake.note(lambda: self.fake.requests.append(request))

    def _allowed(self) -> bool:
        key = self.headers.get("authorization", "").removeprefix("Bearer ")
        if not self.fake.key or key == self.fake.key:
            return True
        self._send_json(
            401, {"error": {"message": f"Incorrect API key provided: {key}", "code": "invalid_api_key"}}
        )
        return False

    def _answer(self, reply: Reply) -> None:
        if reply.raw_body is not None:
            self._send_bytes(200, reply.raw_body.encode(), "text/html")
        elif reply.status != 200:
            self._send_json(reply.status, {"error": dict(reply.error) or {"message": "scripted failure"}})
        else:
            self._stream(reply)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        if reply.chunked:
            self.send_header("transfer-encoding", "chunked")
        else:
            self.send_header("connection", "close")
        self.end_headers()
        self._event(reply, {"role": "assistant", "content": ""})
        self._wait(self.fake.ttft if reply.ttft is None else reply.ttft)
        if reply.reasoning:
            self._event(reply, {"reasoning_content": reply.reasoning})
        if not self._stream_text(reply):
            self.close_connection = True
            return
        for delta in _call_deltas(reply.tool_calls):
            self._event(reply, delta)
        if reply.finish_reason:
            reason = "tool_calls" if reply.tool_calls else reply.finish_reason
            self._event(reply, {}, finish_reason=reason)
        self._data(reply, "[DONE]")
        if reply.chunked:
            self._send(b"0\r\n\r\n")

    def _stream_text(self, reply: Reply) -> bool:
        """Send the text at its pace; False if the script says that the connection ends here."""
        begun = time.monotonic()
        rate = self.fake.rate if reply.rate is None else reply.rate
        while True:
            if reply.cut_after is not None and self._sent >= reply.cut_after:
                return False
            if reply.stall_after is not None and self._sent >= reply.stall_after:
                self._wait(None)
            if reply.garbage_after is not None and self._sent >= reply.garbage_after:
                self._data(reply, '{"choices": [')
            if reply.error_after is not None and self._sent >= reply.error_after:
                self._data(reply, json.dumps({"error": {"message": "the model ran out of memory"}}))
            if self._sent >= len(reply.text):
                return True
            piece = reply.text[self._sent : self._sent + CHUNK_CHARACTERS]
            if rate:
                self._wait(begun + self._sent / rate - time.monotonic())
            self._event(reply, {"content": piece})
            self._sent += len(piece)

    def _event(self, reply: Reply, delta: Mapping[str, Any], finish_reason: str | None = None) -> None:
        choice = {"index": 0, "delta": dict(delta), "finish_reason": finish_reason}
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "fake",
            "choices": [choice],
        }
        self._data(reply, json.dumps(event, ensure_ascii=False))

    def _data(self, reply: Reply, text: str) -> None:
        data = f"data: {text}\n\n".encode()
        self._send(b"%x\r\n%s\r\n" % (len(data), data) if reply.chunked else data)

    def _send(self, data: bytes) -> None:
        self._wait(0.0)
        self.connection.sendall(data)

    def _wait(self, seconds: float | None) -> None:
        """Wait, for ever if None, but notice at once when the client closes its side."""
        until = None if seconds is None else time.monotonic() + seconds
        while not self.fake.ending:
            left = 0.05 if until is None else min(0.05, max(0.0, until - time.monotonic()))
            if select.select([self.connection], [], [], left)[0] and not self.connection.recv(
                1, socket.MSG_PEEK
            ):
                raise _ClientGoneError
            if until is not None and time.monotonic() >= until:
                return

    def _send_json(self, status: int, body: Mapping[str, Any]) -> None:
        self._send_bytes(status, json.dumps(body).encode(), "application/json")

    def _send_bytes(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.connection.sendall(data)


def _call_deltas(calls: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Each call as real servers stream it: its name first, then its arguments in small pieces."""
    for index, (name, arguments) in enumerate(calls):
        function: dict[str, Any] = {"name": name, "arguments": ""}
        yield {
            "tool_calls": [{"index": index, "id": f"call_{index}", "type": "function", "function": function}]
        }
        for start in range(0, len(arguments), CHUNK_CHARACTERS):
            piece = {"arguments": arguments[start : start + CHUNK_CHARACTERS]}
            yield {"tool_calls": [{"index": index, "function": piece}]}
