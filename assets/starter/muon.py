"""Muon (Keller Jordan, 2024): momentum whose every matrix is made orthogonal before it is applied.

Promise: matrices of one shape are stacked and orthogonalised in one batched product, because there are many small
experts. Only for the weights inside the blocks; embeddings, norms and routers belong to AdamW.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor


def orthogonal(g: Tensor, steps: int = 5) -> Tensor:
    """Newton–Schulz towards the nearest orthogonal matrices. g: (M, rows, columns), bfloat16 inside."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.bfloat16()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT  # (M, rows, rows)
        x = a * x + (b * gram + c * gram @ gram) @ x
    out: Tensor = (x.mT if tall else x).to(g.dtype)
    return out


class Muon(torch.optim.Optimizer):
    """Parameters of two or three dimensions; a third is a stack of experts. `lr` is the size of an update's entries."""

    def __init__(
        self, params: Iterable[Tensor], lr: float, momentum: float = 0.95, weight_decay: float = 0.01
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            stacks: dict[Any, list[tuple[Tensor, Tensor]]] = defaultdict(list)
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["momentum"] = torch.zeros_like(p)
                state["momentum"].lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp(state["momentum"], group["momentum"])
                stacks[p.shape[-2:]].append((p, update))
            for shape, pairs in stacks.items():
                whole = orthogonal(torch.cat([u.reshape(-1, *shape) for _, u in pairs]))
                scale = group["lr"] * max(1.0, shape[0] / shape[1]) ** 0.5
                at = 0
                for p, _ in pairs:
                    count = p.numel() // (shape[0] * shape[1])
                    p.mul_(1 - group["lr"] * group["weight_decay"])
                    p.add_(whole[at : at + count].reshape(p.shape), alpha=-scale)
                    at += count
