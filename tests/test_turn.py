"""The turn, on fakes and without waiting: what is asked, answered, spoken, heard and remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from app.conversation import Conversation
from app.events import Event, Stage
from app.session import Session, Turn
from app.slots import EngineSlot
from app.turn import run_turn
from app.utterance import Utterance
from engines.errors import EngineCrashed
from engines.types import AudioFrame, Message, ToolCall, ToolSpec
from tests.fakes import FakeClock, FakeModel, FakeRecognizer, FakeSpeaker, FakeVoice


@dataclass
class Said:
    spoken: str
    ok: bool = True


@dataclass
class FakeTools:
    specs: tuple[ToolSpec, ...] = ()
    called: list[ToolCall] = field(default_factory=list)

    def run(self, call: ToolCall) -> Said:
        self.called.append(call)
        return Said(f"Done {call.name}.")


class Stand:
    """A session on fakes, and everything that it emitted."""

    def __init__(
        self,
        *,
        heard: list[str] | None = None,
        model: FakeModel | None = None,
        voice: FakeVoice | None = None,
        speaker: FakeSpeaker | None = None,
    ) -> None:
        self.model = model or FakeModel()
        self.voice = voice or FakeVoice()
        self.speaker = speaker or FakeSpeaker()
        self.tools = FakeTools()
        self.events: list[Event] = []
        self.floor: list[int] = []
        self.over: list[int] = []
        self.clock = FakeClock()
        self.session = Session(
            hear=_started("hear", FakeRecognizer(heard or [])),
            think=_started("think", self.model),
            speak=_started("speak", self.voice),
            open_playback=self.speaker.open_playback,
            conversation=Conversation("Be brief."),
            toolbox=self.tools,
            clock=self.clock,
            emit=self.events.append,
            take_floor=self._take_floor,
            give_way=lambda turn: self.over.append(turn.id),
        )

    def _take_floor(self, turn: Turn) -> None:
        if not turn.has_floor:
            turn.has_floor = True
            self.floor.append(turn.id)

    def run(self, turn: Turn) -> Turn:
        run_turn(turn, self.session)
        return turn

    def ask(self, text: str) -> Turn:
        return self.run(Turn(1, asked=text))

    def named(self, name: str) -> list[Any]:
        return [event for event in self.events if type(event).__name__ == name]

    @property
    def ended(self) -> Any:
        (event,) = self.named("TurnEnded")
        return event


def _started(stage: Stage, engine: Any) -> EngineSlot[Any]:
    slot: EngineSlot[Any] = EngineSlot(stage, engine)
    slot.begin(lambda _: None)
    slot.wait()
    return slot


def spoken_turn(frames: int = 40) -> Turn:
    """An utterance that is already over."""
    utterance = Utterance(1, began=0.0)
    for number in range(frames):
        utterance.put(AudioFrame(np.zeros(160, dtype=np.float32), 16_000, number / 100))
    utterance.end(last_speech=frames / 100, at=frames / 100 + 0.6)
    return Turn(1, utterance=utterance)


def test_a_spoken_question_is_transcribed_answered_and_spoken() -> None:
    stand = Stand(heard=["what time is it"], model=FakeModel([["It is ", "ten past two."]]))
    stand.run(spoken_turn())
    assert [event.text for event in stand.named("PartialTranscript")][-1] == "what time is it"
    assert stand.named("TranscriptReady")[0].text == "what time is it"
    assert stand.voice.spoken == ["It is ten past two."]
    assert (stand.ended.reply, stand.ended.heard) == ("It is ten past two.", "It is ten past two.")
    assert stand.ended.outcome == "completed"


def test_the_first_words_take_the_floor() -> None:
    stand = Stand(heard=["hello there"])
    stand.run(spoken_turn())
    kinds = [type(event).__name__ for event in stand.events]
    assert stand.floor == [1]
    assert kinds.index("PartialTranscript") < kinds.index("TranscriptReady")


def test_a_sound_without_words_is_no_turn() -> None:
    stand = Stand(heard=[""])
    stand.run(spoken_turn())
    assert [type(event).__name__ for event in stand.events] == ["SpeechDismissed"]
    assert stand.floor == []
    assert stand.over == [1]
    assert stand.session.conversation.exchanges == ()


def test_the_model_reads_the_conversation_so_far() -> None:
    stand = Stand(model=FakeModel([["One."], ["Two."]]))
    stand.ask("first")
    stand.ask("second")
    assert stand.model.asked[1] == [
        Message("system", "Be brief."),
        Message("user", "first"),
        Message("assistant", "One."),
        Message("user", "second"),
    ]


def test_speech_starts_with_the_first_clause() -> None:
    spoken_before: list[list[str]] = []
    voice = FakeVoice()

    def note(number: int) -> None:
        if number == 2:  # the first clause is complete; the model has not finished
            deadline.wait_until(lambda: bool(voice.spoken))
            spoken_before.append(list(voice.spoken))

    deadline = Deadline()
    model = FakeModel([["The first clause, ", "then ", "a second one."]], before_piece=note)
    stand = Stand(model=model, voice=voice)
    stand.ask("go")
    assert spoken_before == [["The first clause,"]]
    assert stand.ended.heard == "The first clause, then a second one."


def test_barge_in_keeps_only_what_was_heard() -> None:
    reply = "This is the first sentence. And this is the second one, which nobody hears."
    turn = Turn(1, asked="tell me")
    first = len("This is the first sentence.") * 0.05
    stand = Stand(model=FakeModel([[reply]]), speaker=FakeSpeaker(first + 0.01, turn.interrupt))
    stand.run(turn)
    assert stand.ended.outcome == "interrupted"
    assert stand.ended.heard == "This is the first sentence."
    assert stand.ended.reply == reply
    assert stand.session.conversation.exchanges[0].answer == "This is the first sentence."


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.7, 1.1])
def test_a_clause_that_was_cut_counts_to_the_word(seconds: float) -> None:
    reply = "one two three four five six seven eight"
    turn = Turn(1, asked="count")
    stand = Stand(model=FakeModel([[reply]]), speaker=FakeSpeaker(seconds, turn.interrupt))
    stand.run(turn)
    expected = reply[: int(seconds / 0.05) + 1].rsplit(" ", 1)[0] if seconds else ""
    assert stand.ended.heard in (expected, f"{expected} {reply[len(expected) :].split()[0]}".strip())
    assert reply.startswith(stand.ended.heard)
    assert len(stand.ended.heard) <= seconds / 0.05


def test_a_turn_cut_off_while_thinking_says_nothing() -> None:
    turn = Turn(1, asked="think")
    model = FakeModel([["I ", "was ", "going to say"]], before_piece=lambda number: turn.interrupt())
    stand = Stand(model=model)
    stand.run(turn)
    assert stand.ended.outcome == "interrupted"
    assert stand.ended.heard == ""
    assert stand.voice.spoken == []
    assert not stand.named("ReplyToken")


def test_a_tools_result_goes_back_to_a_large_model() -> None:
    model = FakeModel([[ToolCall("get_time")], ["It's noon."]])
    stand = Stand(model=model)
    stand.ask("what time is it")
    assert stand.tools.called == [ToolCall("get_time")]
    assert [m.role for m in model.asked[1]] == ["system", "user", "assistant", "tool"]
    assert model.asked[1][-1].content == "Done get_time."
    assert stand.ended.heard == "It's noon."
    assert stand.named("ToolCalled")[0].name == "get_time"


def test_a_small_model_lets_the_tools_speak() -> None:
    model = FakeModel(
        [[ToolCall("cancel_timer"), ToolCall("set_timer", {"seconds": 600})]],
        details={"speaks_tool_results": True},
    )
    stand = Stand(model=model)
    stand.ask("make it ten minutes")
    assert len(model.asked) == 1
    assert stand.ended.heard == "Done cancel_timer. Done set_timer."
    stand.ask("thanks")
    assert [m.role for m in model.asked[1]] == ["system", "user", "assistant", "tool", "tool", "user"]


def test_a_model_that_only_calls_tools_is_stopped() -> None:
    stand = Stand(model=FakeModel([[ToolCall("get_time")] for _ in range(50)]))
    stand.ask("loop")
    assert len(stand.tools.called) == 5
    assert stand.ended.outcome == "completed"


def test_a_crashed_model_fails_the_turn_and_keeps_the_conversation() -> None:
    stand = Stand(model=FakeModel([["Fine."]]))
    stand.ask("first")
    stand.events.clear()
    stand.model.error = EngineCrashed("its process ended by itself (signal 9)")
    stand.model.replies = [[]]
    stand.ask("second")
    assert stand.ended.outcome == "failed"
    assert stand.named("EngineFailed")[0].stage == "think"
    assert "text model" in stand.named("NoticeRaised")[0].message
    assert [e.asked for e in stand.session.conversation.exchanges] == ["first", "second"]


def test_a_fault_of_ours_fails_the_turn_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    stand = Stand()
    stand.model.error = ZeroDivisionError("a bug")
    stand.model.replies = [[]]
    stand.ask("first")
    assert stand.ended.outcome == "failed"
    assert "log" in stand.named("NoticeRaised")[0].message
    assert "ZeroDivisionError" in caplog.text
    stand.events.clear()
    stand.model.error = None
    stand.ask("second")
    assert stand.ended.outcome == "completed"


def test_a_recognizer_that_fails_ends_the_turn() -> None:
    stand = Stand()
    stand.session.hear = _started("hear", FakeRecognizer(error=EngineCrashed("it ended")))
    stand.run(spoken_turn())
    assert (stand.ended.asked, stand.ended.outcome) == ("", "failed")
    assert stand.named("EngineFailed")[0].stage == "hear"
    assert stand.session.conversation.exchanges == ()


def test_a_broken_voice_leaves_the_reply_to_be_read() -> None:
    stand = Stand(
        model=FakeModel([["The answer is seven."]]), voice=FakeVoice(error=EngineCrashed("it broke"))
    )
    stand.ask("what is it")
    assert stand.ended.reply == "The answer is seven."
    assert stand.ended.outcome == "failed"
    assert stand.named("EngineFailed")[0].stage == "speak"
    assert len(stand.named("NoticeRaised")) == 1


def test_a_model_without_an_answer_says_so() -> None:
    stand = Stand(model=FakeModel([[" ", "\n"]]))
    stand.ask("well?")
    assert "no answer" in stand.ended.heard


def test_markdown_is_not_spoken() -> None:
    stand = Stand(model=FakeModel([["**Yes**, that is ", "right. 😀"]]))
    stand.ask("right?")
    assert stand.voice.spoken == ["Yes, that is right."]


def test_timings_are_the_stages_of_the_turn() -> None:
    stand = Stand(heard=["go"])
    turn = spoken_turn()
    turn.mark("last_speech", 0.4)
    turn.mark("speech_ended", 1.0)
    stand.clock.time = 1.1
    stand.run(turn)
    assert stand.ended.timings == {
        "endpointing_delay": 0.6,
        "stt": 0.1,
        "ttft": 0.0,
        "first_clause": 0.0,
        "tts_first_chunk": 0.0,
    }


class Deadline:
    """Waits for another thread; reached only when something is broken."""

    def wait_until(self, true: Callable[[], bool]) -> None:
        import threading

        moment = threading.Event()
        for _ in range(5000):
            if true():
                return
            moment.wait(0.001)
        raise AssertionError("it never happened")
