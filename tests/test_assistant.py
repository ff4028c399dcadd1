"""Whole conversations on fake engines: a file of tones is the person, time is the file's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from app.assistant import Assistant
from app.clock import AudioClock
from app.conversation import Conversation
from app.ears import Ears
from app.endpointing import Endpointer, EndpointingRules
from app.events import Event, WordsHeard
from app.slots import EngineSlot
from engines.audio.echo import NoEchoCanceller
from engines.audio.file_devices import FileMicrophone, FileSpeaker, Pace
from engines.cancel import CancelToken
from engines.types import Message, Samples, ToolCall, ToolSpec
from tests.fakes import RATE, FakeModel, FakeRecognizer, FakeVoice, tone
from tests.test_turn import FakeTools


class LoudnessDetector:
    window_size = 512

    def probability(self, window: Samples) -> float:
        return 1.0 if float(np.abs(window).max()) > 0.05 else 0.0

    def reset(self) -> None:
        pass


class Talk:
    """One recording through an assistant on fakes."""

    def __init__(
        self,
        person: Sequence[float],
        heard: list[str],
        replies: list[Any] | None = None,
        *,
        model: FakeModel | None = None,
        barge_in: bool = True,
        half_duplex: bool = False,
        prepare: Callable[[Assistant], None] = lambda assistant: None,
    ) -> None:
        """`person` alternates seconds of silence and of speech, silence first."""
        self.events: list[Event] = []
        self.speaker = FileSpeaker()
        self.voice = FakeVoice()
        self.model = model or FakeModel(replies or [])
        clock = AudioClock()
        self.conversation = Conversation()
        self.assistant = Assistant(
            hear=EngineSlot("hear", FakeRecognizer(heard)),
            think=EngineSlot("think", self.model),
            speak=EngineSlot("speak", self.voice),
            speaker=self.speaker,
            toolbox=FakeTools(),
            clock=clock,
            conversation=self.conversation,
            barge_in=barge_in,
            half_duplex=half_duplex,
            utterance_limit=10,
        )
        self.assistant.subscribe(self.events.append)
        self.assistant.start(wait=True)
        prepare(self.assistant)
        parts = [
            tone(seconds) if number % 2 else np.zeros(int(seconds * RATE), dtype=np.float32)
            for number, seconds in enumerate(person)
        ]
        microphone = FileMicrophone(np.concatenate(parts), Pace(self.assistant.busy), self.assistant.idle)
        ears = Ears(
            microphone=microphone,
            speaker=self.speaker,
            echo_canceller=NoEchoCanceller(),
            detector=LoudnessDetector(),
            endpointer=Endpointer(EndpointingRules()),
            clock=clock,
            listener=self.assistant,
        )
        self.assistant.listen(ears)
        self.assistant.join_ears()
        self.assistant.close()
        assert self.assistant.ears_failure is None

    def named(self, name: str) -> list[Any]:
        return [event for event in self.events if type(event).__name__ == name]


def test_several_utterances_are_several_turns_in_order() -> None:
    talk = Talk([0.5, 1, 9, 1, 9, 1, 2], ["first", "second", "third"], [["One."], ["Two."], ["Three."]])
    assert [(e.turn, e.asked, e.heard) for e in talk.named("TurnEnded")] == [
        (1, "first", "One."),
        (2, "second", "Two."),
        (3, "third", "Three."),
    ]


def test_silence_is_no_turn() -> None:
    talk = Talk([3.0], [])
    assert {type(e).__name__ for e in talk.events} == {"LevelChanged", "StateChanged"}


def test_a_barge_in_cuts_the_answer_and_keeps_what_was_heard() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    talk = Talk([0.5, 1, 2.0, 1, 3], ["tell me", "no wait"], [[long], ["Fine."]])
    first, second = talk.named("TurnEnded")
    assert first.outcome == "interrupted"
    assert first.reply == long
    assert 0 < len(first.heard) < len(long)
    assert long.startswith(first.heard)
    assert second.heard == "Fine."
    assert talk.conversation.exchanges[0].answer == first.heard


def test_a_stop_into_the_answer_only_ends_it() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    talk = Talk([0.5, 1, 2.0, 1, 6, 1, 3], ["tell me", "stop it", "hello"], [[long], ["Hi."]])
    first, second, third = talk.named("TurnEnded")
    assert first.outcome == "interrupted"
    assert (second.asked, second.reply, second.outcome) == ("stop it", "", "completed")
    assert third.heard == "Hi."
    assert [exchange.asked for exchange in talk.conversation.exchanges] == ["tell me", "hello"]


def test_a_stop_out_of_silence_is_a_question_like_any_other() -> None:
    talk = Talk([0.5, 1, 3], ["stop"], [["I wasn't saying anything."]])
    assert talk.named("TurnEnded")[0].heard == "I wasn't saying anything."


def test_the_voice_is_silent_from_the_first_sound_of_a_barge_in() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    talk = Talk([0.5, 1, 2.0, 1, 3], ["tell me", "no wait"], [[long], ["Fine."]])
    recording = talk.speaker.recording()
    onset = int((0.5 + 1 + 2.0 + 0.2) * talk.speaker.sample_rate)  # sure of speech within 0.2 s
    words = int((0.5 + 1 + 2.0 + 1.0) * talk.speaker.sample_rate)
    assert float(np.abs(recording[onset - 12_000 : onset - 6_000]).max()) > 0.1
    assert not recording[onset:words].any()


def test_a_noise_without_words_lets_the_answer_go_on() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    talk = Talk([0.5, 1, 2.0, 0.5, 6], ["tell me", ""], [[long]])
    (ended,) = talk.named("TurnEnded")
    assert ended.outcome == "completed"
    assert ended.heard == long
    assert len(talk.named("SpeechDismissed")) == 1


def test_an_answer_does_not_begin_while_the_person_makes_a_sound() -> None:
    talk = Talk([0.5, 1, 0.7, 1, 4], ["tell me", ""], model=SlowStart([["Here it is."]]))
    (ended,) = talk.named("TurnEnded")
    assert ended.heard == "Here it is."
    dismissed = talk.named("SpeechDismissed")[0].at
    assert talk.named("PlaybackStarted")[0].at >= dismissed


def test_a_long_sound_without_words_does_not_hold_the_answer_for_ever() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    talk = Talk([0.5, 1, 1.5, 8, 2], ["tell me", ""], [[long]])
    (ended,) = talk.named("TurnEnded")
    assert ended.heard == long
    assert ended.at < 0.5 + 1 + 1.5 + 8


def test_a_dismissed_sound_takes_no_turn_number() -> None:
    talk = Talk([0.5, 0.5, 2, 1, 3], ["", "hello"], [["Hi."]])
    assert [e.turn for e in talk.named("TurnEnded")] == [1]


def test_half_duplex_does_not_hear_while_it_speaks() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    talk = Talk([0.5, 1, 2.0, 0.5, 6], ["tell me", "never heard"], [[long]], half_duplex=True)
    (ended,) = talk.named("TurnEnded")
    assert ended.outcome == "completed"


def test_without_barge_in_the_answer_is_not_cut() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    talk = Talk([0.5, 1, 2.0, 0.5, 6], ["tell me", "never heard"], [[long]], barge_in=False)
    assert [e.outcome for e in talk.named("TurnEnded")] == ["completed"]


class SlowStart(FakeModel):
    """Thinks for a little more than the pause that ends an utterance."""

    def reply(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Iterator[str | ToolCall]:
        cancel.wait(0.4)  # while somebody waits for an engine, the file's time is real
        yield from super().reply(messages, tools, cancel)


class SlowAtFirst(FakeModel):
    """Never answers the first question: whoever asks goes on before."""

    def reply(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Iterator[str | ToolCall]:
        if not self.asked:
            self.asked.append(list(messages))
            cancel.wait()
            return
        yield from super().reply(messages, tools, cancel)


def test_a_person_who_goes_on_is_understood_as_a_whole() -> None:
    talk = Talk([0.5, 1, 0.8, 1, 2], ["set a timer for", "ten minutes"], model=SlowAtFirst([["Done."]]))
    first, second = talk.named("TurnEnded")
    assert (first.outcome, first.heard) == ("interrupted", "")
    assert second.heard == "Done."
    assert talk.model.asked[-1] == [Message("user", "set a timer for\nten minutes")]


def test_the_recording_is_aligned_to_the_input() -> None:
    talk = Talk([0.5, 1, 3], ["hello"], [["Hi there, you."]])
    started = talk.named("PlaybackStarted")[0].at
    recording = talk.speaker.recording()
    first = float(np.flatnonzero(np.abs(recording) > 0.01)[0]) / talk.speaker.sample_rate
    assert abs(first - started) < 0.05
    (ended,) = talk.named("TurnEnded")
    assert ended.timings["time_to_first_audio"] > ended.timings["endpointing_delay"] > 0.5


def test_states_follow_the_conversation() -> None:
    talk = Talk([0.5, 1, 3], ["hello"], [["Hi there, you."]])
    states = [e.state for e in talk.named("StateChanged")]
    assert states == ["idle", "listening", "hearing", "thinking", "speaking", "listening", "idle"]


def test_muted_before_the_ears_open_stays_muted() -> None:
    talk = Talk([0.5, 1, 1], ["never heard"], prepare=lambda assistant: assistant.set_muted(True))
    assert talk.named("TurnEnded") == []
    assert "muted" in [event.state for event in talk.named("StateChanged")]


def test_the_last_words_heard_come_before_the_end_of_the_turn() -> None:
    talk = Talk([0.5, 1, 3], ["hello"], [["Hi there, you."]])
    kinds = [type(event).__name__ for event in talk.events]
    assert talk.named("WordsHeard")[-1].text == "Hi there, you."
    assert len(kinds) - 1 - kinds[::-1].index("WordsHeard") < kinds.index("TurnEnded")


def test_an_announcement_waits_for_nobody_and_the_answer_goes_on_after_it() -> None:
    long = "This is a long answer that goes on for quite a while, because nobody has stopped it yet."
    announced: list[bool] = []

    def announce_once(assistant: Assistant) -> None:
        def listen(event: Event) -> None:
            if isinstance(event, WordsHeard) and not announced:
                announced.append(True)
                assistant.announce("Your tea is ready.")

        assistant.subscribe(listen)

    talk = Talk([0.5, 1, 12], ["tell me"], [[long]], prepare=announce_once)
    (ended,) = talk.named("TurnEnded")
    assert (ended.outcome, ended.heard) == ("completed", long)
    assert "Your tea is ready." in talk.voice.spoken
    assert [event.message for event in talk.named("NoticeRaised")] == ["Your tea is ready."]
    seconds = float(np.count_nonzero(np.abs(talk.speaker.recording()) > 0.01)) / talk.speaker.sample_rate
    assert seconds < 0.05 * (len(long) + len("Your tea is ready.")) + 1.5  # one after the other, not twice
    assert float(np.abs(talk.speaker.recording()).max()) < 0.4  # never two voices at once


def test_a_listener_that_fails_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def break_down(event: Event) -> None:
        raise RuntimeError("a listener's bug")

    talk = Talk([0.5, 1, 3], ["hello"], [["Hi."]], prepare=lambda assistant: assistant.subscribe(break_down))
    assert talk.named("TurnEnded")[0].outcome == "completed"
    assert "a listener's bug" in caplog.text
