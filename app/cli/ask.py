"""`repartee ask`: typed turns without sound."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from app.build import build
from app.cli.printing import Printer, as_answers, as_json
from app.cli.setup import set_up
from app.events import Event, TurnEnded
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

    printer = Printer(as_json if options.json else as_answers)
    assistant.subscribe(printer)
    assistant.subscribe(listen)
    try:
        parts.start(stages=["think"], timers=options.text is None)
        for question in _questions(options.text):
            assistant.ask(question).done.wait()
            if printer.lost:
                break
    finally:
        parts.close()
    return 1 if "failed" in outcomes or printer.lost else 0


def _questions(text: str | None) -> Iterator[str]:
    if text is not None:
        yield text.strip()
        return
    if sys.stdin is not None and sys.stdin.isatty():
        print("Type a question and press Enter. Ctrl-D ends.", file=sys.stderr)
    for line in sys.stdin or ():
        if line.strip():
            yield line.strip()
