"""Tiny mixture-of-experts GGUFs for tests: real files that llama.cpp loads and runs, made in well under a second.

Two kinds. Random weights: text is noise, and speed, caching, cancelling and limits are real. With `script=` the
model says exactly that text after any prompt that ends as the chat template ends it, then stops: a way to hear
whole sentences, `<think>` blocks and `<tool_call>` blocks from the true engine. Nothing here is shipped.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

CHATML = (
    "{%- if tools %}<|im_start|>system\nTools:{% for t in tools %} {{ t | tojson }}{% endfor %}<|im_end|>\n"
    "{% endif %}"
    "{%- for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}"
    "{%- for c in m.tool_calls or [] %}<tool_call>"
    '{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}'
    "</tool_call>{% endfor %}<|im_end|>\n{% endfor %}"
    "{%- if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
MARKERS = ("<think>", "</think>", "<tool_call>", "</tool_call>")
MERGES = ("t h", "h e", "i n", "e r", "a n", "o u", "Ġ t", "Ġ a", "Ġt he", "in g", "Ġ w", "a t", "i s")
IM_END = SPECIAL.index("<|im_end|>")
EXPERTS, EXPERTS_USED, HEADS, KV_HEADS = 4, 2, 4, 2
LONG_CONV = 3  # taps of a hybrid's short convolution


@dataclass(frozen=True)
class _Vocabulary:
    texts: tuple[str, ...]
    types: tuple[int, ...]
    script: tuple[int, ...]  # the ids that spell the script
    merges: tuple[str, ...]


def build_tiny_gguf(
    path: Path | str,
    architecture: str = "llama",
    *,
    vocab: int = 0,
    seed: int = 0,
    script: str = "",
    embedding: int = 64,
    layers: int = 2,
    context: int = 4096,
    template: str | None = CHATML,
    name: str = "tiny",
    metadata: dict[str, bool | str] | None = None,
) -> Path:
    """Write a MoE of `architecture` (llama, qwen3moe or lfm2moe) to `path` and return it.

    `vocab` fills the byte-level vocabulary up to that many tokens. `metadata` adds keys such as
    `repartee.tool_grammar`. `template=None` leaves the chat template out.
    """
    words = _vocabulary(script, vocab)
    writer = gguf.GGUFWriter(str(path), architecture)
    writer.add_name(name)
    _add_shape(writer, architecture, embedding, layers, context)
    _add_tokenizer(writer, words, template)
    for key, value in (metadata or {}).items():
        if isinstance(value, bool):
            writer.add_bool(key, value)
        else:
            writer.add_string(key, value)
    rng = np.random.default_rng(seed)
    for tensor, weights in _tensors(architecture, embedding, layers, words, rng, silent=bool(script)).items():
        writer.add_tensor(tensor, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return Path(path)


def _byte_texts() -> list[str]:
    """GPT-2's printable stand-ins for the 256 bytes, in byte order."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {byte: chr(byte) for byte in printable}
    for index, byte in enumerate(byte for byte in range(256) if byte not in table):
        table[byte] = chr(256 + index)
    return [table[byte] for byte in range(256)]


def _vocabulary(script: str, size: int) -> _Vocabulary:
    bytes_as_text = _byte_texts()
    texts = [*SPECIAL, *MARKERS, *bytes_as_text, *(merge.replace(" ", "") for merge in MERGES)]
    types = [gguf.TokenType.CONTROL] * len(SPECIAL) + [gguf.TokenType.USER_DEFINED] * len(MARKERS)
    ids = {text: index for index, text in enumerate(texts)}
    spelled = []
    for piece in _pieces(script, set(texts)):
        text = piece if piece in MARKERS else "".join(bytes_as_text[byte] for byte in piece.encode())
        if text not in ids:
            ids[text] = len(texts)
            texts.append(text)
        spelled.append(ids[text])
    syllables = itertools.islice(_syllables(set(texts)), max(0, size - len(texts)))
    merges = list(MERGES)
    for head, letter in syllables:
        texts.append(head + letter)
        merges.append(f"{head} {letter}")
    types += [gguf.TokenType.NORMAL] * (len(texts) - len(types))
    return _Vocabulary(tuple(texts), tuple(int(kind) for kind in types), tuple(spelled), tuple(merges))


def _syllables(taken: set[str]) -> Iterator[tuple[str, str]]:
    """More and longer syllables without end, each a shorter one and a letter, so that text is tokenised with them."""
    heads = list(string.ascii_lowercase)
    while True:
        made = [(head, letter) for head in heads for letter in string.ascii_lowercase]
        yield from ((head, letter) for head, letter in made if head + letter not in taken)
        heads = [head + letter for head, letter in made]


