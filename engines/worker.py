"""An engine in a process of its own, behind the same Protocol as in this process.

A crash, an out-of-memory or a hang of a model ends that model's process alone: `WorkerEngine` says so through
`on_failure`, starts the process again, and says so through `on_restart`. Ending the process is how its memory is
given back. Nothing here knows what the engine does.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engines.cancel import CancelToken
from engines.errors import EngineCrashed, EngineError, EngineStalled
from engines.types import (
    AudioFrame,
    EngineInfo,
    Message,
    SpeechChunk,
    ToolCall,
    ToolSpec,
    Transcript,
)
from engines.worker_process import FEED_WINDOW, Call, Process

log = logging.getLogger("repartee.worker")

CANCEL_SECONDS = 3.0  # an engine that goes on for so long after a cancel is ended
CRASHES_ALLOWED = 4  # within CRASH_WINDOW_SECONDS, then the engine stays down
CRASH_WINDOW_SECONDS = 60.0

STAYS_OFF = "The engine keeps ending by itself, so it stays off. Restart Repartee."

_WAKE = object()


class WorkerEngine:
    """Base of the proxies below: starts the process, streams calls, restarts it when it dies or hangs.

    `target` is "module:Class"; `arguments` are the engine's keyword arguments. `stall_seconds` is the longest
    that a call may go without a result. `on_failure` and `on_restart` are called on private threads.
    """

    def __init__(
        self,
        target: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        stall_seconds: float = 30.0,
        start_seconds: float = 120.0,
        log_path: Path | None = None,
        on_failure: Callable[[EngineError], None] = lambda error: None,
        on_restart: Callable[[EngineInfo], None] = lambda info: None,
    ) -> None:
        self._target = target
        self._arguments = dict(arguments or {})
        self._stall_seconds = stall_seconds
        self._start_seconds = start_seconds
        self._log_path = log_path
        self._on_failure = on_failure
        self._on_restart = on_restart
        self._ids = itertools.count(1)
        self._lock = threading.Condition()
        self._process: Process | None = None
        self._stays_off = False
        self._ran = False  # it was ready once, so that it is worth starting again
        self._crashes: deque[float] = deque()
        self._closed = False

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process else None

    def start(self) -> EngineInfo:
        """Start the process and wait until the engine is ready. Raises EngineError."""
        process = self._spawn()
        info = self._wait_ready(process)
        self._ran = True
        return info

    def close(self) -> None:
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
            self._lock.notify_all()
        if process is not None:
            process.end()

    def stream(
        self, method: str, *arguments: Any, cancel: CancelToken, feed: Iterable[Any] | None = None
    ) -> Iterator[Any]:
        """Run one streaming call in the process; `feed` is streamed to it as its first argument."""
        process = self._current()
        self._wait_ready(process)
        call_id = next(self._ids)
        call = process.begin(call_id, method, arguments, feed is not None)
        withdraw = cancel.on_cancel(lambda: call.results.put(_WAKE))
        if feed is not None:
            pump = threading.Thread(
                target=self._pump, args=(process, call_id, call, feed), name="feed", daemon=True
            )
            pump.start()
        finished = False
        try:
            while not cancel.cancelled:
                message = self._next(process, call)
                if message is _WAKE:
                    break
                kind, *payload = message
                finished = kind != "item"
                if kind == "error":
                    raise payload[0]
                if kind == "done":
                    return
                yield payload[0]
        finally:
            withdraw()
            if not finished:
                self._abandon(process, call_id)
                call.feed_room.release(FEED_WINDOW)

    def _next(self, process: Process, call: Call) -> Any:
        call.last_sign = time.monotonic()  # the time that the caller took doesn't count
        while True:
            left = call.last_sign + self._stall_seconds - time.monotonic()
            try:
                return call.results.get(timeout=max(0.0, left))
            except queue.Empty:
                if time.monotonic() - call.last_sign < self._stall_seconds:
                    continue
                stalled = EngineStalled(f"it gave no answer for {self._stall_seconds:g} seconds")
                process.kill(stalled)
                raise stalled from None

    def _pump(self, process: Process, call_id: int, call: Call, feed: Iterable[Any]) -> None:
        for item in feed:
            call.feed_room.acquire()
            if not process.unfinished(call_id):
                return
            process.send("feed", call_id, item)
            call.last_sign = time.monotonic()
        process.send("feed_end", call_id)

    def _abandon(self, process: Process, call_id: int) -> None:
        """Cancel a call whose results nobody wants; if it doesn't end soon, the process is ended."""
        process.send("cancel", call_id)

        def check() -> None:
            if process.unfinished(call_id):
                process.kill(EngineStalled("it did not stop when it was told to"))

        if process.unfinished(call_id):
            timer = threading.Timer(CANCEL_SECONDS, check)
            timer.daemon = True
            timer.start()

    def _current(self) -> Process:
        """The running process; right after one has died, its successor."""

        def usable() -> bool:
            dead = self._process is not None and self._process.failure is not None and self._ran
            return not dead or self._stays_off or self._closed

        with self._lock:
            self._lock.wait_for(usable, self._start_seconds)
            if self._process is None:
                raise EngineError("The engine is not running. Restart Repartee.")
            if self._stays_off:
                raise EngineCrashed(STAYS_OFF)
            return self._process

    def _wait_ready(self, process: Process) -> EngineInfo:
        if not process.settled.wait(self._start_seconds):
            process.kill(EngineStalled(f"it was not ready after {self._start_seconds:g} seconds"))
            process.settled.wait(10.0)
        if process.failure is not None:
            raise process.failure
        assert process.info is not None
        return process.info

    def _spawn(self) -> Process:
        with self._lock:
            if self._closed:
                raise EngineError("The engine has been closed.")
            process = Process(self._target, self._arguments, self._log_path)
            self._process = process
            self._lock.notify_all()
        threading.Thread(target=self._watch, args=(process,), name="worker-reader", daemon=True).start()
        return process

    def _watch(self, process: Process) -> None:
        """Live as long as the process does; afterwards start the next one, unless it was closed or never ran."""
        process.read_forever()
        process.release()
        if process.closing or self._closed or not self._ran:
            return
        assert process.failure is not None
        log.warning("worker %s: %s", self._target, process.failure)
        now = time.monotonic()
        self._crashes.append(now)
        while self._crashes and now - self._crashes[0] > CRASH_WINDOW_SECONDS:
            self._crashes.popleft()
        if len(self._crashes) >= CRASHES_ALLOWED:
            with self._lock:
                self._stays_off = True
                self._lock.notify_all()
            self._on_failure(EngineCrashed(STAYS_OFF))
            return
        try:
            successor = self._spawn()
        except EngineError:
            return  # closed meanwhile
        self._on_failure(process.failure)
        with contextlib.suppress(EngineError):
            self._on_restart(self._wait_ready(successor))


class WorkerRecognizer(WorkerEngine):
    def transcribe(
        self, frames: Iterable[AudioFrame], language: str, cancel: CancelToken
    ) -> Iterator[Transcript]:
        return self.stream("transcribe", language, cancel=cancel, feed=frames)


class WorkerLanguageModel(WorkerEngine):
    def reply(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Iterator[str | ToolCall]:
        return self.stream("reply", tuple(messages), tuple(tools), cancel=cancel)


class WorkerSynthesizer(WorkerEngine):
    def speak(self, clause: str, language: str, cancel: CancelToken) -> Iterator[SpeechChunk]:
        return self.stream("speak", clause, language, cancel=cancel)
