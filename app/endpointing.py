"""Endpointing: decide when the person begins and has finished. Pure: knows nothing of threads or devices.

Feed it the speech probability of every window; it answers with what has just been decided. Silence has to last
`endpointing_delay` before an utterance ends, so its last word is always in; `onset` windows of speech have to come
before one begins, so a click is none. The pre-roll that saves the first consonant is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Started:
    """Speech began at `at`; it was sure at `sure_at`."""

    at: float
    sure_at: float


@dataclass(frozen=True)
class Ended:
    """The utterance is over; the last speech was heard at `last_speech`, decided at `at`."""

    last_speech: float
    at: float


@dataclass(frozen=True)
class EndpointingRules:
    """Times in seconds, probabilities in 0..1."""

    threshold: float = 0.5
    release: float = 0.35  # hysteresis: within speech a lower probability still counts as speech
    onset: float = 0.096  # speech within `onset_within` that makes it sure; shorter is a click
    onset_within: float = 0.16
    endpointing_delay: float = 0.6
    longest: float = 60.0  # an utterance is cut there, so that nothing grows without bound


class Endpointer:
    """A state machine: silence → speech → silence. One per microphone stream."""

    def __init__(self, rules: EndpointingRules) -> None:
        self.rules = rules
        self.speaking = False
        self._speech: list[tuple[float, float]] = []  # windows of speech not yet sure: (start, end)
        self._began = 0.0
        self._last_speech = 0.0

    def feed(self, probability: float, start: float, end: float) -> Started | Ended | None:
        """Take the probability of speech in the window from `start` to `end`, in seconds."""
        if self.speaking:
            return self._within_speech(probability, end)
        if probability >= self.rules.threshold:
            self._speech.append((start, end))
        oldest = end - self.rules.onset_within - 1e-6
        self._speech = [window for window in self._speech if window[0] >= oldest]
        if sum(to - since for since, to in self._speech) < self.rules.onset - 1e-6:
            return None
        self.speaking = True
        self._began, self._last_speech = self._speech[0][0], end
        self._speech = []
        return Started(at=self._began, sure_at=end)

    def _within_speech(self, probability: float, end: float) -> Ended | None:
        if probability >= self.rules.release:
            self._last_speech = end
        silent_long_enough = end - self._last_speech >= self.rules.endpointing_delay - 1e-6
        if not silent_long_enough and end - self._began < self.rules.longest:
            return None
        self.speaking = False
        return Ended(last_speech=self._last_speech, at=end)

    def end_now(self, at: float) -> Ended | None:
        """End the open utterance, as when the talk key is released or the stream is over."""
        if not self.speaking:
            self._speech = []
            return None
        self.speaking = False
        return Ended(last_speech=min(self._last_speech, at), at=at)
