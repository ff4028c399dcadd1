"""Real workers are killed and hung in the middle of a turn: it is said, they come back, the conversation goes on."""

from __future__ import annotations

import os
import queue
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.build import Parts, build, build_ears
from app.clock import AudioClock
from app.events import EngineFailed, Event, NoticeRaised, PartialTranscript, ReplyToken, TurnEnded
from app.paths import Paths
from app.settings import load
from engines.audio.echo import NoEchoCanceller
from engines.audio.file_devices import FileMicrophone, FileSpeaker, Pace
from engines.errors import EngineError
from engines.worker import WorkerEngine
from tests.engines.test_conformance import speech
from tests.llm.fake_server import FakeServer
from tests.llm.tiny_gguf import build_tiny_gguf

PATIENCE = 60.0


class Conversation:
    """Typed turns with the real llama.cpp worker on a tiny model of random weights."""

    def __init__(self, paths: Paths, model: Path) -> None:
        overrides = [f"llm.model={model}", "llm.max_tokens=400", "turn.stall_seconds=3"]
        self.parts: Parts = build(load(overrides=overrides), paths)
        self.assistant = self.parts.assistant
        self.events: queue.Queue[Event] = queue.Queue()
        self.assistant.subscribe(self.events.put)
        self.assistant.start(wait=True, stages=["think"])

    @property
    def worker(self) -> WorkerEngine:
        engine: Any = self.assistant.session.think.get()
        assert isinstance(engine, WorkerEngine)
        return engine

    def next(self, kind: type[Event]) -> Any:
        while True:
            event = self.events.get(timeout=PATIENCE)
            if isinstance(event, kind):
                return event


@pytest.fixture
def conversation(home: Paths, tmp_path: Path) -> Iterator[Conversation]:
    model = build_tiny_gguf(tmp_path / "tiny.gguf")
    conversation = Conversation(home, model)
    yield conversation
    conversation.parts.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_killed_model_is_told_restarted_and_the_conversation_goes_on(conversation: Conversation) -> None:
    conversation.assistant.ask("first")
    assert conversation.next(TurnEnded).outcome == "completed"
    conversation.assistant.ask("second")
    conversation.next(ReplyToken)
    pid = conversation.worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert conversation.next(EngineFailed).stage == "think"
    assert "text model" in conversation.next(NoticeRaised).message
    conversation.assistant.wait_idle(PATIENCE)
    third = conversation.assistant.ask("third")
    assert third.done.wait(PATIENCE)
    assert third.outcome == "completed"
    assert conversation.worker.pid != pid
    asked = [exchange.asked for exchange in conversation.parts.assistant.session.conversation.exchanges]
    assert asked == ["first", "second", "third"]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs POSIX signals")
def test_a_hung_model_is_ended_and_restarted(conversation: Conversation) -> None:
    turn = conversation.assistant.ask("first")
    conversation.next(ReplyToken)
    pid = conversation.worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    assert turn.done.wait(PATIENCE)
    assert turn.outcome == "failed"
    again = conversation.assistant.ask("second")
    assert again.done.wait(PATIENCE)
    assert again.outcome == "completed"
    assert conversation.worker.pid != pid


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_recognizer_killed_while_somebody_speaks_hears_the_next_sentence(home: Paths) -> None:
    pause = np.zeros(16_000 * 5, dtype=np.float32)
    person = np.concatenate([speech("what time is it"), pause, speech("what time is it"), pause])
    events: list[Event] = []
    with FakeServer(["It is noon."]) as server:
        overrides = ["llm.engine=openai-compatible", f"llm.base_url={server.url}"]
        settings, clock, speaker = load(overrides=overrides), AudioClock(), FileSpeaker()
        parts = build(settings, home, speaker=speaker, clock=clock, utterance_limit=10)
        assistant = parts.assistant

        def kill_once(event: Event) -> None:
            events.append(event)
            if isinstance(event, PartialTranscript) and not any(isinstance(e, EngineFailed) for e in events):
                recognizer: Any = assistant.session.hear.get()
                os.kill(recognizer.pid, signal.SIGKILL)

        assistant.subscribe(kill_once)
        parts.start(wait=True, timers=False)
        microphone = FileMicrophone(person, Pace(assistant.busy), assistant.idle)
        assistant.listen(build_ears(parts, settings, microphone, speaker, clock, NoEchoCanceller()))
        assistant.join_ears()
        parts.close()
    assert {event.stage for event in events if isinstance(event, EngineFailed)} == {"hear"}
    assert any("recognizer" in event.message for event in events if isinstance(event, NoticeRaised))
    assert [(event.asked, event.outcome) for event in events if isinstance(event, TurnEnded)] == [
        ("", "failed"),
        ("what time is it", "completed"),
    ]


def test_a_model_that_is_garbage_is_a_sentence_not_a_crash(home: Paths, tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.gguf"
    garbage.write_bytes(b"GGUF" + bytes(range(256)) * 40)
    conversation = Conversation(home, garbage)
    try:
        turn = conversation.assistant.ask("hello")
        assert turn.done.wait(PATIENCE)
        assert turn.outcome == "failed"
        with pytest.raises(EngineError, match=r"garbage\.gguf"):
            conversation.assistant.session.think.get()
    finally:
        conversation.parts.close()
