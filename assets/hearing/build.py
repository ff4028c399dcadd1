"""Builds `requests.lm`, what people say to Repartee as word trigrams, and `requests.dict`, how its words sound.

`python -m assets.hearing.build [-n 120000] [--seed 1] [--least 2] [--out assets/hearing/requests.lm]`

The sentences come from the starter model's own generator. Seeded: the same command gives the same file.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

from assets.starter.corpus import sentences

from . import REQUESTS_MODEL
from .ngrams import END, Trigrams

SENTENCES = 120_000
SEED = 1
LEAST_WORD = 2  # a word made only once is mostly one of the generator's invented names
LEAST_TRIGRAM = 2  # rarer ones back off; keeps the file small


def pronunciations() -> dict[str, list[str]]:
    """The lines of pocketsphinx's dictionary (CMUdict, BSD-2-Clause) by word; "read" has "read" and "read(2)"."""
    from pocketsphinx import get_model_path

    by_word: dict[str, list[str]] = {}
    for line in Path(get_model_path("en-us/cmudict-en-us.dict")).read_text(encoding="utf-8").splitlines():
        word = line.split(maxsplit=1)[0].partition("(")[0]
        by_word.setdefault(word, []).append(line)
    return by_word


def usable(made: Iterator[str], known: Container[str]) -> list[list[str]]:
    """Sentences of known words that are no rarities; one odd word drops its sentence."""
    whole = [words for words in (line.split() for line in made) if all(word in known for word in words)]
    seen = Counter(word for words in whole for word in words)
    return [words for words in whole if all(seen[word] >= LEAST_WORD for word in words)]


def write_binary(arpa: Iterator[str], path: Path) -> None:
    """ARPA lines in pocketsphinx's binary form (quantized, about a fifth of the text, read at once)."""
    from pocketsphinx import Config, LogMath, NGramModel

    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "requests.arpa"
        text.write_text("\n".join(arpa) + "\n", encoding="utf-8")
        model = NGramModel(Config(), LogMath(base=1.0001), str(text))
        binary = Path(folder) / "requests.lm.bin"
        model.write(str(binary), 2)
        path.write_bytes(binary.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=SENTENCES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--least", type=int, default=LEAST_TRIGRAM)
    parser.add_argument("--out", type=Path, default=REQUESTS_MODEL)
    a = parser.parse_args()
    known = pronunciations()
    kept = usable(sentences(a.n, a.seed), known)
    trigrams = Trigrams(kept, least=a.least)
    write_binary(trigrams.arpa(), a.out)
    lines = [line for (word,) in sorted(trigrams.first) if word != END for line in known[word]]
    a.out.with_suffix(".dict").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sizes = f"{len(trigrams.first)} words, {len(trigrams.second)} pairs, {len(trigrams.third)} triples"
    print(f"{len(kept)} of {a.n} sentences; {sizes}; {a.out.stat().st_size / 1e6:.2f} MB in {a.out.name}")


if __name__ == "__main__":
    main()
