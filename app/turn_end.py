"""How a turn ends: what is remembered of it, what is told, and what is said when an engine failed."""

from __future__ import annotations

from app.conversation import Exchange
from app.events import EngineFailed, NoticeRaised, Stage, TurnEnded, WordsHeard
from app.session import Session, Turn
from engines.errors import EngineCrashed, EngineError, EngineStalled


def remember(turn: Turn, session: Session) -> None:
    """Keep what was heard, and tell how the turn went."""
    at = session.clock.now()
    heard = turn.heard
    answer = turn.reply.strip() if turn.outcome == "completed" or turn.voice_failed else heard
    if heard and turn.playback is not None:
        session.emit(WordsHeard(at=at, turn=turn.id, text=heard))
    if turn.asked and turn.wants_answer:
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
    turn.voice_failed |= stage == "speak"
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


_NAMES: dict[Stage, str] = {"hear": "recognizer", "think": "text model", "speak": "voice"}


def _sentence(stage: Stage, error: EngineError) -> str:
    message = str(error)
    if message.endswith("."):  # a sentence of its own
        return message
    if isinstance(error, EngineCrashed | EngineStalled):
        return f"My {_NAMES[stage]} failed: {message}. I have started it again; please ask once more."
    return f"My {_NAMES[stage]} failed: {message}."
