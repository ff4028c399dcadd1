"""What the loop knows of a microphone and a loudspeaker; real devices and files both look like this."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from engines.audio.playback import Playback
from engines.types import SAMPLE_RATE, AudioFrame, Samples

FRAME = SAMPLE_RATE // 100  # samples of a frame: 10 ms, which echo cancellation wants exactly


class Microphone(Protocol):
    def frames(self) -> Iterator[AudioFrame]:
        """Frames of 10 ms at 16 kHz, without gaps in time, until closed or the file is over."""
        ...

    def close(self) -> None: ...


class Speaker(Protocol):
    sample_rate: int
    volume: float  # 0 to 1

    def open_playback(self) -> Playback:
        """A new playback; it sounds together with what is still being played."""
        ...

    def wake(self) -> None:
        """An answer may come soon: be ready. Returns at once."""
        ...

    def reference(self) -> Samples:
        """What was played during the microphone's last frame: (FRAME,) at 16 kHz. Called once a frame."""
        ...

    @property
    def latency(self) -> float:
        """Seconds from a sample's pull to its sound."""
        ...

    def close(self) -> None: ...
