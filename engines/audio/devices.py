"""Devices by name and host API. PortAudio's indices shift when something is plugged in, so they are never kept."""

from __future__ import annotations

import ctypes
import functools
import sys
from dataclasses import dataclass
from typing import Any, Literal

from engines.errors import DeviceError

Kind = Literal["input", "output"]


@dataclass(frozen=True)
class Device:
    """A device as PortAudio lists it now."""

    name: str
    host_api: str
    inputs: int
    outputs: int
    sample_rate: float
    default_input: bool = False
    default_output: bool = False

    @property
    def label(self) -> str:
        return f"{self.name}, {self.host_api}"


def list_devices() -> tuple[Device, ...]:
    """Raises DeviceError where PortAudio can't be used at all."""
    sounddevice = portaudio()
    host_apis = sounddevice.query_hostapis()
    default_input, default_output = sounddevice.default.device
    return tuple(
        Device(
            name=str(found["name"]),
            host_api=str(host_apis[found["hostapi"]]["name"]),
            inputs=int(found["max_input_channels"]),
            outputs=int(found["max_output_channels"]),
            sample_rate=float(found["default_samplerate"]),
            default_input=found["index"] == default_input,
            default_output=found["index"] == default_output,
        )
        for found in sounddevice.query_devices()
    )


def find_device(wanted: str, kind: Kind) -> Device:
    """The device with that name ("name" or "name, host API"; a part of it will do), or the system's default for "".

    Raises DeviceError with the names that there are.
    """
    fitting = [d for d in list_devices() if (d.inputs if kind == "input" else d.outputs) > 0]
    what = "microphone" if kind == "input" else "loudspeaker"
    if not fitting:
        raise DeviceError(f"There is no {what} on this computer. Plug one in.")
    if not wanted:
        for device in fitting:
            if device.default_input if kind == "input" else device.default_output:
                return device
        return fitting[0]
    for matches in (
        [d for d in fitting if wanted in (d.name, d.label)],
        [d for d in fitting if wanted.lower() in d.label.lower()],
    ):
        if matches:
            return matches[0]
    names = "; ".join(dict.fromkeys(d.name for d in fitting))
    raise DeviceError(f"There is no {what} named {wanted!r}. There are: {names}.")


def index_of(device: Device) -> int:
    """PortAudio's index of the device at this moment."""
    for index, found in enumerate(list_devices()):
        if (found.name, found.host_api) == (device.name, device.host_api):
            return index
    raise DeviceError(f"{device.name} has gone.")


def portaudio() -> Any:
    """The sounddevice module. Raises DeviceError where its library is missing."""
    try:
        import sounddevice
    except Exception as error:  # OSError: no library; or PortAudio's own error: it can't begin
        raise DeviceError(
            "PortAudio is not installed, so there is no sound. Run the set-up again: sh packaging/run.sh"
        ) from error
    _hush_alsa()
    return sounddevice


@functools.cache
def _hush_alsa() -> Any:
    """ALSA prints every underrun to standard error; they are counted, which says as much."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return None
    handler = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )(lambda *_: None)
    alsa.snd_lib_error_set_handler(handler)
    return alsa, handler  # kept by the cache: ALSA holds the pointer


def rescan() -> None:
    """Let PortAudio look at the devices again. Every open stream has to be closed before."""
    sounddevice = portaudio()
    sounddevice._terminate()
    sounddevice._initialize()
