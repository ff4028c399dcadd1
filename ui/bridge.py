"""The bridge: carries events from any thread into the Qt thread, in order. The only thing that crosses.

`deliver` never blocks on the window: it appends to a queue and wakes the Qt thread at most once until the queue is
emptied. Of the levels that wait there only the newest is kept.
"""

from __future__ import annotations

import threading
from collections import deque

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal, Slot

from app.events import Event, LevelChanged


class Bridge(QObject):
    """`assistant.subscribe(bridge.deliver)`; connect to `happened`. (`event` is a method of every QObject.)"""

    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: deque[Event] = deque()
        self._level: LevelChanged | None = None
        self._woken = False
        self._closed = False

    def deliver(self, event: Event) -> None:
        """Hand over one event, from any thread."""
        with self._lock:
            if self._closed:
                return
            if isinstance(event, LevelChanged):
                self._level = event
            else:
                self._waiting.append(event)
            if self._woken:
                return
            self._woken = True
            QMetaObject.invokeMethod(self, "_emit_waiting", Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Deliver nothing more."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            self._level = None

    @Slot()
    def _emit_waiting(self) -> None:
        with self._lock:
            events: list[Event] = list(self._waiting)
            if self._level is not None:
                events.append(self._level)
            self._waiting.clear()
            self._level = None
            self._woken = False
        for event in events:
            self.happened.emit(event)
