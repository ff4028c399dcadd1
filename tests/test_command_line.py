"""The commands as a person runs them: real processes, real files, one clear sentence for whatever is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest
import soundfile

from engines.audio.files import read_audio
from engines.audio.resample import resample
from engines.types import Samples
from tests.conftest import ROOT
from tests.engines.test_conformance import speech
from tests.llm.fake_server import FakeServer
from tests.llm.tiny_gguf import build_tiny_gguf

ANSWER = "Yes. It is ten past two, and the weather is fine."


def repartee(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, **environment},
        check=False,
    )


def events(run: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run.stdout.splitlines()]


def refused(run: subprocess.CompletedProcess[str], *words: str) -> None:
    """One sentence on standard error, no traceback, a non-zero exit, nothing on standard output."""
    assert run.returncode == 1, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert all(word in run.stderr for word in words), run.stderr


@pytest.fixture(scope="module")
def server() -> Iterator[FakeServer]:
    with FakeServer([ANSWER]) as server:
        yield server


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("question") / "question.wav"
    soundfile.write(path, speech("what time is it"), 16_000)
    return path


def model_of(server: FakeServer) -> tuple[str, ...]:
    return ("--set", "llm.engine=openai-compatible", "--set", f"llm.base_url={server.url}")


def test_talk_answers_a_question_aloud(question: Path, server: FakeServer, tmp_path: Path) -> None:
    answer = tmp_path / "answer.wav"
    run = repartee("talk", question, "-o", answer, "--json", *model_of(server))
    assert run.returncode == 0, run.stderr
    found = events(run)
    assert [e["text"] for e in found if e["event"] == "TranscriptReady"] == ["what time is it"]
    (ended,) = [e for e in found if e["event"] == "TurnEnded"]
    assert ended["reply"] == ended["heard"] == ANSWER
    assert ended["outcome"] == "completed"
    assert set(ended["timings"]) == {
        "endpointing_delay",
        "stt",
        "ttft",
        "first_clause",
        "tts_first_chunk",
        "time_to_first_audio",
    }
    assert all("at" in e for e in found)
    assert all(e["turn"] == 1 for e in found if e["event"] not in ("StateChanged", "NoticeRaised"))
    heard = " ".join(repartee("transcribe", answer).stdout.split())
    assert jiwer.wer(re.sub(r"[^a-z ]", "", ANSWER.lower()), heard) <= 0.25, heard


def test_talk_over_silence_invents_nothing(server: FakeServer, tmp_path: Path) -> None:
    silence = tmp_path / "silence.wav"
    soundfile.write(silence, np.zeros(80_000), 16_000)
    run = repartee("talk", silence, "--json", *model_of(server))
    assert run.returncode == 0
    assert {e["event"] for e in events(run)} <= {"StateChanged"}


def test_talk_over_noise_invents_nothing(recordings: Path, server: FakeServer) -> None:
    run = repartee("talk", recordings / "noise2.wav", "--json", *model_of(server))
    assert run.returncode == 0
    assert {e["event"] for e in events(run)} <= {"StateChanged"}


def test_three_recordings_are_three_turns(recordings: Path, server: FakeServer, tmp_path: Path) -> None:
    pause = np.zeros(16_000 * 6, dtype=np.float32)
    parts: list[Samples] = [pause[:8000]]
    for name in ("what_time_is_it", "weather_question", "half_an_hour"):
        parts += [read_audio(recordings / f"{name}.wav", 16_000), pause]
    path = tmp_path / "three.wav"
    soundfile.write(path, np.concatenate(parts), 16_000)
    run = repartee("talk", path, "--json", *model_of(server))
    assert [e["asked"] for e in events(run) if e["event"] == "TurnEnded"] == [
        "what time is it",
        "what is the weather in paris",
        "half an hour",
    ]


@pytest.mark.parametrize(
    ("name", "rate", "channels", "options"),
    [
        ("8-bit.wav", 16_000, 1, {"subtype": "PCM_U8"}),
        ("24-bit.wav", 48_000, 1, {"subtype": "PCM_24"}),
        ("float.wav", 44_100, 2, {"subtype": "FLOAT"}),
        ("studio.wav", 96_000, 2, {"subtype": "PCM_16"}),
        ("free.flac", 16_000, 1, {}),
        ("small.mp3", 16_000, 1, {}),
        ("really-an-mp3.wav", 16_000, 1, {"format": "MP3"}),
        ("vorbis.ogg", 16_000, 2, {}),
    ],
)
def test_audio_of_any_kind_is_read(
    name: str, rate: int, channels: int, options: dict[str, str], tmp_path: Path
) -> None:
    wanted = speech("what time is it")
    data = np.repeat(resample(wanted, 16_000, rate)[:, None], channels, axis=1)
    path = tmp_path / name
    soundfile.write(path, data, rate, **options)
    read = read_audio(path, 16_000)
    assert abs(len(read) - len(wanted)) < 3000  # MP3 pads
    assert float(np.abs(read).max()) > 0.5 * float(np.abs(wanted).max())


def test_a_missing_recording(tmp_path: Path) -> None:
    refused(repartee("talk", tmp_path / "nowhere.wav"), "nowhere.wav")


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"RIFF\x24\x00\x00\x00WAVEfmt ", b"not audio at all" * 100]
)
def test_a_recording_that_is_none(content: bytes, tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(content)
    refused(repartee("talk", broken), "broken.wav")


def test_a_truncated_recording_is_read_as_far_as_it_goes(question: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.wav"
    cut.write_bytes(question.read_bytes()[:20_000])
    run = repartee("transcribe", cut)
    assert run.returncode == 0
    assert "Traceback" not in run.stderr


def test_an_output_that_cannot_be_written(question: Path, tmp_path: Path) -> None:
    refused(repartee("talk", question, "-o", tmp_path / "no" / "folder.wav"), "folder")


def test_no_display_names_what_works_without(tmp_path: Path) -> None:
    environment = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    if sys.platform.startswith("linux"):
        refused(repartee(**environment), "talk", "ask", "live")


def test_no_sound_device(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can be told to have no device")
    environment = {"PULSE_SERVER": "unix:/nonexistent"}
    if repartee("devices", **environment).returncode == 0:
        pytest.skip("this machine has a sound card")
    refused(repartee("live", **environment), "microphone", "talk")


def test_a_model_that_is_garbage(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.gguf"
    garbage.write_bytes(os.urandom(5000))
    refused(repartee("ask", "hello", "--set", f"llm.model={garbage}"), "garbage.gguf")


def test_a_truncated_model(tmp_path: Path) -> None:
    model = build_tiny_gguf(tmp_path / "cut.gguf")
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])
    refused(repartee("ask", "hello", "--set", f"llm.model={model}"), "cut.gguf")


def test_a_missing_model(tmp_path: Path) -> None:
    refused(repartee("ask", "hello", "--set", f"llm.model={tmp_path / 'none.gguf'}"), "none.gguf")


def test_no_server(tmp_path: Path) -> None:
    run = repartee(
        "ask", "hello", "--set", "llm.engine=openai-compatible", "--set", "llm.base_url=http://127.0.0.1:9/v1"
    )
    refused(run, "127.0.0.1:9")


@pytest.mark.parametrize(
    ("override", "word"),
    [
        ("nonsense", "section.key=value"),
        ("tts.colour=red", "tts.colour"),
        ("turn.endpointing_delay=soon", "a number"),
        ("turn.endpointing_delay=99", "between"),
        ("stt.engine=ears", "pocketsphinx"),
    ],
)
def test_settings_that_cannot_be(override: str, word: str) -> None:
    refused(repartee("ask", "hello", "--set", override), word)


def test_a_broken_settings_file_is_named_and_left_alone(tmp_path: Path, home: Any) -> None:
    home.config.mkdir(parents=True)
    file = home.config / "settings.toml"
    file.write_text("[llm\nengine=")
    refused(repartee("ask", "hello"), "settings.toml")
    assert file.read_text() == "[llm\nengine="


def test_ask_reads_a_conversation_from_standard_input(server: FakeServer) -> None:
    run = repartee("ask", "--json", *model_of(server), stdin="first\n\nsecond\n")
    assert run.returncode == 0, run.stderr
    assert [e["asked"] for e in events(run) if e["event"] == "TurnEnded"] == ["first", "second"]
    chats = [request.body["messages"] for request in server.requests if "messages" in request.body]
    contents = [message["content"] for message in chats[-1]]
    assert contents[-3:] == ["first", ANSWER, "second"]


def test_doctor_names_every_stage() -> None:
    run = repartee("doctor", "--json")
    assert "Traceback" not in run.stderr
    found = {finding["subject"]: finding for finding in events(run)}
    assert {"hears", "thinks", "speaks", "voice activity", "echo", "microphone", "window"} <= set(found)


def test_a_wrong_command_line_exits_with_2() -> None:
    assert repartee("talk").returncode == 2
    assert repartee("shout").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_ends_it_without_a_traceback(server: FakeServer) -> None:
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "ui", "ask", "hello", "--json", *model_of(server)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("lines", [1, 3, 8])
def test_a_reader_that_goes_away_ends_it(lines: int, question: Path, server: FakeServer) -> None:
    model = " ".join(model_of(server))
    command = f"{sys.executable} -m ui talk {question} --json {model} | head -{lines}"
    run = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert len(run.stdout.splitlines()) == lines
    assert "Traceback" not in run.stderr


def test_a_narrow_encoding_still_says_everything(server: FakeServer) -> None:
    run = repartee("ask", "was kostet 5 €?", *model_of(server), PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == ANSWER


def test_a_name_that_is_too_long() -> None:
    refused(repartee("transcribe", "x" * 5000), "name")


def test_standard_input_that_is_closed(server: FakeServer) -> None:
    command = f"{sys.executable} -m ui ask {' '.join(model_of(server))} <&-"
    run = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in run.stderr
