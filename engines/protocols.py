"""The seams: every engine of a kind looks like this, in this process, in a worker process or in a cloud.

Calls stream: they return iterators, and every item is a place to stop. An engine serves one call at a time; a
second call waits. All of them stop soon after their cancel token is cancelled, by ending the iterator without an
error. Errors are `engines.errors.EngineError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

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


@runtime_checkable
class Engine(Protocol):
    def start(self) -> EngineInfo:
        """Load the model and warm it up. Called once, before any other call."""
        ...

    def close(self) -> None:
        """Give back memory, processes and connections. Safe to call twice."""
        ...


class SpeechRecognizer(Engine, Protocol):
    def transcribe(
        self, frames: Iterable[AudioFrame], language: str, cancel: CancelToken
    ) -> Iterator[Transcript]:
        """Yield partial transcripts while 16 kHz frames arrive and the final one last, also if it is empty."""
        ...


class LanguageModel(Engine, Protocol):
    def reply(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Iterator[str | ToolCall]:
        """Yield the reply's text piece by piece, and whole tool calls where the model makes them."""
        ...


class SpeechSynthesizer(Engine, Protocol):
    def speak(self, clause: str, language: str, cancel: CancelToken) -> Iterator[SpeechChunk]:
        """Yield the clause's audio as it is made; the last chunk has `last=True`."""
        ...


class VoiceActivityDetector(Protocol):
    window_size: int  # samples at 16 kHz

    def probability(self, window: Samples) -> float:
        """The probability of speech in the next `window_size` samples of the stream."""
        ...

    def reset(self) -> None: ...


class EchoCanceller(Protocol):
    frame_size: int  # samples at 16 kHz

    def process(self, heard: Samples, played: Samples) -> Samples:
        """Take what the loudspeaker played out of what the microphone heard; each is `frame_size` long."""
        ...
