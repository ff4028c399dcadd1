"""A trigram model of sentences, and its ARPA text. Interpolated Kneser-Ney (Chen & Goodman 1998, one discount).

Knows nothing of recognizers: words come in as lists, text goes out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

Gram = tuple[str, ...]
START, END = "<s>", "</s>"
DISCOUNT = 0.75  # of every count; the customary value
NEVER = -99.0  # log10 of what ARPA gives <s>, which is never predicted


class Trigrams:
    """Counts of `sentences`; `least` keeps only trigrams seen so often, the others back off."""

    def __init__(self, sentences: Iterable[list[str]], least: int = 1) -> None:
        third: Counter[Gram] = Counter()
        for words in sentences:
            padded = [START, START, *words, END]
            third.update(zip(padded, padded[1:], padded[2:], strict=False))
        # Kneser-Ney: a lower order counts the contexts that a word was seen in, not how often. At the beginning of
        # a sentence there is no other context than <s>, so its pairs keep their counts.
        second: Counter[Gram] = Counter(gram[1:] for gram in third if gram[1] != START)
        for gram, count in third.items():
            if gram[1] == START:
                second[gram[1:]] += count
        first: Counter[Gram] = Counter(gram[1:] for gram in second)
        self.first = {gram: count / first.total() for gram, count in first.items()}
        self.second, _ = _discounted(second, self.first, 1)
        kept = Counter({gram: count for gram, count in third.items() if gram[0] != START or gram[1] != START})
        self.third, _ = _discounted(kept, self.second, least, self.first)

    def arpa(self) -> Iterator[str]:
        """The model as lines of an ARPA file (log10, back-off weights)."""
        backoff_one = _backoffs(self.second, self.first)
        backoff_two = _backoffs(self.third, self.second)
        yield "\\data\\"
        yield f"ngram 1={len(self.first) + 1}"
        yield f"ngram 2={len(self.second)}"
        yield f"ngram 3={len(self.third)}"
        yield ""
        yield "\\1-grams:"
        yield f"{NEVER:.4f} {START} {math.log10(backoff_one.get((START,), 1.0)):.4f}"
        for order, table, backoffs in ((1, self.first, backoff_one), (2, self.second, backoff_two)):
            if order == 2:
                yield ""
                yield "\\2-grams:"
            for gram in sorted(table):
                weight = math.log10(backoffs.get(gram, 1.0))
                yield f"{math.log10(table[gram]):.4f} {' '.join(gram)} {weight:.4f}"
        yield ""
        yield "\\3-grams:"
        for gram in sorted(self.third):
            yield f"{math.log10(self.third[gram]):.4f} {' '.join(gram)}"
        yield ""
        yield "\\end\\"


def _discounted(
    counts: Counter[Gram], lower: dict[Gram, float], least: int, lowest: dict[Gram, float] | None = None
) -> tuple[dict[Gram, float], dict[Gram, float]]:
    """p(w|h) = (c - D)/C + D·kinds/C · p(w|h'), of those n-grams seen at least `least` times."""
    total: Counter[Gram] = Counter()
    kinds: Counter[Gram] = Counter()
    for gram, count in counts.items():
        total[gram[:-1]] += count
        kinds[gram[:-1]] += 1
    table = {}
    for gram, count in counts.items():
        if count >= least:
            context = gram[:-1]
            spared = DISCOUNT * kinds[context] / total[context]
            table[gram] = (count - DISCOUNT) / total[context] + spared * lower[gram[1:]]
    return table, lower


def _backoffs(table: dict[Gram, float], lower: dict[Gram, float]) -> dict[Gram, float]:
    """What is left for words not seen after a context, over what the lower order gives them."""
    given: defaultdict[Gram, float] = defaultdict(float)
    given_lower: defaultdict[Gram, float] = defaultdict(float)
    for gram, probability in table.items():
        given[gram[:-1]] += probability
        given_lower[gram[:-1]] += lower[gram[1:]]
    return {h: max(1e-9, 1 - given[h]) / max(1e-9, 1 - given_lower[h]) for h in given}
