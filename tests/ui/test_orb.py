import typing
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.events import State
from ui.orb import Orb
from ui.theme import Theme

MOVING = {"starting", "listening", "hearing", "thinking", "speaking"}


@pytest.fixture
def orb(qtbot: QtBot, theme: Theme) -> Iterator[Orb]:
    made = Orb(theme)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.hide()


def test_it_moves_only_in_the_states_that_live(orb: Orb) -> None:
    moving = set()
    for state in typing.get_args(State):
        orb.set_state(state)
        if orb.animated:
            moving.add(state)
    assert moving == MOVING


def test_hidden_it_stands_still(orb: Orb) -> None:
    orb.set_state("thinking")
    orb.hide()
    assert not orb.animated
    orb.show()
    assert orb.animated


def test_reduced_motion_stills_it(orb: Orb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Theme, "reduced_motion", property(lambda _: True))
    orb.set_state("speaking")
    assert not orb.animated


def test_every_state_looks_different(orb: Orb, qapp: QApplication) -> None:
    pictures = set()
    for state in typing.get_args(State):
        orb.set_state(state)
        pictures.add(bytes(orb.grab().toImage().constBits()))
    orb.set_state("idle", error=True)
    pictures.add(bytes(orb.grab().toImage().constBits()))
    assert len(pictures) == 8


def test_it_follows_the_level(orb: Orb) -> None:
    orb.set_state("hearing")
    quiet = bytes(orb.grab().toImage().constBits())
    orb.set_levels(microphone=0.5, voice=0.0)
    for _ in range(10):
        orb._step()
    assert bytes(orb.grab().toImage().constBits()) != quiet
