"""`repartee` without a command: the window."""

from __future__ import annotations

import argparse

from app.cli.setup import set_up
from engines.errors import BadInput


def run(options: argparse.Namespace) -> int:
    """Raises BadInput where no window can open."""
    from ui.display import display_problem

    problem = display_problem()
    if problem:
        raise BadInput(problem)
    setup = set_up(options)
    from app.desktop import Desktop
    from ui.app import run_window

    return run_window(Desktop(setup.settings, setup.paths))
