"""The cache: which tokens llama.cpp's memory really holds, through prefix reuse, aborts and models that can't rewind.

`tokens` is the truth at every moment: it grows only after a batch was evaluated, and shrinks only with the memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import llama_cpp

from engines.errors import EngineError
from engines.llm.native import NativeModel

KEPT = 2  # checkpoints: of this user prompt and of the one before; a Granite's takes tens of megabytes
_ABORTED = 2  # llama_decode's answer after its abort callback said stop
_PARTIAL = (
    llama_cpp.LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY
)  # only what can't be rewound: recurrent states, windows


@dataclass(frozen=True)
class _Checkpoint:
    """What a hybrid model's memory held after `length` tokens, to go back to."""

    length: int
    state: Any
    size: int


class TokenCache:
    """The one sequence of a context. `evaluated` counts the tokens computed since the start."""

    def __init__(self, model: NativeModel) -> None:
        self.tokens: list[int] = []
        self.evaluated = 0
        self._model = model
        self._one = (llama_cpp.llama_token * 1)()
        self._batch_of_one = llama_cpp.llama_batch_get_one(self._one, 1)
        self._rewinds = model.can_rewind()
        self._checkpoints: list[_Checkpoint] = []  # the shortest first

    def prefill(self, prompt: Sequence[int], stable: int) -> bool:
        """Hold exactly `prompt`, evaluating only what differs, with the logits of its last token ready.

        The first `stable` tokens will also begin the next prompt, whatever is answered now. False if the abort flag
        was set: the cache then holds a part of the prompt.
        """
        shared = _common_prefix(self.tokens, prompt)
        self._cut_to(min(shared, len(prompt) - 1))  # the last token is evaluated again for its logits
        if not self._rewinds and len(self.tokens) < stable < len(prompt):
            if not self._evaluate_all(prompt[len(self.tokens) : stable]):
                return False
            self._save()
        return self._evaluate_all(prompt[len(self.tokens) :])

    def append(self, token: int) -> bool:
        """Evaluate one more token; False if the abort flag was set."""
        self._one[0] = token
        return self._evaluate(self._batch_of_one, (token,))

    def clear(self) -> None:
        llama_cpp.llama_memory_clear(self._model.memory, True)
        self.tokens = []
        self._checkpoints = []

    def _evaluate_all(self, tokens: Sequence[int]) -> bool:
        step = self._model.batch_tokens
        for start in range(0, len(tokens), step):
            batch = tokens[start : start + step]
            array = (llama_cpp.llama_token * len(batch))(*batch)
            if not self._evaluate(llama_cpp.llama_batch_get_one(array, len(batch)), batch):
                return False
        return True

    def _evaluate(self, batch: Any, tokens: Sequence[int]) -> bool:
        self._model.settle_threads()
        code = llama_cpp.llama_decode(self._model.ctx, batch)
        if code == 0:
            self.tokens.extend(tokens)
            self.evaluated += len(tokens)
            return True
        self._drop_unfinished()
        if code == _ABORTED:
            return False
        raise EngineError(
            f"llama.cpp could not evaluate the prompt (code {code}). Try a smaller llm.context."
        )

    def _drop_unfinished(self) -> None:
        """After a failed batch: part of it may be in the memory. Recurrent states are then spoilt altogether."""
        if not self._remove_from(len(self.tokens)) or not self._rewinds:
            self._restore_or_clear(len(self.tokens))

    def _cut_to(self, length: int) -> None:
        if length == len(self.tokens):
            return
        if self._remove_from(length):
            del self.tokens[length:]
        else:
            self._rewinds = False
            self._restore_or_clear(length)

    def _remove_from(self, position: int) -> bool:
        return bool(llama_cpp.llama_memory_seq_rm(self._model.memory, 0, position, -1))

    def _restore_or_clear(self, length: int) -> None:
        """Go back to the last checkpoint within the first `length` tokens, else begin again."""
        while self._checkpoints:
            point = self._checkpoints[-1]
            if point.length <= length and self._load(point):
                del self.tokens[point.length :]
                return
            self._checkpoints.pop()
        self.clear()

    def _save(self) -> None:
        size = llama_cpp.llama_state_seq_get_size_ext(self._model.ctx, 0, _PARTIAL)
        state = (ctypes.c_uint8 * size)()
        written = llama_cpp.llama_state_seq_get_data_ext(self._model.ctx, state, size, 0, _PARTIAL)
        if 0 < written <= size:
            self._checkpoints = [*self._checkpoints, _Checkpoint(len(self.tokens), state, written)][-KEPT:]

    def _load(self, point: _Checkpoint) -> bool:
        read = llama_cpp.llama_state_seq_set_data_ext(self._model.ctx, point.state, point.size, 0, _PARTIAL)
        return bool(read == point.size) and self._remove_from(point.length)


def _common_prefix(a: Sequence[int], b: Sequence[int]) -> int:
    length = min(len(a), len(b))
    if a[:length] == b[:length]:
        return length
    return next(index for index in range(length) if a[index] != b[index])
