"""Rows of tokens for training, made as they are needed: row r of step s is a pure function of (seed, s, r).

Conversations follow one another in a row, each behind `<|begin|>`; every twelfth step has rows of 1,024 tokens that are
one long conversation, so that far positions are trained. Only what the assistant says has weight.
"""

from __future__ import annotations

from random import Random

import torch
from torch import Tensor

from .generate import conversation
from .tokenizer import Tokenizer, exchange_text

STEP_TOKENS = 4096
SHORT, LONG = 256, 1024
LONG_EVERY = 12
TELLING = 8  # tokens of a spoken answer after which the rest is certain
CERTAIN_WEIGHT = 0.2


class Packer:
    def __init__(self, seed: int, tokenizer: Tokenizer | None = None) -> None:
        self.seed = seed
        self.tokenizer = tokenizer or Tokenizer()
        self.call_ids = {
            i for t, i in self.tokenizer.inner.get_vocab().items() if t.startswith("<tool_call>")
        }

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """tokens (B, T + 1) and the weights (B, T + 1) of the tokens as targets."""
        length = LONG if step % LONG_EVERY == LONG_EVERY - 1 else SHORT
        rows = [self._row(f"{self.seed}:{step}:{r}", length + 1) for r in range(STEP_TOKENS // length)]
        return torch.tensor([r[0] for r in rows]), torch.tensor([r[1] for r in rows])

    def _row(self, seed: str, length: int) -> tuple[list[int], list[float]]:
        tokens: list[int] = []
        weights: list[float] = []
        rng = Random(seed)
        skip = (
            rng.randrange(40) if length <= SHORT + 1 else 0
        )  # so that rows do not all begin at a conversation's start
        part = 0
        while len(tokens) < length + skip:
            said = conversation(f"{seed}:{part}", length=rng.randint(25, 60) if length > SHORT + 1 else None)
            tokens.append(self.tokenizer.begin)
            weights.append(0.0)
            for ids in self.tokenizer.encode_many([exchange_text(e) for e in said]):
                start = ids.index(self.tokenizer.assistant) + 1
                said_tokens = len(ids) - start
                certain = 0 if ids[start] in self.call_ids else max(0, said_tokens - TELLING)
                tokens += ids
                weights += [0.0] * start + [1.0] * (said_tokens - certain) + [CERTAIN_WEIGHT] * certain
            part += 1
        return tokens[skip : skip + length], weights[skip : skip + length]
