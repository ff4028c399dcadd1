"""What the window shows before anything was said: a friendly sentence and three requests to click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import words
from ui.icons import icon
from ui.theme import STEP, Theme
from ui.words import tr

WIDTH = 340
PICTURE = 64


class EmptyState(QWidget):
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(
            icon("repartee", size=PICTURE).pixmap(QSize(PICTURE, PICTURE), self.devicePixelRatioF())
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * STEP)
        layout.addStretch(2)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(3 * STEP)
        layout.addWidget(_line(tr("Hello! What can I do for you?"), "greeting"))
        layout.addWidget(_line(tr("Just talk, or type. For example:"), "greetingHint"))
        layout.addSpacing(3 * STEP)
        examples = QVBoxLayout()
        examples.setSpacing(2 * STEP)
        for request in words.example_requests():
            examples.addWidget(self._button(request))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(examples, 1000)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)

    def _button(self, request: str) -> QPushButton:
        button = QPushButton(request)
        button.setObjectName("example")
        button.setMaximumWidth(WIDTH)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(request))
        return button


def _line(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
