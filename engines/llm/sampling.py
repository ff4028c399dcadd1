"""The choice of the next token: llama.cpp's sampler chain for one reply. Knows nothing of text."""

from __future__ import annotations

import secrets
from typing import Any

import llama_cpp

from engines.errors import EngineError
from engines.llm.native import NativeModel

TOP_K, TOP_P, MIN_P = 40, 0.95, 0.05  # llama.cpp's own defaults


class Sampler:
    """Made per reply, so that a seed means the same reply each time. Use as a context manager."""

    def __init__(
        self, model: NativeModel, *, temperature: float, seed: int | None, grammar: str | None = None
    ) -> None:
        self._ctx = model.ctx
        self._chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        if grammar is not None:
            self._add(
                llama_cpp.llama_sampler_init_grammar(model.vocab, grammar.encode(), b"root"),
            )
        if temperature <= 0:
            self._add(llama_cpp.llama_sampler_init_greedy())
            return
        self._add(llama_cpp.llama_sampler_init_top_k(TOP_K))
        self._add(llama_cpp.llama_sampler_init_top_p(TOP_P, 1))
        self._add(llama_cpp.llama_sampler_init_min_p(MIN_P, 1))
        self._add(llama_cpp.llama_sampler_init_temp(temperature))
        self._add(
            llama_cpp.llama_sampler_init_dist(secrets.randbits(31) if seed is None else seed & 0x7FFFFFFF)
        )

    def __enter__(self) -> Sampler:
        return self

    def __exit__(self, *_: object) -> None:
        llama_cpp.llama_sampler_free(self._chain)  # and every sampler in it

    def sample(self) -> int:
        """The next token, from the logits of the last one evaluated."""
        return int(llama_cpp.llama_sampler_sample(self._chain, self._ctx, -1))

    def _add(self, sampler: Any) -> None:
        if not sampler:
            llama_cpp.llama_sampler_free(self._chain)
            raise EngineError("The tools' grammar is not valid for llama.cpp. Set llm.tool_grammar to false.")
        llama_cpp.llama_sampler_chain_add(self._chain, sampler)
