"""Files that are no models: one sentence that names the file and the cure, and the process lives."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engines.cancel import CancelToken
from engines.errors import EngineError, ModelBroken, ModelMissing
from engines.llm.llama_cpp import LlamaCppModel
from engines.llm.native import choose_threads
from engines.types import Message

Gguf = Callable[..., Path]


def start_error(path: Path) -> EngineError:
    model = LlamaCppModel(model=str(path))
    with pytest.raises(EngineError) as caught:
        model.start()
    model.close()
    text = str(caught.value)
    assert str(path) in text
    assert "\n" not in text
    return caught.value


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    error = start_error(tmp_path / "none.gguf")
    assert isinstance(error, ModelMissing)
    assert "Download it" in str(error)


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (b"", "Download it again"),
        (b"GG", "not a GGUF"),
        (b"<html>404</html>", "not a GGUF"),
        (b"GGUF", "Download it again"),
        (b"GGUF" + random.Random(0).randbytes(4000), "Download it again"),
        (random.Random(1).randbytes(4000), "not a GGUF"),
    ],
)
def test_garbage_is_broken(tmp_path: Path, content: bytes, cure: str) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(content)
    error = start_error(path)
    assert isinstance(error, ModelBroken)
    assert cure in str(error)


@pytest.mark.parametrize("share", [0.001, 0.02, 0.5, 0.9999])
def test_a_truncated_model_is_broken(tmp_path: Path, gguf: Gguf, share: float) -> None:
    whole = gguf().read_bytes()
    path = tmp_path / "half.gguf"
    path.write_bytes(whole[: int(len(whole) * share)])
    error = start_error(path)
    assert isinstance(error, ModelBroken)
    assert "damaged or incomplete" in str(error)


def test_an_unknown_architecture_is_named(tmp_path: Path, gguf: Gguf) -> None:
    path = tmp_path / "strange.gguf"
    kind = len("llama").to_bytes(8, "little")
    path.write_bytes(gguf().read_bytes().replace(kind + b"llama", kind + b"lamma", 1))
    error = start_error(path)
    assert isinstance(error, ModelBroken)
    assert "'lamma'" in str(error)


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    assert "folder" in str(start_error(tmp_path))


def test_the_engine_can_start_after_a_failure(tmp_path: Path, gguf: Gguf) -> None:
    path = tmp_path / "model.gguf"
    model = LlamaCppModel(model=str(path), max_tokens=5)
    with pytest.raises(ModelMissing):
        model.start()
    path.write_bytes(gguf(script="Here I am.").read_bytes())
    model.start()
    assert "".join(map(str, model.reply([Message("user", "hi")], (), CancelToken()))) == "Here I am."
    model.close()


def test_llama_cpp_is_silent(tmp_path: Path, gguf: Gguf) -> None:
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(gguf().read_bytes()[:5000])
    program = """
import sys
from engines.errors import EngineError
from engines.llm.llama_cpp import LlamaCppModel

for path in sys.argv[1:]:
    model = LlamaCppModel(model=path)
    try:
        print(model.start().model)
    except EngineError as error:
        print(type(error).__name__)
    model.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(bad), str(gguf("lfm2moe", name="fine"))],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["ModelBroken", "fine"]
    assert done.stderr == ""


def test_threads_are_chosen_within_what_there_is() -> None:
    assert 1 <= choose_threads() <= 16
