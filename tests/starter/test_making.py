"""How the starter is made: tokens equal llama.cpp's, logits equal torch's, batches and rates as promised."""

from __future__ import annotations

from pathlib import Path

import llama_cpp
import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from assets.starter.evaluate import messages
from assets.starter.export import HERE, parity, quantize
from assets.starter.generate import conversation
from assets.starter.model import Config, Starter, count
from assets.starter.muon import orthogonal
from assets.starter.pack import LONG, LONG_EVERY, SHORT, STEP_TOKENS, Packer
from assets.starter.tokenizer import BEGIN, PIECES, Tokenizer, exchange_text
from assets.starter.train import WARMUP, rate
from engines.llm.chat_messages import as_dicts
from engines.types import Message, ToolCall


@pytest.fixture(scope="module")
def words(tiny_gguf: Path) -> llama_cpp.Llama:
    return llama_cpp.Llama(str(tiny_gguf), vocab_only=True, verbose=False)


def test_llama_cpp_makes_the_same_tokens_of_conversations(
    words: llama_cpp.Llama, tokenizer: Tokenizer
) -> None:
    for seed in range(700):
        text = BEGIN + "".join(exchange_text(e) for e in conversation(f"tokens:{seed}"))
        ids = tokenizer.encode(text)
        assert words.tokenize(text.encode(), add_bos=False, special=True) == ids
        assert words.detokenize(ids, special=True).decode() == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_goes_through_the_tokenizer_unharmed(
    words: llama_cpp.Llama, tokenizer: Tokenizer, text: str
) -> None:
    text = text.replace("\0", "")
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert words.tokenize(text.encode(), add_bos=False, special=True) == ids


def test_no_fixed_piece_is_longer_than_llama_cpp_python_can_spell(
    words: llama_cpp.Llama, tokenizer: Tokenizer
) -> None:
    for piece in PIECES:
        ids = tokenizer.encode(piece)
        assert len(ids) == 1
        assert words.detokenize(ids).decode() == piece


@pytest.mark.parametrize("as_text", [False, True])
def test_the_template_writes_what_the_model_was_trained_on(as_text: bool) -> None:
    formatter = Jinja2ChatFormatter(
        (HERE / "chat_template.jinja").read_text(encoding="utf-8"),
        eos_token="",
        bos_token="",
        add_generation_prompt=True,
    )
    for seed in range(60):
        said = [e for e in conversation(f"template:{seed}") if " " in e.user]
        talk = [Message("system", "You are kind.")]
        for e in said:
            talk.append(Message("user", e.user))
            if isinstance(e.reply, str):
                talk.append(Message("assistant", e.reply))
            else:
                calls = tuple(ToolCall(c.name, c.arguments) for c in e.reply)
                talk += [Message("assistant", tool_calls=calls), Message("tool", "Done.")]
        talk.append(Message("user", "hello"))
        rendered = formatter(messages=as_dicts(talk, arguments_as_text=as_text)).prompt
        assert rendered == BEGIN + "".join(map(exchange_text, said)) + "<|user|> hello<|assistant|>"


def test_llama_cpp_computes_what_torch_computes(
    tiny: Starter, tiny_gguf: Path, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    ids = tokenizer.encode(BEGIN + "".join(exchange_text(e) for e in conversation("parity", length=9)))[:200]
    error, same = parity(tiny, tiny_gguf, ids)
    assert error < 1e-3
    assert same == 1.0
    quantize(tiny_gguf, tmp_path / "q8.gguf", "Q8_0")
    assert (tmp_path / "q8.gguf").stat().st_size < tiny_gguf.stat().st_size / 2


def test_the_shipped_size_is_what_was_asked_for() -> None:
    total, active = count(Starter(Config()))
    assert 10e6 < total < 35e6
    assert active < total / 2
    assert (Config().experts, Config().active) == (8, 2)


def test_batches_depend_on_the_seed_and_the_step_alone(tokenizer: Tokenizer) -> None:
    one, two = Packer(5, tokenizer), Packer(5, tokenizer)
    x, w = one.batch(3)
    y, v = two.batch(3)
    assert torch.equal(x, y)
    assert torch.equal(w, v)
    assert not torch.equal(x, one.batch(4)[0])
    assert x.shape == (STEP_TOKENS // SHORT, SHORT + 1)
    assert one.batch(LONG_EVERY - 1)[0].shape == (STEP_TOKENS // LONG, LONG + 1)


def test_only_what_the_assistant_says_has_weight(tokenizer: Tokenizer) -> None:
    x, w = Packer(5, tokenizer).batch(0)
    row, weights = x[0].tolist(), w[0].tolist()
    start = row.index(tokenizer.user)
    inside = False
    for token, weight in zip(row[start:], weights[start:], strict=True):
        assert (weight > 0) == inside
        inside = token == tokenizer.assistant or (inside and token != tokenizer.end)


def test_the_rate_rises_stays_and_falls() -> None:
    steps = 1000
    assert rate(0, steps, 100) < rate(WARMUP, steps, 100) == 1.0 == rate(899, steps, 100)
    assert rate(950, steps, 100) == pytest.approx(0.5)
    assert rate(steps, steps, 100) == 0.0


def test_muon_updates_are_nearly_orthogonal() -> None:
    torch.manual_seed(1)
    singular = torch.linalg.svdvals(orthogonal(torch.randn(3, 48, 96)).float())
    assert singular.min() > 0.5
    assert singular.max() < 1.4


def test_the_loss_falls_when_the_same_batch_is_seen_again(tokenizer: Tokenizer) -> None:
    torch.manual_seed(2)
    model = Starter(Config(width=64, layers=2, heads=2, kv_heads=1, head_dim=32, experts=4, expert_width=32))
    x, w = (t[:4] for t in Packer(5, tokenizer).batch(0))
    adam = torch.optim.AdamW(model.parameters(), lr=5e-3)
    seen = []
    for _ in range(12):
        loss, balance = model.loss(x, w)
        (loss + 0.01 * balance).backward()  # type: ignore[no-untyped-call]
        adam.step()
        adam.zero_grad()
        seen.append(loss.item())
    assert seen[-1] < seen[0] * 0.8
    assert np.isfinite(seen).all()


def test_a_held_out_case_becomes_a_conversation() -> None:
    case = {
        "ask": "ten",
        "history": [
            {"user": "set a timer", "assistant": "For how long?"},
            {"user": "x", "calls": [{"name": "mute", "arguments": {}}]},
        ],
    }
    roles = [m.role for m in messages(case)]
    assert roles == ["user", "assistant", "user", "assistant", "tool", "user"]
