"""The pretended machine as a fixture, and a way to import the set-up's own modules."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.machine_fake import REPOSITORY, Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if sys.platform == "win32":
        pytest.skip("shell scripts are for Linux and macOS")
    return Machine(tmp_path)


@pytest.fixture
def set_up_module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Imports a module of packaging/, which is no package: PyPI's `packaging` would be hidden by it."""
    monkeypatch.syspath_prepend(str(REPOSITORY / "packaging"))
    return importlib.import_module
