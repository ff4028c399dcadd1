"""Whether a window can open here, asked before Qt is imported: Qt ends the whole process where it can't."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

REACH_SECONDS = 2.0  # a display on another machine that doesn't answer by then is not there
INSTEAD = "`repartee talk FILE`, `repartee ask` and `repartee live` work without one."


def display_problem() -> str | None:
    """One sentence or two that say why no window can open and what to do; None if one can."""
    return _qt_problem() or (_linux_problem(os.environ) if sys.platform.startswith("linux") else None)


def _qt_problem() -> str | None:
    try:
        found = version("PySide6-Essentials")
    except PackageNotFoundError:
        return f"The window needs PySide6-Essentials, which is not installed. {INSTEAD}"
    if found == "6.12.0" and sys.version_info < (3, 12):  # Signal.emit releases a True that it doesn't own
        return f"PySide6 6.12.0 crashes under Python 3.11. Install PySide6-Essentials 6.11.3. {INSTEAD}"
    return None


def _linux_problem(environment: Mapping[str, str]) -> str | None:
    wanted = [name.split(":")[0] for name in environment.get("QT_QPA_PLATFORM", "").split(";") if name]
    if wanted and not any(name.startswith(("xcb", "wayland")) for name in wanted):
        return None  # such as offscreen or vnc: needs no display
    ways: dict[str, tuple[str, Callable[[str], bool], str]] = {
        "wayland": ("WAYLAND_DISPLAY", _wayland_answers, "libqwayland.so"),
        "xcb": ("DISPLAY", _x_answers, "libqxcb.so"),
    }
    problems = []
    for platform, (variable, answers, plugin) in ways.items():
        name = environment.get(variable, "")
        if not name or (wanted and not any(item.startswith(platform) for item in wanted)):
            continue
        missing = _missing_library(plugin)
        if missing:
            install = (
                " (Debian and Ubuntu: `sudo apt install libxcb-cursor0`)" if "xcb-cursor" in missing else ""
            )
            problems.append(f"The window can't open because {missing} is missing{install}.")
        elif answers(name):
            return None
        else:
            problems.append(f"The display {name} doesn't answer, so the window can't open.")
    problem = problems[-1] if problems else "There is no display, so the window can't open."
    return f"{problem} {INSTEAD}"


def _wayland_answers(name: str) -> bool:
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name  # an absolute name replaces the folder
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(REACH_SECONDS)
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def _x_answers(name: str) -> bool:
    """Connect as Qt will, with the same library: it knows every kind of address and the permissions."""
    answers: list[bool] = []

    def connect() -> None:
        xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
        answers.append(xcb.xcb_connection_has_error(connection) == 0)
        xcb.xcb_disconnect(connection)

    thread = threading.Thread(target=connect, name="reach-display", daemon=True)
    thread.start()
    thread.join(REACH_SECONDS)
    return bool(answers) and answers[0]


def _missing_library(plugin: str) -> str | None:
    """The file name of a library that Qt's plug-in for this kind of display lacks. Loads it as Qt will."""
    spec = find_spec("PySide6")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    path = folder / "Qt" / "plugins" / "platforms" / plugin if folder else None
    if path is None or not path.exists():  # a system's own Qt lies elsewhere and brings its libraries
        return None
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        return str(error).split(":")[0]
    return None
