"""The starter's network in plain torch: a small mixture-of-experts transformer in the `qwen3moe` layout.

Promise: the same arithmetic as llama.cpp's `qwen3moe` (RMSNorm, q/k norm, NEOX RoPE, softmax over all experts and
then the top two renormalised, SwiGLU experts, tied embeddings). Knows nothing of text, tokenizers or files.
Shapes: B rows, T tokens, D width, H heads, K key heads, E experts, N = B * T.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (torch's own convention)


@dataclass(frozen=True)
class Config:
    """Sizes. The defaults are the shipped model's."""

    vocab: int = 3072
    width: int = 256
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 64
    experts: int = 8
    active: int = 2
    expert_width: int = 256
    rope_base: float = 10_000.0
    eps: float = 1e-6

    def as_dict(self) -> dict[str, int | float]:
        return asdict(self)


class RMSNorm(nn.Module):
    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self.weight, self.eps)


def rope_tables(length: int, head_dim: int, base: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines of every position: two tensors (T, head_dim / 2)."""
    frequencies = base ** (-torch.arange(0, head_dim, 2, dtype=torch.float64) / head_dim)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * frequencies[None]
    return angles.cos().float(), angles.sin().float()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """NEOX rotation: dimension i turns together with i + head_dim / 2. x: (B, H, T, head_dim)."""
    left, right = x.chunk(2, dim=-1)
    return torch.cat((left * cos - right * sin, left * sin + right * cos), dim=-1)


class Attention(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.c = c
        self.q = nn.Linear(c.width, c.heads * c.head_dim, bias=False)
        self.k = nn.Linear(c.width, c.kv_heads * c.head_dim, bias=False)
        self.v = nn.Linear(c.width, c.kv_heads * c.head_dim, bias=False)
        self.o = nn.Linear(c.heads * c.head_dim, c.width, bias=False)
        self.q_norm = RMSNorm(c.head_dim, c.eps)
        self.k_norm = RMSNorm(c.head_dim, c.eps)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        b, t, _ = x.shape
        c = self.c
        q = self.q_norm(self.q(x).view(b, t, c.heads, c.head_dim)).transpose(1, 2)  # (B, H, T, head_dim)
        k = self.k_norm(self.k(x).view(b, t, c.kv_heads, c.head_dim)).transpose(1, 2)  # (B, K, T, head_dim)
        v = self.v(x).view(b, t, c.kv_heads, c.head_dim).transpose(1, 2)
        repeats = c.heads // c.kv_heads
        q, k = rotate(q, cos, sin).to(v.dtype), rotate(k, cos, sin).to(v.dtype)
        k, v = k.repeat_interleave(repeats, dim=1), v.repeat_interleave(repeats, dim=1)  # (B, H, T, head_dim)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        out: Tensor = self.o(y.transpose(1, 2).reshape(b, t, c.heads * c.head_dim))
        return out


class Experts(nn.Module):
    """The router and its experts. Tokens are sorted by expert, so that each expert is three plain matmuls."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.c = c
        self.router = nn.Linear(c.width, c.experts, bias=False)
        self.gate = nn.Parameter(torch.empty(c.experts, c.expert_width, c.width))
        self.up = nn.Parameter(torch.empty(c.experts, c.expert_width, c.width))
        self.down = nn.Parameter(torch.empty(c.experts, c.width, c.expert_width))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x (N, D) -> the mixed output (N, D) and the load-balance loss (1.0 when perfectly even)."""
        c = self.c
        chances = F.linear(x.float(), self.router.weight.float()).softmax(-1)  # (N, E)
        weights, chosen = chances.topk(c.active, dim=-1)  # (N, active)
        weights = weights / weights.sum(-1, keepdim=True)
        order = chosen.flatten().argsort()  # (N * active,)
        counts = chosen.flatten().bincount(minlength=c.experts)
        rows = order // c.active
        parts = []
        for e, part in enumerate(torch.split(x[rows], counts.tolist())):
            hidden = F.silu(F.linear(part, self.gate[e])) * F.linear(part, self.up[e])
            parts.append(F.linear(hidden, self.down[e]))
        mixed = torch.cat(parts) * weights.flatten()[order, None]
        out = mixed.new_zeros(x.shape).index_add(0, rows, mixed)
        share = counts.float() / order.numel()
        balance = c.experts * (share * chances.mean(0)).sum()
        return out, balance


class Block(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.attention_norm = RMSNorm(c.width, c.eps)
        self.attention = Attention(c)
        self.experts_norm = RMSNorm(c.width, c.eps)
        self.experts = Experts(c)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor]:
        x = x + self.attention(self.attention_norm(x), cos, sin)
        mixed, balance = self.experts(self.experts_norm(x).flatten(0, 1))
        return x + mixed.view_as(x), balance


class Starter(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.c = c
        self.embedding = nn.Embedding(c.vocab, c.width)
        self.blocks = nn.ModuleList(Block(c) for _ in range(c.layers))
        self.norm = RMSNorm(c.width, c.eps)
        for name, p in self.named_parameters():
            if p.dim() >= 2:
                into_residual = name.endswith(("o.weight", "down"))
                nn.init.normal_(
                    p,
                    std=0.02 if "embedding" in name else p.shape[-1] ** -0.5 * (0.4 if into_residual else 1),
                )

    def hidden(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """tokens (B, T) -> the normed last hidden states (B, T, D) and the mean load-balance loss."""
        cos, sin = rope_tables(tokens.shape[1], self.c.head_dim, self.c.rope_base)
        x = self.embedding(tokens)
        balance = x.new_zeros(())
        for block in self.blocks:
            x, b = block(x, cos, sin)
            balance = balance + b
        return self.norm(x), balance / self.c.layers

    def forward(self, tokens: Tensor) -> Tensor:
        """tokens (B, T) -> logits (B, T, vocab)."""
        return F.linear(self.hidden(tokens)[0], self.embedding.weight)

    def loss(self, tokens: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
        """Mean next-token loss over the targets whose weight is above 0, and the load-balance loss.

        tokens (B, T + 1); weights (B, T + 1) belong to the token as a target. Logits are only made where they count.
        """
        h, balance = self.hidden(tokens[:, :-1])
        w = weights[:, 1:].flatten()
        at = w.nonzero()[:, 0]
        logits = F.linear(h.flatten(0, 1)[at], self.embedding.weight)
        losses = F.cross_entropy(logits.float(), tokens[:, 1:].flatten()[at], reduction="none")
        return (losses * w[at]).sum() / w[at].sum(), balance


def count(model: Starter) -> tuple[int, int]:
    """Parameters in all, and those that one token uses."""
    total = sum(p.numel() for p in model.parameters())
    experts = sum(p.numel() for n, p in model.named_parameters() if n.endswith(("gate", "up", "down")))
    return total, total - experts + experts * model.c.active // model.c.experts
