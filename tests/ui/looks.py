"""What a person would see of a text: its ink, its strike, its underline."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.events import Event
from ui.fakes import FakeController
from ui.main_window import MainWindow
from ui.prose import Prose
from ui.transcript import FLUSH_MILLISECONDS


def play(qtbot: QtBot, window: MainWindow, controller: FakeController, script: Iterable[Event]) -> None:
    """Play the script and wait until all of it is drawn."""
    controller.play(script)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.transcript.drawing, timeout=40 * FLUSH_MILLISECONDS)
    QApplication.processEvents()


def ink_at(prose: Prose, index: int) -> str:
    return _format(prose, index).foreground().color().name()


def is_struck(prose: Prose, index: int) -> bool:
    return _format(prose, index).fontStrikeOut()


def is_underlined(prose: Prose, index: int) -> bool:
    return _format(prose, index).fontUnderline()


def _format(prose: Prose, index: int) -> QTextCharFormat:
    cursor = QTextCursor(prose.document())
    cursor.setPosition(index + 1)
    return cursor.charFormat()
