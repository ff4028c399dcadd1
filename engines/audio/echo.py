"""Echo cancellation: take the assistant's own voice out of what the microphone hears.

WebRTC's AEC3 through the livekit package (Apache-2.0); no server is involved. It cuts a real echo by 31 to 35 dB.
But it begins by expecting an echo: where there is none, as with headphones, it swallows the person for the first
eight seconds of the assistant's speech. `EchoGate` listens past it there.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from engines.audio.ports import FRAME
from engines.protocols import EchoCanceller
from engines.types import SAMPLE_RATE, Samples


class WebRtcEchoCanceller:
    """An EchoCanceller. Raises ImportError or OSError where livekit's library can't be loaded."""

    frame_size = FRAME

    def __init__(self) -> None:
        from livekit import rtc

        self._frame_type = rtc.AudioFrame
        self._processing = rtc.AudioProcessingModule(
            echo_cancellation=True, noise_suppression=False, high_pass_filter=True, auto_gain_control=False
        )

    def process(self, heard: Samples, played: Samples) -> Samples:
        """Both are (160,) at 16 kHz."""
        self._processing.process_reverse_stream(self._frame(played))
        frame = self._frame(heard)
        self._processing.process_stream(frame)
        return np.frombuffer(frame.data, dtype=np.int16).astype(np.float32) / 32768.0

    def _frame(self, samples: Samples) -> Any:
        data = bytearray((np.clip(samples, -1.0, 1.0) * 32767.0).astype(np.int16).tobytes())
        return self._frame_type(data, SAMPLE_RATE, 1, len(samples))


class NoEchoCanceller:
    """Passes sound through; used with half-duplex, headphones and files."""

    frame_size = FRAME

    def process(self, heard: Samples, played: Samples) -> Samples:
        return heard


FAR_ACTIVE_POWER = 1e-5  # -50 dB: the loudspeaker says something
FAR_SETTLED_FRAMES = 30  # an echo may come 300 ms late, as through Bluetooth
FAR_QUIET_FRAMES = 150  # after so long without a sound the canceller rests
LEVEL_FRAMES = 150  # 1.5 s of the microphone's levels while the loudspeaker speaks
DECIDE_FRAMES = 25
NO_ECHO_OVER_NOISE = 1.5  # 1.8 dB: what is heard while speaking is no louder than the room
NO_ECHO_LOSS = 10**-4.5  # or 45 dB below what is played
CORRELATE_EVERY = 10  # frames
CORRELATE_SECONDS = 0.5
ECHO_PEAK = 9.0  # peak over rms of the correlation; without an echo it is seldom above 8
SAME_LAG_SAMPLES = 48  # 3 ms: an echo keeps its distance, a likeness of two voices doesn't
LAGS_IN_A_ROW = 3


class EchoGate:
    """Uses a canceller only while something is played that comes back.

    Whether it comes back is seen by whether the microphone hears more than the room's noise while the loudspeaker
    speaks; that an echo has appeared after all (headphones pulled out), by the correlation of both signals.
    """

    frame_size = FRAME

    def __init__(self, canceller: EchoCanceller) -> None:
        self._canceller = canceller
        self.echo_free = False
        self._noise: deque[float] = deque(maxlen=LEVEL_FRAMES)  # levels while nothing is played
        self._far_frames = 0  # since the loudspeaker began to speak
        self._quiet_frames = FAR_QUIET_FRAMES
        self._levels: deque[float] = deque(maxlen=LEVEL_FRAMES)
        length = int(CORRELATE_SECONDS * 100)
        self._lags: deque[int | None] = deque(maxlen=LAGS_IN_A_ROW)
        self._heard: deque[Samples] = deque(maxlen=length)
        self._played: deque[Samples] = deque(maxlen=length)

    def process(self, heard: Samples, played: Samples) -> Samples:
        power = float(np.dot(heard, heard)) / FRAME
        far = float(np.dot(played, played)) / FRAME
        self._quiet_frames = 0 if far > FAR_ACTIVE_POWER else self._quiet_frames + 1
        if self._quiet_frames >= FAR_QUIET_FRAMES:
            self._far_frames = 0
            self._noise.append(power)
            return heard
        cleaned = self._canceller.process(heard, played)
        self._far_frames += 1
        self._heard.append(heard)
        self._played.append(played)
        if self._far_frames > FAR_SETTLED_FRAMES and self._quiet_frames < FAR_SETTLED_FRAMES:
            self._levels.append(power)
            self._decide(power, far)
        return heard if self.echo_free else cleaned

    def _decide(self, power: float, far: float) -> None:
        if len(self._levels) < DECIDE_FRAMES or self._far_frames % CORRELATE_EVERY:
            return
        if not self.echo_free:
            limit = self._quiet_limit(FAR_ACTIVE_POWER * 100)
            self.echo_free = _loud(self._levels) <= limit
            self._lags.clear()
        elif power > 4.0 * self._quiet_limit(far):
            self._lags.append(self._echo_lag())
            lags = [lag for lag in self._lags if lag is not None]
            if len(lags) == LAGS_IN_A_ROW and max(lags) - min(lags) <= SAME_LAG_SAMPLES:
                self.echo_free = False
                self._levels.clear()

    def _quiet_limit(self, far: float) -> float:
        return max(_loud(self._noise) * NO_ECHO_OVER_NOISE, far * NO_ECHO_LOSS)

    def _echo_lag(self) -> int | None:
        """How many samples later what was played is found in what was heard: a clear peak of their correlation."""
        heard = np.concatenate(self._heard)
        played = np.concatenate(self._played)
        size = 2 * len(heard)
        spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
        band = slice(size * 200 // SAMPLE_RATE, size * 4000 // SAMPLE_RATE)
        whitened = np.zeros_like(spectrum)
        whitened[band] = spectrum[band] / (np.abs(spectrum[band]) + 1e-12)
        correlation = np.abs(np.fft.irfft(whitened, size))[: len(heard)]
        clear = float(correlation.max()) > ECHO_PEAK * float(np.sqrt(np.mean(correlation**2)))
        return int(correlation.argmax()) if clear else None


def _loud(powers: deque[float]) -> float:
    """The level that is seldom exceeded: an echo shows in its loud moments first."""
    return float(np.percentile(np.fromiter(powers, float), 90)) if powers else 0.0
