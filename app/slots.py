"""Slots: where the three engines of a conversation sit, while they load, once they run, and when they have failed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from app.events import Stage
from engines.errors import EngineError, EngineStalled
from engines.protocols import Engine
from engines.types import EngineInfo

E = TypeVar("E", bound=Engine)
READY_SECONDS = 180.0  # the longest that a turn waits for a model that is still loading


class EngineSlot(Generic[E]):
    """Starts its engine in the background; `get` waits for it, or raises why there is none."""

    def __init__(self, stage: Stage, engine: E) -> None:
        self.stage = stage
        self._engine = engine
        self.info: EngineInfo | None = None
        self.failure: EngineError | None = None
        self._begun = False
        self._settled = threading.Event()

    @property
    def loading(self) -> bool:
        return self._begun and not self._settled.is_set()

    def begin(self, on_settled: Callable[[EngineSlot[E]], None]) -> None:
        """Start the engine on a thread of its own."""

        self._begun = True

        def start() -> None:
            try:
                self.info = self._engine.start()
            except EngineError as error:
                self.failure = error
            except Exception as error:  # a library failed at import or load: the conversation lives on
                self.failure = EngineError(f"The engine could not start ({error}).")
            self._settled.set()
            on_settled(self)

        threading.Thread(target=start, name=f"start-{self.stage}", daemon=True).start()

    def wait(self) -> None:
        self._settled.wait(READY_SECONDS)

    def get(self) -> E:
        """The running engine. Raises EngineError."""
        if not self._settled.wait(READY_SECONDS):
            raise EngineStalled("The engine is still loading. Try again in a moment.")
        if self.failure is not None:
            raise self.failure
        return self._engine

    def close(self) -> None:
        self._engine.close()
