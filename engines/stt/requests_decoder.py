"""A second decoder that knows only what people ask Repartee for, and the rule by which it is believed.

It hears requests far better than the general one and mangles everything else, so both hear the same audio and it wins
only where its path scores about as well: acoustics and language together, as in a mixture of two language models
that is decided sentence by sentence. Made by assets/hearing; the margin is tuned in its README.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from engines.errors import ModelBroken, ModelMissing
from engines.types import SAMPLE_RATE

# Scores are logarithms to base 1.0001 per frame of 10 ms. Below zero because this decoder omits the second pass (20 ms
# for each second of speech, all after the last word), and scores without it come out about 2 lower.
MARGIN = -2.5
LOG_BASE = math.log(1.0001)
MAGIC = b"Trie Language Model"


def load(model: str) -> Any:
    """A pocketsphinx Decoder of `model`, a binary .lm with its .dict beside it; 0.03 seconds, 11 MB.

    Raises ModelMissing and ModelBroken.
    """
    from pocketsphinx import Decoder

    language, words = Path(model), Path(model).with_suffix(".dict")
    for path in (language, words):
        if not path.is_file():
            raise ModelMissing(
                f"The file {path.name}, which helps to hear requests, is missing. Set up again."
            )
    broken = f"The file {language.name}, which helps to hear requests, can't be used. Set up again."
    if not language.read_bytes().startswith(MAGIC):
        raise ModelBroken(broken)
    try:
        return Decoder(
            samprate=SAMPLE_RATE, loglevel="FATAL", lm=str(language), dict=str(words), fwdflat=False
        )
    except RuntimeError as error:
        raise ModelBroken(broken) from error


def better(general: Any, requests: Any) -> str:
    """What was said, from two decoders at the end of one utterance; "" for nothing."""
    free, bound = general.hyp(), requests.hyp()
    if free is None or not free.hypstr.strip():
        return ""
    frames = general.n_frames()
    if bound is not None and bound.hypstr.strip() and believed(free.best_score, bound.best_score, frames):
        return str(bound.hypstr).strip()
    return str(free.hypstr).strip()


def believed(free_score: float, bound_score: float, frames: int) -> bool:
    """Whether a request scores nearly as well as free speech; scores as pocketsphinx gives them, above 0."""
    if free_score <= 0 or bound_score <= 0:
        return False
    return (math.log(bound_score) - math.log(free_score)) / LOG_BASE >= MARGIN * frames
