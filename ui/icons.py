"""Icons: our own drawings from `assets/icons`, in any colour and sharp at any scale."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from ui.theme import Theme

SCALES = (1, 2, 3)


@lru_cache
def drawing(name: str) -> str:
    return (files("assets") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def icon(name: str, color: str = "", size: int = 20) -> QIcon:
    """The drawing in one colour; its own colours if none is named."""
    made = QIcon()
    renderer = QSvgRenderer(QByteArray(drawing(name).replace("currentColor", color or "#000000").encode()))
    for scale in SCALES:
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made


class IconLabel(QLabel):
    """A small picture beside text that says the same; screen readers pass over it."""

    def __init__(self, theme: Theme, name: str, token: str = "secondary", size: int = 16) -> None:
        super().__init__()
        self._theme, self._name, self._token, self._size = theme, name, token, size
        self.setFixedSize(size, size)
        theme.changed.connect(self._show)
        self._show()

    def set_icon(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self._show()

    def _show(self) -> None:
        picture = icon(self._name, getattr(self._theme.tokens, self._token), self._size)
        self.setPixmap(picture.pixmap(QSize(self._size, self._size), self.devicePixelRatioF()))


class IconButton(QToolButton):
    """A button that shows only an icon; `name` is what screen readers say, `keys` stands in the tooltip."""

    def __init__(
        self, theme: Theme, name: str, drawing_name: str, keys: str = "", token: str = "text"
    ) -> None:
        super().__init__()
        self._theme, self._drawing, self._token = theme, drawing_name, token
        self.setIconSize(QSize(20, 20))
        self.setFixedSize(36, 36)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus with the text box
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.describe(name, keys)
        theme.changed.connect(self._show)
        self._show()

    def describe(self, name: str, keys: str = "") -> None:
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)

    def set_icon(self, drawing_name: str, token: str = "text") -> None:
        if (drawing_name, token) != (self._drawing, self._token):
            self._drawing, self._token = drawing_name, token
            self._show()

    def set_primary(self) -> None:
        """The one button that stands out."""
        self.setProperty("primary", True)
        restyle(self)

    def _show(self) -> None:
        tokens = self._theme.tokens
        made = QIcon(icon(self._drawing, getattr(tokens, self._token)))
        faded = icon(self._drawing, tokens.secondary)
        made.addPixmap(faded.pixmap(QSize(60, 60)), QIcon.Mode.Disabled)
        self.setIcon(made)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property that it asks for has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
