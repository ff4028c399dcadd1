"""An utterance: what the person says from the first sound to the pause after it, while it is still being said."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator

from engines.types import AudioFrame


class Utterance:
    """Written by the ears, read by one recognizer. `limit` frames may wait; None means any number.

    With a limit, `put` blocks until the recognizer has caught up: only a file can wait like that.
    """

    def __init__(self, turn: int, began: float, limit: int | None = None) -> None:
        self.turn = turn
        self.began = began
        self.last_speech = began
        self.ended_at: float | None = None
        self._limit = limit
        self._frames: deque[AudioFrame] = deque()
        self._changed = threading.Condition()
        self._abandoned = False

    def put(self, frame: AudioFrame) -> None:
        with self._changed:
            if self._abandoned:
                return
            self._frames.append(frame)
            self._changed.notify_all()
            while self._limit is not None and len(self._frames) > self._limit and not self._abandoned:
                self._changed.wait()

    def end(self, last_speech: float, at: float) -> None:
        with self._changed:
            self.last_speech = last_speech
            self.ended_at = at
            self._changed.notify_all()

    def frames(self) -> Iterator[AudioFrame]:
        """Blocks for each frame; ends when the utterance has ended and all of it was read."""
        while True:
            with self._changed:
                while not self._frames:
                    if self.ended_at is not None or self._abandoned:
                        return
                    self._changed.wait()
                frame = self._frames.popleft()
                self._changed.notify_all()
            yield frame

    def abandon(self) -> None:
        """Nobody reads it any more."""
        with self._changed:
            self._abandoned = True
            self._frames.clear()
            self._changed.notify_all()
