"""Requests are heard better with their own model, open speech as before; a bad file is told in a sentence."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.hearing import REQUESTS_MODEL as MODEL
from assets.hearing.measure import errors, spoken
from assets.hearing.ngrams import Trigrams
from engines.cancel import CancelToken
from engines.errors import ModelBroken, ModelMissing
from engines.stt.pocketsphinx import PocketsphinxRecognizer
from engines.stt.requests_decoder import LOG_BASE, MARGIN, believed
from engines.types import SAMPLE_RATE, AudioFrame, Samples

needs_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")

REQUESTS = [
    ("put yourself on mute", "rms"),
    ("open the settings page", "kal16"),
    ("make the alarm ring an hour later", "kal16"),
    ("do you have a memory", "awb"),
]
OPEN = [
    ("she said that the new bridge would cost more than anyone had expected", "rms"),
    ("the price of oil fell again for the third week", "rms"),
]


def text_of(recognizer: PocketsphinxRecognizer, samples: Samples) -> str:
    frames = (
        AudioFrame(samples[start : start + 160], SAMPLE_RATE, start / SAMPLE_RATE)
        for start in range(0, len(samples), 160)
    )
    return list(recognizer.transcribe(frames, "en", CancelToken()))[-1].text


@pytest.fixture(scope="module")
def general() -> Iterator[PocketsphinxRecognizer]:
    recognizer = PocketsphinxRecognizer()
    recognizer.start()
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="module")
def with_requests() -> Iterator[PocketsphinxRecognizer]:
    recognizer = PocketsphinxRecognizer(requests_model=str(MODEL))
    recognizer.start()
    yield recognizer
    recognizer.close()


@needs_flite
def test_requests_are_heard_better(
    general: PocketsphinxRecognizer, with_requests: PocketsphinxRecognizer
) -> None:
    before = after = 0
    for said, voice in REQUESTS:
        samples = spoken(said, voice)
        before += errors(said.split(), text_of(general, samples).split())
        after += errors(said.split(), text_of(with_requests, samples).split())
    assert after <= before / 2, f"{before} wrong words before, {after} with the requests"


@needs_flite
@pytest.mark.parametrize(("said", "voice"), OPEN)
def test_open_speech_is_heard_as_before(
    general: PocketsphinxRecognizer, with_requests: PocketsphinxRecognizer, said: str, voice: str
) -> None:
    samples = spoken(said, voice)
    assert text_of(with_requests, samples) == text_of(general, samples)


@needs_flite
def test_the_same_audio_twice_gives_the_same_text(with_requests: PocketsphinxRecognizer) -> None:
    request, other = spoken("open the settings page", "kal16"), spoken("half an hour", "awb")
    first = text_of(with_requests, request)
    text_of(with_requests, other)
    assert text_of(with_requests, request) == first


@needs_flite
def test_cancelling_leaves_both_decoders_usable(with_requests: PocketsphinxRecognizer) -> None:
    samples = spoken("open the settings page", "kal16")
    cancel = CancelToken()

    def until_cancelled() -> Iterator[AudioFrame]:
        for start in range(0, len(samples), 160):
            if start > SAMPLE_RATE // 2:
                cancel.cancel()
            yield AudioFrame(samples[start : start + 160], SAMPLE_RATE, start / SAMPLE_RATE)

    assert not any(heard.final for heard in with_requests.transcribe(until_cancelled(), "en", cancel))
    assert text_of(with_requests, samples) == "open the settings page"


@pytest.mark.parametrize("lost", ["requests.lm", "requests.dict"])
def test_a_missing_file_is_named(tmp_path: Path, lost: str) -> None:
    for path in (MODEL, MODEL.with_suffix(".dict")):
        if path.name != lost:
            shutil.copy(path, tmp_path)
    with pytest.raises(ModelMissing, match=lost):
        PocketsphinxRecognizer(requests_model=str(tmp_path / MODEL.name)).start()


@pytest.mark.parametrize("content", [b"", b"no language model", MODEL.read_bytes()[:700_000]])
def test_a_broken_file_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    shutil.copy(MODEL.with_suffix(".dict"), tmp_path)
    (tmp_path / MODEL.name).write_bytes(content)
    with pytest.raises(ModelBroken, match=r"requests\.lm"):
        PocketsphinxRecognizer(requests_model=str(tmp_path / MODEL.name)).start()


def test_a_request_is_believed_down_to_the_margin() -> None:
    def lower_by(units: float) -> float:
        return 0.5 * math.exp(LOG_BASE * units)

    assert believed(0.5, 0.6, frames=200)
    assert believed(0.5, lower_by(200 * MARGIN + 1), frames=200)
    assert not believed(0.5, lower_by(200 * MARGIN - 1), frames=200)
    assert not believed(0.5, 0.0, frames=200)
    assert not believed(0.0, 0.5, frames=200)


def test_the_model_gives_every_context_a_whole_probability() -> None:
    words = [line.split() for line in ["set a timer", "set an alarm", "set a timer", "stop a timer", "stop"]]
    model = Trigrams(words, least=2)
    assert sum(model.first.values()) == pytest.approx(1.0)
    for context in {gram[:-1] for gram in model.second}:
        seen = {gram[-1]: p for gram, p in model.second.items() if gram[:-1] == context}
        assert 0 < sum(seen.values()) <= 1.0
    assert model.third[("set", "a", "timer")] > model.second[("a", "timer")] > model.first[("timer",)]


def test_the_file_stays_small() -> None:
    assert MODEL.stat().st_size < 2_000_000
