"""Models and servers that the tests of the text engines share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engines.llm.llama_cpp import LlamaCppModel
from engines.llm.openai_compatible import OpenAICompatibleModel
from tests.llm.fake_server import FakeServer
from tests.llm.tiny_gguf import build_tiny_gguf

ARCHITECTURES = ("llama", "qwen3moe", "lfm2moe")

MakeModel = Callable[..., LlamaCppModel]


@pytest.fixture(scope="session")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build a tiny model once per set of options."""
    folder = tmp_path_factory.mktemp("gguf")
    built: dict[str, Path] = {}

    def build(architecture: str = "llama", **options: Any) -> Path:
        key = repr((architecture, sorted(options.items())))
        if key not in built:
            built[key] = build_tiny_gguf(folder / f"model-{len(built)}.gguf", architecture, **options)
        return built[key]

    return build


@pytest.fixture
def start() -> Iterator[MakeModel]:
    """Start engines and close them at the end of the test."""
    started: list[LlamaCppModel] = []

    def begin(path: Path, **options: Any) -> LlamaCppModel:
        model = LlamaCppModel(
            model=str(path), **({"temperature": 0.0, "max_tokens": 40, "threads": 1} | options)
        )
        started.append(model)
        model.start()
        return model

    yield begin
    for model in started:
        model.close()


@pytest.fixture
def connect() -> Iterator[Any]:
    """Start engines for servers or addresses and close them at the end of the test."""
    opened: list[OpenAICompatibleModel] = []

    def begin(server: FakeServer | str, **options: Any) -> OpenAICompatibleModel:
        url = server if isinstance(server, str) else server.url
        model = OpenAICompatibleModel(base_url=url, **({"model": "fake-model"} | options))
        opened.append(model)
        model.start()
        return model

    yield begin
    for model in opened:
        model.close()
