"""The look: colour tokens for light and dark, sizes, and the one style sheet made of them.

Contrast of each text colour against its background is at least 4.5 (tested). Follows the system while it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

Scheme = Literal["light", "dark"]

BODY = 15  # px
SECONDARY = 13
LINE_HEIGHT = 1.5
STEP = 4  # all spacing is a multiple of it
COLUMN = 760  # the widest that the conversation gets
BUBBLE_CHARACTERS = 68
RADIUS = 12  # of bubbles and cards
CONTROL_RADIUS = 8
SCROLL_BAR = 12


@dataclass(frozen=True)
class Tokens:
    background: str
    surface: str
    text: str
    secondary: str  # also what is written but not yet said
    accent: str  # local; speaking
    on_accent: str
    cloud: str
    danger: str
    bubble: str
    never_said: str
    border: str
    control_border: str
    hover: str


LIGHT = Tokens(
    background="#FAFAF8",
    surface="#FFFFFF",
    text="#1C1B1A",
    secondary="#66625C",
    accent="#0F766E",
    on_accent="#FFFFFF",
    cloud="#4F46E5",
    danger="#B42318",
    bubble="#E3F1EF",
    never_said="#6F6B64",
    border="#E7E4DF",
    control_border="#D3CFC8",
    hover="#F0EEEA",
)
DARK = Tokens(
    background="#171614",
    surface="#201F1C",
    text="#F2F0EC",
    secondary="#A8A29A",
    accent="#2DD4BF",
    on_accent="#06201C",
    cloud="#A5B4FC",
    danger="#FDA29B",
    bubble="#1E3330",
    never_said="#8F8A82",
    border="#302E2A",
    control_border="#45423C",
    hover="#2B2A26",
)


class Theme(QObject):
    """Dresses the application; `changed` tells those who paint by themselves. `scheme` overrules the system's."""

    changed = Signal()

    def __init__(self, application: QApplication, scheme: Scheme | None = None) -> None:
        super().__init__(application)
        self._application = application
        self._scheme = scheme
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._apply)
        application.setStyle("Fusion")
        font = application.font()
        font.setPixelSize(BODY)
        application.setFont(font)
        self._apply()

    @property
    def tokens(self) -> Tokens:
        if self._scheme is not None:
            return DARK if self._scheme == "dark" else LIGHT
        return DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    @property
    def reduced_motion(self) -> bool:
        """What the system says; only Qt 6.12 and later knows."""
        preference = getattr(self._hints.accessibility(), "motionPreference", None)
        return preference is not None and preference().name == "ReducedMotion"

    def set_scheme(self, scheme: Scheme | None) -> None:
        """Light, dark, or None for the system's."""
        self._scheme = scheme
        self._apply()

    def _apply(self) -> None:
        self._application.setPalette(palette(self.tokens))
        self._application.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()


def palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.hover,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.secondary,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
    }
    made = QPalette()
    for name, color in colors.items():
        made.setColor(name, QColor(color))
    return made


def style_sheet(tokens: Tokens) -> str:
    sizes = {"body": BODY, "small": SECONDARY, "radius": RADIUS, "control": CONTROL_RADIUS, "bar": SCROLL_BAR}
    clear = tokens.background.replace("#", "#00")  # the same colour, seen through
    return _SHEET.substitute(vars(tokens) | sizes | {"clear": clear})


_SHEET = Template("""
QMainWindow, #content, #footer { background: $background; }
QScrollArea { border: none; background: $background; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 6px 8px; font-size: ${small}px; }
QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 20px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }

#header { background: $background; border-bottom: 1px solid $border; }
#appName { font-weight: 600; }
#place { color: $secondary; font-size: ${small}px; }

QTextEdit {
    background: transparent; border: none; color: $text; padding: 0; placeholder-text-color: $secondary;
}
#bubble { background: $bubble; border-radius: ${radius}px; }
#card { background: $surface; border: 1px solid $border; border-radius: ${radius}px; }
#cardTitle { font-size: ${small}px; color: $secondary; }
#badge, #notice { color: $secondary; font-size: ${small}px; }
#badge[local="true"] { color: $secondary; }
#badge[local="false"] { color: $cloud; }
#notice[level="error"] { color: $danger; }
#notice[level="warning"] { color: $text; }

#greeting { font-size: 24px; font-weight: 600; }
#greetingHint { color: $secondary; }
QPushButton#example {
    background: $surface; border: 1px solid $border; border-radius: ${radius}px;
    padding: 11px 16px; text-align: left;
}
QPushButton#example:hover { background: $hover; border-color: $control_border; }
QPushButton#example:pressed { background: $border; }
QPushButton#example:focus { border: 2px solid $accent; padding: 10px 15px; }

#stateName { font-weight: 600; }
#stateName[error="true"] { color: $danger; }
#stateHint { color: $secondary; font-size: ${small}px; }

#composer { background: $surface; border: 1px solid $control_border; border-radius: 16px; }
#composer[focused="true"] { border: 1px solid $accent; }

QToolButton { border: 2px solid transparent; border-radius: ${control}px; background: transparent; padding: 6px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:focus { border-color: $accent; }
QToolButton[primary="true"] { background: $accent; }
QToolButton[primary="true"]:hover { background: $accent; }
QToolButton[primary="true"]:disabled { background: $hover; }
QToolButton[primary="true"]:focus { border-color: $text; }
QToolButton#jump { background: $surface; border: 1px solid $control_border; border-radius: 18px; }
QToolButton#jump:hover { background: $hover; }
QToolButton#jump:focus { border: 2px solid $accent; }

#fade { background: qlineargradient(x1: 0, y1: 0, x2: 0, y2: 1, stop: 0 $clear, stop: 1 $background); }

QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 2px; }
QScrollBar::handle:vertical { background: $control_border; border-radius: 4px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $secondary; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: transparent; }
""")
