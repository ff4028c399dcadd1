import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, write
from ui.composer import Composer
from ui.theme import Theme


@pytest.fixture
def composer(qtbot: QtBot, theme: Theme) -> Composer:
    made = Composer(theme)
    qtbot.addWidget(made)
    made.resize(500, 60)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_enter_sends_and_shift_enter_begins_a_line(qtbot: QtBot, composer: Composer) -> None:
    sent: list[str] = []
    composer.submitted.connect(sent.append)
    write(composer.box, "one")
    press(composer.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write(composer.box, "two")
    press(composer.box, Qt.Key.Key_Return)
    assert sent == ["one\ntwo"]
    assert composer.box.toPlainText() == ""


def test_an_empty_message_is_not_sent(qtbot: QtBot, composer: Composer) -> None:
    sent: list[str] = []
    composer.submitted.connect(sent.append)
    write(composer.box, "  ")
    press(composer.box, Qt.Key.Key_Return)
    assert sent == []
    assert not composer.send.isEnabled()


def test_up_brings_back_the_last_message(qtbot: QtBot, composer: Composer) -> None:
    write(composer.box, "hello")
    press(composer.box, Qt.Key.Key_Return)
    press(composer.box, Qt.Key.Key_Up)
    assert composer.box.toPlainText() == "hello"


def test_the_box_grows_with_its_text_and_then_scrolls(qtbot: QtBot, composer: Composer) -> None:
    heights = []
    for lines in (1, 3, 6, 30):
        composer.put("\n".join(["line"] * lines))
        heights.append(composer.box.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_while_busy_an_empty_box_offers_to_stop(qtbot: QtBot, composer: Composer) -> None:
    composer.set_busy(True)
    assert composer.stop.isVisible()
    assert not composer.send.isVisible()
    write(composer.box, "x")
    assert composer.send.isVisible()
    composer.box.clear()
    composer.set_busy(False)
    assert not composer.stop.isVisible()


def test_tooltips_show_the_keys(qtbot: QtBot, composer: Composer) -> None:
    tips = [composer.talk.toolTip(), composer.send.toolTip(), composer.stop.toolTip()]
    assert tips == ["Mute the microphone (Ctrl+M)", "Send (Enter)", "Stop (Esc)"]


def test_pasted_markup_is_plain_text(qtbot: QtBot, composer: Composer) -> None:
    composer.box.insertFromMimeData(_html("<b>bold</b>"))
    assert composer.box.toPlainText() == "bold"
    assert "font-weight" not in composer.box.toHtml().split("<body", 1)[1].split(">", 1)[1]


def _html(text: str) -> QMimeData:
    data = QMimeData()
    data.setHtml(text)
    data.setText("bold")
    return data
