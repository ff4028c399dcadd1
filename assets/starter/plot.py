"""The loss plot of the model card: `python -m assets.starter.plot LOG [--out loss.png]` from a training log."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

HERE = Path(__file__).parent


def plot(log: Path, out: Path) -> None:
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    tokens = [line["tokens"] / 1e6 for line in lines]
    figure, loss = pyplot.subplots(figsize=(7, 3.6), dpi=110)
    loss.plot(tokens, [line["loss"] for line in lines], color="#0F766E", linewidth=1.4)
    loss.set_yscale("log")
    loss.set_xlabel("tokens seen, millions")
    loss.set_ylabel("loss on what the assistant says")
    loss.grid(alpha=0.25)
    rates = loss.twinx()
    rates.plot(tokens, [line["rate"] for line in lines], color="#A8A29A", linewidth=0.8)
    rates.set_ylim(0, 1.5)
    rates.set_ylabel("learning rate, share of the highest")
    figure.tight_layout()
    figure.savefig(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--out", type=Path, default=HERE / "loss.png")
    a = parser.parse_args()
    plot(a.log, a.out)


if __name__ == "__main__":
    main()
