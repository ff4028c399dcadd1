import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ui import display

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
pytestmark = linux


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(display, "_qt_problem", lambda: None)


def test_no_display_names_what_works_without_one() -> None:
    problem = display.display_problem()
    assert problem is not None
    assert problem.startswith("There is no display, so the window can't open.")
    for command in ("repartee talk", "repartee ask", "repartee live"):
        assert command in problem


@pytest.mark.parametrize(
    ("variable", "name"), [("DISPLAY", ":7397"), ("DISPLAY", "nonsense"), ("WAYLAND_DISPLAY", "wayland-7397")]
)
def test_a_display_that_does_not_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, name: str
) -> None:
    monkeypatch.setenv(variable, name)
    monkeypatch.setattr(display, "_missing_library", lambda _: None)
    problem = display.display_problem()
    assert problem is not None
    assert f"The display {name} doesn't answer" in problem


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(display, "_missing_library", lambda _: "libxcb-cursor.so.0")
    problem = display.display_problem()
    assert problem is not None
    assert "libxcb-cursor.so.0 is missing (Debian and Ubuntu: `sudo apt install libxcb-cursor0`)" in problem


def test_offscreen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:enable_fonts")
    assert display.display_problem() is None


def test_a_wayland_socket_that_answers_is_a_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-test")
    monkeypatch.setattr(display, "_missing_library", lambda _: None)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-test"))
        server.listen()
        assert display.display_problem() is None


def test_it_answers_without_importing_qt() -> None:
    code = "import sys; from ui.display import display_problem; display_problem(); print('PySide6' in sys.modules)"
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "QT_QPA_PLATFORM")
    }
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert result.stdout.strip() == "False"


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_a_running_x_server_is_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            assert server.stdout is not None
            monkeypatch.setenv("DISPLAY", f":{int(server.stdout.readline())}")
            monkeypatch.setattr(display, "_missing_library", lambda _: None)
            assert display.display_problem() is None
        finally:
            server.terminate()
