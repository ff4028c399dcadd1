"""The worker's side: load one engine, serve its calls one at a time, until the pipe closes.

Started by `engines.worker` in a fresh interpreter. The main thread runs the engine (llama.cpp and
others want one thread); a reader thread takes in cancels and streamed input meanwhile.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

from engines.cancel import CancelToken
from engines.errors import EngineError, ReparteeError
from engines.pipe import MessagePipe

FEED_ACKNOWLEDGED = 4  # streamed items are acknowledged in such portions
_END = object()


class _Inputs:
    """Calls waiting to run, and the cancel token and input queue of each call."""

    def __init__(self, pipe: MessagePipe) -> None:
        self._pipe = pipe
        self.calls: queue.Queue[tuple[int, str, tuple[Any, ...], bool] | None] = queue.Queue()
        self._lock = threading.Lock()
        self._tokens: dict[int, CancelToken] = {}
        self._feeds: dict[int, queue.Queue[Any]] = {}

    def read_forever(self) -> None:
        """Runs in the reader thread; when the parent has gone the process ends at once."""
        try:
            while True:
                self._take(self._pipe.receive())
        except (EOFError, OSError):
            self.calls.put(None)
            with self._lock:
                for token in self._tokens.values():
                    token.cancel()
            # The engine may be deep in native code; nobody is left to wait for it.
            threading.Timer(1.0, os._exit, (0,)).start()

    def _take(self, message: tuple[Any, ...]) -> None:
        kind, call_id, *rest = message
        with self._lock:
            if kind == "call":
                self._tokens[call_id] = CancelToken()
                self._feeds[call_id] = queue.Queue()
                method, arguments, has_feed = rest
                self.calls.put((call_id, method, arguments, has_feed))
            elif kind == "cancel" and call_id in self._tokens:
                self._tokens[call_id].cancel()
                self._feeds[call_id].put(_END)
            elif kind == "feed" and call_id in self._feeds:
                self._feeds[call_id].put(rest[0])
            elif kind == "feed_end" and call_id in self._feeds:
                self._feeds[call_id].put(_END)
            elif kind == "ping":
                self._pipe.send(("pong", call_id))

    def token(self, call_id: int) -> CancelToken:
        return self._tokens[call_id]

    def feed(self, call_id: int) -> Iterator[Any]:
        """The streamed input; tells the parent what was taken, so that no more than a window of it is on its way."""
        source = self._feeds[call_id]
        taken = 0
        while (item := source.get()) is not _END:
            yield item
            taken += 1
            if taken == FEED_ACKNOWLEDGED:
                self._pipe.send(("taken", call_id, taken))
                taken = 0

    def forget(self, call_id: int) -> None:
        with self._lock:
            del self._tokens[call_id]
            del self._feeds[call_id]


def _serve(pipe: MessagePipe, engine: Any, inputs: _Inputs) -> None:
    while (call := inputs.calls.get()) is not None:
        call_id, method, arguments, has_feed = call
        token = inputs.token(call_id)
        try:
            if has_feed:
                arguments = (inputs.feed(call_id), *arguments)
            stream = getattr(engine, method)(*arguments, token)
            with contextlib.closing(stream):
                for item in stream:
                    pipe.send(("item", call_id, item))
                    if token.cancelled:
                        break
            pipe.send(("done", call_id))
        except ReparteeError as error:
            pipe.send(("error", call_id, error))
        except OSError:
            raise
        except Exception as error:  # an engine's library failed in a way that it doesn't document
            pipe.send(("error", call_id, EngineError(f"{type(error).__name__}: {error}")))
        finally:
            inputs.forget(call_id)


def main() -> None:
    """Read the engine's class and arguments from the pipe, start it, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; it closes the pipe
    read_fd, write_fd = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # whatever a native library prints must not get into the messages
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    pipe = MessagePipe(read_fd, write_fd)
    try:
        target, arguments, search_path = pipe.receive()
    except (EOFError, OSError):
        return
    sys.path[:] = search_path
    inputs = _Inputs(pipe)
    threading.Thread(target=inputs.read_forever, name="reader", daemon=True).start()
    engine = None
    with contextlib.suppress(OSError):  # the parent has gone
        try:
            module, _, name = target.partition(":")
            engine = getattr(importlib.import_module(module), name)(**arguments)
            pipe.send(("started", engine.start()))
        except ReparteeError as error:
            pipe.send(("failed", error))
            return
        except Exception as error:  # an import or a library failed: the person gets a sentence
            pipe.send(("failed", EngineError(f"{type(error).__name__}: {error}")))
            return
        _serve(pipe, engine, inputs)
    if engine is not None:
        engine.close()


def run() -> None:
    """The process's whole life."""
    main()
    sys.stdout.flush()
    os._exit(0)  # skips native libraries' teardown, which may hang or crash; everything is closed by now
