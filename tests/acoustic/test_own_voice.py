"""`repartee live` in a room where it hears itself: its own voice is never taken for a person's."""

from __future__ import annotations

import time

import pytest

from tests.acoustic import scenarios
from tests.acoustic.person import SHARED_AUDIO
from tests.acoustic.rig import Room
from tests.acoustic.scenarios import LONG_ANSWER, live
from tests.llm.fake_server import FakeServer

pytestmark = pytest.mark.acoustic

ECHO_DB = -15.0
ANSWERS = 10
ROOM_RESPONSE = SHARED_AUDIO / "rir1.wav"
TWO_SENTENCES = "I looked at it with some care. There are two things to say."

needs_response = pytest.mark.skipif(not ROOM_RESPONSE.is_file(), reason="../shared/audio/rir1.wav is absent")


@needs_response
def test_its_own_voice_causes_no_turn_and_no_interruption_in_ten_answers(room: Room) -> None:
    with (
        FakeServer([TWO_SENTENCES], ttft=0.3, rate=300) as server,
        room.echo(ECHO_DB, ROOM_RESPONSE),
        live(room, server) as program,
    ):
        for number in range(1, ANSWERS + 1):
            exchange = scenarios.ask(room, program)
            assert exchange.turn["outcome"] == "completed", f"answer {number}\n{program.story()}"
            assert exchange.turn["heard"] == TWO_SENTENCES
        time.sleep(2)
        assert len(server.chats) == ANSWERS, program.story()
        # Not even held for a moment: every beginning of speech was the person's.
        assert len(program.seen("SpeechStarted")) == ANSWERS, program.story()


@needs_response
def test_a_person_still_interrupts_through_the_echo(room: Room) -> None:
    with (
        FakeServer([LONG_ANSWER], ttft=0.3, rate=300) as server,
        room.echo(ECHO_DB, ROOM_RESPONSE),
        live(room, server) as program,
    ):
        scenarios.begin(room, program)
        time.sleep(2)
        exchange = scenarios.interrupt(room, program)
        assert exchange.turn["outcome"] == "interrupted", program.story()
        assert len(server.chats) <= 2
