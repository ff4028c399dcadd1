"""The starter's own byte-level BPE: single digits, any UTF-8, one token for each fixed piece of a tool call.

Promise: `Tokenizer` gives the ids that llama.cpp gives for the same text (pre-tokenizer "smollm"; a test compares).
The fixed pieces are ordinary text to a grammar and to a reader; only the four role tokens are control tokens.
`python -m assets.starter.tokenizer` trains it anew from the generator and writes `tokenizer.json`.
"""

# ruff: noqa: E501  (the pieces)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tokenizers
from tokenizers import AddedToken, decoders, models, pre_tokenizers, trainers

from .generate import conversation
from .generate.exchange import Exchange

PATH = Path(__file__).parent / "tokenizer.json"
VOCABULARY = 3072
BEGIN, USER, ASSISTANT, END = "<|begin|>", "<|user|>", "<|assistant|>", "<|im_end|>"
CONTROL = (BEGIN, USER, ASSISTANT, END)


TOOLS = ("get_time", "get_date", "set_timer", "set_alarm", "list_timers", "cancel_timer", "calculate", "convert", "add_note", "list_notes",
         "add_to_list", "read_list", "repeat", "set_volume", "mute", "switch_model", "open", "about")  # fmt: skip
FIRST = (
    '"seconds":',
    '"time":"',
    '"label":"',
    '"expression":"',
    '"value":',
    '"text":"',
    '"item":"',
    '"list":"',
    '"percent":',
    '"where":"',
)
PIECES = (  # at most 32 bytes each: llama-cpp-python's detokenize loses longer ones
    *(f'<tool_call>{{"name":"{t}' for t in TOOLS), *(f'","arguments":{{{first}' for first in FIRST), '","arguments":{}}</tool_call>', "_settings",
    ',"label":"', '","label":"', '","list":"', ',"from_unit":"', '","to_unit":"', '"}}</tool_call>', "}}</tool_call>", "<tool_call>", "</tool_call>",
    " I'm the small built-in model.", " You can connect a bigger one in", " Settings, under Think.",  # how most refusals end
)  # fmt: skip


def exchange_text(exchange: Exchange) -> str:
    """One exchange as the chat template writes it (without what begins the conversation)."""
    said = exchange.user.strip().replace("<", "(")
    return f"{USER} {said}{ASSISTANT}{exchange.reply_text()}{END}"


def _corpus(count: int) -> Iterator[str]:
    for seed in range(count):
        for e in conversation(f"tokenizer:{seed}"):
            yield f" {e.user}"
            if isinstance(e.reply, str):
                yield e.reply
            else:
                yield from (str(v) for c in e.reply for v in c.arguments.values())


def train(count: int = 60_000) -> tokenizers.Tokenizer:
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    room = VOCABULARY - len(CONTROL) - len(PIECES)
    trainer = trainers.BpeTrainer(
        vocab_size=room,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=14,
    )
    tokenizer.train_from_iterator(_corpus(count), trainer)
    tokenizer.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in CONTROL])
    tokenizer.add_tokens([AddedToken(t, normalized=False, special=False) for t in PIECES])
    if tokenizer.get_vocab_size() > VOCABULARY:
        raise ValueError(f"{tokenizer.get_vocab_size()} entries, {VOCABULARY} wanted")
    return tokenizer


class Tokenizer:
    """Text to ids and back."""

    def __init__(self, path: Path = PATH) -> None:
        self.inner: Any = tokenizers.Tokenizer.from_file(str(path))
        self.begin, self.user, self.assistant, self.end = self.encode("".join(CONTROL))

    def encode(self, text: str) -> list[int]:
        ids: list[int] = self.inner.encode(text, add_special_tokens=False).ids
        return ids

    def encode_many(self, texts: list[str]) -> list[list[int]]:
        return [e.ids for e in self.inner.encode_batch(texts, add_special_tokens=False)]

    def decode(self, ids: list[int]) -> str:
        text: str = self.inner.decode(ids, skip_special_tokens=False)
        return text


if __name__ == "__main__":
    train().save(str(PATH))
    print(f"{PATH.name}: {Tokenizer().inner.get_vocab_size()} entries")
