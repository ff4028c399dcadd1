"""The silence at a clause's edges. Voices pad each clause with up to half a second, as if it stood alone; joined,
those pads are gaps. Here they become the pause that a speaker would make after that mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from engines.types import Samples, SpeechChunk

SOUND = 0.01  # -40 dB: quieter edges are silence
LEAD_SECONDS = 0.02  # kept, so that no consonant is cut
SENTENCE_PAUSE_SECONDS = 0.2
CLAUSE_PAUSE_SECONDS = 0.1


def with_natural_edges(chunks: Iterable[SpeechChunk]) -> Iterator[SpeechChunk]:
    """The same speech, chunk by chunk, without its leading silence and with a short pause at its end."""
    begun = False
    held: list[Samples] = []  # silence that is an edge only if nothing follows
    for chunk in chunks:
        audio = chunk.audio
        loud = np.flatnonzero(np.abs(audio) > SOUND)
        if not begun and len(loud):
            begun = True
            audio = np.concatenate([*held, audio])
            first = loud[0] + len(audio) - len(chunk.audio)
            audio = audio[max(0, first - int(LEAD_SECONDS * chunk.sample_rate)) :]
            held = []
            loud = np.flatnonzero(np.abs(audio) > SOUND)
        if len(loud):
            speech = np.concatenate([*held, audio[: loud[-1] + 1]])
            held = [audio[loud[-1] + 1 :]]
            yield replace(chunk, audio=speech, last=False)
        else:
            held.append(audio)
        if chunk.last:
            yield replace(chunk, audio=_pause(held, chunk) if begun else np.zeros(0, np.float32))


def _pause(held: list[Samples], chunk: SpeechChunk) -> Samples:
    """The end of the last sound, and then silence up to the pause's length."""
    ends_sentence = chunk.clause.rstrip("\"')]}”’»").endswith((".", "!", "?", "…"))
    length = int((SENTENCE_PAUSE_SECONDS if ends_sentence else CLAUSE_PAUSE_SECONDS) * chunk.sample_rate)
    tail = np.concatenate(held) if held else np.zeros(0, np.float32)
    return np.pad(tail[:length], (0, max(0, length - len(tail))))
