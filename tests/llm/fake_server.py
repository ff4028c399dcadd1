"""A small OpenAI-compatible server for tests and benches: scripted replies at a chosen pace, and every bad manner.

    with FakeServer(["Hello there.", Reply("…", rate=300)]) as server:
        engine = OpenAICompatibleModel(base_url=server.url)

`python -m tests.llm.fake_server --port 0 --ttft 0.3 --rate 300` prints its URL and serves until it is ended. It
runs in real time; without a pace it sends as fast as it can.
"""

from __future__ import annotations

import argparse
import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from typing import Any

from tests.llm.fake_handler import ChatHandler, Reply, Request

__all__ = ["Cancelled", "FakeServer", "Reply", "Request", "Script"]

DEFAULT_REPLY = (
    "Yes. I heard you well, and this is a longer second sentence so that there is something to say."
)


@dataclass(frozen=True)
class Cancelled:
    """A client that went away before its answer was complete."""

    characters_sent: int
    at: float  # time.monotonic()


Script = Sequence[str | Reply] | Callable[[Mapping[str, Any]], str | Reply]


class FakeServer:
    """Answers with `replies` in turn (the last one for ever), or with what the function returns for a request."""

    def __init__(
        self,
        replies: Script = (DEFAULT_REPLY,),
        *,
        ttft: float = 0.0,
        rate: float = 0.0,
        models: Sequence[str] = ("fake-model",),
        key: str = "",
        port: int = 0,
    ) -> None:
        self.requests: list[Request] = []
        self.cancelled: list[Cancelled] = []
        self.finished = 0
        self.models = models
        self.key = key
        self.ttft = ttft
        self.rate = rate
        self._replies = replies
        self._given = 0
        self._changed = threading.Condition()
        self._ending = threading.Event()
        handler = type("Handler", (ChatHandler,), {"fake": self})
        self._http = _Server(("127.0.0.1", port), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> FakeServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def chats(self) -> list[Request]:
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def wait_for(self, condition: Callable[[], object], timeout: float = 5.0) -> bool:
        """Wait until a request, an end or a cancellation makes `condition` true."""
        with self._changed:
            return bool(self._changed.wait_for(lambda: bool(condition()), timeout))

    def note(self, change: Callable[[], None]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()

    def ended(self) -> None:
        self.note(self._count_finished)

    def client_gone(self, characters_sent: int) -> None:
        gone = Cancelled(characters_sent, time.monotonic())
        self.note(lambda: self.cancelled.append(gone))

    def _count_finished(self) -> None:
        self.finished += 1

    @property
    def ending(self) -> bool:
        return self._ending.is_set()

    def next_reply(self, body: Mapping[str, Any]) -> Reply:
        if callable(self._replies):
            reply = self._replies(body)
        else:
            with self._changed:
                reply = self._replies[min(self._given, len(self._replies) - 1)]
                self._given += 1
        return Reply(reply) if isinstance(reply, str) else reply


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what this server is for: no traceback."""


def main() -> None:
    parser = argparse.ArgumentParser(description="A fake OpenAI-compatible server.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ttft", type=float, default=0.3, help="seconds before the first token")
    parser.add_argument("--rate", type=float, default=300.0, help="characters a second")
    parser.add_argument("--reply", action="append", help="a reply; may be repeated, the last one goes on")
    given = parser.parse_args()
    replies = given.reply or [DEFAULT_REPLY]
    with FakeServer(replies, ttft=given.ttft, rate=given.rate, port=given.port) as server:
        print(server.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
