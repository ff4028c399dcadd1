"""One life of a worker's process: it starts, serves calls and ends; it is never started again."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engines.errors import EngineCrashed, EngineError
from engines.pipe import MessagePipe
from engines.types import EngineInfo

FEED_WINDOW = 12  # streamed items on their way; the engine takes the rest when it gets to them


class Call:
    """What the parent knows of one running call."""

    def __init__(self) -> None:
        self.results: queue.Queue[Any] = queue.Queue()
        self.feed_room = threading.Semaphore(FEED_WINDOW)
        self.last_sign = time.monotonic()  # when something last went in or came out


class Process:
    """`read_forever` on a thread of its own; everything else by anyone."""

    def __init__(self, target: str, arguments: Mapping[str, Any], log_path: Path | None) -> None:
        self.info: EngineInfo | None = None
        self.failure: EngineError | None = None
        self.settled = threading.Event()  # started, or failed to
        self.closing = False
        self._sending = threading.Lock()
        self._shut = False
        self._calls: dict[int, Call] = {}
        self._lock = threading.Lock()
        with open(log_path, "ab") if log_path else contextlib.nullcontext(subprocess.DEVNULL) as errors:
            self._popen = subprocess.Popen(
                [sys.executable, "-c", _BOOTSTRAP, str(Path(__file__).parent.parent)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._pipe = MessagePipe(self._popen.stdout.fileno(), self._popen.stdin.fileno())
        with contextlib.suppress(OSError):  # a process that died at once is noticed by the reader
            self._pipe.send((target, dict(arguments), sys.path))

    @property
    def pid(self) -> int:
        return self._popen.pid

    def read_forever(self) -> None:
        """Deliver messages to the calls they belong to; returns when the process has ended."""
        try:
            while True:
                self._deliver(self._pipe.receive())
        except (EOFError, OSError):
            pass
        code = self._popen.wait()
        with self._lock:
            if self.failure is None:
                self.failure = EngineCrashed(f"its process ended by itself ({_exit_reason(code)})")
            calls, self._calls = self._calls, {}
        for call in calls.values():
            call.results.put(("error", self.failure))
            call.feed_room.release(FEED_WINDOW)
        self.settled.set()

    def _deliver(self, message: tuple[Any, ...]) -> None:
        kind, *rest = message
        if kind == "started":
            self.info = rest[0]
            self.settled.set()
        elif kind == "failed":
            self.failure = rest[0]
        else:
            call_id, *payload = rest
            with self._lock:
                call = self._calls.get(call_id)
                if kind in ("done", "error"):
                    self._calls.pop(call_id, None)
            if call is not None:
                call.last_sign = time.monotonic()
                if kind == "taken":
                    call.feed_room.release(payload[0])
                else:
                    call.results.put((kind, *payload))

    def begin(self, call_id: int, method: str, arguments: tuple[Any, ...], has_feed: bool) -> Call:
        call = Call()
        with self._lock:
            if self.failure is not None:
                call.results.put(("error", self.failure))
                return call
            self._calls[call_id] = call
        self.send("call", call_id, method, arguments, has_feed)
        return call

    def send(self, kind: str, call_id: int, *rest: Any) -> None:
        """Does nothing once the process has ended: its pipe's numbers may be another's by then."""
        with self._sending, contextlib.suppress(OSError):
            if not self._shut:
                self._pipe.send((kind, call_id, *rest))

    def unfinished(self, call_id: int) -> bool:
        with self._lock:
            return call_id in self._calls

    def kill(self, failure: EngineError | None = None) -> None:
        with self._lock:
            self.failure = self.failure or failure
        self._popen.kill()

    def end(self) -> None:
        """Ask the process to end and see to it."""
        self.closing = True
        if self._sending.acquire(timeout=1.0):  # else a message is stuck, as nobody reads any more
            try:
                self._shut_input()
            finally:
                self._sending.release()
        try:
            self._popen.wait(2.0)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def release(self) -> None:
        """Close the pipes, once the process has ended."""
        with self._sending:
            self._shut_input()
        if self._popen.stdout is not None:
            self._popen.stdout.close()

    def _shut_input(self) -> None:
        self._shut = True
        if self._popen.stdin is not None:
            with contextlib.suppress(OSError):
                self._popen.stdin.close()


_BOOTSTRAP = "import sys; sys.path.insert(0, sys.argv[1]); from engines.worker_main import run; run()"


def _exit_reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
