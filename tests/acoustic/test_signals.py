"""The measures, on sound whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.acoustic import signals
from tests.acoustic.echo import BLOCK, Convolver, room_response
from tests.acoustic.recording import RATE, Recording
from tests.acoustic.signals import Sound, Span


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def noise(seconds: float, seed: int = 1) -> Sound:
    return (0.1 * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def track(*parts: Sound) -> Sound:
    return np.concatenate(parts)


def test_a_clip_is_found_to_the_sample_under_other_sound() -> None:
    clip = noise(0.5)
    heard = track(silence(1.2345), 0.3 * clip, silence(1.0))
    heard[: 2 * RATE] += 0.1 * noise(2.0, seed=2)
    found = signals.find(clip, heard, RATE)
    assert found.start == pytest.approx(1.2345, abs=1 / RATE)
    assert found.likeness > 0.9


def test_a_clip_that_is_not_there_is_unlike() -> None:
    assert signals.find(noise(0.5), track(silence(1.0), noise(2.0, seed=3)), RATE).likeness < 0.2
    assert signals.find(noise(0.5), silence(2.0), RATE).likeness < 0.2


def test_speech_is_measured_without_the_silence_around_it() -> None:
    clip = track(0.001 * noise(0.3), noise(0.4), silence(0.1), noise(0.2), 0.001 * noise(0.5))
    speech = signals.speech_in(clip, RATE)
    assert (speech.start, speech.end) == pytest.approx((0.3, 1.0), abs=0.011)


def test_voice_to_voice_is_from_the_end_of_speech_to_the_first_sound() -> None:
    clip = track(noise(0.5), silence(0.3))
    microphone = track(silence(1.0), clip, silence(3.0))
    speaker = track(silence(2.25), noise(1.0, seed=4), silence(1.55))
    recording = Recording(10.0, {"room_mic": microphone, "virtual_speaker": speaker})
    assert recording.voice_to_voice(clip) == pytest.approx(0.75, abs=0.011)
    assert recording.answers()[0].start == pytest.approx(12.25, abs=0.011)


def test_time_to_silence_counts_every_sound_while_the_person_talks() -> None:
    clip = noise(1.0)
    microphone = track(silence(2.0), clip, silence(2.0))
    speaker = track(
        noise(2.1, seed=5), silence(0.2), noise(0.1, seed=6), silence(0.6), noise(1.0), silence(1.0)
    )
    recording = Recording(0.0, {"room_mic": microphone, "virtual_speaker": speaker})
    assert recording.time_to_silence(clip) == pytest.approx(0.4, abs=0.011)
    silent = Recording(0.0, {"room_mic": microphone, "virtual_speaker": silence(5.0)})
    assert silent.time_to_silence(clip) is None


def test_gaps_are_the_silences_inside_an_answer() -> None:
    speaker = track(
        silence(1.0), noise(0.3), silence(0.2), noise(0.3), silence(0.4), noise(0.3), silence(1.0)
    )
    (gap,) = signals.gaps(speaker, RATE, longer_than=0.25)
    assert (gap.start, gap.end) == pytest.approx((1.8, 2.2), abs=0.011)
    assert len(signals.utterances(speaker, RATE, pause=0.3)) == 2


def test_a_part_of_a_recording_keeps_its_times() -> None:
    speaker = track(noise(1.0), silence(1.0), noise(1.0))
    recording = Recording(5.0, {"room_mic": silence(3.0), "virtual_speaker": speaker})
    assert recording.part(Span(6.5, 8.0)).first_sound(6.5) == pytest.approx(7.0, abs=0.011)
    assert recording.first_sound(5.5) == pytest.approx(5.5, abs=0.011)


def test_the_echo_is_the_convolution_without_delay() -> None:
    response, sound = noise(0.105, seed=7), noise(0.5)
    convolver = Convolver(response)
    blocks = [convolver.feed(sound[i : i + BLOCK]) for i in range(0, len(sound), BLOCK)]
    assert np.concatenate(blocks) == pytest.approx(np.convolve(sound, response)[: len(sound)], abs=1e-4)


def test_the_echo_has_the_loudness_that_was_asked_for() -> None:
    assert room_response(None, -15.0, noise(0.5)) == pytest.approx([10 ** (-15 / 20)])
