"""The window: header, transcript, state line, composer. Turns events into what is seen, and keys into requests."""

# ruff: noqa: N802  (Qt names the methods that it calls)

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from app import events
from ui.bridge import Bridge
from ui.composer import Composer
from ui.controller import Controller
from ui.icons import IconLabel, icon
from ui.state_line import StateLine
from ui.theme import COLUMN, STEP, Theme
from ui.transcript import Transcript
from ui.words import tr

BUSY: tuple[events.State, ...] = ("thinking", "speaking")
HEADER = 44
FAILED_STAGE: Mapping[events.Stage, str] = {
    "hear": "I could not understand speech",
    "think": "I could not think of an answer",
    "speak": "I could not speak",
}


class MainWindow(QMainWindow):
    """Subscribes to the controller through a bridge of its own. Works without a microphone, and while starting."""

    def __init__(self, controller: Controller, theme: Theme) -> None:
        super().__init__()
        self._controller = controller
        self._theme = theme
        self._state: events.State = "starting"
        self._failure = ""
        self._muted = False
        self.bridge = Bridge(self)
        self.transcript = Transcript(theme)
        self.state_line = StateLine(theme)
        self.composer = Composer(theme)
        self.setWindowTitle("Repartee")
        self.setMinimumSize(QSize(340, 420))
        self.resize(920, 720)
        self._lay_out()
        self._connect()
        self._show_state()
        self.composer.setFocus()

    def _lay_out(self) -> None:
        footer = QWidget()
        footer.setObjectName("footer")
        column = QWidget()
        column.setMaximumWidth(COLUMN)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, STEP, 0, 4 * STEP)
        inside.setSpacing(2 * STEP)
        inside.addWidget(self.state_line)
        inside.addWidget(self.composer)
        row = QHBoxLayout(footer)
        row.setContentsMargins(6 * STEP, 0, 6 * STEP, 0)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header())
        layout.addWidget(self.transcript, 1)
        layout.addWidget(footer)
        self.setCentralWidget(central)

    def _header(self) -> QWidget:
        header = QWidget()
        header.setObjectName("header")
        header.setFixedHeight(HEADER)
        mark = QLabel()
        mark.setPixmap(icon("repartee").pixmap(QSize(20, 20), self.devicePixelRatioF()))
        name = QLabel("Repartee")
        name.setObjectName("appName")
        self.place = QLabel()
        self.place.setObjectName("place")
        self._place_icon = IconLabel(self._theme, "home", size=14)
        self._place_icon.hide()
        row = QHBoxLayout(header)
        row.setContentsMargins(4 * STEP, 0, 4 * STEP, 0)
        row.setSpacing(2 * STEP)
        row.addWidget(mark)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self._place_icon)
        row.addWidget(self.place)
        return header

    def _connect(self) -> None:
        self.composer.submitted.connect(self.ask)
        self.transcript.example_chosen.connect(self.ask)
        self.composer.talk_pressed.connect(self.toggle_muted)
        self.composer.stop_pressed.connect(self._controller.stop_speaking)
        shortcuts: Mapping[str, Callable[[], Any]] = {
            "Esc": self._controller.stop_speaking,
            "Ctrl+M": self.toggle_muted,
            "Ctrl+Q": self.close,
            "Ctrl+End": self.transcript.go_to_end,
        }
        for keys, action in shortcuts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self.bridge.happened.connect(self.show_event)
        self._controller.subscribe(self.bridge.deliver)

    # -- what the person does

    def ask(self, text: str) -> None:
        self.transcript.typed(self._controller.ask(text), text)

    def toggle_muted(self) -> None:
        """The microphone on or off. Without one it stays off, and the controller says why."""
        muted = not self._muted
        self._controller.set_muted(muted)
        if self._state != "idle":
            self._show_muted(muted)
            self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed anywhere goes into the box."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain and event.text().isprintable() and event.text():
            self.composer.setFocus()
            self.composer.box.insertPlainText(event.text())
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hidden at once; `run_window` ends the rest."""
        self.bridge.close()
        super().closeEvent(event)

    # -- what happens in the conversation

    def show_event(self, event: events.Event) -> None:
        """Show one event. Unknown ones are passed over."""
        turn = event.turn
        match event:
            case events.StateChanged():
                self._change_state(event.state)
            case events.LevelChanged():
                self.state_line.orb.set_levels(event.microphone, event.voice)
            case events.NoticeRaised():
                self.transcript.notice(event)
            case events.EngineFailed():
                self._failure = tr(FAILED_STAGE[event.stage])
                self._show_state()
            case _ if turn is not None:
                self._show_turn_event(turn, event)

    def _show_turn_event(self, turn: int, event: events.Event) -> None:
        match event:
            case events.PartialTranscript():
                self.transcript.partial(turn, event.text)
            case events.TranscriptReady():
                self.transcript.asked(turn, event.text)
            case events.SpeechDismissed():
                self.transcript.dismissed(turn)
            case events.ReplyToken():
                self.transcript.token(turn, event.text)
            case events.ToolCalled():
                self.transcript.tool(turn, event)
            case events.WordsHeard():
                self.transcript.heard(turn, event.text)
            case events.TurnEnded():
                self.transcript.ended(turn, event)
                self._show_place(event)

    def _change_state(self, state: events.State) -> None:
        self._state = state
        if state in ("hearing", "thinking", "speaking"):
            self._failure = ""
        if state in ("idle", "muted"):
            self._show_muted(True)
        elif state == "listening":
            self._show_muted(False)
        self._show_state()

    def _show_state(self) -> None:
        self.state_line.show_state(self._state, self._failure, not self._muted)
        self.composer.set_busy(self._state in BUSY)

    def _show_muted(self, muted: bool) -> None:
        self._muted = muted
        self.composer.set_listening(not muted)

    def _show_place(self, turn: events.TurnEnded) -> None:
        """Where the last answer was made."""
        if turn.model:
            self.place.setText(tr("On this computer") if turn.local else tr("By a server"))
            self._place_icon.set_icon(*(("home", "accent") if turn.local else ("cloud", "cloud")))
            self._place_icon.show()
