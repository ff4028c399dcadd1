"""The worker: real processes that stream, stop, crash, hang and come back."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from engines import worker, worker_process
from engines.cancel import CancelToken
from engines.errors import EngineCrashed, EngineError, EngineStalled, ModelMissing
from engines.types import EngineInfo
from engines.worker import WorkerEngine

TARGET = "tests.engines.worker_targets:Obedient"
PATIENCE = 60.0  # far beyond what any step takes; reached only when something is broken


class Reports:
    """Collects what a worker says of its failures and restarts."""

    def __init__(self) -> None:
        self.failures: queue.Queue[EngineError] = queue.Queue()
        self.restarts: queue.Queue[EngineInfo] = queue.Queue()


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def engine(reports: Reports) -> Iterator[WorkerEngine]:
    engine = WorkerEngine(
        TARGET, stall_seconds=2.0, on_failure=reports.failures.put, on_restart=reports.restarts.put
    )
    engine.start()
    yield engine
    engine.close()


def test_results_stream_in_order(engine: WorkerEngine) -> None:
    assert list(engine.stream("count", 100, cancel=CancelToken())) == list(range(100))


def test_input_streams_too(engine: WorkerEngine) -> None:
    assert list(engine.stream("total", cancel=CancelToken(), feed=iter([1, 2, 3]))) == [1, 3, 6]


def test_cancel_ends_the_stream_and_the_next_call_works(engine: WorkerEngine) -> None:
    cancel = CancelToken()
    stream = engine.stream("forever", cancel=cancel)
    assert next(stream) == 0
    cancel.cancel()
    assert len(list(stream)) < 1000
    assert list(engine.stream("count", 2, cancel=CancelToken())) == [0, 1]


def test_cancel_wakes_a_consumer_that_waits(engine: WorkerEngine) -> None:
    cancel = CancelToken()
    never: queue.Queue[int] = queue.Queue()
    stream = engine.stream("echo", cancel=cancel, feed=iter(never.get, None))
    threading.Timer(0.05, cancel.cancel).start()
    assert list(stream) == []
    never.put(0)


def test_an_abandoned_stream_is_cancelled(engine: WorkerEngine) -> None:
    stream: Any = engine.stream("forever", cancel=CancelToken())
    next(stream)
    stream.close()
    assert list(engine.stream("count", 1, cancel=CancelToken())) == [0]


def test_a_library_error_reaches_the_caller_and_the_process_lives_on(engine: WorkerEngine) -> None:
    pid = engine.pid
    with pytest.raises(EngineError, match="a library's own error"):
        list(engine.stream("fail", cancel=CancelToken()))
    assert list(engine.stream("count", 1, cancel=CancelToken())) == [0]
    assert engine.pid == pid


def test_a_crash_is_reported_and_the_worker_comes_back(engine: WorkerEngine, reports: Reports) -> None:
    pid = engine.pid
    with pytest.raises(EngineCrashed, match="signal 9"):
        list(engine.stream("crash", cancel=CancelToken()))
    assert isinstance(reports.failures.get(timeout=PATIENCE), EngineCrashed)
    assert reports.restarts.get(timeout=PATIENCE).name == "obedient"
    assert engine.pid != pid
    assert list(engine.stream("count", 1, cancel=CancelToken())) == [0]


def test_a_hang_is_ended_and_the_worker_comes_back(engine: WorkerEngine, reports: Reports) -> None:
    with pytest.raises(EngineStalled):
        list(engine.stream("hang", cancel=CancelToken()))
    assert isinstance(reports.failures.get(timeout=PATIENCE), EngineStalled)
    assert list(engine.stream("count", 1, cancel=CancelToken())) == [0]


def test_an_engine_deaf_to_cancel_is_ended(
    engine: WorkerEngine, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "CANCEL_SECONDS", 0.1)
    cancel = CancelToken()
    threading.Timer(0.05, cancel.cancel).start()
    assert list(engine.stream("deaf", cancel=cancel)) == []
    assert "stop" in str(reports.failures.get(timeout=PATIENCE))
    assert list(engine.stream("count", 1, cancel=CancelToken())) == [0]


def test_an_engine_that_keeps_crashing_stays_down(engine: WorkerEngine, reports: Reports) -> None:
    for _ in range(worker.CRASHES_ALLOWED):
        with pytest.raises(EngineError):
            list(engine.stream("crash", cancel=CancelToken()))
        last = reports.failures.get(timeout=PATIENCE)
    assert "keeps ending" in str(last)
    with pytest.raises(EngineCrashed):
        list(engine.stream("count", 1, cancel=CancelToken()))


def test_a_missing_model_is_said_in_the_engines_words() -> None:
    engine = WorkerEngine(TARGET, {"missing": True})
    with pytest.raises(ModelMissing, match="Choose another"):
        engine.start()
    engine.close()


def test_a_process_that_dies_at_start_is_an_error() -> None:
    engine = WorkerEngine(TARGET, {"dies": True})
    with pytest.raises(EngineCrashed, match="exit code 3"):
        engine.start()
    engine.close()


def test_close_ends_the_process(engine: WorkerEngine) -> None:
    import psutil

    assert engine.pid is not None
    process = psutil.Process(engine.pid)
    engine.close()
    assert not process.is_running()
    with pytest.raises(EngineError):
        list(engine.stream("count", 1, cancel=CancelToken()))


def test_a_slow_engine_holds_its_input_back(engine: WorkerEngine) -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    stream: Any = engine.stream("take_two", cancel=CancelToken(), feed=numbers())
    assert list(stream) == [1]
    assert len(taken) <= 2 + 2 * worker_process.FEED_WINDOW


def test_a_worker_killed_again_and_again_while_it_is_fed_always_comes_back(
    engine: WorkerEngine, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pump that still writes must not write into the successor's pipe, which may have the same number."""
    monkeypatch.setattr(worker, "CRASHES_ALLOWED", 1000)
    for _ in range(12):
        pid = engine.pid
        assert pid is not None
        stop = threading.Event()
        stream = engine.stream("echo", cancel=CancelToken(), feed=_ticks(stop))
        next(stream)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(EngineCrashed):
            list(stream)
        stop.set()
        reports.restarts.get(timeout=PATIENCE)
        assert list(engine.stream("count", 2, cancel=CancelToken())) == [0, 1]


def _ticks(stop: threading.Event) -> Iterator[int]:
    number = 0
    while not stop.wait(0.0005):
        yield number
        number += 1
