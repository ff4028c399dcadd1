"""What every virtual device carried, on one clock: all devices are channels of one sink, recorded as one stream.

Times are seconds since the recorder started. They are exact against each other (to the sample); against
`time.monotonic()` only to a few hundredths of a second. Knows nothing of the product.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tests.acoustic import signals
from tests.acoustic.pulse import end, spawn
from tests.acoustic.signals import Found, Sound, Span

RATE = 48_000
LATENCY_MS = 20
SAMPLE_BYTES = 2  # s16le


@dataclass(frozen=True)
class Recording:
    """From `start` to `start` + `seconds`, each device's sound. All times in and out are the recorder's."""

    start: float
    devices: Mapping[str, Sound]

    @property
    def microphone(self) -> Sound:
        return self.devices["room_mic"]

    @property
    def speaker(self) -> Sound:
        return self.devices["virtual_speaker"]

    @property
    def seconds(self) -> float:
        return len(self.microphone) / RATE

    def part(self, span: Span) -> Recording:
        """The recording between two moments."""
        first, last = (max(0, round((moment - self.start) * RATE)) for moment in (span.start, span.end))
        return Recording(
            self.start + first / RATE, {name: sound[first:last] for name, sound in self.devices.items()}
        )

    def find(self, clip: Sound, device: str = "room_mic") -> Found:
        """Where a clip really lay; `likeness` below 0.9 means that it was damaged or covered by other sound."""
        found = signals.find(clip, self.devices[device], RATE)
        return Found(self.start + found.start, found.likeness)

    def speech_of(self, clip: Sound, device: str = "room_mic") -> Span:
        """When the talking of a clip that was played into the microphone began and ended."""
        found, speech = self.find(clip, device), signals.speech_in(clip, RATE)
        if found.likeness < 0.5:
            raise LookupError(f"the clip is not in the recording (likeness {found.likeness:.2f})")
        return Span(found.start + speech.start, found.start + speech.end)

    def answers(self, pause: float = 1.0) -> list[Span]:
        """What the speaker said, in stretches more than `pause` apart."""
        return [self._placed(span) for span in signals.utterances(self.speaker, RATE, pause)]

    def first_sound(self, after: float, device: str = "virtual_speaker") -> float | None:
        found = signals.first_sound(self.devices[device], RATE, max(0.0, after - self.start))
        return None if found is None else self.start + found

    def gaps(self, longer_than: float, within: Span | None = None) -> list[Span]:
        """Silences of the speaker inside what it said."""
        part = self if within is None else self.part(within)
        return [part._placed(gap) for gap in signals.gaps(part.speaker, RATE, longer_than)]

    def voice_to_voice(self, clip: Sound) -> float | None:
        """End of the clip's speech in the microphone → first sound in the speaker after it, in seconds."""
        asked = self.speech_of(clip).end
        answered = self.first_sound(asked)
        return None if answered is None else answered - asked

    def time_to_silence(self, clip: Sound) -> float | None:
        """Start of the clip's speech in the microphone → the speaker's last sound while it went on.

        Any sound while the person was still talking counts, a pause before it or not. None: the speaker was
        already silent when the person began, so there was nothing to interrupt.
        """
        speech = self.speech_of(clip)
        last = signals.last_sound(
            self.speaker, RATE, Span(speech.start - self.start, speech.end - self.start)
        )
        return None if last is None else self.start + last - speech.start

    def _placed(self, span: Span) -> Span:
        return Span(self.start + span.start, self.start + span.end)


def stream_options(sample_format: str, latency_ms: int, channel_map: str) -> list[str]:
    """For pacat and parec: a raw stream at the rig's rate."""
    channels = channel_map.count(",") + 1
    shape = [
        f"--format={sample_format}",
        f"--rate={RATE}",
        f"--channels={channels}",
        f"--channel-map={channel_map}",
    ]
    return ["--raw", *shape, f"--latency-msec={latency_ms}"]


class Recorder:
    """Records a sink's monitor from `start` to `stop`, one named device per channel."""

    def __init__(self, env: Mapping[str, str], source: str, channels: Mapping[str, str]) -> None:
        """`channels`: device name → the channel's position in the sink, in order."""
        self._names: Sequence[str] = list(channels)
        self._frame_bytes = SAMPLE_BYTES * len(channels)
        self._blocks: list[bytes] = []
        self._frames = 0
        self._began = float("inf")  # on time.monotonic(): the earliest that any block allows
        self._grown = threading.Condition()
        positions = ",".join(channels.values())
        self._process = spawn(
            ["parec", f"--device={source}", *stream_options("s16le", LATENCY_MS, positions), "--no-remix"],
            env=dict(env),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._thread = threading.Thread(target=self._read, name="recorder", daemon=True)
        self._thread.start()

    def now(self) -> float:
        """The end of what is recorded: all that is played from now on lies after it."""
        with self._grown:
            return self._frames / RATE

    def at(self, monotonic: float) -> float:
        """A moment of `time.monotonic()` on the recording's clock."""
        with self._grown:
            return monotonic - self._began

    def wait_until(self, moment: float, timeout: float = 10.0) -> None:
        """Return when everything up to `moment` is recorded."""
        with self._grown:
            if not self._grown.wait_for(lambda: self._frames / RATE >= moment, timeout):
                raise TimeoutError(f"the recorder stands still at {self._frames / RATE:.1f} s")

    def since(self, start: float) -> Recording:
        """Everything from `start` until now."""
        with self._grown:
            data, skipped = self._tail(round(max(0.0, start) * RATE))
        samples = np.frombuffer(data, dtype="<i2").reshape(-1, len(self._names))  # (frames, channels)
        sound = (samples / np.float32(32768)).astype(np.float32)
        return Recording(skipped / RATE, {name: sound[:, i].copy() for i, name in enumerate(self._names)})

    def stop(self) -> None:
        end(self._process)
        self._thread.join(5.0)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _tail(self, first: int) -> tuple[bytes, int]:
        """The recorded bytes from frame `first` on, and the frame that they begin with."""
        wanted, held = [], self._frames
        for block in reversed(self._blocks):
            if held <= first:
                break
            wanted.append(block)
            held -= len(block) // self._frame_bytes
        data = b"".join(reversed(wanted))
        return data[max(0, first - held) * self._frame_bytes :], max(first, held)

    def _read(self) -> None:
        assert self._process.stdout is not None
        rest = b""
        while data := self._process.stdout.read1(65536):  # type: ignore[attr-defined]
            arrived = time.monotonic()
            data = rest + data
            whole = len(data) // self._frame_bytes * self._frame_bytes
            block, rest = data[:whole], data[whole:]
            with self._grown:
                self._blocks.append(block)
                self._frames += whole // self._frame_bytes
                self._began = min(self._began, arrived - self._frames / RATE)
                self._grown.notify_all()
