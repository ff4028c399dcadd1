"""Run the window: the application object, one window, an orderly end. Blocks until the window is closed."""

from __future__ import annotations

import signal
import socket
import sys
from types import FrameType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from ui.controller import Controller
from ui.icons import icon
from ui.main_window import MainWindow
from ui.theme import Scheme, Theme


def run_window(controller: Controller, scheme: Scheme | None = None) -> int:
    """Show the window, then start the controller; close it once the window is gone. Returns the exit status."""
    application = make_application()
    window = MainWindow(controller, Theme(application, scheme))
    window.show()
    window.activateWindow()  # shortcuts work only then, and without a window manager nobody else does it
    QTimer.singleShot(0, controller.start)
    with _Signals(application):
        status = application.exec()
    window.hide()
    window.bridge.close()
    controller.close()
    return status


def make_application() -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("repartee")
    application.setApplicationDisplayName("Repartee")
    application.setDesktopFileName("repartee")  # so that Wayland finds the icon
    application.setWindowIcon(icon("repartee", size=64))
    return application


class _Signals:
    """Ctrl-C and SIGTERM close the window. Qt's loop runs no Python by itself, so a socket wakes it."""

    NAMES = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, application: QApplication) -> None:
        self._application = application

    def __enter__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._reader.recv(64))
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handlers = {name: signal.signal(name, self._quit) for name in self.NAMES}

    def __exit__(self, *_: object) -> None:
        for name, handler in self._handlers.items():
            signal.signal(name, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _quit(self, _number: int, _frame: FrameType | None) -> None:
        self._application.closeAllWindows()
        self._application.quit()
