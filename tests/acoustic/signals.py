"""Sound measured: where a clip lay, when there was sound, how long it was quiet. Pure functions on arrays.

Sound is float32 mono, full scale 1.0; times are seconds from the array's first sample. "Sound" is a 10 ms
frame louder than −50 dBFS: the virtual devices are digitally silent, so all that is louder was played.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

Sound = NDArray[np.float32]

FRAME_SECONDS = 0.01
SOUND_RMS = 10 ** (-50 / 20)
SPEECH_BELOW_PEAK = 10 ** (
    -30 / 20
)  # a person's recording has a noise floor: speech is measured from its peak


@dataclass(frozen=True)
class Span:
    """Seconds, from `start` to `end`."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Found:
    """A clip found in a recording: it began at `start`; `likeness` is 1.0 for an exact copy, at any loudness."""

    start: float
    likeness: float


def envelope(sound: Sound, rate: int) -> NDArray[np.float64]:
    """(samples,) → (frames,): RMS of each 10 ms; an incomplete last frame is left out."""
    step = round(rate * FRAME_SECONDS)
    frames = sound[: len(sound) // step * step].reshape(-1, step).astype(np.float64)  # (frames, samples)
    loudness: NDArray[np.float64] = np.sqrt((frames**2).mean(axis=1))
    return loudness


def sounding(sound: Sound, rate: int, above: float = SOUND_RMS) -> list[Span]:
    """The stretches louder than `above`, in order, with nothing joined."""
    loud = np.concatenate(([False], envelope(sound, rate) > above, [False]))
    edges = np.flatnonzero(np.diff(loud.astype(np.int8)))
    return [
        Span(float(first) * FRAME_SECONDS, float(last) * FRAME_SECONDS)
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


def speech_in(clip: Sound, rate: int) -> Span:
    """Where the talking in a clip begins and ends, without the silence around it."""
    loudness = envelope(clip, rate)
    spans = sounding(clip, rate, above=float(loudness.max()) * SPEECH_BELOW_PEAK)
    words = [span for span in spans if span.seconds >= 0.03]  # a click is no speech
    return Span(words[0].start, words[-1].end)


def find(clip: Sound, recording: Sound, rate: int) -> Found:
    """Where `clip` lies in `recording`, to the sample, by normalised cross-correlation."""
    wanted = clip.astype(np.float64)
    heard = recording.astype(np.float64)
    if len(heard) < len(wanted):
        return Found(0.0, 0.0)
    products = fftconvolve(heard, wanted[::-1], mode="valid")
    sums = np.concatenate(([0.0], np.cumsum(heard**2)))
    energies = np.maximum(sums[len(wanted) :] - sums[: -len(wanted)], 0.0)
    floor = (wanted**2).sum() * 1e-4  # where hardly anything is heard, likeness means nothing
    likeness = products / np.sqrt(np.maximum(energies, floor) * (wanted**2).sum())
    best = int(np.argmax(likeness))
    return Found(best / rate, float(likeness[best]))


def first_sound(sound: Sound, rate: int, after: float = 0.0) -> float | None:
    """When it is first heard at or after `after`; None when it stays silent."""
    spans = [span for span in sounding(sound, rate) if span.end > after]
    return max(spans[0].start, after) if spans else None


def last_sound(sound: Sound, rate: int, within: Span) -> float | None:
    """When it was last heard inside a stretch of time; None when it was silent all through."""
    spans = [span for span in sounding(sound, rate) if span.end > within.start and span.start < within.end]
    return min(spans[-1].end, within.end) if spans else None


def gaps(sound: Sound, rate: int, longer_than: float) -> list[Span]:
    """The silences longer than `longer_than` between the first and the last sound."""
    spans = sounding(sound, rate)
    between = [Span(before.end, after.start) for before, after in pairwise(spans)]
    return [gap for gap in between if gap.seconds > longer_than]


def utterances(sound: Sound, rate: int, pause: float = 1.0) -> list[Span]:
    """The sound in stretches that are more than `pause` seconds apart."""
    joined: list[Span] = []
    for span in sounding(sound, rate):
        if joined and span.start - joined[-1].end <= pause:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def decibels(sound: Sound, reference: Sound) -> float:
    """How loud `sound` is against `reference`, by RMS."""
    return float(
        10
        * np.log10(
            (np.mean(sound.astype(np.float64) ** 2) + 1e-20) / np.mean(reference.astype(np.float64) ** 2)
        )
    )
