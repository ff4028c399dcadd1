"""`python -m tests.screenshots [FOLDER]`: the README's pictures, of the true window in a true (typed) conversation with
the built-in model. No devices are opened."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.desktop import Desktop
from app.events import Event, TurnEnded
from app.paths import HOME_VARIABLE, find_paths
from app.settings import load
from tests.conftest import ROOT

QUESTIONS = ("What time is it?", "Set a tea timer for four minutes")
SIZE = (1000, 700)
SETTLE_MILLISECONDS = 600


class Silent(Desktop):
    """Without microphone and loudspeaker, so that the picture doesn't depend on the machine."""

    def _open_sound(self) -> None:
        pass


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "assets" / "screenshots")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer

    from ui.app import make_application
    from ui.main_window import MainWindow
    from ui.theme import Scheme, Theme

    application = make_application()
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        with tempfile.TemporaryDirectory() as home:
            os.environ[HOME_VARIABLE] = home
            desktop = Silent(load(overrides=["general.clock=12"]), find_paths())
            window = MainWindow(desktop, Theme(application, scheme))
            window.resize(*SIZE)
            window.show()
            desktop.start()
            questions = list(QUESTIONS)

            def next_question(
                event: Event | None = None, questions: list[str] = questions, desktop: Desktop = desktop
            ) -> None:
                if questions and (event is None or isinstance(event, TurnEnded)):
                    desktop.ask(questions.pop(0))
                elif isinstance(event, TurnEnded):
                    QTimer.singleShot(SETTLE_MILLISECONDS, application, application.quit)

            window.bridge.happened.connect(next_question)
            QTimer.singleShot(0, next_question)
            application.exec()
            window.grab().save(str(options.folder / f"window-{scheme}.png"))
            window.hide()
            window.bridge.close()
            desktop.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
