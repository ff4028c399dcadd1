"""The echo gate on made-up rooms: what is played, what comes back of it, and a person."""

from __future__ import annotations

import numpy as np
import pytest

from engines.audio.echo import EchoGate, WebRtcEchoCanceller
from engines.audio.ports import FRAME
from engines.types import SAMPLE_RATE, Samples


class Swallowing:
    """A canceller that leaves nothing, so that it shows when it is used."""

    frame_size = FRAME

    def process(self, heard: Samples, played: Samples) -> Samples:
        return np.zeros_like(heard)


def talk(seconds: float, seed: int, level: float = 0.1) -> Samples:
    """Noise with the rhythm of speech: syllables of 0.15 s, each of its own loudness and colour."""
    random = np.random.default_rng(seed)
    parts = []
    for _ in range(int(seconds / 0.15)):
        noise = np.convolve(random.standard_normal(2400), random.standard_normal(8), mode="same")
        parts.append(noise / np.abs(noise).std() * level * random.uniform(0.1, 1.5))
    return np.concatenate(parts).astype(np.float32)


def room(seconds: float, noise: float = 0.001) -> Samples:
    return (noise * np.random.default_rng(9).standard_normal(int(seconds * SAMPLE_RATE))).astype(np.float32)


def run(gate: EchoGate, heard: Samples, played: Samples) -> tuple[Samples, list[bool]]:
    out, free = [], []
    for start in range(0, len(heard) - FRAME + 1, FRAME):
        out.append(gate.process(heard[start : start + FRAME], played[start : start + FRAME]))
        free.append(gate.echo_free)
    return np.concatenate(out), free


def with_lead(samples: Samples, seconds: float = 2.0) -> Samples:
    return np.concatenate([np.zeros(int(seconds * SAMPLE_RATE), dtype=np.float32), samples])


def test_without_an_echo_the_person_is_heard_soon_after_the_voice_begins() -> None:
    played = with_lead(talk(6, seed=1))
    heard = room(8)[: len(played)]
    heard[-3 * SAMPLE_RATE :] += talk(3, seed=2)[: 3 * SAMPLE_RATE]
    out, free = run(EchoGate(Swallowing()), heard, played)
    assert free.index(True) < 320  # 1.2 s after the voice began
    assert all(free[free.index(True) :])
    assert np.array_equal(out[-2 * SAMPLE_RATE :], heard[: len(out)][-2 * SAMPLE_RATE :])


@pytest.mark.parametrize("seed", range(24))
def test_no_likeness_of_a_persons_voice_counts_as_an_echo(seed: int) -> None:
    played = with_lead(talk(6, seed=100 + seed))
    heard = room(8)[: len(played)]
    begin = int((2 + 1.5 + 0.1 * seed) * SAMPLE_RATE)
    person = talk(2, seed=200 + seed)
    heard[begin : begin + len(person)] += person[: len(heard) - begin]
    _, free = run(EchoGate(Swallowing()), heard, played)
    assert all(free[free.index(True) :])


@pytest.mark.parametrize("decibels", [-15, -30])
def test_an_echo_is_left_to_the_canceller(decibels: int) -> None:
    played = with_lead(talk(6, seed=3))
    heard = room(8, noise=0.0003)[: len(played)]
    heard[1600:] += played[:-1600] * 10 ** (decibels / 20)
    out, free = run(EchoGate(Swallowing()), heard, played)
    assert not any(free)
    assert not out[2 * SAMPLE_RATE + 1600 :].any()


def test_an_echo_that_appears_is_noticed() -> None:
    played = with_lead(talk(9, seed=4))
    heard = room(11)[: len(played)]
    plugged_out = 6 * SAMPLE_RATE
    heard[plugged_out:] += played[plugged_out - 800 : -800] * 0.2
    _, free = run(EchoGate(Swallowing()), heard, played)
    assert free[plugged_out // FRAME - 1]
    assert not free[plugged_out // FRAME + 100]


def test_while_nothing_is_played_the_microphone_is_passed_on_unchanged() -> None:
    heard = talk(2, seed=5)
    out, _ = run(EchoGate(Swallowing()), heard, np.zeros_like(heard))
    assert np.array_equal(out, heard[: len(out)])


def test_the_true_canceller_takes_an_echo_out() -> None:
    pytest.importorskip("livekit")
    played = with_lead(talk(8, seed=6))
    heard = room(10, noise=0.0001)[: len(played)]
    heard[800:] += played[:-800] * 10 ** (-15 / 20)
    out, _ = run(EchoGate(WebRtcEchoCanceller()), heard, played)
    end = slice(-4 * SAMPLE_RATE, None)
    before = float(np.sqrt(np.mean(heard[end] ** 2)))
    after = float(np.sqrt(np.mean(out[end] ** 2)))
    assert after < before / 10  # 20 dB
