"""The ears: echo cancellation → voice activity → endpointing, frame by frame. Never waits on a model.

They tell a `Listener` when the person begins and ends, and once per frame that time has passed.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

import numpy as np

from app.clock import AudioClock
from app.endpointing import Ended, Endpointer, Started
from app.utterance import Utterance
from engines.audio.ports import Microphone, Speaker
from engines.protocols import EchoCanceller, VoiceActivityDetector
from engines.types import SAMPLE_RATE, AudioFrame, Samples

PRE_ROLL_SECONDS = 0.3  # voice activity is sure only after the first consonant
GAP_SECONDS = 0.5  # less is the ordinary lateness of frames


class Listener(Protocol):
    """What the ears report to; all of it on the ears' thread, none of it may wait."""

    def speech_started(self, at: float) -> Utterance: ...

    def speech_ended(self, utterance: Utterance) -> None: ...

    def frame_passed(self, level: float) -> None: ...

    def hears_itself(self) -> bool:
        """Whether the assistant is to be heard now and nothing cancels its echo."""
        ...


class Ears:
    """One microphone stream's worth of hearing."""

    def __init__(
        self,
        *,
        microphone: Microphone,
        speaker: Speaker,
        echo_canceller: EchoCanceller,
        detector: VoiceActivityDetector,
        endpointer: Endpointer,
        clock: AudioClock,
        listener: Listener,
    ) -> None:
        self._microphone = microphone
        self._speaker = speaker
        self._echo_canceller = echo_canceller
        self._detector = detector
        self._endpointer = endpointer
        self._clock = clock
        self._listener = listener
        self.muted = False
        self._pre_roll: deque[AudioFrame] = deque(maxlen=int(PRE_ROLL_SECONDS * 100) + 16)
        self._window: list[Samples] = []
        self._window_start = 0.0
        self._utterance: Utterance | None = None
        self._origin = 0.0  # of the microphone's time on the loop's clock
        self.processed = 0.0  # seconds heard

    def run(self) -> None:
        """Hear until the microphone is closed or the file is over. Raises DeviceError."""
        for frame in self._microphone.frames():
            self._hear(frame)
        if (ended := self._endpointer.end_now(self.processed)) is not None:
            self._end(ended)

    def _hear(self, frame: AudioFrame) -> None:
        samples = self._echo_canceller.process(frame.samples, self._speaker.reference())
        if self.muted or self._listener.hears_itself():
            samples = np.zeros_like(samples)
        frame = AudioFrame(samples, frame.sample_rate, self._time_of(frame))
        self._clock.advance(frame.end, frame.duration)
        self.processed = frame.end
        self._pre_roll.append(frame)
        if self._utterance is not None:
            self._utterance.put(frame)
        self._detect(frame)
        self._listener.frame_passed(float(np.sqrt(np.mean(samples * samples))))

    def _time_of(self, frame: AudioFrame) -> float:
        """When the frame began on the loop's clock: a microphone counts from its own opening, and may have gaps."""
        late = self._clock.now() - (self._origin + frame.end)
        if late > GAP_SECONDS:
            self._origin += late
        return self._origin + frame.start

    def _detect(self, frame: AudioFrame) -> None:
        """Collect frames of 160 samples into the detector's windows of 512."""
        if not self._window:
            self._window_start = frame.start
        self._window.append(frame.samples)
        joined = np.concatenate(self._window)
        size = self._detector.window_size
        if len(joined) < size:
            return
        probability = self._detector.probability(joined[:size])
        start, end = self._window_start, self._window_start + size / SAMPLE_RATE
        self._window = [joined[size:]] if len(joined) > size else []
        self._window_start = end
        decided = self._endpointer.feed(probability, start, end)
        if isinstance(decided, Started):
            self._start(decided)
        elif isinstance(decided, Ended):
            self._end(decided)

    def _start(self, started: Started) -> None:
        utterance = self._listener.speech_started(started.at)
        self._utterance = utterance
        for frame in self._pre_roll:
            if frame.start >= started.at - PRE_ROLL_SECONDS:
                utterance.put(frame)

    def _end(self, ended: Ended) -> None:
        utterance, self._utterance = self._utterance, None
        if utterance is not None:
            utterance.end(ended.last_speech, ended.at)
            self._listener.speech_ended(utterance)
