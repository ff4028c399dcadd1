"""How fast the llama.cpp engine is beside the raw library, in one run: `python -m tests.llm.bench`.

The model is random weights of a true architecture: speed is real, text is not. Prints a table, then one JSON line.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import llama_cpp

from engines.cancel import CancelToken
from engines.llm.llama_cpp import LlamaCppModel
from engines.llm.native import choose_threads
from engines.types import Message
from tests.llm.tiny_gguf import build_tiny_gguf

TOKENS, ROUNDS, ABORTS = 60, 9, 10
QUESTION = [Message("user", "hello there " * 20)]
LONG = [Message("user", " ".join(str(number) * 3 for number in range(230)))]  # about 2,000 tokens


def decode_speeds(path: Path, threads: int) -> tuple[float, float]:
    """Median tokens/s of the raw library's `generate` and of the engine, taken by turns."""
    raw = llama_cpp.Llama(str(path), n_ctx=4096, n_threads=threads, n_threads_batch=threads, verbose=False)
    model = LlamaCppModel(model=str(path), threads=threads, max_tokens=TOKENS, seed=1)
    model.start()
    prompt = raw.tokenize(QUESTION[0].content.encode() * 2)
    rates: dict[str, list[float]] = {"raw": [], "engine": []}
    for _ in range(ROUNDS):
        tokens = raw.generate(prompt, temp=0.7)
        rates["raw"].append(_rate(raw.detokenize([token]) for token in itertools.islice(tokens, TOKENS)))
        tokens.close()
        rates["engine"].append(_rate(model.reply(QUESTION, (), CancelToken()), TOKENS))
    model.close()
    raw.close()
    return statistics.median(rates["raw"]), statistics.median(rates["engine"])


def _rate(pieces: Any, count: int = 0) -> float:
    """Tokens/s after the first. A piece may be no text, so the engine's tokens are counted by `count`."""
    next(pieces)
    began = time.perf_counter()
    seen = sum(1 for _ in pieces)
    return (count - 1 if count else seen) / (time.perf_counter() - began)


def abort_latencies(path: Path) -> list[float]:
    """Milliseconds from a cancel in the middle of a long prefill to the end of the reply."""
    model = LlamaCppModel(model=str(path), max_tokens=1)
    model.start()
    assert model._loaded is not None
    began = time.perf_counter()
    list(model.reply(LONG, (), CancelToken()))
    whole = time.perf_counter() - began
    latencies = []
    for number in range(ABORTS):
        model._loaded.cache.clear()
        cancel, cancelled = CancelToken(), [0.0]

        def stop(cancel: CancelToken = cancel, cancelled: list[float] = cancelled) -> None:
            cancelled[0] = time.perf_counter()
            cancel.cancel()

        timer = threading.Timer(whole * (0.05 + 0.8 * number / ABORTS), stop)
        timer.start()
        list(model.reply(LONG, (), cancel))
        if cancelled[0]:
            latencies.append((time.perf_counter() - cancelled[0]) * 1000)
        timer.join()
    model.close()
    return latencies


def first_token_times(path: Path) -> dict[str, float]:
    """Milliseconds to the first token at turns 1 and 20, and right after a barge-in; 30 tokens a reply."""
    model = LlamaCppModel(model=str(path), max_tokens=30, temperature=0, context=8192)
    model.start()
    messages = [Message("system", "word " * 200)]
    times = []
    for turn in range(22):
        messages.append(Message("user", f"Question {turn}, please?"))
        began = time.perf_counter()
        reply = model.reply(messages, (), CancelToken())
        heard = [str(next(reply))]
        times.append((time.perf_counter() - began) * 1000)
        heard += map(str, itertools.islice(reply, 5 if turn == 20 else None))  # turn 20 is cut off
        reply.close()
        messages.append(Message("assistant", "".join(heard)))
    model.close()
    return {"turn 1": times[0], "turn 20": times[19], "after a barge-in": times[21]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedding", type=int, default=384)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--vocab", type=int, default=8000)
    given = parser.parse_args()
    shape = {"embedding": given.embedding, "layers": given.layers, "vocab": given.vocab, "context": 8192}
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for architecture in ("qwen3moe", "lfm2moe"):
            path = build_tiny_gguf(Path(folder) / f"{architecture}.gguf", architecture, **shape)
            raw, engine = decode_speeds(path, choose_threads())
            aborts = abort_latencies(path)
            first = first_token_times(path)
            results[architecture] = {
                "megabytes": path.stat().st_size / 1e6,
                "raw tokens/s": raw,
                "engine tokens/s": engine,
                "engine / raw": engine / raw,
                "abort ms, median": statistics.median(aborts),
                "abort ms, worst": max(aborts),
                **{f"first token ms, {when}": value for when, value in first.items()},
            }
            print(architecture)
            for name, value in results[architecture].items():
                print(f"  {name:35} {value:10.2f}")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
