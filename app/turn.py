"""A turn: transcribe, reply, speak, until done or cut off; remember what was really heard.

`run_turn` is the heart of the program. Everything it needs is handed in; it knows nothing of devices, processes or
windows. Every turn has its own cancel token and playback, which are never used again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.clauses import split_stream
from app.clock import Clock
from app.conversation import Conversation, Exchange, ToolUse, tool_messages
from app.events import (
    EngineFailed,
    Event,
    NoticeRaised,
    Outcome,
    PartialTranscript,
    ReplyToken,
    SpeechDismissed,
    Stage,
    ToolCalled,
    TranscriptReady,
    TurnEnded,
)
from app.prefetch import Prefetch
from app.slots import EngineSlot
from app.speakable import MarkdownFilter, speakable
from app.utterance import Utterance
from engines.audio.playback import Playback
from engines.audio.ports import Speaker
from engines.cancel import CancelToken
from engines.errors import EngineError
from engines.protocols import LanguageModel, SpeechRecognizer, SpeechSynthesizer
from engines.types import ToolCall, ToolSpec

MAX_TOOL_ROUNDS = 5  # a model that only ever calls tools is stopped there
NO_ANSWER = "Sorry, I have no answer to that."
AUDIO_AHEAD_SECONDS = 20.0  # how far the voice may be made ahead of what is heard


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
    speaker: Speaker | None  # None: replies are read, not heard
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
    held: bool = False  # somebody else makes a sound; perhaps it is speech
    reply: str = ""
    shown: list[str] = field(default_factory=list)  # clauses, where nothing is spoken
    tools: list[ToolUse] = field(default_factory=list)
    speaks_results: bool = False
    failed: bool = False
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
            self.playback.pause()

    def release(self) -> None:
        """It was not: go on."""
        self.held = False
        if self.playback is not None:
            self.playback.resume()

    @property
    def heard(self) -> str:
        return self.playback.heard() if self.playback is not None else " ".join(self.shown)

    @property
    def outcome(self) -> Outcome:
        if self.cancel.cancelled:
            return "interrupted"
        return "failed" if self.failed else "completed"


def run_turn(turn: Turn, session: Session) -> None:
    """Live one turn from the first sound (or the typed text) to its end. Never raises."""
    try:
        turn.asked = turn.asked or hear(turn, session)
        if not turn.asked:
            return
        session.take_floor(turn)
        clauses = Prefetch(clauses_of(think(turn, session)), turn.cancel)
        speak(clauses, turn, session)
    except EngineError as error:
        fail(turn, session, _stage_of(turn), error)
    finally:
        if turn.asked:
            remember(turn, session)
        turn.computing = False
        turn.done.set()
        session.give_way(turn)


def hear(turn: Turn, session: Session) -> str:
    """Transcribe while the person speaks; the first words take the floor. Returns "" if there were none."""
    assert turn.utterance is not None
    text = ""
    try:
        recognizer = session.hear.get()
        for transcript in recognizer.transcribe(turn.utterance.frames(), session.language, turn.cancel):
            text = transcript.text.strip()
            if text and not transcript.final:
                session.emit(PartialTranscript(at=session.clock.now(), turn=turn.id, text=text))
                session.take_floor(turn)
    finally:
        turn.utterance.abandon()
    at = session.clock.now()
    if text and not turn.cancel.cancelled:
        turn.mark("transcript", at)
        session.emit(TranscriptReady(at=at, turn=turn.id, text=text, language=session.language))
        return text
    session.emit(SpeechDismissed(at=at, turn=turn.id))
    return ""


def think(turn: Turn, session: Session) -> Iterator[str]:
    """Yield the reply's text as the model writes it, running the tools that it calls."""
    model = session.think.get()
    messages = session.conversation.messages(turn.asked)
    for number in range(MAX_TOOL_ROUNDS):
        calls: list[ToolCall] = []
        for piece in model.reply(messages, session.toolbox.specs, turn.cancel):
            turn.mark("first_token", session.clock.now())
            if isinstance(piece, ToolCall):
                calls.append(piece)
            else:
                yield _written(piece, turn, session)
        if turn.cancel.cancelled:
            return
        if not calls:
            if not turn.reply.strip():
                yield _written(NO_ANSWER, turn, session)
            return
        uses = [_use_tool(call, number, turn, session) for call in calls]
        if _speaks_results(session):
            turn.speaks_results = True
            yield _written(" ".join(use.result for use in uses), turn, session)
            return
        messages += tool_messages(uses)


