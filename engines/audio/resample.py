"""Sample rates are changed here, at the edge, with soxr; everything inside is mono float32."""

from __future__ import annotations

import numpy as np

from engines.types import Samples


def resample(samples: Samples, from_rate: int, to_rate: int) -> Samples:
    """All of a signal at once."""
    if from_rate == to_rate:
        return samples
    import soxr

    out: Samples = soxr.resample(samples, from_rate, to_rate, quality="HQ").astype(np.float32)
    return out


class Resampler:
    """A signal block by block; the pieces join without a seam."""

    def __init__(self, from_rate: int, to_rate: int) -> None:
        self._stream = None
        if from_rate != to_rate:
            import soxr

            self._stream = soxr.ResampleStream(from_rate, to_rate, 1, dtype="float32", quality="MQ")

    def feed(self, samples: Samples, last: bool = False) -> Samples:
        """Returns what is ready; with `last` also the few milliseconds held back."""
        if self._stream is None:
            return samples
        out: Samples = self._stream.resample_chunk(samples, last=last)
        return out
