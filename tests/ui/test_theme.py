from dataclasses import fields

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui.icons import icon
from ui.theme import DARK, LIGHT, Theme, Tokens

AA = 4.5  # WCAG 2.2, text
BACKGROUNDS = {
    "text": ("background", "surface", "bubble", "hover"),
    "secondary": ("background", "surface", "bubble"),
    "accent": ("background", "surface"),
    "cloud": ("background", "surface"),
    "danger": ("background", "surface"),
    "never_said": ("background",),
    "on_accent": ("accent",),
}


def luminance(color: str) -> float:
    shade = QColor(color)
    red, green, blue = (linear(channel) for channel in (shade.redF(), shade.greenF(), shade.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(tokens: Tokens) -> None:
    colors = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    weak = {
        (text, ground): round(contrast(colors[text], colors[ground]), 2)
        for text, grounds in BACKGROUNDS.items()
        for ground in grounds
        if contrast(colors[text], colors[ground]) < AA
    }
    assert weak == {}


def test_a_change_of_scheme_dresses_the_application_again(qapp: QApplication, theme: Theme) -> None:
    changes: list[str] = []
    theme.changed.connect(lambda: changes.append(theme.tokens.background))
    theme.set_scheme("dark")
    assert DARK.background in qapp.styleSheet()
    theme.set_scheme("light")
    assert LIGHT.background in qapp.styleSheet()
    assert changes == [DARK.background, LIGHT.background]


def test_an_icon_takes_the_colour(qapp: QApplication) -> None:
    image = icon("stop", "#FF0000", 20).pixmap(20, 20).toImage()
    assert image.pixelColor(10, 10) == QColor("#FF0000")
