"""What a person does with a running program, and what a recording tells of it: for tests and the bench alike."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.acoustic.person import saying
from tests.acoustic.program import LiveProgram
from tests.acoustic.recording import Recording
from tests.acoustic.rig import Room
from tests.acoustic.signals import Sound, Span
from tests.llm.fake_server import FakeServer

TAIL_SECONDS = 0.4  # the end of a turn is told a little before its last sample is heard
QUESTION = "what time is it"
OBJECTION = "what is the weather in paris"  # long enough that a slow stop would still be seen
SHORT_ANSWER = "It is seven in the morning. The weather is cold today."
ONE_WORD_FIRST = (
    "Yes. I heard you well, and this is a longer second sentence so that there is something to say."
)
LONG_ANSWER = " ".join(
    f"This is sentence number {number} of a long answer that goes on and on."
    for number in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
)


@dataclass(frozen=True)
class Exchange:
    """One question and its answer, as recorded, and how the program says that the turn went."""

    recording: Recording
    clip: Sound
    turn: dict[str, Any]  # the TurnEnded

    @property
    def voice_to_voice(self) -> float | None:
        return self.recording.voice_to_voice(self.clip)

    @property
    def answer(self) -> Recording:
        """The recording after the question."""
        asked = self.recording.speech_of(self.clip).end
        return self.recording.part(Span(asked, self.recording.start + self.recording.seconds))


@contextmanager
def live(
    room: Room, server: FakeServer | None, *arguments: str, fixed: bool = False
) -> Iterator[LiveProgram]:
    """`repartee live`, listening; it thinks at `server`, or with what is built in."""
    own = ["--set", "llm.engine=openai-compatible", "--set", f"llm.base_url={server.url}"] if server else []
    with LiveProgram(room.fixed_env if fixed else room.env, *own, *arguments) as program:
        program.wait_for("StateChanged", state="listening", timeout=60)
        yield program


def ask(room: Room, program: LiveProgram, words: str = QUESTION, timeout: float = 40.0) -> Exchange:
    """Say it and hear the whole answer. Fails when no turn comes to its end."""
    began, mark, clip = room.now(), program.mark(), saying(words)
    room.say(clip)
    ended = program.wait_for("TurnEnded", timeout, since=mark)
    time.sleep(TAIL_SECONDS)
    return Exchange(room.recording(began), clip, dict(ended.fields))


def begin(room: Room, program: LiveProgram, words: str = QUESTION) -> float:
    """Say it and return when the answer begins to be heard: the moment."""
    began = room.now()
    clip = saying(words)
    room.say(clip)
    asked = room.recording(began).speech_of(clip).end
    try:
        return room.wait_for_sound(asked)
    except TimeoutError as error:
        raise AssertionError(f"{error}\n{program.story()}") from None


def interrupt(room: Room, program: LiveProgram, words: str = OBJECTION, timeout: float = 10.0) -> Exchange:
    """Talk over the answer that is being heard. Fails when the turn isn't over soon after."""
    began, mark, clip = room.now(), program.mark(), saying(words)
    room.say(clip)
    ended = program.wait_for("TurnEnded", timeout, since=mark)
    return Exchange(room.recording(began), clip, dict(ended.fields))
