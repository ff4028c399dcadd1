"""What a conversation's turns share (`Session`), and what each has to itself (`Turn`). Knows nothing of devices."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.clock import Clock
from app.conversation import Conversation, ToolUse
from app.events import Event, Outcome
from app.slots import EngineSlot
from app.utterance import Utterance
from engines.audio.playback import Playback
from engines.cancel import CancelToken
from engines.protocols import LanguageModel, SpeechRecognizer, SpeechSynthesizer
from engines.types import ToolCall, ToolSpec


class ToolResult(Protocol):
    @property
    def spoken(self) -> str: ...

    @property
    def ok(self) -> bool: ...


class Toolbox(Protocol):
    @property
    def specs(self) -> Sequence[ToolSpec]: ...

    def run(self, call: ToolCall) -> ToolResult: ...


@dataclass
class Session:
    """What all turns of a conversation share."""

    hear: EngineSlot[SpeechRecognizer]
    think: EngineSlot[LanguageModel]
    speak: EngineSlot[SpeechSynthesizer]
    open_playback: Callable[[], Playback | None]  # None: replies are read, not heard
    conversation: Conversation
    toolbox: Toolbox
    clock: Clock
    emit: Callable[[Event], None]
    take_floor: Callable[[Turn], None]  # cuts off the turn before and waits until it is remembered
    give_way: Callable[[Turn], None]  # what was held for this turn goes on
    language: str = "en"


@dataclass(eq=False)
class Turn:
    """One turn's own state. `utterance` for a spoken one, `asked` for a typed one."""

    id: int
    utterance: Utterance | None = None
    asked: str = ""
    began: float = 0.0
    cancel: CancelToken = field(default_factory=CancelToken)
    playback: Playback | None = None
    computing: bool = False  # an engine is at work and somebody waits for it
    has_floor: bool = False
    cut_off: bool = False  # it took the floor from a turn that was not over
    wants_answer: bool = True
    held: bool = False  # somebody else makes a sound; perhaps it is speech
    reply: str = ""
    shown: list[str] = field(default_factory=list)  # clauses, where nothing is spoken
    tools: list[ToolUse] = field(default_factory=list)
    speaks_results: bool = False
    failed: bool = False
    voice_failed: bool = False  # the reply could be read, not heard
    marks: dict[str, float] = field(default_factory=dict)
    done: threading.Event = field(default_factory=threading.Event)

    def mark(self, name: str, at: float) -> None:
        """Remember when something first happened."""
        self.marks.setdefault(name, at)

    def interrupt(self) -> None:
        self.cancel.cancel()
        if self.playback is not None:
            self.playback.stop()

    def hold(self) -> None:
        """Be silent until it is clear whether that sound is somebody speaking."""
        self.held = True
        if self.playback is not None:
            self.playback.pause("sound")

    def release(self) -> None:
        """It was not: go on."""
        self.held = False
        if self.playback is not None:
            self.playback.resume("sound")

    @property
    def heard(self) -> str:
        return self.playback.heard() if self.playback is not None else " ".join(self.shown)

    @property
    def outcome(self) -> Outcome:
        if self.cancel.cancelled or (self.playback is not None and self.playback.stopped):
            return "interrupted"
        return "failed" if self.failed else "completed"
