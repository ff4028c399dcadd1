"""`repartee live` when devices vanish, come back, change, or were never there."""

from __future__ import annotations

import time

import pytest

from tests.acoustic import scenarios
from tests.acoustic.person import saying
from tests.acoustic.program import LiveProgram
from tests.acoustic.pulse import PulseServer
from tests.acoustic.rig import MICROPHONE, SECOND_MICROPHONE, Room, available
from tests.acoustic.scenarios import SHORT_ANSWER, live
from tests.llm.fake_server import FakeServer

pytestmark = pytest.mark.acoustic


@pytest.mark.parametrize("how", ["unplugged", "stalled", "sound server gone"])
def test_a_microphone_goes_and_comes_back(room: Room, how: str) -> None:
    with FakeServer([SHORT_ANSWER], rate=300) as server, live(room, server, fixed=True) as program:
        match how:
            case "unplugged":
                room.unplug(MICROPHONE)
            case "stalled":
                room.stall(MICROPHONE, True)
            case _:
                room.crash()
        gone = program.wait_for("NoticeRaised").fields["message"]
        assert "microphone" in gone or "loudspeaker" in gone
        time.sleep(3)
        said = [seen.fields["message"] for seen in program.seen("NoticeRaised")]
        assert len(said) == 1, said  # once, not every second
        assert "again" not in gone.lower()  # it isn't back yet
        mark = program.mark()
        match how:
            case "unplugged":
                room.plug(MICROPHONE)
            case "stalled":
                room.stall(MICROPHONE, False)
            case _:
                room.open()
        program.wait_for("NoticeRaised", since=mark)
        room.wait_until_listened_to()
        exchange = scenarios.ask(room, program)
        assert exchange.turn["outcome"] == "completed", program.story()
        assert exchange.voice_to_voice is not None


def test_another_microphone_takes_over_when_one_is_unplugged(room: Room) -> None:
    room.plug(SECOND_MICROPHONE, default=False)
    with FakeServer([SHORT_ANSWER], rate=300) as server, live(room, server) as program:
        room.make_default(SECOND_MICROPHONE)
        room.unplug(MICROPHONE)
        room.wait_until_listened_to()
        room.say(saying(scenarios.QUESTION), device="second_mic")
        assert program.wait_for("TurnEnded").fields["outcome"] == "completed"


def test_without_any_device_it_says_so_and_ends() -> None:
    if reason := available():
        pytest.skip(reason)
    server = PulseServer()  # never started
    try:
        with LiveProgram(server.env) as program:
            assert program.ended(60) != 0
            said = program.stderr.strip()
            assert "Traceback" not in said
            assert len(said.splitlines()) == 1, said
            assert not program.stray
    finally:
        server.close()
