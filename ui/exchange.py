"""One exchange of the conversation: what was asked, the tools, the answer with its inks, and the badge.

Inks: said is full, not yet said is lighter, the clause being said ends in an underlined word, never said is struck.
Nothing is drawn until `flush`, so a thousand tokens cost no more than the frames in which they came.
"""

# ruff: noqa: N802  (Qt names the methods that it calls)

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.events import ToolCalled, TurnEnded
from ui.cards import Badge, ToolCard
from ui.prose import Prose, ink
from ui.said import WORD, said_until
from ui.theme import BUBBLE_CHARACTERS, STEP, Theme
from ui.words import tr

SIDE = 4 * STEP  # px between the bubble's edge and its text
BUBBLE_SHARE = 0.86  # of the column's width, where that is less than 68 characters


class Bubble(QFrame):
    """What the person said or typed, as wide as it needs to be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("bubble")
        self._theme = theme
        self._partial = False
        self._column = 0  # its width
        self._wanted = 0
        self.prose = Prose(tr("You"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE, 11, SIDE, 8)  # a line's extra height lies under its letters
        layout.addWidget(self.prose)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._dress)

    def show_text(self, text: str, partial: bool) -> None:
        self._partial = partial
        self.prose.replace_text(text, self._ink())
        self.fit(self._column)

    def fit(self, column: int) -> None:
        """Take the width that the text needs in a column of that width."""
        self._column = column
        most = BUBBLE_CHARACTERS * QFontMetrics(self.prose.font()).averageCharWidth()
        limit = min(most, int(column * BUBBLE_SHARE) - 2 * SIDE)
        self._wanted = self.prose.natural_width(max(limit, 40)) + 2 * SIDE
        self.setMaximumWidth(self._wanted)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._wanted, super().sizeHint().height())

    def _ink(self) -> QTextCharFormat:
        tokens = self._theme.tokens
        return ink(tokens.secondary if self._partial else tokens.text)

    def _dress(self) -> None:
        self.prose.set_ink(0, len(self.prose.text), self._ink())


class Answer(Prose):
    """The assistant's text. `aloud` is whether a voice is expected; without one there is nothing not yet said."""

    def __init__(self, theme: Theme, aloud: bool) -> None:
        super().__init__(tr("Repartee"))
        self._theme = theme
        self.aloud = aloud
        self._said = 0
        self._marked = (0, 0)  # the word that is underlined
        self._struck = False
        theme.changed.connect(self._dress)

    def write(self, text: str) -> None:
        self.append_text(text, self._unsaid())

    def say(self, heard: str) -> None:
        """Follow the voice; it may step back a little after a pause."""
        end = said_until(self.text, heard)
        words = list(WORD.finditer(self.text, max(0, end - 80), end))
        tokens = self._theme.tokens
        if not self.aloud:
            self.aloud = True
            self._dress()
        self.set_ink(min(self._marked[0], self._said), max(self._said, end), ink(tokens.text))
        self.set_ink(end, self._said, self._unsaid())
        self._said = end
        self._marked = words[-1].span() if words else (0, 0)
        self.set_ink(*self._marked, ink(tokens.text, underline=tokens.accent))

    def finish(self, heard: str | None) -> None:
        """All is said, or, cut off, only what was heard."""
        self._struck = heard is not None
        self._said = len(self.text) if heard is None else said_until(self.text, heard)
        self._said += len(self.text[self._said :]) - len(self.text[self._said :].lstrip())
        self._marked = (0, 0)
        self._dress()

    def _unsaid(self) -> QTextCharFormat:
        tokens = self._theme.tokens
        return ink(tokens.secondary if self.aloud else tokens.text)

    def _dress(self) -> None:
        tokens = self._theme.tokens
        rest = ink(tokens.never_said, struck=True) if self._struck else self._unsaid()
        self.set_ink(0, self._said, ink(tokens.text))
        self.set_ink(self._said, len(self.text), rest)
        self.set_ink(*self._marked, ink(tokens.text, underline=tokens.accent))


class Exchange(QWidget):
    """Its parts appear when there is something in them."""

    def __init__(self, theme: Theme, aloud: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._asked: tuple[str, bool] | None = None
        self._tokens: list[str] = []
        self._heard: str | None = None
        self.was_heard = False
        self.settled = False  # the transcript is final or it was typed
        self.cards: list[ToolCard] = []
        self.badge: Badge | None = None
        self.bubble = Bubble(theme)
        self.answer = Answer(theme, aloud)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(2 * STEP)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.bubble)
        self._said = QVBoxLayout()
        self._said.setSpacing(STEP)
        self._said.addWidget(self.answer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * STEP)
        layout.addLayout(row)
        layout.addLayout(self._cards)
        layout.addLayout(self._said)
        self.bubble.hide()
        self.answer.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # -- what has happened; shown by `flush`

    def ask(self, text: str, partial: bool = False) -> None:
        self._asked = (text, partial)
        self.settled = self.settled or not partial

    def write(self, token: str) -> None:
        self._tokens.append(token)

    def hear(self, text: str) -> None:
        self._heard = text
        self.was_heard = True

    # -- shown at once

    def add_tool(self, call: ToolCalled) -> None:
        card = ToolCard(self._theme, call)
        self.cards.append(card)
        self._cards.addWidget(card, 0, Qt.AlignmentFlag.AlignLeft)

    def finish(self, turn: TurnEnded) -> None:
        if turn.asked and not self.settled:
            self.ask(turn.asked)
        self.flush()
        if turn.reply and not self.answer.text:  # a listener that came late saw no tokens
            self.write(turn.reply)
            self.flush()
        self.answer.finish(turn.heard if turn.outcome == "interrupted" else None)
        for card in self.cards:
            card.reply_is(self.answer.text)
        if (turn.model and self.answer.text) or turn.outcome == "interrupted":
            self.badge = Badge(self._theme, turn)
            self._said.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)

    def flush(self) -> None:
        """Show all that has come since the last time."""
        if self._asked is not None:
            self.bubble.show_text(*self._asked)
            self.bubble.show()
            self._asked = None
        if self._tokens:
            text = "".join(self._tokens)
            self.answer.write(text if self.answer.text else text.lstrip())
            self.answer.setVisible(bool(self.answer.text))
            self._tokens.clear()
        if self._heard is not None:
            self.answer.say(self._heard)
            self._heard = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bubble.fit(self.width())
