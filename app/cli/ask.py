"""`repartee ask`: typed turns without sound."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from app.build import build
from app.cli.printing import printer
from app.cli.setup import set_up
from app.events import Event, NoticeRaised, TurnEnded
from engines.errors import BadInput


def ask(options: argparse.Namespace) -> int:
    """One question, or one a line from standard input as one conversation. Returns 1 if a turn failed."""
    if options.text is not None and not options.text.strip():
        raise BadInput("There is no question. Type one between the quotes.")
    setup = set_up(options)
    parts = build(setup.settings, setup.paths)
    assistant = parts.assistant
    outcomes: list[str] = []

    def listen(event: Event) -> None:
        if isinstance(event, TurnEnded):
            outcomes.append(event.outcome)

    assistant.subscribe(printer(options.json) if options.json else _print_answers)
    assistant.subscribe(listen)
    try:
        parts.start(stages=["think"], timers=options.text is None)
        for question in _questions(options.text):
            assistant.ask(question).done.wait()
    finally:
        parts.close()
    return 1 if "failed" in outcomes else 0


def _questions(text: str | None) -> Iterator[str]:
    if text is not None:
        yield text.strip()
        return
    for line in sys.stdin:
        if line.strip():
            yield line.strip()


def _print_answers(event: Event) -> None:
    match event:
        case TurnEnded(reply=reply) if reply.strip():
            print(reply.strip(), flush=True)
        case NoticeRaised(message=message):
            print(message, file=sys.stderr, flush=True)
