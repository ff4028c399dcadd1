"""Events on standard output: JSON lines for programs, a dialogue for people."""

from __future__ import annotations

import sys
from collections.abc import Callable

from app.events import Event, LevelChanged, NoticeRaised, ToolCalled, TranscriptReady, TurnEnded


def printer(as_json: bool) -> Callable[[Event], None]:
    """A listener that prints."""
    return _print_json if as_json else _print_words


def _print_json(event: Event) -> None:
    if not isinstance(event, LevelChanged):
        print(event.as_json(), flush=True)


def _print_words(event: Event) -> None:
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
