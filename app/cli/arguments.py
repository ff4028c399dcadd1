"""What may stand on the command line. Commands are imported when they are run, so that `--help` answers at once."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

Command = Callable[[argparse.Namespace], int | None]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options, with the command's function as `run`. Exits with 2 on a wrong command line."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--set",
        dest="overrides",
        action="append",
        default=argparse.SUPPRESS,
        metavar="SECTION.KEY=VALUE",
        help="override a setting, for this run only",
    )
    parser = argparse.ArgumentParser(
        prog="repartee",
        description="Talk with your own computer. Without a command, opens the window.",
        parents=[shared],
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.set_defaults(run=_command("app.cli.window", "window"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, module: str, explanation: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=explanation, description=explanation, parents=[shared])
        sub.set_defaults(run=_command(module, name))
        return sub

    talk = add("talk", "app.cli.talk", "hold a conversation with a recording as the microphone")
    talk.add_argument(
        "input", type=Path, metavar="IN", help="what the microphone hears: WAV, FLAC, OGG or MP3"
    )
    talk.add_argument(
        "-o", "--output", type=Path, metavar="OUT.wav", help="what the loudspeaker would have played"
    )
    _json(talk)
    live = add("live", "app.cli.live", "hold a conversation on real devices, without a window, until Ctrl-C")
    live.add_argument("--input-device", metavar="NAME", help="microphone, by name or by 'name, host API'")
    live.add_argument("--output-device", metavar="NAME", help="loudspeaker, likewise")
    _json(live)
    ask = add(
        "ask", "app.cli.ask", "type instead of talking; without TEXT, one question a line from standard input"
    )
    ask.add_argument("text", nargs="?", metavar="TEXT")
    _json(ask)
    say = add("say", "app.cli.speech", "speak a text, or write it to a file")
    say.add_argument("text", metavar="TEXT")
    say.add_argument("-o", "--output", type=Path, metavar="FILE.wav")
    say.add_argument("--voice", help="one of the engine's voices")
    transcribe = add("transcribe", "app.cli.speech", "write down what is said in a recording")
    transcribe.add_argument("input", type=Path, metavar="FILE")
    _json(transcribe)
    add("devices", "app.cli.doctor", "list microphones and loudspeakers")
    _json(
        add("doctor", "app.cli.doctor", "check what is installed, what is used and why, and what to do next")
    )
    options = parser.parse_args(arguments)
    options.overrides = getattr(options, "overrides", [])
    return options


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def _command(module: str, name: str) -> Command:
    def run(options: argparse.Namespace) -> Any:
        return getattr(importlib.import_module(module), name)(options)

    return run


def _version() -> str:
    try:
        return f"repartee {metadata.version('repartee')}"
    except metadata.PackageNotFoundError:
        return "repartee, not installed"
