"""Whole conversations: snippets one after another, in one person's style (spoken or typed, noisy or clean).

Promise: `conversation(seed)` is a pure function of its seed, and never yields a request of the held-out set.
"""

# ruff: noqa: E501  (the table of makers)

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from . import app_help, control, keeping, refusals, small_talk, sums, timers, units
from .exchange import Exchange, Maker
from .noise import hear, type_out

MIX: tuple[tuple[float, Maker], ...] = (  # how often each kind of snippet is drawn
    (9.0, timers.set_timer), (6.5, timers.set_alarm), (4.5, timers.ask_later), (3.0, timers.list_timers), (4.5, timers.cancel_timer),
    (10.0, sums.calculate), (6.5, units.convert), (5.5, keeping.add_note), (2.2, keeping.list_notes), (9.0, keeping.add_to_list), (3.0, keeping.read_list),
    (3.2, control.get_time), (2.6, control.get_date), (2.4, control.repeat), (3.8, control.set_volume), (1.8, control.mute), (3.4, control.switch_model), (1.4, control.open_settings), (3.6, control.about),
    (9.0, small_talk.small_talk), (1.4, small_talk.nonsense), (1.0, small_talk.foreign), (0.6, lambda r, t: [timers.never_mind(r)]),
    (17.0, refusals.refused), (8.0, app_help.app_question),
)  # fmt: skip
MAKERS = [m for _, m in MIX]
CHANCES = [c for c, _ in MIX]


@dataclass(frozen=True)
class Style:
    """How one person talks to it."""

    typed: bool
    noise: float  # of a recognizer: slips per small word
    careful: float  # of a keyboard: share of neat sentences


def style(rng: Random) -> Style:
    typed = rng.random() < 0.33
    noise = rng.choice((0.0, 0.0, 0.0, 0.03, 0.06, 0.12))
    return Style(typed, noise, rng.choice((0.0, 0.5, 0.9)))


def normalised(text: str) -> str:
    """Lower case, letters and digits only: how sentences are compared."""
    return " ".join(re.sub(r"[^\w' ]+", " ", text.lower().replace("'", "")).split())


@lru_cache(maxsize=1)
def held_out() -> frozenset[str]:
    """Every held-out request of more than three words, normalised; "half an hour" is anybody's."""
    files = sorted(Path(__file__).parent.parent.glob("heldout*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    asks = (normalised(json.loads(line)["ask"]) for line in lines)
    return frozenset(a for a in asks if len(a.split()) > 3)


def finish(rng: Random, exchange: Exchange, how: Style) -> Exchange:
    """The exchange with its noise, without marks."""
    said = type_out(rng, exchange.user, how.careful) if how.typed else hear(rng, exchange.user, how.noise)
    return Exchange(said, exchange.reply)


def snippets(rng: Random, how: Style) -> Iterator[list[Exchange]]:
    """Endless snippets in one style, none of them from the held-out set."""
    while True:
        maker = rng.choices(MAKERS, CHANCES)[0]
        made = [finish(rng, e, how) for e in maker(rng, how.typed)]
        if not any(normalised(e.user) in held_out() for e in made):
            yield made


def conversation(seed: int | str, length: int | None = None) -> list[Exchange]:
    """One conversation of 1–8 snippets (or of `length`)."""
    rng = Random(seed)
    how = style(rng)
    count = length or rng.choice((1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8))
    out: list[Exchange] = []
    for made in snippets(rng, how):
        out += made
        count -= 1
        if count <= 0:
            return out
    raise AssertionError("snippets never end")
