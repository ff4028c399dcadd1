"""The window on a script, without engines: `python -m ui.demo [--screenshot FILE] [--scene NAME] [--theme dark]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QTimer

from app import events
from ui import fakes
from ui.app import make_application, run_window
from ui.main_window import MainWindow
from ui.theme import Theme

SETTLE_MILLISECONDS = 400  # until everything has been laid out
SKY = (
    "The sky looks blue because air scatters blue light far more than red. Towards evening the light takes a longer "
    "way through the air, so most of the blue is gone and the reds are left."
)
TIDES = (
    "Tides are the sea following the moon. Its pull is a little stronger on the near side of the Earth than on the "
    "far side, so the water bulges on both, and the Earth turns beneath the bulges once a day."
)


def talk() -> Iterable[events.Event]:
    yield from fakes.answered(1, "what time is it", "It's ten past two.")
    yield from fakes.tool_turn(2)
    yield from fakes.barge_in(3, "why is the sky blue", SKY, SKY[:75])
    yield events.PartialTranscript(at=0.0, turn=4, text="no wait I meant the")
    yield events.LevelChanged(at=0.0, microphone=0.2, voice=0.0)


def speaking() -> Iterable[events.Event]:
    yield from fakes.answered(1, "what time is it", "It's ten past two.")
    yield from fakes.answered(
        2, "how far is the moon", "About 384,000 kilometres.", model="gpt-oss-20b", local=False
    )
    yield from fakes.heard_speech(3, "how do tides work")
    yield from fakes.written(3, TIDES)
    yield from fakes.spoken(3, TIDES[:99])


def trouble() -> Iterable[events.Event]:
    message = "I can't find a microphone. You can type; plug one in and press Ctrl+M to talk."
    yield events.NoticeRaised(at=0.0, level="warning", message=message)
    yield from fakes.answered(1, "hello", "Hello! What would you like to know?")
    yield events.NoticeRaised(at=0.0, message="Your pasta timer is done.")
    yield from fakes.engine_failure(2)


SCENES: Mapping[str, Callable[[], Iterable[events.Event]]] = {
    "empty": lambda: [fakes.state("listening")],
    "talk": talk,
    "speaking": speaking,
    "trouble": trouble,
    "thinking": lambda: fakes.heard_speech(1, "what is the weather in paris"),
    "muted": lambda: [fakes.state("muted")],
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.demo", description=__doc__)
    parser.add_argument("--screenshot", metavar="FILE", help="write a picture of the window and end")
    parser.add_argument("--scene", choices=SCENES, help="the script to show")
    parser.add_argument("--theme", choices=("light", "dark"), help="instead of the system's")
    parser.add_argument("--size", default="1000x700", help="of the window, in logical pixels")
    options = parser.parse_args()
    if options.screenshot is None:
        return run_window(fakes.DemoController(), options.theme)
    width, height = (int(part) for part in options.size.split("x"))
    application = make_application()
    controller = fakes.FakeController()
    window = MainWindow(controller, Theme(application, options.theme))
    window.resize(width, height)
    window.show()
    controller.play(SCENES[options.scene or "talk"]())
    QTimer.singleShot(
        SETTLE_MILLISECONDS, lambda: (window.grab().save(options.screenshot), application.quit())
    )
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
