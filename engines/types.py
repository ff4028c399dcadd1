"""What flows through the loop: small frozen values. Audio is float32 mono in [-1, 1]; times are seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]  # (N,)

SAMPLE_RATE = 16_000  # of everything the ears and the recognizers hear


@dataclass(frozen=True, eq=False)
class AudioFrame:
    """A piece of the microphone's stream; `start` is the time of its first sample on the audio clock."""

    samples: Samples
    sample_rate: int
    start: float

    @property
    def duration(self) -> float:
        return len(self.samples) / self.sample_rate

    @property
    def end(self) -> float:
        return self.start + self.duration


@dataclass(frozen=True)
class Transcript:
    """What was heard so far (`final=False`) or in the whole utterance. `language` is a BCP 47 tag."""

    text: str
    language: str = "en"
    final: bool = True


@dataclass(frozen=True, eq=False)
class SpeechChunk:
    """Some audio of one clause, in order. `last` marks the clause's end; `audio` may then be empty."""

    audio: Samples
    sample_rate: int
    clause: str
    last: bool = False


@dataclass(frozen=True)
class ToolSpec:
    """A tool as a model sees it. `parameters` is a JSON schema of type object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class ToolCall:
    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True)
class Message:
    """One message of a conversation as a model reads it."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""


@dataclass(frozen=True)
class EngineInfo:
    """What an engine says of itself: for `repartee doctor`, the window's badge and the log."""

    name: str
    model: str
    local: bool = True
    details: Mapping[str, Any] = field(default_factory=dict)
