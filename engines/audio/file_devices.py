"""A file as the microphone and a recording as the loudspeaker, on one clock: the microphone's samples.

Time runs as fast as it may. While the conversation computes (`Pace.busy`), a second of audio takes a second, so what
an engine's slowness would do to a live conversation happens here too; otherwise frames come at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np

from engines.audio.mixer import Mixer
from engines.audio.playback import Playback
from engines.audio.ports import FRAME
from engines.audio.resample import resample
from engines.types import SAMPLE_RATE, AudioFrame, Samples

SPEAKER_RATE = 24_000


class Pace:
    """How fast the file's time may run; `busy` is asked before every frame."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        self._busy = busy
        self._due = 0.0

    def before_frame(self) -> None:
        if not self._busy():
            self._due = 0.0
            return
        now = time.monotonic()
        self._due = max(self._due, now - 0.05) + FRAME / SAMPLE_RATE
        if self._due > now:
            time.sleep(self._due - now)


class FileMicrophone:
    """A recording, then silence until `idle()` says that the conversation has come to rest."""

    def __init__(self, samples: Samples, pace: Pace, idle: Callable[[], bool]) -> None:
        """`samples` is (N,) at 16 kHz."""
        self._samples = samples
        self._pace = pace
        self._idle = idle
        self._closed = threading.Event()

    def frames(self) -> Iterator[AudioFrame]:
        position = 0
        while not self._closed.is_set():
            if position >= len(self._samples) and self._idle():
                return
            self._pace.before_frame()
            samples = np.zeros(FRAME, dtype=np.float32)
            part = self._samples[position : position + FRAME]
            samples[: len(part)] = part
            yield AudioFrame(samples, SAMPLE_RATE, position / SAMPLE_RATE)
            position += FRAME

    def close(self) -> None:
        self._closed.set()


class FileSpeaker:
    """Records what would have been played; each microphone frame pulls as much, so both keep one time."""

    latency = 0.0

    def __init__(self) -> None:
        self.sample_rate = SPEAKER_RATE
        self.volume = 1.0
        self._recorded: list[Samples] = []
        self._mixer = Mixer(self.sample_rate)

    def open_playback(self) -> Playback:
        return self._mixer.open()

    def wake(self) -> None:
        pass

    def reference(self) -> Samples:
        self._recorded.append(self._mixer.pull(self.sample_rate // 100, self.volume))
        return np.zeros(FRAME, dtype=np.float32)  # a file hears no loudspeaker

    def close(self) -> None:
        pass

    def recording(self, sample_rate: int = SPEAKER_RATE) -> Samples:
        """All that was played so far, from the microphone's first sample on."""
        if not self._recorded:
            return np.zeros(0, dtype=np.float32)
        return resample(np.concatenate(self._recorded), self.sample_rate, sample_rate)
