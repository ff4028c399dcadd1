"""How loud a microphone is right now."""

from __future__ import annotations

import numpy as np

from engines.audio.devices import Device, index_of, portaudio
from engines.errors import DeviceError


def measure_level(device: Device, seconds: float) -> float | None:
    """The level in dB relative to full scale, or None if there was nothing but zeros. Raises DeviceError."""
    sounddevice = portaudio()
    rate = int(device.sample_rate)
    try:
        with sounddevice.InputStream(
            device=index_of(device), channels=1, samplerate=rate, dtype="float32"
        ) as stream:
            samples, _ = stream.read(int(seconds * rate))
    except sounddevice.PortAudioError as error:
        raise DeviceError("it can't be opened; another program may be using it") from error
    power = float(np.mean(samples * samples))
    return 10.0 * float(np.log10(power)) if power > 0.0 else None
