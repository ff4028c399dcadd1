"""Which timers a person means: "pasta", "the past a one", "30 minutes", "the alarm", "everything". Pure functions.

A number that was said must be right; a name may be misheard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from app.store import Timer
from app.tools.number_words import ONES, TENS
from app.tools.speech import length_name

ALIKE = 0.6  # "past a" is "pasta" (0.91), "pizza" is not (0.4)
EVERYTHING = {"all", "both", "everything", "every", "each"}
NOISE = {
    "the",
    "my",
    "a",
    "an",
    "of",
    "them",
    "timer",
    "timers",
    "alarm",
    "alarms",
    "for",
    "at",
    "called",
    "please",
}


def meant(label: str, timers: Sequence[Timer]) -> tuple[Timer, ...]:
    """Those of `timers` that `label` fits best, all alike; all of them where it names none; maybe nobody."""
    words = _words(label)
    timers = _of_kind(words, timers)
    if words and set(words) <= {"all", "both", "every", "each"}:  # an alarm is only cancelled by name or kind
        timers = [timer for timer in timers if timer.kind == "timer"] or timers
    named = [word for word in words if word not in NOISE and word not in EVERYTHING]
    if len(named) > 1 and named[-1] == "1":
        named.pop()  # "the pasta one"
    if not named:
        return tuple(timers)
    scores = [_score(named, timer) for timer in timers]
    best = max(scores, default=0.0)
    return tuple(t for t, score in zip(timers, scores, strict=True) if score == best >= ALIKE)


def means_all(label: str) -> bool:
    return not EVERYTHING.isdisjoint(_words(label))


def _of_kind(words: Sequence[str], timers: Sequence[Timer]) -> list[Timer]:
    kinds = {kind for kind in ("timer", "alarm") if {kind, kind + "s"} & set(words)}
    return [timer for timer in timers if len(kinds) != 1 or timer.kind in kinds]


def _score(named: Sequence[str], timer: Timer) -> float:
    known = _words(timer.label) + _words(length_name(timer.seconds) if timer.kind == "timer" else timer.wall)
    if timer.kind == "alarm":
        known += _hours(timer.wall)
    if any((word[0].isdigit() or word in ("am", "pm")) and word not in known for word in named):
        return 0.0
    by_word = sum(max(_alike(word, other) for other in known) for word in named) / len(named)
    whole = _alike("".join(named), "".join(_words(timer.label)))
    return max(by_word, whole)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _hours(wall: str) -> list[str]:
    """What an alarm at "19:00" is also called: 19, 7, 7:00, pm."""
    hour, minute = wall.split(":")
    short = str(int(hour) % 12 or 12)
    names = [f"{int(hour)}:{minute}", f"{short}:{minute}", "am" if int(hour) < 12 else "pm"]
    return names + ([str(int(hour)), short] if minute == "00" else [])


def _words(text: str) -> list[str]:
    """Lower case, numbers as digits, no plural."""
    words: list[str] = []
    before = ""
    for word in re.findall(r"\d+(?::\d+)?|[^\W\d_]+", text.lower().replace("'", "")):
        if before in TENS and 0 < ONES.get(word, 0) < 10:
            words[-1] = str(TENS[before] + ONES[word])
        elif word in ONES or word in TENS:
            words.append(str((ONES | TENS)[word]))
        else:
            words.append(word if word in EVERYTHING else _single(word))
        before = word
    return words


def _single(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
