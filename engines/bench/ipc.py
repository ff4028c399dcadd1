"""What it costs that an engine lives in its own process: time per message, beside the same call in this process."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from engines.cancel import CancelToken
from engines.types import EngineInfo, SpeechChunk
from engines.worker import WorkerEngine

MESSAGES = 3000
CHUNK_SAMPLES = 1920  # 80 ms at 24 kHz, as the voice sends it


class Echo:
    """Gives back what it is fed, one item for one item; answers with `size` samples of audio each."""

    def start(self) -> EngineInfo:
        return EngineInfo("echo", "none")

    def close(self) -> None:
        pass

    def echo(self, items: Iterable[float], size: int, _cancel: CancelToken) -> Iterator[SpeechChunk]:
        audio = np.zeros(size, dtype=np.float32)
        for _ in items:
            yield SpeechChunk(audio, 24_000, "")

    def burst(self, count: int, size: int, _cancel: CancelToken) -> Iterator[SpeechChunk]:
        audio = np.zeros(size, dtype=np.float32)
        for _ in range(count):
            yield SpeechChunk(audio, 24_000, "")


def measure(messages: int = MESSAGES) -> dict[str, Any]:
    """Milliseconds from a message sent to its answer received (a whole round trip), and per message in a burst."""
    engine = WorkerEngine("engines.bench.ipc:Echo")
    began = time.perf_counter()
    engine.start()
    started = time.perf_counter() - began
    trips = _round_trips(engine, messages)
    began = time.perf_counter()
    received = sum(1 for _ in engine.stream("burst", messages, CHUNK_SAMPLES, cancel=CancelToken()))
    burst = (time.perf_counter() - began) / received
    began = time.perf_counter()
    same = sum(1 for _ in Echo().burst(messages, CHUNK_SAMPLES, CancelToken()))
    in_process = (time.perf_counter() - began) / same
    engine.close()
    return {
        "messages": messages,
        "audio_bytes": CHUNK_SAMPLES * 4,
        "start_ms": started * 1e3,
        "round_trip_ms_p50": float(np.percentile(trips, 50)) * 1e3,
        "round_trip_ms_p99": float(np.percentile(trips, 99)) * 1e3,
        "round_trip_ms_max": float(trips.max()) * 1e3,
        "message_ms_p99": float(np.percentile(trips, 99)) * 1e3 / 2,
        "burst_ms_per_message": burst * 1e3,
        "in_process_ms_per_message": in_process * 1e3,
    }


def _round_trips(engine: WorkerEngine, messages: int) -> Any:
    """One message is on its way at a time, paced as speech is: nothing waits in a queue."""
    sent: list[float] = []
    received: list[float] = []

    def pings() -> Iterator[float]:
        for number in range(messages):
            while len(received) < number:
                time.sleep(0.0001)
            sent.append(time.perf_counter())
            yield sent[-1]

    answers = engine.stream("echo", CHUNK_SAMPLES, cancel=CancelToken(), feed=pings())
    received.extend(time.perf_counter() for _ in answers)
    return np.asarray(received) - np.asarray(sent)