def _pieces(script: str, taken: set[str]) -> list[str]:
    """Cut the script into pieces that are all different, so that each piece alone knows its successor."""
    pieces: list[str] = []
    taken = taken - set(MARKERS)
    rest = script
    while rest:
        marker = next((m for m in MARKERS if rest.startswith(m) and m not in taken), None)
        size = len(marker) if marker else min(4, len(rest))
        while rest[:size] in taken and size < len(rest):
            size += 1
        piece = rest[:size]
        if piece in taken:  # the script's last letters repeat something: join them to the piece before
            piece = pieces.pop() + piece
        taken.add(piece)
        pieces.append(piece)
        rest = rest[size:]
    return pieces


def _add_shape(writer: Any, architecture: str, embedding: int, layers: int, context: int) -> None:
    head = embedding // HEADS
    writer.add_context_length(context)
    writer.add_embedding_length(embedding)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(embedding)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10_000.0)
    writer.add_expert_count(EXPERTS)
    writer.add_expert_used_count(EXPERTS_USED)
    if architecture == "llama":
        writer.add_rope_dimension_count(head)
    else:
        writer.add_key_length(head)
        writer.add_value_length(head)
        writer.add_expert_feed_forward_length(embedding)
    if architecture == "lfm2moe":  # attention in every second layer, short convolutions in the others
        writer.add_head_count_kv([KV_HEADS if layer % 2 else 0 for layer in range(layers)])
        writer.add_shortconv_l_cache(LONG_CONV)
        writer.add_leading_dense_block_count(0)
        writer.add_expert_gating_func(gguf.ExpertGatingFuncType.SIGMOID)
        writer.add_vocab_size(0)
    else:
        writer.add_head_count_kv(KV_HEADS)


def _add_tokenizer(writer: Any, words: _Vocabulary, template: str | None) -> None:
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(list(words.texts))
    writer.add_token_types(list(words.types))
    writer.add_token_merges(list(words.merges))
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(IM_END)
    writer.add_add_bos_token(False)
    if template is not None:
        writer.add_chat_template(template)


Tensors = dict[str, NDArray[np.float32]]


def _tensors(
    architecture: str, d: int, layers: int, words: _Vocabulary, rng: np.random.Generator, silent: bool
) -> Tensors:
    """All weights. `silent` layers add nothing, so the next token depends on the last one alone."""
    scale = 0.0 if silent else 1.0

    def matrix(*shape: int) -> NDArray[np.float32]:  # numpy order: (..., rows out, columns in)
        weights: NDArray[np.float32] = rng.standard_normal(shape).astype(np.float32)
        return weights * np.float32(scale / np.sqrt(shape[-1]))

    embedding = rng.standard_normal((len(words.texts), d)).astype(np.float32)
    output = rng.standard_normal((len(words.texts), d)).astype(np.float32)
    output[: len(SPECIAL) + len(MARKERS)] = 0  # noise never stops by itself and never opens a block
    if silent:
        embedding, output = _scripted_head(words, d, rng)
    tensors: Tensors = {"token_embd.weight": embedding, "output.weight": output / np.float32(np.sqrt(d))}
    ones = np.ones(d, np.float32)
    tensors["token_embd_norm.weight" if architecture == "lfm2moe" else "output_norm.weight"] = ones
    kv = d // HEADS * KV_HEADS
    for n in range(layers):
        block: Tensors = {"attn_norm.weight": ones, "ffn_norm.weight": ones}
        if architecture == "lfm2moe" and n % 2 == 0:
            block["shortconv.conv.weight"] = matrix(d, LONG_CONV)
            block["shortconv.in_proj.weight"] = matrix(3 * d, d)
            block["shortconv.out_proj.weight"] = matrix(d, d)
        else:
            block |= {"attn_q.weight": matrix(d, d), "attn_k.weight": matrix(kv, d)}
            block |= {"attn_v.weight": matrix(kv, d), "attn_output.weight": matrix(d, d)}
            if architecture != "llama":
                block["attn_q_norm.weight"] = block["attn_k_norm.weight"] = np.ones(d // HEADS, np.float32)
        if architecture == "lfm2moe":
            block["exp_probs_b.bias"] = np.zeros(EXPERTS, np.float32)
        block["ffn_gate_inp.weight"] = matrix(EXPERTS, d)
        block |= {f"ffn_{part}_exps.weight": matrix(EXPERTS, d, d) for part in ("gate", "up", "down")}
        tensors |= {f"blk.{n}.{key}": weights for key, weights in block.items()}
    return tensors


def _scripted_head(
    words: _Vocabulary, d: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """An embedding and an output matrix that together walk through the script, starting after a newline."""
    size = len(words.texts)
    embedding = np.sign(rng.standard_normal((size, d))).astype(np.float32)  # nearly orthogonal rows
    output = np.zeros((size, d), np.float32)
    newline = words.texts.index(_byte_texts()[10])
    _link(output, embedding, [newline, *words.script, IM_END], gain=8.0)
    return embedding, output


def _link(
    output: NDArray[np.float32], embedding: NDArray[np.float32], walk: Sequence[int], gain: float
) -> None:
    for here, following in itertools.pairwise(walk):
        output[following] = gain * embedding[here]
