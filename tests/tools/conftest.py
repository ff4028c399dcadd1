"""A toolbox whose clock the tests turn by hand, its store in an empty folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from app.store import Store
from app.tools import Due, FakeClock, FakeHost, Toolbox, ToolResult, build_toolbox
from engines.types import ToolCall

Run = Callable[..., ToolResult]


@dataclass
class Bench:
    """Everything that a test of the tools holds in its hands."""

    store: Store
    clock: FakeClock
    host: FakeHost
    announced: list[Due] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.toolbox: Toolbox = build_toolbox(self.store, self.host, self.clock, self.announced.append)

    def run(self, name: str, **arguments: object) -> ToolResult:
        return self.toolbox.run(ToolCall(name, arguments))

    def say(self, name: str, **arguments: object) -> str:
        return self.run(name, **arguments).spoken

    def pass_time(self, seconds: float) -> list[str]:
        """Let time go by and the timers look; returns what they say."""
        self.clock.advance(seconds)
        self.announced.clear()
        self.toolbox.timers.tick()
        return [due.spoken for due in self.announced]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "test.sqlite3")
    yield store
    store.close()


@pytest.fixture
def bench(store: Store) -> Iterator[Bench]:
    bench = Bench(store, FakeClock(datetime(2026, 11, 21, 14, 10)), FakeHost())
    yield bench
    bench.toolbox.close()
