"""The state line: the orb, the state as a verb, and what one can do now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.events import State
from ui import words
from ui.icons import restyle
from ui.orb import Orb
from ui.theme import STEP, Theme


class StateLine(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.orb = Orb(theme)
        self.name = QLabel()
        self.name.setObjectName("stateName")
        self.hint = QLabel()
        self.hint.setObjectName("stateHint")
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addStretch(1)
        for label in (self.name, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            text.addWidget(label)
        text.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * STEP)
        layout.addWidget(self.orb)
        layout.addLayout(text, 1)
        self.show_state("starting")

    def show_state(self, state: State, failure: str = "", listening: bool = True) -> None:
        """The state; after a failure that in the danger colour, until something new begins."""
        name, hint = words.state_words(state, listening)
        if failure:
            name, hint = failure, name
        self.name.setText(name)
        self.hint.setText(hint)
        if self.name.property("error") != bool(failure):
            self.name.setProperty("error", bool(failure))
            restyle(self.name)
        self.orb.set_state(state, error=bool(failure))
        self.setAccessibleName(f"{name}. {hint}")
