"""`repartee live` on virtual devices: it hears, answers aloud, and stops when it is spoken to."""

from __future__ import annotations

import statistics
import time

import pytest

from tests.acoustic import scenarios
from tests.acoustic.person import saying, understood, words_in_common
from tests.acoustic.rig import Room
from tests.acoustic.scenarios import LONG_ANSWER, ONE_WORD_FIRST, SHORT_ANSWER, live
from tests.llm.fake_handler import Reply
from tests.llm.fake_server import FakeServer

pytestmark = pytest.mark.acoustic

STOPS_WITHIN_SECONDS = 0.3
LONGEST_GAP_SECONDS = 0.25


def test_a_question_is_heard_and_answered_aloud(room: Room) -> None:
    with FakeServer([SHORT_ANSWER], ttft=0.3, rate=300) as server, live(room, server) as program:
        exchange = scenarios.ask(room, program)
        assert exchange.recording.find(exchange.clip).likeness > 0.9
        assert exchange.turn["asked"].lower().strip(" ?.") == scenarios.QUESTION
        assert exchange.turn["outcome"] == "completed"
        assert exchange.turn["reply"] == exchange.turn["heard"] == SHORT_ANSWER
        heard = understood(exchange.answer.speaker)
        assert words_in_common(SHORT_ANSWER, heard) >= 0.6, heard
        assert program.stop() == 0, program.story()
        assert not program.stray


def test_with_nothing_set_up_the_built_in_model_tells_the_time_aloud(room: Room) -> None:
    with live(room, None) as program:
        exchange = scenarios.ask(room, program)
        assert exchange.turn["outcome"] == "completed", program.story()
        assert [call.fields["name"] for call in program.seen("ToolCalled")] == ["get_time"]
        assert exchange.answer.answers(), program.story()


def test_a_barge_in_silences_the_answer(room: Room) -> None:
    with FakeServer([LONG_ANSWER], ttft=0.3, rate=300) as server, live(room, server) as program:
        scenarios.begin(room, program)
        times = []
        for _ in range(5):  # more than three only where a try fell into a pause of the voice
            time.sleep(1.0)
            exchange = scenarios.interrupt(room, program)
            assert exchange.turn["outcome"] == "interrupted", program.story()
            assert len(exchange.turn["heard"]) < len(LONG_ANSWER)
            if (stopped := exchange.recording.time_to_silence(exchange.clip)) is not None:
                times.append(stopped)
            if len(times) == 3:
                break
            room.wait_for_sound(room.now())  # the answer to the objection is the next to be cut off
        assert statistics.median(times) <= STOPS_WITHIN_SECONDS, times


def test_three_turns_with_a_server_of_the_users_own(room: Room) -> None:
    replies = [SHORT_ANSWER, "A room is free at ten.", "It is warm and dry in the south."]
    questions = ["what time is it", "book a room", "what's the weather like"]
    with FakeServer(replies, ttft=0.3, rate=300) as server, live(room, server) as program:
        turns = [scenarios.ask(room, program, question).turn for question in questions]
        assert [turn["outcome"] for turn in turns] == ["completed"] * 3, program.story()
        assert [turn["heard"] for turn in turns] == replies
        common = [words_in_common(q, t["asked"]) for q, t in zip(questions, turns, strict=True)]
        assert min(common) >= 0.5, turns
        assert len(server.chats) == 3
        told = [message["content"] for message in server.chats[2].body["messages"]]
        assert all(any(reply in str(text) for text in told) for reply in replies[:2])


def test_a_barge_in_cancels_the_request_at_the_server(room: Room) -> None:
    slow = Reply(LONG_ANSWER, rate=30)  # faster than it is spoken, and still being written when it is cut off
    with FakeServer([slow, SHORT_ANSWER], ttft=0.3) as server, live(room, server) as program:
        scenarios.begin(room, program)
        time.sleep(1.5)
        scenarios.interrupt(room, program)
        assert server.wait_for(lambda: len(server.cancelled) == 1), program.story()
        assert server.cancelled[0].characters_sent < len(LONG_ANSWER)
        answer = program.wait_for("TurnEnded")
        assert answer.fields["heard"] == SHORT_ANSWER, program.story()


def test_an_answer_that_begins_with_one_word_has_no_gap(room: Room) -> None:
    with FakeServer([ONE_WORD_FIRST], ttft=0.3, rate=300) as server, live(room, server) as program:
        exchange = scenarios.ask(room, program)
        assert exchange.turn["heard"] == ONE_WORD_FIRST, program.story()
        gaps = exchange.answer.gaps(LONGEST_GAP_SECONDS)
        assert not gaps, [round(gap.seconds, 3) for gap in gaps]


def test_a_cough_does_not_end_the_answer(room: Room) -> None:
    """Whatever is held for it goes on and is heard to its end."""
    with FakeServer([SHORT_ANSWER], ttft=0.3, rate=300) as server, live(room, server) as program:
        mark = program.mark()
        scenarios.begin(room, program)
        room.say(saying("half an hour")[:4800])  # 0.1 s of it
        ended = program.wait_for("TurnEnded", 30, since=mark).fields
        assert (ended["outcome"], ended["heard"]) == ("completed", SHORT_ANSWER), program.story()
        assert len(server.chats) == 1
