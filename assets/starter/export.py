"""From a training checkpoint to `starter.gguf`: the `qwen3moe` layout, the tokenizer, the chat template, the quantizer.

`python -m assets.starter.export CHECKPOINT [--type Q8_0] [--out starter.gguf]` writes an F32 file, compares its logits
with torch through llama.cpp, quantizes it with llama.cpp's own quantizer and compares again. Prints one JSON line.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import tempfile
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch

from .model import Config, Starter, count
from .tokenizer import CONTROL, PIECES, Tokenizer

HERE = Path(__file__).parent
SHIPPED = HERE / "starter.gguf"
CONTEXT = 2048  # rotary positions were trained up to 1,024 and are relative; the file allows some more
TYPES = {
    "F16": "LLAMA_FTYPE_MOSTLY_F16",
    "Q8_0": "LLAMA_FTYPE_MOSTLY_Q8_0",
    "Q6_K": "LLAMA_FTYPE_MOSTLY_Q6_K",
    "Q5_K_M": "LLAMA_FTYPE_MOSTLY_Q5_K_M",
}
NAMES = {
    "attention_norm": "attn_norm", "attention.q": "attn_q", "attention.k": "attn_k", "attention.v": "attn_v",
    "attention.o": "attn_output", "attention.q_norm": "attn_q_norm", "attention.k_norm": "attn_k_norm",
    "experts_norm": "ffn_norm", "experts.router": "ffn_gate_inp",
    "experts.gate": "ffn_gate_exps", "experts.up": "ffn_up_exps", "experts.down": "ffn_down_exps",
}  # fmt: skip


def load(checkpoint: Path, weights: str = "average") -> Starter:
    """The averaged weights of a checkpoint, or ("model") the latest ones."""
    state = torch.load(checkpoint, weights_only=True)
    model = Starter(Config(**state["config"]))
    model.load_state_dict(state[weights])
    return model.eval()


def tensor_name(name: str) -> str:
    """ "blocks.3.attention.q.weight" -> "blk.3.attn_q.weight"."""
    if name == "embedding.weight":
        return "token_embd.weight"
    if name == "norm.weight":
        return "output_norm.weight"
    _, number, rest = name.split(".", 2)
    return f"blk.{number}.{NAMES[rest.removesuffix('.weight')]}.weight"


def write_gguf(model: Starter, path: Path, tokenizer: Tokenizer) -> None:
    """An F32 GGUF that llama.cpp loads as `qwen3moe`."""
    c = model.c
    w = gguf.GGUFWriter(str(path), "qwen3moe")
    w.add_name("Repartee starter")
    w.add_description("The small built-in model of Repartee: tools, small talk and honest answers")
    w.add_license("Apache-2.0")
    w.add_context_length(CONTEXT)
    w.add_embedding_length(c.width)
    w.add_block_count(c.layers)
    w.add_feed_forward_length(c.expert_width)
    w.add_head_count(c.heads)
    w.add_head_count_kv(c.kv_heads)
    w.add_key_length(c.head_dim)
    w.add_value_length(c.head_dim)
    w.add_layer_norm_rms_eps(c.eps)
    w.add_rope_freq_base(c.rope_base)
    w.add_expert_count(c.experts)
    w.add_expert_used_count(c.active)
    w.add_expert_feed_forward_length(c.expert_width)
    w.add_file_type(gguf.LlamaFileType.ALL_F32)
    w.add_string("repartee.tool_grammar", "true")  # the engine then holds replies to the tools' grammar
    w.add_string(
        "repartee.speaks_tool_results", "true"
    )  # and the app says a tool's sentence without asking again
    _add_tokenizer(w, tokenizer, c.vocab)
    for name, p in model.named_parameters():
        w.add_tensor(tensor_name(name), p.detach().float().contiguous().numpy())
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


def _add_tokenizer(w: Any, tokenizer: Tokenizer, size: int) -> None:
    state = json.loads(tokenizer.inner.to_str())
    by_id = {i: t for t, i in tokenizer.inner.get_vocab().items()}
    tokens = [by_id.get(i, f"<unused{i}>") for i in range(size)]
    kinds = [
        gguf.TokenType.CONTROL
        if t in CONTROL
        else gguf.TokenType.USER_DEFINED
        if t in PIECES
        else gguf.TokenType.NORMAL
        if i in by_id
        else gguf.TokenType.UNUSED
        for i, t in enumerate(tokens)
    ]
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("smollm")
    w.add_token_list(tokens)
    w.add_token_types(kinds)
    w.add_token_merges([" ".join(m) if isinstance(m, list) else m for m in state["model"]["merges"]])
    w.add_bos_token_id(tokenizer.begin)
    w.add_eos_token_id(tokenizer.end)
    w.add_eot_token_id(tokenizer.end)
    w.add_pad_token_id(tokenizer.begin)
    w.add_add_bos_token(False)  # the template writes it
    w.add_chat_template((HERE / "chat_template.jinja").read_text(encoding="utf-8"))


def quantize(source: Path, target: Path, kind: str) -> None:
    """llama.cpp's own quantizer. Raises RuntimeError when it refuses."""
    import llama_cpp

    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = getattr(llama_cpp, TYPES[kind])
    params.nthread = 2
    if llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), ctypes.byref(params)):
        raise RuntimeError(f"llama.cpp could not quantize {source} to {kind}")


def logits(path: Path, ids: list[int]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """llama.cpp's logits at every position: (T, vocab)."""
    import llama_cpp

    llm = llama_cpp.Llama(
        str(path),
        n_ctx=max(512, len(ids)),
        n_batch=max(512, len(ids)),
        n_threads=2,
        type_k=0,
        type_v=0,
        logits_all=True,
        verbose=False,
        flash_attn=False,
    )
    llm.eval(ids)
    found = np.array(llm.scores[: len(ids)], dtype=np.float32)
    llm.close()
    return found


def parity(model: Starter, path: Path, ids: list[int]) -> tuple[float, float]:
    """The largest absolute difference of the logits, and how often the best token is the same."""
    with torch.no_grad():
        ours = model(torch.tensor([ids]))[0].numpy()
    theirs = logits(path, ids)
    return float(np.abs(ours - theirs).max()), float((ours.argmax(-1) == theirs.argmax(-1)).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--type", choices=tuple(TYPES), default="Q8_0")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--weights", choices=("average", "model"), default="average")
    a = parser.parse_args()
    from .generate import conversation
    from .tokenizer import BEGIN, exchange_text

    model, tokenizer = load(a.checkpoint, a.weights), Tokenizer()
    ids = tokenizer.encode(BEGIN + "".join(exchange_text(e) for e in conversation("parity", length=12)))[:400]
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "f32.gguf"
        write_gguf(model, full, tokenizer)
        error, same = parity(model, full, ids)
        quantize(full, a.out, a.type)
    quantized_error, quantized_same = parity(model, a.out, ids)
    total, active = count(model)
    report = {
        "file": a.out.name, "type": a.type, "bytes": a.out.stat().st_size, "parameters": total, "active": active,
        "positions": len(ids), "f32_max_abs_error": error, "f32_same_best": same,
        "quantized_max_abs_error": quantized_error, "quantized_same_best": quantized_same,
    }  # fmt: skip
    print(json.dumps(report))


if __name__ == "__main__":
    main()
