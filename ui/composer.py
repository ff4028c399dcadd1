"""The composer: a text box that grows with its text, the talk button, and one button that sends or stops."""

# ruff: noqa: N802  (Qt names the methods that it calls)

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit

from ui.icons import IconButton, restyle
from ui.theme import STEP, Theme
from ui.words import tr

MOST_LINES = 6


class MessageBox(QTextEdit):
    """Enter sends, Shift+Enter begins a new line, Up in an empty box brings back the last message."""

    sent = Signal()
    recalled = Signal()
    focus_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Message"))
        self.setPlaceholderText(tr("Type a message…"))
        self.setToolTip(tr("Enter sends, Shift+Enter begins a new line"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.recalled.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        wanted = ceil(self.document().size().height())
        most = MOST_LINES * line
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(policy)
        height = max(line, min(wanted, most))
        if height != self.minimumHeight():
            self.setFixedHeight(height)


class Composer(QFrame):
    """`submitted` carries a message that is not empty. While the assistant is busy, an empty box offers to stop."""

    submitted = Signal(str)
    talk_pressed = Signal()
    stop_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("composer")
        self._last = ""
        self._busy = False
        self.box = MessageBox()
        self.talk = IconButton(theme, tr("Mute the microphone"), "mic", "Ctrl+M")
        self.send = IconButton(theme, tr("Send"), "send", "Enter", "on_accent")
        self.stop = IconButton(theme, tr("Stop"), "stop", "Esc", "on_accent")
        self.send.set_primary()
        self.stop.set_primary()
        self._lay_out()
        self.box.sent.connect(self._send)
        self.box.recalled.connect(lambda: self.put(self._last))
        self.box.focus_changed.connect(self._show_focus)
        self.box.textChanged.connect(self._show_buttons)
        self.send.clicked.connect(self._send)
        self.stop.clicked.connect(self.stop_pressed)
        self.talk.clicked.connect(self.talk_pressed)
        self.setFocusProxy(self.box)
        self._show_buttons()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        layout.setSpacing(STEP)
        layout.addWidget(self.box, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.talk, self.send, self.stop):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)

    def set_busy(self, busy: bool) -> None:
        """Whether there is something to stop."""
        self._busy = busy
        self._show_buttons()

    def set_listening(self, listening: bool) -> None:
        if listening:
            self.talk.set_icon("mic", "accent")
            self.talk.describe(tr("Mute the microphone"), "Ctrl+M")
        else:
            self.talk.set_icon("mic-off", "secondary")
            self.talk.describe(tr("Talk: turn the microphone on"), "Ctrl+M")

    def put(self, text: str) -> None:
        """Fill the box, the cursor at the end."""
        self.box.setPlainText(text)
        self.box.moveCursor(self.box.textCursor().MoveOperation.End)

    def _send(self) -> None:
        text = self.box.toPlainText().strip()
        if text:
            self._last = text
            self.box.clear()
            self.submitted.emit(text)

    def _show_buttons(self) -> None:
        written = bool(self.box.toPlainText().strip())
        stops = self._busy and not written
        self.stop.setVisible(stops)
        self.send.setVisible(not stops)
        self.send.setEnabled(written)

    def _show_focus(self) -> None:
        self.setProperty("focused", self.box.hasFocus())
        restyle(self)
