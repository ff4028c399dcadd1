"""The rig itself, proven on a stand-in program: what it plays is heard, what it measures is true."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from tests.acoustic import signals
from tests.acoustic.program import LiveProgram
from tests.acoustic.recording import RATE
from tests.acoustic.rig import MICROPHONE, ROOT, SECOND_MICROPHONE, Room
from tests.acoustic.signals import Sound, Span

pytestmark = pytest.mark.acoustic

STAND_IN = ("-m", "tests.acoustic.stand_in")


def a_word(seconds: float = 0.5) -> Sound:
    noise = np.random.default_rng(1).standard_normal(round(seconds * RATE))
    return (0.1 * noise).astype(np.float32)


def test_a_child_finds_a_default_microphone_and_speaker(room: Room) -> None:
    script = "import sounddevice as s; print(s.query_devices(kind='input')['name'], s.default.device)"
    done = subprocess.run(
        [sys.executable, "-c", script], env=room.env, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.startswith("default"), done.stderr


def test_a_clip_is_answered_and_the_answer_is_cut(room: Room) -> None:
    with LiveProgram(room.env, "--answer", "3", command=STAND_IN) as program:
        program.wait_for("StateChanged", state="listening")
        began = room.now()
        room.say(a_word())
        answered = room.wait_for_sound(began)
        recording = room.recording(began)
        assert recording.find(a_word()).likeness > 0.99
        latency = recording.voice_to_voice(a_word())
        assert latency is not None
        assert 0.3 <= latency < 0.6  # the stand-in waits 0.3 s; devices and scheduling add their part

        room.say(a_word(0.7))
        program.wait_for("TurnEnded", outcome="interrupted")
        recording = room.recording(answered)
        stopped = recording.time_to_silence(a_word(0.7))
        assert stopped is not None
        assert 0 < stopped < 0.3
        room.wait_for_sound(room.now())
        program.wait_for("TurnEnded", outcome="completed")
        assert program.stop() == 0
        assert not program.stray


def test_an_echo_comes_back_at_the_asked_loudness_and_cuts_a_naive_program(room: Room) -> None:
    with room.echo(-15.0), LiveProgram(room.env, "--answer", "2", "--deaf", command=STAND_IN) as program:
        program.wait_for("StateChanged", state="listening")
        began = room.now()
        room.say(a_word())
        program.wait_for("TurnEnded", outcome="completed")
        recording = room.recording(began)
        answer = recording.answers()[0]
        steady = recording.part(Span(answer.start + 0.5, answer.end - 0.2))
        assert signals.decibels(steady.microphone, steady.speaker) == pytest.approx(-15, abs=0.5)
        assert program.stop() == 0
        with LiveProgram(room.env, command=STAND_IN) as naive:
            naive.wait_for("StateChanged", state="listening")
            room.say(a_word())
            naive.wait_for("TurnEnded", outcome="interrupted")


@pytest.mark.parametrize("how", ["unplugged", "stalled", "crashed"])
def test_a_microphone_goes_and_comes_back(room: Room, how: str) -> None:
    with LiveProgram(room.fixed_env, command=STAND_IN) as program:
        program.wait_for("StateChanged", state="listening")
        match how:
            case "unplugged":
                room.unplug(MICROPHONE)
            case "stalled":
                room.stall(MICROPHONE, True)
            case "crashed":
                room.crash()
        program.wait_for("NoticeRaised")
        match how:
            case "unplugged":
                room.plug(MICROPHONE)
            case "stalled":
                room.stall(MICROPHONE, False)
            case "crashed":
                room.open()
        program.wait_for("StateChanged", state="listening")
        room.say(a_word())
        program.wait_for("SpeechStarted")


def test_another_microphone_becomes_the_default(room: Room) -> None:
    room.plug(SECOND_MICROPHONE, default=False)
    with LiveProgram(room.env, command=STAND_IN) as program:
        program.wait_for("StateChanged", state="listening")
        room.make_default(SECOND_MICROPHONE)
        room.say(a_word(), device="second_mic")
        program.wait_for("SpeechStarted")
