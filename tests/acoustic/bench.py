"""`python -m tests.acoustic.bench [--turns N]`: how fast, how well-mannered, how frugal `repartee live` is.

Everything is measured from recordings of virtual devices, with a local server as the text model (0.3 s to the
first token, 300 characters a second). Prints a table for people, then one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence

from tests.acoustic import scenarios
from tests.acoustic.person import RECORDED, SHARED_AUDIO
from tests.acoustic.rig import Room, available
from tests.acoustic.scenarios import LONG_ANSWER, ONE_WORD_FIRST, SHORT_ANSWER, live
from tests.acoustic.signals import Span, decibels
from tests.llm.fake_server import FakeServer

TTFT_SECONDS = 0.3
CHARACTERS_A_SECOND = 300.0
ECHO_DB = -15.0
IDLE_SECONDS = 20.0
ROOM_RESPONSE = SHARED_AUDIO / "rir1.wav"

Figures = dict[str, float | int | None]


def latency(turns: int) -> Figures:
    """Voice→voice over several turns, and how much of it is not said in the program's own timings."""
    measured, told, wrong = [], [], 0
    questions = [words for words in RECORDED if words != "half an hour"]
    with Room() as room, _server(SHORT_ANSWER) as server, live(room, server) as program:
        for number in range(turns):
            question = questions[number % len(questions)]
            exchange = scenarios.ask(room, program, question)
            wrong += exchange.turn["asked"].lower().strip(" ?.") != question
            if (seconds := exchange.voice_to_voice) is not None:
                measured.append(seconds)
                told.append(exchange.turn["timings"].get("time_to_first_audio", 0.0))
    return {
        "voice_to_voice_median": statistics.median(measured),
        "voice_to_voice_p95": percentile(measured, 95),
        "own_time_to_first_audio_median": statistics.median(told),
        "turns_answered": len(measured),
        "turns_misheard": wrong,
    }


def gaps(turns: int) -> Figures:
    """The longest silence inside answers that begin with a one-word sentence."""
    longest = []
    with Room() as room, _server(ONE_WORD_FIRST) as server, live(room, server) as program:
        for _ in range(turns):
            found = scenarios.ask(room, program).answer.gaps(0.05)
            longest.append(max((gap.seconds for gap in found), default=0.0))
    return {"longest_gap_median": statistics.median(longest), "longest_gap": max(longest)}


def barge_in(tries: int) -> Figures:
    """From the first sound of a person who talks over an answer to the last sound of the answer."""
    times: list[float] = []
    missed = 0
    with Room() as room, _server(LONG_ANSWER) as server, live(room, server) as program:
        scenarios.begin(room, program)
        for _ in range(tries):
            time.sleep(1.2)
            try:
                exchange = scenarios.interrupt(room, program, timeout=4.0)
            except AssertionError:
                missed += 1  # the answer goes on: the next try is at the same one
                continue
            if (stopped := exchange.recording.time_to_silence(exchange.clip)) is not None:
                times.append(stopped)
            room.wait_for_sound(room.now())
    return {
        "time_to_silence_median": statistics.median(times) if times else None,
        "time_to_silence_p95": percentile(times, 95) if times else None,
        "barge_ins": len(times),
        "barge_ins_missed": missed,
    }


def own_voice(answers: int) -> Figures:
    """Answers while its voice comes back from the room, and how loud it really came back."""
    whole, levels = 0, []
    with (
        Room() as room,
        _server(LONG_ANSWER[:160] + ".") as server,
        room.echo(ECHO_DB, ROOM_RESPONSE if ROOM_RESPONSE.is_file() else None),
        live(room, server) as program,
    ):
        for _ in range(answers):
            exchange = scenarios.ask(room, program)
            whole += exchange.turn["outcome"] == "completed"
            heard = exchange.answer.answers()
            spoken = exchange.recording.part(Span(heard[0].start, heard[-1].end))
            levels.append(decibels(spoken.microphone, spoken.speaker))
        time.sleep(2)
        return {
            "echo_answers": answers,
            "echo_answers_whole": whole,
            "echo_ghost_requests": len(server.chats) - answers,
            "echo_false_starts": len(program.seen("SpeechStarted")) - answers,
            "echo_level_db": statistics.median(levels),
        }


def idle() -> Figures:
    """Processor time while it listens to a silent room, all its processes together."""
    with Room() as room, _server(SHORT_ANSWER) as server, live(room, server) as program:
        time.sleep(3)
        return {"idle_cpu_percent_of_a_core": program.cpu_percent(IDLE_SECONDS)}


def percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def _server(reply: str) -> FakeServer:
    return FakeServer([reply], ttft=TTFT_SECONDS, rate=CHARACTERS_A_SECOND)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=10)
    options = parser.parse_args()
    if reason := available():
        print(f"Nothing can be measured: {reason}", file=sys.stderr)
        return 1
    figures: Figures = {"cores": os.cpu_count(), "load_before": round(os.getloadavg()[0], 2)}
    for measure in (
        idle,
        lambda: latency(options.turns),
        lambda: gaps(3),
        lambda: barge_in(8),
        lambda: own_voice(options.turns),
    ):
        for name, value in measure().items():
            figures[name] = round(value, 3) if isinstance(value, float) else value
            print(f"{name.replace('_', ' '):34} {figures[name]!s:>10}", flush=True)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
