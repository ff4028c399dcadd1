"""`repartee` without a command: the window."""

from __future__ import annotations

import argparse

from app.cli.setup import set_up
from app.window_port import WindowPort
from engines.errors import BadInput


def window(options: argparse.Namespace) -> int:
    """Raises BadInput where no window can open."""
    port: WindowPort | None = options.window
    problem = (
        port.problem() if port else "`python -m app` opens no window; start `repartee`, or name a command."
    )
    if problem or port is None:
        raise BadInput(problem or "")
    setup = set_up(options)
    return port.run(setup.settings, setup.paths)
