"""Everything that the window and the command line hear of a conversation. Knows nothing of who listens.

`at` is in seconds on the loop's clock. `turn` numbers the turns of a session from 1; it is None outside a turn.
`as_json` is the contract of the `--json` output.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Stage = Literal["hear", "think", "speak"]
State = Literal["starting", "idle", "listening", "hearing", "thinking", "speaking", "muted"]
Outcome = Literal["completed", "interrupted", "failed"]


@dataclass(frozen=True, kw_only=True)
class Event:
    at: float
    turn: int | None = None

    def as_json(self) -> str:
        """One line: the class name as "event", then the fields; "turn" only inside a turn."""
        fields = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        if fields["turn"] is None:
            del fields["turn"]
        return json.dumps({"event": type(self).__name__, **_rounded(fields)}, ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class StateChanged(Event):
    state: State


@dataclass(frozen=True, kw_only=True)
class SpeechStarted(Event):
    """The person began to speak, at `at`."""


@dataclass(frozen=True, kw_only=True)
class PartialTranscript(Event):
    text: str


@dataclass(frozen=True, kw_only=True)
class SpeechEnded(Event):
    """The person has finished; the last speech was heard at `last_speech`."""

    last_speech: float


@dataclass(frozen=True, kw_only=True)
class SpeechDismissed(Event):
    """What sounded like speech held no words: there is no turn, and an interrupted answer goes on."""


@dataclass(frozen=True, kw_only=True)
class TranscriptReady(Event):
    text: str
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class ReplyToken(Event):
    text: str


@dataclass(frozen=True, kw_only=True)
class ToolCalled(Event):
    name: str
    arguments: Mapping[str, Any]
    result: str = ""
    ok: bool = True


@dataclass(frozen=True, kw_only=True)
class PlaybackStarted(Event):
    """The first sample of the answer reached the loudspeaker."""


@dataclass(frozen=True, kw_only=True)
class WordsHeard(Event):
    """`text` is all of the answer that has been played so far."""

    text: str


@dataclass(frozen=True, kw_only=True)
class TurnEnded(Event):
    """`reply` is all that the model wrote, `heard` what was really played. `timings` are seconds."""

    asked: str
    reply: str
    heard: str
    outcome: Outcome
    timings: Mapping[str, float] = field(default_factory=dict)
    model: str = ""
    local: bool = True


@dataclass(frozen=True, kw_only=True)
class EngineFailed(Event):
    stage: Stage
    message: str


@dataclass(frozen=True, kw_only=True)
class LevelChanged(Event):
    """Loudness of the microphone and of the voice, 0 to 1, a few times a second."""

    microphone: float
    voice: float


@dataclass(frozen=True, kw_only=True)
class NoticeRaised(Event):
    """A sentence for the person. `level` is "info", "warning" or "error"."""

    message: str
    level: Literal["info", "warning", "error"] = "info"


Listener = Callable[[Event], None]


def _rounded(value: Any) -> Any:
    """Times to the tenth of a millisecond: more digits would only look exact."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    return value
