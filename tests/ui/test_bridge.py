import threading

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.events import Event, LevelChanged, ReplyToken
from ui.bridge import Bridge


def token(number: int, turn: int = 1) -> Event:
    return ReplyToken(at=0.0, turn=turn, text=str(number))


def test_events_of_other_threads_arrive_in_the_qt_thread_in_order(qtbot: QtBot) -> None:
    bridge = Bridge()
    received: list[Event] = []
    threads: set[QThread] = set()

    def receive(event: Event) -> None:
        received.append(event)
        threads.add(QThread.currentThread())

    bridge.happened.connect(receive)

    def deliver(turn: int) -> None:
        for number in range(200):
            bridge.deliver(token(number, turn))

    workers = [threading.Thread(target=deliver, args=(turn,)) for turn in range(4)]
    for worker in workers:
        worker.start()
    qtbot.waitUntil(lambda: len(received) == 800)
    for worker in workers:
        worker.join()
    assert threads == {bridge.thread()}
    for turn in range(4):
        mine = [event for event in received if event.turn == turn]
        assert mine == [token(number, turn) for number in range(200)]


def test_delivery_from_the_qt_thread_waits_for_the_loop(qtbot: QtBot) -> None:
    bridge = Bridge()
    received: list[Event] = []
    bridge.happened.connect(received.append)
    bridge.deliver(token(1))
    assert received == []
    qtbot.waitUntil(lambda: received == [token(1)])


def test_only_the_newest_level_is_delivered(qapp: QApplication) -> None:
    bridge = Bridge()
    received: list[Event] = []
    bridge.happened.connect(received.append)
    for number in range(1000):
        bridge.deliver(LevelChanged(at=float(number), microphone=0.0, voice=0.0))
    bridge.deliver(token(1))
    qapp.processEvents()
    assert received == [token(1), LevelChanged(at=999.0, microphone=0.0, voice=0.0)]


def test_a_closed_bridge_delivers_nothing(qapp: QApplication) -> None:
    bridge = Bridge()
    received: list[Event] = []
    bridge.happened.connect(received.append)
    bridge.deliver(token(1))
    bridge.close()
    bridge.deliver(token(2))
    qapp.processEvents()
    assert received == []
