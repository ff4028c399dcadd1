"""The transcript: the conversation from top to bottom, drawn at most 30 times a second.

Follows the newest words unless the person has scrolled up. Keeps one exchange per turn; knows nothing of states.
"""

# ruff: noqa: N802  (Qt names the methods that it calls)

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.events import NoticeRaised, ToolCalled, TurnEnded
from ui.cards import NoticeLine
from ui.empty import EmptyState
from ui.exchange import Exchange
from ui.icons import IconButton
from ui.theme import COLUMN, SCROLL_BAR, STEP, Theme
from ui.words import tr

FLUSH_MILLISECONDS = 33
FADE = 20  # px over which the words disappear at the lower edge
NEAR_END = 40  # px from the end that still count as being there


class Transcript(QScrollArea):
    """`example_chosen` carries one of the empty state's requests."""

    example_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._open: dict[int, Exchange] = {}  # by turn, those that are not over
        self._waiting: set[Exchange] = set()  # to be drawn with the next flush
        self._aloud = True  # whether the last answer was heard, so the next one is expected to be
        self._follows = False  # until there is something to follow
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MILLISECONDS)
        self._timer.timeout.connect(self._flush)
        self.setAccessibleName(tr("Conversation"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that arrow keys scroll
        self._build()
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._grown)

    def _build(self) -> None:
        content = QWidget()
        content.setObjectName("content")
        column = QWidget()
        column.setMaximumWidth(COLUMN)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 6 * STEP, 0, 6 * STEP)
        self._column.setSpacing(7 * STEP)
        self._empty = EmptyState(self._theme)
        self._empty.chosen.connect(self.example_chosen)
        self._column.addWidget(self._empty, 1)
        self._column.addStretch(0)
        self._row = QHBoxLayout(content)
        self._row.addStretch(1)
        self._row.addWidget(column, 1000)
        self._row.addStretch(1)
        self._grown(0, 0)
        self.setWidget(content)
        self._fade = QWidget(self)
        self._fade.setObjectName("fade")
        self._fade.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fade.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._jump = IconButton(self._theme, tr("Go to the newest words"), "down", "End")
        self._jump.setObjectName("jump")
        self._jump.setIconSize(QSize(18, 18))
        self._jump.setParent(self)
        self._jump.hide()
        self._jump.clicked.connect(self.go_to_end)

    # -- what happens in the conversation

    def typed(self, turn: int, text: str) -> None:
        """The person has sent a message. A sound that had the number before it was no turn."""
        stale = self._open.pop(turn, None)
        if stale is not None:
            self._remove(stale)
        self._exchange(turn).ask(text)
        self._exchange(turn).flush()
        self.go_to_end()

    def partial(self, turn: int, text: str) -> None:
        exchange = self._exchange(turn)
        if not exchange.settled:
            exchange.ask(text, partial=True)
            self._later(exchange)

    def asked(self, turn: int, text: str) -> None:
        self._exchange(turn).ask(text)
        self._later(self._exchange(turn))

    def dismissed(self, turn: int) -> None:
        """It was no speech after all."""
        exchange = self._open.get(turn)
        if exchange is not None and not exchange.settled:
            self._remove(self._open.pop(turn))

    def token(self, turn: int, text: str) -> None:
        exchange = self._exchange(turn)
        exchange.write(text)
        self._later(exchange)

    def heard(self, turn: int, text: str) -> None:
        exchange = self._open.get(turn)  # a word may come late, after the turn's end
        if exchange is not None:
            exchange.hear(text)
            self._later(exchange)

    def tool(self, turn: int, call: ToolCalled) -> None:
        self._exchange(turn).add_tool(call)

    def ended(self, turn: int, end: TurnEnded) -> None:
        exchange = self._exchange(turn)
        exchange.finish(end)
        if end.reply and end.outcome == "completed":
            self._aloud = exchange.was_heard
        self._open.pop(turn)
        self._waiting.discard(exchange)

    def notice(self, notice: NoticeRaised) -> None:
        """Add a sentence; the same one is not said twice in a row."""
        before = self._column.itemAt(self._column.count() - 2)
        last = before.widget() if before else None
        if not (isinstance(last, NoticeLine) and last.message == notice.message):
            self._add(NoticeLine(self._theme, notice))

    # -- scrolling

    def go_to_end(self) -> None:
        self._follows = True
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._jump.hide()

    def _scrolled(self, value: int) -> None:
        self._follows = value >= self.verticalScrollBar().maximum() - NEAR_END
        self._jump.setVisible(not self._follows and not self._empty.isVisibleTo(self))

    def _grown(self, _low: int, high: int) -> None:
        bar = SCROLL_BAR if high else 0
        self._row.setContentsMargins(6 * STEP, 0, 6 * STEP - bar, 0)  # the column stays where it is
        if self._follows:
            self.verticalScrollBar().setValue(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bottom = self.viewport().height()
        self._fade.setGeometry(0, bottom - FADE, self.viewport().width(), FADE)
        self._jump.move((self.width() - self._jump.width()) // 2, bottom - self._jump.height() - 2 * STEP)

    # -- inside

    @property
    def drawing(self) -> bool:
        """Whether there is something that the next flush will show."""
        return self._timer.isActive()

    @property
    def exchanges(self) -> list[Exchange]:
        items = (self._column.itemAt(index) for index in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Exchange)]

    def _exchange(self, turn: int) -> Exchange:
        if turn not in self._open:
            self._open[turn] = Exchange(self._theme, self._aloud)
            self._add(self._open[turn])
        return self._open[turn]

    def _add(self, widget: QWidget) -> None:
        if self._empty.isVisibleTo(self):
            self._empty.hide()
            self._follows = True
        self._column.insertWidget(self._column.count() - 1, widget)

    def _remove(self, exchange: Exchange) -> None:
        self._waiting.discard(exchange)
        self._column.removeWidget(exchange)
        exchange.deleteLater()

    def _later(self, exchange: Exchange) -> None:
        self._waiting.add(exchange)
        if not self._timer.isActive():
            self._timer.start()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for exchange in waiting:
            exchange.flush()
