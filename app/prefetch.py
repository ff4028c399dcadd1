"""Prefetch: let one generator run ahead on a thread of its own while another consumes, as a model writes while the
voice speaks."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

from engines.cancel import CancelToken

T = TypeVar("T")


class Prefetch(Generic[T]):
    """Iterate over what `source` yields, in order; its error is raised here. Ends at once on cancel.

    What waits is bounded by the source: a reply has a longest length.
    """

    def __init__(self, source: Iterator[T], cancel: CancelToken) -> None:
        self._source = source
        self._cancel = cancel
        self._ready: queue.SimpleQueue[tuple[str, T | BaseException | None]] = queue.SimpleQueue()
        self._withdraw = cancel.on_cancel(lambda: self._ready.put(("end", None)))
        threading.Thread(target=self._run, name="prefetch", daemon=True).start()

    def _run(self) -> None:
        try:
            for item in self._source:
                self._ready.put(("item", item))
                if self._cancel.cancelled:
                    break
            self._ready.put(("end", None))
        except BaseException as error:
            self._ready.put(("error", error))

    def __iter__(self) -> Iterator[T]:
        try:
            while not self._cancel.cancelled:
                kind, value = self._ready.get()
                if kind == "end":
                    return
                if isinstance(value, BaseException):
                    raise value
                yield value  # type: ignore[misc]
        finally:
            self._withdraw()
