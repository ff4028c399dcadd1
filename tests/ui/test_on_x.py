"""The window on a real X server, driven by keys as a person would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ui.display import display_problem

PROGRAM = """
from PySide6.QtCore import QTimer
from ui import fakes
from ui.app import run_window

def say(*words):
    print(*words, flush=True)

class Controller(fakes.FakeController):
    def start(self):
        self.emit(fakes.state("listening"))
        QTimer.singleShot(300, lambda: say("ready"))
    def ask(self, text):
        say("ask", text)
        return super().ask(text)
    def stop_speaking(self):
        say("stop")
    def set_muted(self, muted):
        say("muted", muted)
    def close(self):
        say("close")

raise SystemExit(run_window(Controller()))
"""


@pytest.fixture
def display() -> Iterator[str]:
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1000x800x24"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            yield f":{int(server.stdout.readline())}"
        finally:
            server.terminate()


def test_keys_reach_the_controller(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    problem = display_problem()
    if problem:
        pytest.skip(problem)
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
            subprocess.run(["xdotool", "type", "hello there"], check=True)
            for keys in ("Return", "Escape", "ctrl+m", "ctrl+q"):
                subprocess.run(["xdotool", "key", keys], check=True)
            told = program.stdout.read().splitlines()
            assert program.wait(10) == 0
        finally:
            program.kill()
    assert told == ["ask hello there", "stop", "muted True", "close"]
