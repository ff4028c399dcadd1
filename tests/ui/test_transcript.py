from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import events
from tests.ui.looks import play
from ui import fakes
from ui.fakes import FakeController
from ui.main_window import MainWindow
from ui.transcript import FLUSH_MILLISECONDS

TOKENS = 2000


def fill(qtbot: QtBot, window: MainWindow, controller: FakeController, turns: int) -> None:
    for turn in range(1, turns + 1):
        script = [*fakes.written(turn, "An answer of a few words."), fakes.ended(turn, "hi", "An answer.")]
        play(qtbot, window, controller, script)


def test_a_flood_of_tokens_is_drawn_in_few_frames(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    fill(qtbot, window, controller, 3)
    before = window.transcript.exchanges
    play(qtbot, window, controller, [events.ReplyToken(at=0.0, turn=9, text="Well, ")])
    changes: list[int] = []
    others: list[int] = []
    answer = window.transcript.exchanges[-1].answer
    answer.document().contentsChange.connect(lambda *_: changes.append(1))
    for exchange in before:
        exchange.answer.document().contentsChange.connect(lambda *_: others.append(1))
    script = [events.ReplyToken(at=0.0, turn=9, text=f"word{number} ") for number in range(TOKENS)]
    play(qtbot, window, controller, script)
    assert answer.text.endswith(f"word{TOKENS - 1} ")
    assert len(changes) <= 3  # and not one for each token
    assert others == []


def test_a_slow_stream_is_drawn_at_most_thirty_times_a_second(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [events.ReplyToken(at=0.0, turn=1, text="Well, ")])
    changes: list[int] = []
    window.transcript.exchanges[0].answer.document().contentsChange.connect(lambda *_: changes.append(1))
    for number in range(20):  # all within the first frame
        controller.emit(events.ReplyToken(at=0.0, turn=1, text=f"{number} "))
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.transcript.drawing, timeout=40 * FLUSH_MILLISECONDS)
    assert 1 <= len(changes) < 20


def test_the_newest_words_stay_in_sight(qtbot: QtBot, window: MainWindow, controller: FakeController) -> None:
    fill(qtbot, window, controller, 12)
    bar = window.transcript.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()


def test_a_person_who_scrolled_up_is_left_alone(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    fill(qtbot, window, controller, 12)
    bar = window.transcript.verticalScrollBar()
    bar.setValue(10)
    play(qtbot, window, controller, fakes.written(99, "Some more words. " * 40))
    assert bar.value() == 10
    window.ask("and now?")
    QApplication.processEvents()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())


def test_the_conversation_keeps_its_column_when_the_scroll_bar_appears(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    fill(qtbot, window, controller, 1)
    exchange = window.transcript.exchanges[0]
    before = exchange.mapTo(window, exchange.rect().topLeft()).x(), exchange.width()
    fill(qtbot, window, controller, 12)
    assert window.transcript.verticalScrollBar().isVisible()
    assert (exchange.mapTo(window, exchange.rect().topLeft()).x(), exchange.width()) == before


def test_messages_wrap_in_a_narrow_window(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    long = (
        "This is a message that is a good deal longer than the window is wide, and has aLongWord" + "x" * 200
    )
    play(qtbot, window, controller, fakes.answered(1, long, long))
    window.resize(360, 600)
    QApplication.processEvents()
    (exchange,) = window.transcript.exchanges
    for prose in (exchange.bubble.prose, exchange.answer):
        assert prose.document().size().height() <= prose.height() + 1
        assert prose.document().idealWidth() <= prose.width() + 1
    assert window.transcript.horizontalScrollBar().maximum() == 0


def test_a_word_that_comes_after_the_end_changes_nothing(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    fill(qtbot, window, controller, 1)
    play(qtbot, window, controller, [events.WordsHeard(at=0.0, turn=1, text="An")])
    assert len(window.transcript.exchanges) == 1


def test_the_wheel_over_a_message_scrolls_the_conversation(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    fill(qtbot, window, controller, 12)
    bar = window.transcript.verticalScrollBar()
    message = window.transcript.exchanges[-1].answer.viewport()
    QTest.wheelEvent(window.windowHandle(), message.mapTo(window, QPoint(5, 5)), QPoint(0, 120))
    qtbot.waitUntil(lambda: bar.value() < bar.maximum())
