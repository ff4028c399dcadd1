"""A tiny random model in the starter's layout, made once, for the tests that need a vocabulary or a network."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("gguf")
pytest.importorskip("tokenizers")

import torch

from assets.starter.export import write_gguf
from assets.starter.model import Config, Starter
from assets.starter.tokenizer import Tokenizer

TINY = Config(width=64, layers=2, heads=2, kv_heads=1, head_dim=32, experts=4, expert_width=32)


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer()


@pytest.fixture(scope="session")
def tiny() -> Starter:
    torch.manual_seed(7)
    return Starter(TINY).eval()


@pytest.fixture(scope="session")
def tiny_gguf(tiny: Starter, tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("starter") / "tiny.gguf"
    write_gguf(tiny, path, tokenizer)
    return path
