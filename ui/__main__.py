"""`repartee`: the command line, with a window to open where no command is given."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.__main__ import main as command_line
from app.paths import Paths
from app.settings import Settings
from ui.display import display_problem


class QtWindow:
    """Implements app.window_port.WindowPort; Qt is imported only when the window opens."""

    def problem(self) -> str | None:
        return display_problem()

    def run(self, settings: Settings, paths: Paths) -> int:
        from app.desktop import Desktop
        from ui.app import run_window

        return run_window(Desktop(settings, paths))


def main(arguments: Sequence[str] | None = None) -> int:
    return command_line(arguments, QtWindow())


if __name__ == "__main__":
    sys.exit(main())
