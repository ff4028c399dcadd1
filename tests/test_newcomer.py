"""What somebody new stumbled over, so that nobody does again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.paths import Paths
from app.store import Store
from app.tools import FakeClock, FakeHost, Toolbox, build_toolbox
from engines.types import ToolCall
from tests.test_command_line import refused, repartee


@pytest.fixture
def toolbox(home: Paths) -> Iterator[Toolbox]:
    store = Store(home.database())
    yield build_toolbox(store, FakeHost(), FakeClock(datetime(2026, 1, 5, 12, 0)), lambda due: None)
    store.close()


@pytest.mark.parametrize(
    ("value", "source", "target", "said"),
    [(100, "degF", "degC", "37.78"), (20, "degC", "degF", "68"), (0, "celsius", "kelvin", "273.15")],
)
def test_temperatures_as_the_built_in_model_names_them(
    toolbox: Toolbox, value: float, source: str, target: str, said: str
) -> None:
    result = toolbox.run(ToolCall("convert", {"value": value, "from_unit": source, "to_unit": target}))
    assert result.ok
    assert said in result.spoken


def test_all_timers_are_not_the_alarms(toolbox: Toolbox) -> None:
    toolbox.run(ToolCall("set_timer", {"seconds": 60}))
    toolbox.run(ToolCall("set_alarm", {"time": "07:00"}))
    assert toolbox.run(ToolCall("cancel_timer", {"label": "all"})).ok
    assert [timer.kind for timer in toolbox.timers.pending()] == ["alarm"]
    assert toolbox.run(ToolCall("cancel_timer", {"label": "all alarms"})).ok
    assert not toolbox.timers.pending()


def test_an_answer_never_overwrites_its_question(tmp_path: Path, recordings: Path) -> None:
    question = tmp_path / "question.wav"
    shutil.copy(recordings / "what_time_is_it.wav", question)
    before = question.read_bytes()
    refused(repartee("talk", question, "-o", question), "itself")
    assert question.read_bytes() == before


def test_doctor_sees_what_is_no_model(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not a model")
    run = repartee("doctor", "--set", f"llm.model={other}")
    assert run.returncode == 1
    assert "is no GGUF" in run.stdout


def test_doctor_names_a_broken_settings_file_and_goes_on(home: Paths) -> None:
    home.config.mkdir(parents=True)
    (home.config / "settings.toml").write_text("[llm")
    run = repartee("doctor")
    assert run.returncode == 1
    assert "settings.toml" in run.stdout
