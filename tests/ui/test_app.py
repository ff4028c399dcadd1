"""The window as a program: what it imports, how it starts and how it ends. Each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.display import display_problem

HEAVY = ("torch", "llama_cpp", "ctranslate2", "faster_whisper", "onnxruntime", "sounddevice")
pytestmark = pytest.mark.skipif(display_problem() is not None, reason=str(display_problem()))


def run(code: str, *arguments: str, timeout: float = 60.0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=timeout, check=False
    )


def test_the_window_loads_no_model_library() -> None:
    result = run(f"import sys, ui.app, ui.demo; print([name for name in {HEAVY} if name in sys.modules])")
    assert result.stdout.strip() == "[]", result.stderr


LIFE = """
import json, signal, sys, threading, os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.app import run_window
from ui.fakes import FakeController

order = []

class Controller(FakeController):
    def start(self):
        order.append(["start", [w.isVisible() for w in QApplication.topLevelWidgets() if w.isWindow()]])
        QTimer.singleShot(50, ENDS[sys.argv[1]])
    def close(self):
        order.append(["close", any(w.isVisible() for w in QApplication.topLevelWidgets())])

ENDS = {
    "close": lambda: QApplication.activeWindow().close(),
    "interrupt": lambda: os.kill(os.getpid(), signal.SIGINT),
    "terminate": lambda: os.kill(os.getpid(), signal.SIGTERM),
}
status = run_window(Controller())
print(json.dumps([status, order]))
"""


@pytest.mark.parametrize("end", ["close", "interrupt", "terminate"])
def test_it_starts_once_shown_and_closes_once_hidden(end: str) -> None:
    result = run(LIFE, end)
    assert result.stderr == ""
    assert json.loads(result.stdout) == [0, [["start", [True]], ["close", False]]]


@pytest.mark.parametrize("scene", ["empty", "talk", "speaking", "trouble"])
def test_the_demo_takes_a_picture(scene: str, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [
        sys.executable,
        "-m",
        "ui.demo",
        "--screenshot",
        str(picture),
        "--scene",
        scene,
        "--theme",
        "dark",
    ]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert picture.stat().st_size > 5000
