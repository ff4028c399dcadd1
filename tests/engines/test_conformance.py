"""What every engine of a kind has to do, in this process and in a worker. A new engine adds a row, no test."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from engines import registry
from engines.cancel import CancelToken
from engines.types import (
    SAMPLE_RATE,
    AudioFrame,
    EngineInfo,
    Message,
    Samples,
    SpeechChunk,
    ToolCall,
    Transcript,
)
from tests.llm.fake_server import FakeServer
from tests.llm.tiny_gguf import build_tiny_gguf

QUESTION = [Message("system", "Be brief."), Message("user", "Hello there.")]


@pytest.fixture(scope="module")
def arguments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """What each engine needs to start here."""
    gguf = build_tiny_gguf(tmp_path_factory.mktemp("models") / "tiny.gguf")
    with FakeServer(["Hello to you, and welcome."]) as server:
        yield {
            "llama-cpp": {"model": str(gguf), "max_tokens": 40},
            "openai-compatible": {"base_url": server.url},
        }


def rows(stage: str) -> list[Any]:
    return [
        pytest.param((row, in_worker), id=f"{row.name}{'-worker' if in_worker else ''}")
        for row in registry.ENGINES
        if row.stage == stage
        for in_worker in ([True, False] if row.in_worker else [False])
    ]


@pytest.fixture
def engine(request: pytest.FixtureRequest, arguments: dict[str, dict[str, Any]]) -> Iterator[Any]:
    row, in_worker = request.param
    if row.name == "system" and shutil.which("flite") is None:
        pytest.skip("flite is not installed")
    given = arguments.get(row.name, {})
    engine = registry.create(row, given) if in_worker else registry.load_class(row)(**given)
    info = engine.start()
    assert isinstance(info, EngineInfo)
    assert info.name
    assert info.model
    yield engine
    engine.close()
    engine.close()  # safe to call twice


def frames(samples: Samples) -> Iterator[AudioFrame]:
    for start in range(0, len(samples), 160):
        yield AudioFrame(samples[start : start + 160], SAMPLE_RATE, start / SAMPLE_RATE)


@pytest.mark.parametrize("engine", rows("stt"), indirect=True)
class TestRecognizers:
    def test_the_final_comes_last_and_once(self, engine: Any) -> None:
        results = list(engine.transcribe(frames(speech("what time is it")), "en", CancelToken()))
        assert all(isinstance(result, Transcript) for result in results)
        assert [result.final for result in results] == [False] * (len(results) - 1) + [True]
        assert results[-1].text == "what time is it"

    def test_silence_has_no_words_and_still_a_final(self, engine: Any) -> None:
        silence = np.zeros(SAMPLE_RATE, dtype=np.float32)
        results = list(engine.transcribe(frames(silence), "en", CancelToken()))
        assert results[-1] == Transcript("", results[-1].language, final=True)

    def test_no_frames_at_all_still_give_a_final(self, engine: Any) -> None:
        assert [r.final for r in engine.transcribe(iter(()), "en", CancelToken())] == [True]

    def test_cancel_ends_it_and_the_next_call_is_clean(self, engine: Any) -> None:
        cancel = CancelToken()
        endless = itertools.cycle(list(frames(speech("what time is it"))))
        stream = engine.transcribe(endless, "en", cancel)
        next(stream)
        cancel.cancel()
        assert not any(result.final for result in stream)
        results = list(engine.transcribe(frames(speech("half an hour")), "en", CancelToken()))
        assert results[-1].text == "half an hour"


@pytest.mark.parametrize("engine", rows("llm"), indirect=True)
class TestLanguageModels:
    def test_a_reply_streams_in_pieces(self, engine: Any) -> None:
        pieces = list(engine.reply(QUESTION, (), CancelToken()))
        assert all(isinstance(piece, str | ToolCall) for piece in pieces)
        assert len(pieces) > 1

    def test_cancel_ends_it_without_an_error(self, engine: Any) -> None:
        cancel = CancelToken()
        stream = engine.reply(QUESTION, (), cancel)
        next(stream)
        cancel.cancel()
        assert len(list(stream)) <= 2
        assert list(engine.reply(QUESTION, (), CancelToken()))

    def test_cancelled_before_it_begins_it_says_nothing(self, engine: Any) -> None:
        cancel = CancelToken()
        cancel.cancel()
        assert list(engine.reply(QUESTION, (), cancel)) == []

    def test_an_abandoned_reply_leaves_the_engine_usable(self, engine: Any) -> None:
        stream = engine.reply(QUESTION, (), CancelToken())
        next(stream)
        stream.close()
        assert list(engine.reply(QUESTION, (), CancelToken()))


@pytest.mark.parametrize("engine", rows("tts"), indirect=True)
class TestVoices:
    def test_a_clause_becomes_audio_with_one_last_chunk(self, engine: Any) -> None:
        chunks = list(engine.speak("It is ten past two.", "en", CancelToken()))
        assert all(
            isinstance(chunk, SpeechChunk) and chunk.clause == "It is ten past two." for chunk in chunks
        )
        assert [chunk.last for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
        audio = np.concatenate([chunk.audio for chunk in chunks])
        assert audio.dtype == np.float32
        assert 0.5 < len(audio) / chunks[0].sample_rate < 5
        assert 0.05 < float(np.abs(audio).max()) <= 1.0

    def test_cancelled_before_it_begins_it_is_silent(self, engine: Any) -> None:
        cancel = CancelToken()
        cancel.cancel()
        assert list(engine.speak("Hello there.", "en", cancel)) == []

    @pytest.mark.parametrize(
        "text", ["-o /tmp/elsewhere", "'; echo broken", "$HOME `ls`", "a\x00b\x1b[0m", "é ü 你好"]
    )
    def test_odd_text_is_only_ever_text(self, engine: Any, text: str) -> None:
        chunks = list(engine.speak(text, "en", CancelToken()))
        assert chunks[-1].last


def speech(text: str) -> Samples:
    """The text, spoken by a voice that the recognizer knows well."""
    from engines.audio.resample import resample
    from engines.tts.system_voice import SystemVoice

    if shutil.which("flite") is None:
        pytest.skip("flite is not installed")
    chunks = list(SystemVoice(voice="rms").speak(text, "en", CancelToken()))
    audio = resample(np.concatenate([chunk.audio for chunk in chunks]), chunks[0].sample_rate, SAMPLE_RATE)
    quiet = np.zeros(SAMPLE_RATE // 4, dtype=np.float32)
    return np.concatenate([quiet, audio, quiet])


def test_unknown_engines_are_named_with_those_that_exist() -> None:
    from engines.errors import BadInput

    with pytest.raises(BadInput, match="pocketsphinx"):
        registry.find("stt", "whisper-9000")


def test_every_row_can_be_imported() -> None:
    for row in registry.ENGINES:
        assert registry.load_class(row).__module__ == row.target.partition(":")[0]
