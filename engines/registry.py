"""The table of engines: a name, its class, and whether it lives in a worker process. Classes are imported on use.

Adding an engine is one file, one row here, and passing the conformance tests that every engine of its kind runs.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines.errors import BadInput, EngineError
from engines.types import EngineInfo
from engines.worker import WorkerEngine, WorkerLanguageModel, WorkerRecognizer, WorkerSynthesizer


@dataclass(frozen=True)
class EngineRow:
    """`target` is "module:Class". Engines that compute go into a worker; those that only wait need none."""

    stage: str
    name: str
    target: str
    in_worker: bool
    title: str


ENGINES = (
    EngineRow("stt", "pocketsphinx", "engines.stt.pocketsphinx:PocketsphinxRecognizer", True, "built in"),
    EngineRow("llm", "llama-cpp", "engines.llm.llama_cpp:LlamaCppModel", True, "a GGUF on this computer"),
    EngineRow(
        "llm",
        "openai-compatible",
        "engines.llm.openai_compatible:OpenAICompatibleModel",
        False,
        "a server that you choose",
    ),
    EngineRow("tts", "system", "engines.tts.system_voice:SystemVoice", False, "the system's voice"),
)

_PROXIES: Mapping[str, type[WorkerEngine]] = {
    "stt": WorkerRecognizer,
    "llm": WorkerLanguageModel,
    "tts": WorkerSynthesizer,
}


def find(stage: str, name: str) -> EngineRow:
    """Raises BadInput with the names that there are."""
    rows = [row for row in ENGINES if row.stage == stage]
    for row in rows:
        if row.name == name:
            return row
    raise BadInput(f"{stage}.engine can't be {name!r}. There are: {', '.join(row.name for row in rows)}.")


def create(
    row: EngineRow,
    arguments: Mapping[str, Any],
    *,
    stall_seconds: float = 30.0,
    log_path: Path | None = None,
    on_failure: Callable[[EngineError], None] = lambda error: None,
    on_restart: Callable[[EngineInfo], None] = lambda info: None,
) -> Any:
    """The engine, not yet started: behind a worker's proxy, or the class itself."""
    if row.in_worker:
        return _PROXIES[row.stage](
            row.target,
            arguments,
            stall_seconds=stall_seconds,
            log_path=log_path,
            on_failure=on_failure,
            on_restart=on_restart,
        )
    return load_class(row)(**arguments)


def load_class(row: EngineRow) -> Any:
    """The engine's own class, imported now."""
    module, _, name = row.target.partition(":")
    return getattr(importlib.import_module(module), name)
