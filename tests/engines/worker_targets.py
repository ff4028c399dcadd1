"""Engines for the worker's tests: they answer, hang, crash or fail to start as they are told."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from typing import Any

from engines.cancel import CancelToken
from engines.errors import ModelMissing
from engines.types import EngineInfo


class Obedient:
    def __init__(self, **arguments: Any) -> None:
        self.arguments = arguments

    def start(self) -> EngineInfo:
        print("a native library's chatter on standard output")
        if self.arguments.get("missing"):
            raise ModelMissing("The model is not there. Choose another.")
        if self.arguments.get("dies"):
            os._exit(3)
        return EngineInfo("obedient", "none", details={"pid": os.getpid()})

    def close(self) -> None:
        pass

    def count(self, to: int, cancel: CancelToken) -> Iterator[int]:
        for number in range(to):
            if cancel.cancelled:
                return
            yield number

    def forever(self, cancel: CancelToken) -> Iterator[int]:
        number = 0
        while not cancel.cancelled:
            yield number
            number += 1
            cancel.wait(0.001)

    def total(self, numbers: Iterable[int], cancel: CancelToken) -> Iterator[int]:
        total = 0
        for number in numbers:
            total += number
            yield total

    def echo(self, items: Iterable[Any], cancel: CancelToken) -> Iterator[Any]:
        yield from items

    def fail(self, cancel: CancelToken) -> Iterator[int]:
        yield 1
        raise ValueError("a library's own error")

    def crash(self, cancel: CancelToken) -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    def hang(self, cancel: CancelToken) -> Iterator[int]:
        yield 1
        while True:  # deaf to its cancel token, as native code can be
            time.sleep(60)

    def deaf(self, cancel: CancelToken) -> Iterator[int]:
        while True:
            time.sleep(60)
        yield 0

    def take_two(self, numbers: Iterable[int], cancel: CancelToken) -> Iterator[int]:
        source = iter(numbers)
        yield next(source) + next(source)
