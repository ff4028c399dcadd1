"""Playback: one answer's audio on its way to the loudspeaker, and exact knowledge of how much of it was heard.

Made for one turn and never used again, so a late chunk has nowhere to go. The device pulls; the turn writes. Pause
and stop fade out over a few milliseconds, so nothing clicks.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

import numpy as np

from engines.audio.resample import Resampler
from engines.types import Samples, SpeechChunk

FADE_SECONDS = 0.008
REWIND_SECONDS = 0.3  # after a pause the listener needs the last word again
SECONDS_PER_CHARACTER = 0.065  # of ordinary speech; used only while a clause is still being made


@dataclass
class _Clause:
    text: str
    begin: int  # samples from the start of the playback
    end: int
    complete: bool = False


class Playback:
    """`write` and `finish` by the turn, `pull` by the device, the rest by anyone."""

    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self.ended = threading.Event()  # all was played, or it was stopped
        self.underflow_samples = 0
        self.rms = 0.0  # of the last block, for the level meter
        self._lock = threading.Condition()
        self._blocks: deque[Samples] = deque()  # from sample `_base` on
        self._base = 0
        self._written = 0
        self._position = 0
        self._clauses: list[_Clause] = []
        self._resampler: tuple[int, Resampler] | None = None
        self._finished = False
        self._stopped = False
        self._pauses: set[str] = set()  # why it is silent; it goes on when no reason is left
        self._audible = False  # the last block ended in sound, so silence has to be faded into
        self._fade_in = False

    # -- the turn's side

    def write(self, chunk: SpeechChunk) -> None:
        """Add a chunk; does nothing once stopped."""
        with self._lock:
            if self._stopped:
                return
            clause = self._clause_for(chunk.clause)
            samples = self._resample(chunk)
            if len(samples):
                self._blocks.append(samples)
                self._written += len(samples)
            clause.end = self._written
            clause.complete = chunk.last

    def finish(self) -> None:
        """Nothing more will be written."""
        with self._lock:
            self._finished = True
            if self._position >= self._written:
                self.ended.set()

    def wait_for_room(self, seconds: float) -> None:
        """Block while more than `seconds` of audio wait to be played (and it goes on being played)."""
        with self._lock:
            while not self._stopped and self._written - self._position > seconds * self.sample_rate:
                self._lock.wait(0.5)

    def stop(self) -> None:
        """Fall silent now, for good."""
        with self._lock:
            self._stopped = True
            self.ended.set()
            self._lock.notify_all()

    def pause(self, why: str = "") -> None:
        with self._lock:
            self._pauses.add(why)

    def resume(self, why: str = "") -> None:
        """Go on, from a little before the pause, unless it is paused for another reason too."""
        with self._lock:
            paused = bool(self._pauses)
            self._pauses.discard(why)
            if paused and not self._pauses:
                self._fade_in = True
                back = int(REWIND_SECONDS * self.sample_rate)
                self._position = max(self._base, self._position - back) if self._position else 0

    # -- the device's side

    def pull(self, count: int) -> Samples:
        """The next `count` samples; silence where there are none."""
        with self._lock:
            silent = self._stopped or bool(self._pauses)
            if silent and not self._audible:
                self.rms = 0.0
                return np.zeros(count, dtype=np.float32)
            take = min(count, self._written - self._position)
            out = np.zeros(count, dtype=np.float32)
            self._copy(out[:take])
            if silent:
                fade = min(take, int(FADE_SECONDS * self.sample_rate))
                out[:fade] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
                out[fade:] = 0.0
                take = fade
            elif self._fade_in and take:
                fade = min(take, int(FADE_SECONDS * self.sample_rate))
                out[:fade] *= np.linspace(0.0, 1.0, fade, dtype=np.float32)
                self._fade_in = False
            elif take < count and not self._finished and self._position + take:
                self.underflow_samples += count - take
            self._audible = not silent and take == count and take > 0
            self._position += take
            self._forget_old()
            if self._finished and self._position >= self._written and not self._pauses:
                self.ended.set()
            self._lock.notify_all()
        self.rms = float(np.sqrt(np.mean(out * out))) if take else 0.0
        return out

    # -- what is known of it

    @property
    def over(self) -> bool:
        """Nothing will sound any more; the fade-out is over too."""
        return self.ended.is_set() and not self._audible

    @property
    def stopped(self) -> bool:
        return self._stopped

    @property
    def paused(self) -> bool:
        return bool(self._pauses)

    @property
    def started(self) -> bool:
        return self._position > 0

    @property
    def waiting_seconds(self) -> float:
        """Audio written and not yet played."""
        with self._lock:
            return (self._written - self._position) / self.sample_rate

    def heard(self) -> str:
        """The words that have been played, to the word as well as the clauses' timing tells."""
        with self._lock:
            return " ".join(filter(None, (self._heard_of(clause) for clause in self._clauses))).strip()

    def _heard_of(self, clause: _Clause) -> str:
        if clause.complete and clause.end <= self._position:
            return clause.text
        played = self._position - clause.begin
        if played <= 0:
            return ""
        length = clause.end - clause.begin
        if not clause.complete:
            length = max(length, int(len(clause.text) * SECONDS_PER_CHARACTER * self.sample_rate))
        characters = len(clause.text) * played / max(1, length)
        words, end = [], 0
        for word in clause.text.split():
            end = clause.text.index(word, end) + len(word)
            if end > characters:
                break
            words.append(word)
        return " ".join(words)

    # -- inside, under the lock

    def _clause_for(self, text: str) -> _Clause:
        if not self._clauses or self._clauses[-1].complete:
            self._clauses.append(_Clause(text, self._written, self._written))
        return self._clauses[-1]

    def _resample(self, chunk: SpeechChunk) -> Samples:
        if self._resampler is None or self._resampler[0] != chunk.sample_rate:
            self._resampler = (chunk.sample_rate, Resampler(chunk.sample_rate, self.sample_rate))
        samples = self._resampler[1].feed(chunk.audio, last=chunk.last)
        if chunk.last:  # the next clause begins afresh
            self._resampler = None
        return samples

    def _copy(self, out: Samples) -> None:
        start, offset = self._position, self._base
        filled = 0
        for block in self._blocks:
            if filled == len(out):
                break
            if offset + len(block) > start:
                part = block[max(0, start - offset) :][: len(out) - filled]
                out[filled : filled + len(part)] = part
                filled += len(part)
                start += len(part)
            offset += len(block)

    def _forget_old(self) -> None:
        keep_from = self._position - self.sample_rate  # a second, for rewinding
        while self._blocks and self._base + len(self._blocks[0]) <= keep_from:
            self._base += len(self._blocks.popleft())
