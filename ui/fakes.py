"""A controller without engines or devices: plays scripts of real events, for tests, screenshots and `ui.demo`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app import events
from app.events import Event, Listener


@dataclass
class FakeController:
    """Keeps what was asked of it. `emit` and `play` may be called from any thread."""

    asked: list[str] = field(default_factory=list)
    muted: list[bool] = field(default_factory=list)
    stops: int = 0
    started: int = 0
    closed: int = 0
    _listeners: list[Listener] = field(default_factory=list)
    _last: int = 0

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def start(self) -> None:
        self.started += 1

    def ask(self, text: str) -> int:
        self.asked.append(text)
        return self.next_turn()

    def stop_speaking(self) -> None:
        self.stops += 1

    def set_muted(self, muted: bool) -> None:
        self.muted.append(muted)

    def close(self) -> None:
        self.closed += 1

    def next_turn(self) -> int:
        self._last += 1
        return self._last

    def emit(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)

    def play(self, script: Iterable[Event]) -> None:
        for event in script:
            self.emit(event)


class DemoController(FakeController):
    """Answers by itself, at the pace of a person reading aloud."""

    def __init__(self) -> None:
        super().__init__()
        self._cancelled: set[int] = set()

    def start(self) -> None:
        threading.Timer(0.8, self.emit, [state("listening")]).start()

    def ask(self, text: str) -> int:
        self.stop_speaking()
        turn = super().ask(text)
        threading.Thread(target=self._answer, args=(turn, text), daemon=True).start()
        return turn

    def stop_speaking(self) -> None:
        self._cancelled.add(self._last)

    def set_muted(self, muted: bool) -> None:
        self.emit(state("muted" if muted else "listening"))

    def _answer(self, turn: int, text: str) -> None:
        reply = (
            f"You said: {text}. This is only a demonstration, so I say the same thing whatever you ask me."
        )
        pause = threading.Event()
        self.emit(state("thinking"))
        pause.wait(0.6)
        for event in (*written(turn, reply), state("speaking")):
            self.emit(event)
            pause.wait(0.03)
        heard = ""
        for number, word in enumerate(words_of(reply)):
            if turn in self._cancelled:
                break
            heard += word
            self.emit(events.WordsHeard(at=0.0, turn=turn, text=heard.strip()))
            self.emit(events.LevelChanged(at=0.0, microphone=0.0, voice=0.08 + 0.2 * (number % 3) / 2))
            pause.wait(0.25)
        outcome: events.Outcome = "completed" if heard == reply else "interrupted"
        self.emit(ended(turn, text, reply, heard=heard, outcome=outcome))
        self.emit(state("listening"))


# -- scripts


def state(name: events.State) -> Event:
    return events.StateChanged(at=0.0, state=name)


def words_of(text: str) -> Iterator[str]:
    """Pieces of the size that a model writes."""
    first, *rest = text.split(" ")
    yield first
    for word in rest:
        yield f" {word}"


def heard_speech(turn: int, text: str) -> Iterator[Event]:
    """The person says `text`."""
    yield events.SpeechStarted(at=0.0, turn=turn)
    yield state("hearing")
    partial = ""
    for word in words_of(text):
        partial += word
        yield events.LevelChanged(at=0.0, microphone=0.2, voice=0.0)
        yield events.PartialTranscript(at=0.0, turn=turn, text=partial)
    yield events.SpeechEnded(at=1.0, turn=turn, last_speech=0.6)
    yield state("thinking")
    yield events.TranscriptReady(at=1.0, turn=turn, text=text)


def written(turn: int, reply: str) -> Iterator[Event]:
    for token in words_of(reply):
        yield events.ReplyToken(at=1.0, turn=turn, text=token)


def spoken(turn: int, heard: str) -> Iterator[Event]:
    """The voice says the words of `heard`."""
    yield events.PlaybackStarted(at=2.0, turn=turn)
    yield state("speaking")
    so_far = ""
    for word in words_of(heard):
        so_far += word
        yield events.LevelChanged(at=2.0, microphone=0.0, voice=0.2)
        yield events.WordsHeard(at=2.0, turn=turn, text=so_far)


def ended(
    turn: int,
    asked: str,
    reply: str,
    *,
    heard: str | None = None,
    outcome: events.Outcome = "completed",
    model: str = "Starter",
    local: bool = True,
) -> Event:
    timings = {"endpointing_delay": 0.6, "stt": 0.12, "ttft": 0.09, "time_to_first_audio": 0.9}
    return events.TurnEnded(
        at=3.0,
        turn=turn,
        asked=asked,
        reply=reply,
        heard=reply if heard is None else heard,
        outcome=outcome,
        timings=timings,
        model=model,
        local=local,
    )


def answered(
    turn: int, asked: str, reply: str, *, model: str = "Starter", local: bool = True
) -> Iterator[Event]:
    """A whole spoken turn."""
    yield from heard_speech(turn, asked)
    yield from written(turn, reply)
    yield from spoken(turn, reply)
    yield ended(turn, asked, reply, model=model, local=local)
    yield state("listening")


def tool_turn(turn: int) -> Iterator[Event]:
    asked, result = "set a pasta timer for ten minutes", "I have set a pasta timer for 10 minutes."
    yield from heard_speech(turn, asked)
    arguments = {"seconds": 600, "label": "pasta"}
    yield events.ToolCalled(at=1.2, turn=turn, name="set_timer", arguments=arguments, result=result)
    yield from written(turn, result)
    yield from spoken(turn, result)
    yield ended(turn, asked, result)
    yield state("listening")


def barge_in(turn: int, asked: str, reply: str, heard: str) -> Iterator[Event]:
    """An answer that is cut off after `heard` by the next turn's first words."""
    yield from heard_speech(turn, asked)
    yield from written(turn, reply)
    yield from spoken(turn, heard)
    yield events.SpeechStarted(at=2.5, turn=turn + 1)
    yield state("hearing")
    yield ended(turn, asked, reply, heard=heard, outcome="interrupted")


def engine_failure(turn: int) -> Iterator[Event]:
    message = "My text model failed: its process ended. I have started it again; please ask once more."
    yield from heard_speech(turn, "tell me a story")
    yield events.EngineFailed(at=1.5, turn=turn, stage="think", message="its process ended")
    yield events.NoticeRaised(at=1.5, turn=turn, level="error", message=message)
    yield ended(turn, "tell me a story", "", outcome="failed")
    yield state("listening")
