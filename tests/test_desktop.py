"""The conversation behind the window, with the real engines and whatever sound this machine has: none, in CI."""

from __future__ import annotations

import queue
from typing import Any

import pytest

from app import desktop as desktop_module
from app.desktop import Desktop
from app.events import Event, NoticeRaised, TurnEnded
from app.paths import Paths
from app.settings import load
from engines.errors import DeviceError
from tests.llm.fake_server import FakeServer

PATIENCE = 60.0


class Listening:
    def __init__(self) -> None:
        self.events: queue.Queue[Event] = queue.Queue()

    def next(self, kind: type[Event]) -> Any:
        while True:
            event = self.events.get(timeout=PATIENCE)
            if isinstance(event, kind):
                return event


def no_card(*arguments: Any, **options: Any) -> Any:
    raise DeviceError("There is no microphone on this computer. Plug one in.")


def test_without_any_sound_device_one_can_type(home: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_module, "SoundCard", no_card)
    listening = Listening()
    with FakeServer(["Hello to you."]) as server:
        overrides = ["llm.engine=openai-compatible", f"llm.base_url={server.url}"]
        desktop = Desktop(load(overrides=overrides), home)
        desktop.subscribe(listening.events.put)
        desktop.start()
        assert "You can type meanwhile" in listening.next(NoticeRaised).message
        turn = desktop.ask("hello")
        ended = listening.next(TurnEnded)
        assert (ended.turn, ended.reply, ended.outcome) == (turn, "Hello to you.", "completed")
        desktop.close()


def test_closing_at_once_is_quiet(home: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_module, "SoundCard", no_card)
    listening = Listening()
    desktop = Desktop(load(), home)
    desktop.subscribe(listening.events.put)
    desktop.start()
    desktop.close()
    while not listening.events.empty():
        event = listening.events.get()
        assert not (isinstance(event, NoticeRaised) and event.level == "error")
