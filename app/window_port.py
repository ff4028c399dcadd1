"""What the command line needs of the window, which lives a layer above: `ui` hands it down."""

from __future__ import annotations

from typing import Protocol

from app.paths import Paths
from app.settings import Settings


class WindowPort(Protocol):
    def problem(self) -> str | None:
        """A sentence that says why no window can open here, or None."""
        ...

    def run(self, settings: Settings, paths: Paths) -> int:
        """Open the window and return the exit code once it is closed."""
        ...