def clauses_of(pieces: Iterable[str]) -> Iterator[str]:
    """Cut the written reply into clauses that can be spoken, without its Markdown."""
    return split_stream(_without_markdown(pieces))


def speak(clauses: Iterable[str], turn: Turn, session: Session) -> None:
    """Speak clause after clause, each made while the one before is heard; returns when all has been played."""
    playback = turn.playback = session.speaker.open_playback() if session.speaker else None
    if turn.held:
        turn.hold()
    for clause in clauses:
        turn.mark("first_clause", session.clock.now())
        if playback is None or turn.failed:
            turn.shown.append(clause)
            continue
        try:
            _say(clause, playback, turn, session)
        except EngineError as error:  # the reply can still be read
            fail(turn, session, "speak", error)
        turn.computing = False
        playback.wait_for_room(AUDIO_AHEAD_SECONDS)
        turn.computing = True
    turn.computing = False
    if playback is not None:
        playback.finish()
        playback.ended.wait()


def remember(turn: Turn, session: Session) -> None:
    """Keep what was heard, and tell how the turn went."""
    at = session.clock.now()
    heard = turn.heard
    answer = turn.reply.strip() if turn.outcome == "completed" else heard
    session.conversation.add(Exchange(turn.asked, answer, tuple(turn.tools), turn.speaks_results))
    info = session.think.info
    session.emit(
        TurnEnded(
            at=at,
            turn=turn.id,
            asked=turn.asked,
            reply=turn.reply,
            heard=heard,
            outcome=turn.outcome,
            timings=timings(turn),
            model=info.model if info else "",
            local=info.local if info else True,
        )
    )


def fail(turn: Turn, session: Session, stage: Stage, error: EngineError) -> None:
    """Say what went wrong; the turn ends or goes on without the stage."""
    if turn.cancel.cancelled:
        return
    turn.failed = True
    at = session.clock.now()
    session.emit(EngineFailed(at=at, turn=turn.id, stage=stage, message=str(error)))
    session.emit(NoticeRaised(at=at, turn=turn.id, level="error", message=_sentence(stage, error)))


def timings(turn: Turn) -> dict[str, float]:
    """The turn's stages in seconds, each from the end of the one before; only those that were reached."""
    marks = turn.marks
    stages = {
        "endpointing_delay": ("last_speech", "speech_ended"),
        "stt": ("speech_ended", "transcript"),
        "ttft": ("transcript", "first_token"),
        "first_clause": ("first_token", "first_clause"),
        "tts_first_chunk": ("first_clause", "first_chunk"),
        "time_to_first_audio": ("last_speech", "first_audio"),
    }
    return {
        name: round(marks[end] - marks[start], 4)
        for name, (start, end) in stages.items()
        if start in marks and end in marks
    }


def _without_markdown(pieces: Iterable[str]) -> Iterator[str]:
    markdown = MarkdownFilter()
    for piece in pieces:
        yield markdown.feed(piece)
    yield markdown.finish()


def _say(clause: str, playback: Playback, turn: Turn, session: Session) -> None:
    text = speakable(clause, session.language)
    if not text:
        return
    for chunk in session.speak.get().speak(text, session.language, turn.cancel):
        turn.mark("first_chunk", session.clock.now())
        playback.write(replace(chunk, clause=clause))


def _written(text: str, turn: Turn, session: Session) -> str:
    if not turn.cancel.cancelled:
        turn.reply += text
        session.emit(ReplyToken(at=session.clock.now(), turn=turn.id, text=text))
    return text


def _use_tool(call: ToolCall, number: int, turn: Turn, session: Session) -> ToolUse:
    result = session.toolbox.run(call)
    use = ToolUse(call, result.spoken, result.ok, number)
    turn.tools.append(use)
    session.emit(
        ToolCalled(
            at=session.clock.now(),
            turn=turn.id,
            name=call.name,
            arguments=call.arguments,
            result=result.spoken,
            ok=result.ok,
        )
    )
    return use


def _speaks_results(session: Session) -> bool:
    """Whether the model leaves the answer to the tools' own sentences, as a very small one does."""
    info = session.think.info
    return bool(info and info.details.get("speaks_tool_results"))


def _stage_of(turn: Turn) -> Stage:
    return "think" if turn.asked else "hear"


_NAMES: dict[Stage, str] = {"hear": "recognizer", "think": "text model", "speak": "voice"}


def _sentence(stage: Stage, error: EngineError) -> str:
    message = str(error)
    if message[:1].isupper():
        return message
    return f"My {_NAMES[stage]} failed: {message}. I have started it again; please ask once more."
