"""A turn: transcribe, reply, speak, until done or cut off; remember what was really heard.

`run_turn` is the heart of the program. Everything it needs is handed in; it knows nothing of devices, processes or
windows. Every turn has its own cancel token and playback, which are never used again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.clauses import split_stream
from app.conversation import ToolUse, tool_messages
from app.events import PartialTranscript, ReplyToken, SpeechDismissed, ToolCalled, TranscriptReady
from app.prefetch import Prefetch
from app.session import Session, Turn
from app.speakable import MarkdownFilter, speakable
from app.stop_words import only_stops
from app.turn_end import fail, remember
from engines.audio.playback import Playback
from engines.errors import EngineError
from engines.types import ToolCall

log = logging.getLogger("repartee")

MAX_TOOL_ROUNDS = 5  # a model that only ever calls tools is stopped there
OUR_FAULT = "Something went wrong in Repartee itself. The log says what (its place: `repartee doctor`)."
NO_ANSWER = "Sorry, I have no answer to that."
AUDIO_AHEAD_SECONDS = 20.0  # how far the voice may be made ahead of what is heard


def run_turn(turn: Turn, session: Session) -> None:
    """Live one turn from the first sound (or the typed text) to its end. Never raises."""
    try:
        turn.asked = turn.asked or hear(turn, session)
        if not turn.asked:
            return
        session.take_floor(turn)
        if turn.cut_off and only_stops(turn.asked, session.language):
            turn.wants_answer = False
            return
        clauses = Prefetch(clauses_of(think(turn, session)), turn.cancel)
        speak(clauses, turn, session)
    except EngineError as error:
        fail(turn, session, "think" if turn.asked else "hear", error)
    except Exception:  # a fault of ours must not take the conversation with it
        log.exception("turn %d failed", turn.id)
        fail(turn, session, "think" if turn.asked else "hear", EngineError(OUR_FAULT))
    finally:
        if turn.asked or turn.failed:
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
        uses = []
        for call in calls:
            if turn.cancel.cancelled:
                return
            uses.append(_use_tool(call, number, turn, session))
        if _speaks_results(session):
            turn.speaks_results = True
            yield _written(" ".join(use.result for use in uses), turn, session)
            return
        messages += tool_messages(uses)
    if not turn.reply.strip() and not turn.cancel.cancelled:
        yield _written(NO_ANSWER, turn, session)


def clauses_of(pieces: Iterable[str]) -> Iterator[str]:
    """Cut the written reply into clauses that can be spoken, without its Markdown."""
    return split_stream(_without_markdown(pieces))


def speak(clauses: Iterable[str], turn: Turn, session: Session) -> None:
    """Speak clause after clause, each made while the one before is heard; returns when all has been played."""
    playback = turn.playback = session.open_playback()
    if playback is not None and turn.held:
        playback.pause("sound")
        if not turn.held:  # released between the two
            playback.resume("sound")
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
