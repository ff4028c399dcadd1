"""The small things of a conversation: tool cards, the badge under an answer, notices."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.events import NoticeRaised, ToolCalled, TurnEnded
from ui import words
from ui.icons import IconLabel
from ui.theme import SECONDARY, STEP, Theme

NARROWEST = 240  # px; a wrapping label would else take as little width as it can
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class ToolCard(QFrame):
    """What a tool was asked, and its answer as a sentence unless the reply says the same."""

    def __init__(self, theme: Theme, call: ToolCalled) -> None:
        super().__init__()
        self.setObjectName("card")
        self.result = call.result.strip()
        self.setAccessibleName(" ".join(filter(None, (words.tool_title(call), self.result))))
        self.result_label = _sentence(self.result, "cardResult")
        self.result_label.setVisible(bool(self.result))
        title = _sentence(words.tool_title(call), "cardTitle")
        picture = IconLabel(
            theme, *(("alert", "danger") if not call.ok else (words.tool_icon(call.name), "accent"))
        )
        head = QHBoxLayout()
        head.setSpacing(2 * STEP)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * STEP, 2 * STEP + 2, 4 * STEP, 2 * STEP + 2)
        layout.setSpacing(STEP)
        layout.addLayout(head)
        layout.addWidget(self.result_label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def reply_is(self, reply: str) -> None:
        """Don't show a sentence twice."""
        self.result_label.setVisible(bool(self.result) and self.result not in reply)


class Badge(QWidget):
    """Where an answer was made, by which model, and how soon it was heard; the whole story as a tooltip."""

    def __init__(self, theme: Theme, turn: TurnEnded) -> None:
        super().__init__()
        picture = IconLabel(
            theme, "home" if turn.local else "cloud", "secondary" if turn.local else "cloud", 14
        )
        self.label = QLabel(words.badge_text(turn))
        self.label.setObjectName("badge")
        self.label.setProperty("local", turn.local)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP + 2)
        layout.addWidget(picture)
        layout.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(words.badge_story(turn))
        self.setAccessibleName(f"{words.badge_text(turn)}. {words.badge_story(turn)}")


class NoticeLine(QWidget):
    """A sentence of the program's own."""

    def __init__(self, theme: Theme, notice: NoticeRaised) -> None:
        super().__init__()
        self.message = notice.message
        label = _sentence(notice.message, "notice")
        label.setProperty("level", notice.level)
        self.setAccessibleName(notice.message)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * STEP)
        if notice.level != "info":
            token = "danger" if notice.level == "error" else "secondary"
            picture = IconLabel(theme, "alert", token, SECONDARY + 3)
            layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(label, 1)


def _sentence(text: str, name: str) -> QLabel:
    """A wrapping label that never reads its text as markup."""
    label = QLabel(text)
    label.setObjectName(name)
    label.ensurePolished()  # its font comes from the style sheet
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(SELECTABLE)
    label.setMinimumWidth(min(NARROWEST, label.fontMetrics().horizontalAdvance(text) + 2))
    return label
