"""The layers: ui → app → engines, nothing upward; no model library in the main process; nothing too large."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {"engines": {"app", "ui", "assets"}, "app": {"ui"}}
MODEL_LIBRARIES = ("torch", "llama_cpp", "ctranslate2", "faster_whisper", "pocketsphinx")


def modules(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("folder", sorted(FORBIDDEN))
def test_imports_point_down_only(folder: str) -> None:
    upward = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(folder)
        for name in imports(path)
        if name.partition(".")[0] in FORBIDDEN[folder]
    }
    assert upward == set()


@pytest.mark.parametrize("folder", ["engines", "app", "ui"])
def test_every_file_opens_with_its_promise(folder: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules(folder)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_only_build_and_the_commands_know_concrete_engines() -> None:
    concrete = {"engines.vad", "engines.stt", "engines.llm", "engines.tts"}
    knowing = {
        str(path.relative_to(ROOT))
        for path in modules("app") + modules("ui")
        for name in imports(path)
        if ".".join(name.split(".")[:2]) in concrete
    }
    assert knowing <= {"app/build.py", "app/cli/speech.py"}


def test_importing_the_app_and_the_window_loads_no_model_library() -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for folder in ("app", "ui")
        for path in modules(folder)
        if path.name != "__main__.py" and path.parts[-2] != "demo"
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"print([name for name in {MODEL_LIBRARIES!r} if name in sys.modules])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "[]"
