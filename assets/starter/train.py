"""Train the starter: `python -m assets.starter.train --out DIR --steps N [--decay M]`, resumable at any time.

Promise: seeded; a checkpoint at least every five minutes, written whole or not at all; the same command goes on where
it stopped. The rate rises for `WARMUP` steps, stays, and falls to zero over the last `--decay` steps (WSD), so that the
length can be decided while it runs: stop it, then resume with a new `--steps`. `DIR/log.jsonl`: one line per 20 steps.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import torch

from .model import Config, Starter, count
from .muon import Muon
from .pack import STEP_TOKENS, Packer

WARMUP = 20
MUON_RATE, ADAM_RATE = 0.02, 3e-3
BALANCE = 0.01  # weight of the load-balance loss, as in the Switch and Qwen MoE papers
AVERAGE = 0.98  # of the running mean of the weights, which is what gets exported
SAVE_SECONDS = 200
LOG_EVERY = 20


def optimizers(model: Starter, kind: str) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the blocks, AdamW for the rest (or AdamW for all)."""
    inner = [p for n, p in model.named_parameters() if p.dim() >= 2 and "blocks" in n and "router" not in n]
    ids = {id(p) for p in inner}
    outer = [p for p in model.parameters() if id(p) not in ids]
    if kind == "adamw":
        return [
            torch.optim.AdamW(
                [*inner, *outer], lr=ADAM_RATE / 2, betas=(0.9, 0.98), weight_decay=0.01, fused=True
            )
        ]
    return [
        Muon(inner, lr=MUON_RATE),
        torch.optim.AdamW(outer, lr=ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
    ]


def rate(step: int, steps: int, decay: int) -> float:
    """The factor on every learning rate at a step."""
    rise = min(1.0, (step + 1) / WARMUP)
    fall = min(1.0, max(0.0, (steps - step) / decay)) if decay else 1.0
    return rise * fall


def save(path: Path, state: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)


def train(out: Path, steps: int, decay: int, seed: int, kind: str, bf16: bool, seconds: float) -> None:
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    config = Config()
    model, packer = Starter(config), Packer(seed)
    opts = optimizers(model, kind)
    base = [[g["lr"] for g in o.param_groups] for o in opts]
    average = {n: p.detach().clone() for n, p in model.named_parameters()}
    step, spent, tokens = 0, 0.0, 0
    path = out / "checkpoint.pt"
    if path.exists():
        state = torch.load(path, weights_only=True)
        model.load_state_dict(state["model"])
        average = state["average"]
        for o, s in zip(opts, state["optimizers"], strict=True):
            o.load_state_dict(s)
        step, spent, tokens = state["step"], state["seconds"], state["tokens"]
    total, active = count(model)
    print(f"{total / 1e6:.1f} M parameters, {active / 1e6:.1f} M active; from step {step}", flush=True)
    began = saved = time.monotonic()
    running: list[float] = []

    def keep() -> None:
        save(path, {
            "model": model.state_dict(), "average": average, "optimizers": [o.state_dict() for o in opts],
            "config": config.as_dict(), "step": step,
            "seconds": spent + time.monotonic() - began, "tokens": tokens, "seed": seed,
        })  # fmt: skip

    stopped: list[int] = []  # on SIGTERM or Ctrl-C: finish the step, save, end
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, _: stopped.append(number))
    while step < steps and time.monotonic() - began < seconds and not stopped:
        x, w = packer.batch(step)
        factor = rate(step, steps, decay)
        for o, rates in zip(opts, base, strict=True):
            for g, r in zip(o.param_groups, rates, strict=True):
                g["lr"] = r * factor
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            loss, balance = model.loss(x, w)
        (loss + BALANCE * balance).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for o in opts:
            o.step()
            o.zero_grad()
        with torch.no_grad():
            a = min(AVERAGE, (step + 1) / (step + 10))
            torch._foreach_lerp_(list(average.values()), [p.detach() for p in model.parameters()], 1 - a)
        step += 1
        tokens += STEP_TOKENS
        running.append(loss.item())
        if step % LOG_EVERY == 0:
            now = spent + time.monotonic() - began
            line = {
                "step": step,
                "tokens": tokens,
                "loss": round(sum(running) / len(running), 4),
                "balance": round(balance.item(), 3),
                "rate": round(factor, 4),
                "seconds": round(now),
            }
            running = []
            with (out / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)
        if time.monotonic() - saved > SAVE_SECONDS:
            keep()
            saved = time.monotonic()
    keep()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--decay", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--optimizer", choices=("muon", "adamw"), default="muon")
    parser.add_argument("--fp32", action="store_true")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop (and save) after so long")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    train(a.out, a.steps, a.decay, a.seed, a.optimizer, not a.fp32, a.seconds)


if __name__ == "__main__":
    main()
