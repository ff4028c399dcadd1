"""Sentences as people say them to the starter, one a line: `python -m assets.starter.corpus -n 20000 [--seed 1]`.

Lower case, numbers as words, no punctuation, no mis-hearings: text for a recognizer's language model.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from random import Random

from .generate.conversations import Style, snippets

SPOKEN = Style(typed=False, noise=0.0, careful=0.0)
PLAIN = re.compile(r"[a-z' ]+")


def sentences(count: int, seed: int) -> Iterator[str]:
    rng = Random(f"corpus:{seed}")
    made = 0
    for snippet in snippets(rng, SPOKEN):
        for exchange in snippet:
            said = " ".join(exchange.user.lower().split())
            if PLAIN.fullmatch(said):  # other scripts and digits are not English speech
                yield said
                made += 1
                if made >= count:
                    return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    for sentence in sentences(a.n, a.seed):
        print(sentence)


if __name__ == "__main__":
    main()
