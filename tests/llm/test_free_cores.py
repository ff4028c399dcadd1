"""Threads for free cores only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engines.llm import free_cores
from engines.llm.free_cores import free_threads, running_elsewhere, state


def test_what_runs_elsewhere_leaves_this_process_out() -> None:
    assert running_elsewhere("0.50 0.40 0.30 4/250 1234", ["R", "R", "S"]) == 2
    assert running_elsewhere("0.50 0.40 0.30 1/250 1234", ["R", "R"]) == 0


def test_a_threads_state_follows_its_name(tmp_path: Path) -> None:
    (tmp_path / "stat").write_text("12 (odd) S name) R 1 2 3")
    assert state(tmp_path) == "R"


@pytest.mark.parametrize(("running", "expected"), [(1, 4), (2, 3), (4, 1), (50, 1)])
def test_cores_in_use_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, running: int, expected: int
) -> None:
    load, task = tmp_path / "loadavg", tmp_path / "task" / "1"
    task.mkdir(parents=True)
    (task / "stat").write_text("1 (python) R 0")
    load.write_text(f"0 0 0 {running}/100 1")
    monkeypatch.setattr(free_cores, "LOAD", load)
    monkeypatch.setattr(free_cores, "OWN_TASKS", task.parent)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert free_threads(4) == expected


def test_elsewhere_than_linux_all_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(free_cores, "LOAD", tmp_path / "none")
    assert free_threads(8) == 8
