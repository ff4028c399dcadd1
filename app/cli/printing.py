"""Events on standard output: JSON lines for programs, a dialogue for people."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable

from app.events import Event, LevelChanged, NoticeRaised, ToolCalled, TranscriptReady, TurnEnded


class Printer:
    """A listener that prints. When nobody reads any more (a closed pipe, a full disk), `on_lost` is called once."""

    def __init__(self, write: Callable[[Event], None], on_lost: Callable[[], None] = lambda: None) -> None:
        self._write = write
        self._on_lost = on_lost
        self.lost = False

    def __call__(self, event: Event) -> None:
        if self.lost:
            return
        try:
            self._write(event)
        except OSError:
            self.lost = True
            discard_output()
            self._on_lost()


def discard_output() -> None:
    """Whoever read our output has gone: what is still written goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def as_json(event: Event) -> None:
    if not isinstance(event, LevelChanged):
        print(event.as_json(), flush=True)


def as_dialogue(event: Event) -> None:
    match event:
        case TranscriptReady(text=text):
            print(f"You: {text}", flush=True)
        case ToolCalled(name=name, arguments=arguments):
            listed = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
            print(f"  [{name}({listed})]", flush=True)
        case TurnEnded(reply=reply, heard=heard, outcome=outcome, timings=timings):
            print(f"Repartee: {reply.strip()}", flush=True)
            if outcome == "interrupted":
                print(f"  [interrupted; heard: {heard!r}]", flush=True)
            if "time_to_first_audio" in timings:
                print(f"  [first sound after {timings['time_to_first_audio']:.2f} s]", flush=True)
        case NoticeRaised(message=message):
            print(message, file=sys.stderr, flush=True)


def as_answers(event: Event) -> None:
    match event:
        case TurnEnded(reply=reply) if reply.strip():
            print(reply.strip(), flush=True)
        case NoticeRaised(message=message):
            print(message, file=sys.stderr, flush=True)
