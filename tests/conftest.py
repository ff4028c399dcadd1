"""What all tests share: a home of their own, and the recordings where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.paths import HOME_VARIABLE, Paths, find_paths

ROOT = Path(__file__).parent.parent
RECORDINGS = ROOT.parent / "shared" / "audio"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """No test reads or writes a person's own files."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return find_paths()


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of real recordings. Skips where it is absent."""
    if not RECORDINGS.is_dir():
        pytest.skip(f"the recordings are not here ({RECORDINGS})")
    return RECORDINGS
