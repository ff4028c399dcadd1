"""Prose: text that can be selected and copied, as high as its content, with inks for ranges of it.

Knows nothing of conversations. Appending touches only the end of the document.
"""

# ruff: noqa: N802  (Qt names the methods that it calls)

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from ui.theme import LINE_HEIGHT

LONG_LINE = 250  # characters; wider than any bubble


class Prose(QTextEdit):
    """Positions are indices into the Python string that was appended."""

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self._text = ""
        self._wide = False  # holds characters that Qt counts twice
        self.setAccessibleName(accessible_name)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        QTextCursor(self.document()).setBlockFormat(self._block_format())
        self._fit()

    @property
    def text(self) -> str:
        return self._text

    def append_text(self, text: str, ink: QTextCharFormat) -> None:
        """Add to the end; the selection stays."""
        text = showable(text)
        if not text:
            return
        self._text += text
        self._wide = self._wide or max(text) > "\uffff"
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, ink)

    def replace_text(self, text: str, ink: QTextCharFormat) -> None:
        """Start again with `text`."""
        self._text = ""
        self._wide = False
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        self.append_text(text, ink)

    def set_ink(self, begin: int, end: int, ink: QTextCharFormat) -> None:
        """Format the characters from `begin` up to `end`."""
        if begin >= end:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(begin))
        cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(ink)

    def natural_width(self, limit: int) -> int:
        """The width that the text wants, at most `limit`."""
        metrics = QFontMetricsF(self.font())
        lines = (line[:LONG_LINE] for line in self._text.split("\n"))
        return min(limit, max(ceil(metrics.horizontalAdvance(line)) for line in lines) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the conversation scrolls, not one message

    def _fit(self) -> None:
        height = ceil(self.document().size().height())
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _position(self, index: int) -> int:
        return len(self._text[:index].encode("utf-16-le")) // 2 if self._wide else index

    def _block_format(self) -> QTextBlockFormat:
        wanted = LINE_HEIGHT * self.fontInfo().pixelSize() / QFontMetricsF(self.font()).lineSpacing()
        made = QTextBlockFormat()
        made.setLineHeight(100 * max(1.0, wanted), QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return made


def showable(text: str) -> str:
    """Without what Qt can't count or show: carriage returns and lone surrogates."""
    return text.replace("\r", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def ink(color: str, *, struck: bool = False, underline: str = "") -> QTextCharFormat:
    """A character format; `underline` is the line's colour."""
    made = QTextCharFormat()
    made.setForeground(QColor(color))
    made.setFontStrikeOut(struck)
    if underline:
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        made.setUnderlineColor(QColor(underline))
    return made
