"""Engines, a loudspeaker and a clock that tests turn by hand. They keep to the Protocols, so any test may use them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from engines.audio.playback import Playback
from engines.audio.ports import FRAME
from engines.cancel import CancelToken
from engines.types import (
    AudioFrame,
    EngineInfo,
    Message,
    Samples,
    SpeechChunk,
    ToolCall,
    ToolSpec,
    Transcript,
)

RATE = 16_000
SECONDS_PER_CHARACTER = 0.05  # how fast the fake voice speaks


class FakeClock:
    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time


class FakeEngine:
    name = "fake"

    def start(self) -> EngineInfo:
        return EngineInfo(self.name, self.name)

    def close(self) -> None:
        pass


@dataclass
class FakeRecognizer(FakeEngine):
    """Hears the given texts, one an utterance; with words so far as partials."""

    texts: list[str] = field(default_factory=list)
    error: Exception | None = None

    def transcribe(
        self, frames: Iterable[AudioFrame], language: str, cancel: CancelToken
    ) -> Iterator[Transcript]:
        text = self.texts.pop(0) if self.texts else ""
        words = text.split()
        for number, _ in enumerate(frames):
            if self.error is not None:
                raise self.error
            if number < len(words):
                yield Transcript(" ".join(words[: number + 1]), language, final=False)
        if not cancel.cancelled:
            yield Transcript(text, language)


@dataclass
class FakeModel(FakeEngine):
    """Answers with the given pieces, one list a call; `before_piece` runs before each."""

    replies: list[list[str | ToolCall]] = field(default_factory=list)
    error: Exception | None = None
    before_piece: Callable[[int], None] = lambda number: None
    asked: list[list[Message]] = field(default_factory=list)
    details: dict[str, object] = field(default_factory=dict)

    def start(self) -> EngineInfo:
        return EngineInfo("fake", "fake-model", details=self.details)

    def reply(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Iterator[str | ToolCall]:
        self.asked.append(list(messages))
        for number, piece in enumerate(self.replies.pop(0) if self.replies else ["Yes, I hear you."]):
            self.before_piece(number)
            if cancel.cancelled:
                return
            yield piece
        if self.error is not None:
            raise self.error


@dataclass
class FakeVoice(FakeEngine):
    """Speaks a tone of 50 ms a character, in chunks of 80 ms."""

    spoken: list[str] = field(default_factory=list)
    error: Exception | None = None

    def speak(self, clause: str, language: str, cancel: CancelToken) -> Iterator[SpeechChunk]:
        if self.error is not None:
            raise self.error
        self.spoken.append(clause)
        audio = tone(len(clause) * SECONDS_PER_CHARACTER)
        for start in range(0, len(audio), 1280):
            if cancel.cancelled:
                return
            yield SpeechChunk(audio[start : start + 1280], RATE, clause)
        yield SpeechChunk(np.zeros(0, dtype=np.float32), RATE, clause, last=True)


class FakeSpeaker:
    """Plays an answer once it is all there: `until` seconds of it, then `on_limit` is called, then no more."""

    sample_rate = RATE
    volume = 1.0
    latency = 0.0

    def __init__(self, until: float = float("inf"), on_limit: Callable[[], None] = lambda: None) -> None:
        self.until = until
        self.on_limit = on_limit
        self.playbacks: list[Playback] = []

    def open_playback(self) -> Playback:
        playback = _PlayedAtOnce(self)
        self.playbacks.append(playback)
        return playback

    def wake(self) -> None:
        pass

    def reference(self) -> Samples:
        return np.zeros(FRAME, dtype=np.float32)

    def close(self) -> None:
        pass


class _PlayedAtOnce(Playback):
    def __init__(self, speaker: FakeSpeaker) -> None:
        super().__init__(RATE)
        self._speaker = speaker

    def finish(self) -> None:
        super().finish()
        played = 0
        while not self.ended.is_set():
            if played >= self._speaker.until * RATE:
                self._speaker.on_limit()
                return
            self.pull(FRAME)
            played += FRAME


def tone(seconds: float, frequency: float = 220.0) -> Samples:
    t = np.arange(int(seconds * RATE)) / RATE
    return (0.3 * np.sin(2 * np.pi * frequency * t)).astype(np.float32)
