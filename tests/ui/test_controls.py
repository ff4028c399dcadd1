"""What a person can do with keys and mouse, and what the controller is asked for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app import events
from tests.ui.hands import click, press, write
from tests.ui.looks import play
from ui import fakes
from ui.fakes import FakeController
from ui.main_window import MainWindow


def test_typing_asks_and_shows_the_message(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    write(window.composer.box, "hello there")
    press(window.composer.box, Qt.Key.Key_Return)
    assert controller.asked == ["hello there"]
    (exchange,) = window.transcript.exchanges
    assert exchange.bubble.prose.text == "hello there"
    play(qtbot, window, controller, [*fakes.written(1, "Hi!"), fakes.ended(1, "hello there", "Hi!")])
    assert window.transcript.exchanges == [exchange]
    assert exchange.answer.text == "Hi!"


def test_a_typed_turn_takes_the_number_of_a_sound_that_was_no_turn(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [events.PartialTranscript(at=0.0, turn=1, text="hm")])
    window.ask("hello")
    play(qtbot, window, controller, [events.SpeechDismissed(at=0.0, turn=1), *fakes.written(1, "Hi!")])
    (exchange,) = window.transcript.exchanges
    assert (exchange.bubble.prose.text, exchange.answer.text) == ("hello", "Hi!")


def test_a_message_typed_during_an_answer_stands_after_it(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    window.ask("first")
    play(qtbot, window, controller, fakes.written(1, "One"))
    window.ask("second")
    late = fakes.ended(1, "first", "One", heard="", outcome="interrupted")
    play(qtbot, window, controller, [late, *fakes.written(2, "Two")])
    assert [exchange.answer.text for exchange in window.transcript.exchanges] == ["One", "Two"]


def test_an_example_can_be_clicked(qtbot: QtBot, window: MainWindow, controller: FakeController) -> None:
    examples = [button for button in window.findChildren(QPushButton) if button.objectName() == "example"]
    click(examples[0])
    assert controller.asked == ["What time is it?"]
    assert not examples[0].isVisible()


def test_escape_and_the_stop_button_stop(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [fakes.state("speaking")])
    press(window.composer.box, Qt.Key.Key_Escape)
    assert controller.stops == 1
    click(window.composer.stop)
    assert controller.stops == 2


def test_the_talk_button_and_its_key_mute_and_unmute(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [fakes.state("listening")])
    click(window.composer.talk)
    assert window.composer.talk.accessibleName() == "Talk: turn the microphone on"
    press(window.composer.box, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert controller.muted == [True, False]
    assert window.composer.talk.accessibleName() == "Mute the microphone"


def test_without_a_microphone_the_talk_button_asks_for_one(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [fakes.state("idle")])
    for _ in range(2):
        click(window.composer.talk)
    assert controller.muted == [False, False]
    assert window.composer.talk.accessibleName() == "Talk: turn the microphone on"


def test_what_is_typed_elsewhere_goes_into_the_box(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, fakes.answered(1, "hi", "Hello."))
    answer = window.transcript.exchanges[0].answer
    answer.setFocus()
    write(answer, "ok")
    assert window.composer.box.toPlainText() == "ok"


def test_the_answer_can_be_selected_and_copied(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, fakes.answered(1, "hi", "Hello."))
    answer = window.transcript.exchanges[0].answer
    answer.selectAll()
    press(answer, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Hello."


def test_every_control_has_a_name_and_can_be_reached_by_tab(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    buttons = [*window.findChildren(QToolButton), *window.findChildren(QPushButton)]
    nameless = [button for button in buttons if not (button.accessibleName() or button.text())]
    assert nameless == []
    assert window.transcript.accessibleName()
    assert window.composer.box.accessibleName()
    reached: set[QWidget] = set()
    widget = window.composer.box.nextInFocusChain()
    while widget is not None and widget is not window.composer.box:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            reached.add(widget)
        widget = widget.nextInFocusChain()
    assert {window.composer.talk, window.transcript} <= reached
    assert {button for button in buttons if button.isVisible() and button.isEnabled()} <= reached


def test_closing_hears_nothing_more(qtbot: QtBot, window: MainWindow, controller: FakeController) -> None:
    window.close()
    play(qtbot, window, controller, fakes.answered(1, "hi", "Hello."))
    assert window.transcript.exchanges == []
