"""The window on a fake controller, without a display. A Qt warning fails the test that caused it."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.display import display_problem
from ui.fakes import FakeController
from ui.main_window import MainWindow
from ui.theme import Theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    problem = display_problem()
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))
        if problem and {"qapp", "qtbot"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skip(reason=problem))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def controller() -> FakeController:
    return FakeController()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, controller: FakeController) -> MainWindow:
    theme.set_scheme("light")
    made = MainWindow(controller, theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made
