"""The sound card: a microphone and a loudspeaker as two streams that are reopened when they die.

PortAudio doesn't report an unplugged device: its callbacks just stop. A watchdog notices within a second or so, lets
PortAudio look again (which needs both streams closed), opens what is there and says so through `on_notice`.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engines.audio.devices import Device, Kind, find_device, index_of, portaudio, rescan
from engines.audio.mixer import Mixer
from engines.audio.playback import Playback
from engines.audio.ports import FRAME
from engines.audio.resample import Resampler
from engines.errors import DeviceError
from engines.types import SAMPLE_RATE, AudioFrame, Samples

log = logging.getLogger("repartee.audio")

BLOCK_SECONDS = {"input": 0.03, "output": 0.02}  # fewer wake-ups while listening; quick to fall silent
LATENCY_SECONDS = {"input": 0.03, "output": 0.04}
INPUT_QUEUE_BLOCKS = 100  # 3 s: the ears can be that late before a word is lost
REST_SECONDS = (
    10.0  # a loudspeaker with nothing to say is put to rest: an open one costs more than all of listening
)
REFERENCE_SECONDS = 1.0
SILENT_CALLBACKS_SECONDS = 1.0
GIVE_UP_SECONDS = 20.0


class SoundCard:
    """Microphone and loudspeaker by name; "" is the system's default, None for no microphone at all.

    Implements Microphone and Speaker. Raises DeviceError.
    """

    def __init__(
        self,
        input_device: str | None = "",
        output_device: str = "",
        on_notice: Callable[[str], None] = lambda message: None,
    ) -> None:
        self._kinds: tuple[Kind, ...] = ("output",) if input_device is None else ("input", "output")
        self._wanted = {"input": input_device or "", "output": output_device}
        self._on_notice = on_notice
        self.volume = 1.0
        self.sample_rate = 48_000
        self.input_overflows = 0
        self.output_underflows = 0
        self.failure: DeviceError | None = None
        self._blocks: queue.Queue[Samples | None] = queue.Queue(INPUT_QUEUE_BLOCKS)
        self._input_rate = 48_000
        self._generation = 0
        self._played: deque[Samples] = deque(maxlen=int(REFERENCE_SECONDS / BLOCK_SECONDS["output"]))
        self._reference = np.zeros(0, dtype=np.float32)
        self._reference_resampler = Resampler(self.sample_rate, SAMPLE_RATE)
        self._mixer = Mixer(self.sample_rate)
        self._streams: dict[Kind, Any] = {}
        self._output_runs = False
        self._last_callback: dict[Kind, float] = {}
        self._closed = False
        self._attend = threading.Event()  # the watchdog is wanted now
        self._awake_until = 0.0
        self._names: dict[Kind, str] = {}
        self._open()
        self._watchdog = threading.Thread(target=self._watch, name="audio-watchdog", daemon=True)
        self._watchdog.start()

    # -- microphone

    def frames(self) -> Iterator[AudioFrame]:
        """10 ms frames at 16 kHz until closed. Raises DeviceError when no device comes back."""
        self._forget_blocks()  # what came before anybody listened
        resampler, generation = None, -1
        waiting = np.zeros(0, dtype=np.float32)
        count = 0
        while (block := self._blocks.get()) is not None:
            if resampler is None or generation != self._generation:
                generation = self._generation
                resampler = Resampler(self._input_rate, SAMPLE_RATE)
            waiting = np.concatenate([waiting, resampler.feed(block)])
            while len(waiting) >= FRAME:
                yield AudioFrame(waiting[:FRAME], SAMPLE_RATE, count / SAMPLE_RATE)
                waiting = waiting[FRAME:]
                count += FRAME
        if self.failure is not None:
            raise self.failure

    # -- loudspeaker

    def open_playback(self) -> Playback:
        self.wake()
        return self._mixer.open()

    def wake(self) -> None:
        self._awake_until = time.monotonic() + REST_SECONDS
        self._attend.set()

    def reference(self) -> Samples:
        while len(self._reference) < FRAME:
            try:
                block = self._played.popleft()
            except IndexError:  # nothing was played for so long
                self._reference = np.concatenate([self._reference, np.zeros(FRAME, dtype=np.float32)])
                break
            self._reference = np.concatenate([self._reference, self._reference_resampler.feed(block)])
        out, self._reference = self._reference[:FRAME], self._reference[FRAME:]
        return out

    @property
    def latency(self) -> float:
        stream = self._streams.get("output")
        return float(stream.latency) if stream is not None else 0.0

    @property
    def names(self) -> tuple[str, str]:
        """The microphone's and the loudspeaker's names as they are open now."""
        return self._names.get("input", ""), self._names.get("output", "")

    def end_frames(self) -> None:
        """Let `frames` end after what it has; the loudspeaker stays open. Safe in a signal handler."""
        self._end_input()

    def drain(self) -> None:
        """Wait until what was pulled has sounded."""
        time.sleep(self.latency + 2 * BLOCK_SECONDS["output"])

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._attend.set()
        self._mixer.close()
        self._watchdog.join(5.0)
        self._close_streams()
        self._end_input()

    # -- callbacks: copy and count, nothing else

    def _heard(self, data: Any, _frames: int, _time: Any, status: Any) -> None:
        self._last_callback["input"] = time.monotonic()
        if status.input_overflow:
            self.input_overflows += 1
        try:
            self._blocks.put_nowait(data[:, 0].copy())
        except queue.Full:
            self.input_overflows += 1

    def _play(self, out: Any, frames: int, _time: Any, status: Any) -> None:
        self._last_callback["output"] = time.monotonic()
        if status.output_underflow:
            self.output_underflows += 1
        block = self._mixer.pull(frames, self.volume)
        out[:] = block[:, None]
        self._played.append(block)

    # -- opening and watching

    def _open(self) -> None:
        """Open both streams. Raises DeviceError."""
        sounddevice = portaudio()
        devices = {kind: self._choose(kind) for kind in self._kinds}
        output_rate = int(devices["output"].sample_rate)
        if output_rate != self.sample_rate:
            self.sample_rate = output_rate
            self._mixer.close()
            self._mixer = Mixer(output_rate)  # what was being said at the other rate is lost with its device
            self._reference_resampler = Resampler(output_rate, SAMPLE_RATE)
        streams: dict[Kind, Any] = {}
        try:
            for kind, device in devices.items():
                streams[kind] = self._open_stream(kind, device)
                self._last_callback[kind] = time.monotonic()
                if kind == "input":
                    streams[kind].start()
        except sounddevice.PortAudioError as error:
            for stream in streams.values():
                with contextlib.suppress(sounddevice.PortAudioError):
                    stream.close()
            raise DeviceError(
                f"The sound device could not be opened ({_reason(error)}). Is another program using it?"
            ) from error
        self._streams = streams
        self._names = {kind: device.name for kind, device in devices.items()}
        if "input" in devices:
            self._input_rate = int(devices["input"].sample_rate)
        self._generation += 1

    def _open_stream(self, kind: Kind, device: Device) -> Any:
        sounddevice = portaudio()
        opener = sounddevice.InputStream if kind == "input" else sounddevice.OutputStream
        return opener(
            device=index_of(device),
            channels=1 if kind == "input" else min(2, device.outputs),
            samplerate=int(device.sample_rate),
            blocksize=int(device.sample_rate * BLOCK_SECONDS[kind]),
            latency=LATENCY_SECONDS[kind],
            dtype="float32",
            callback=self._heard if kind == "input" else self._play,
        )

    def _choose(self, kind: Kind) -> Device:
        try:
            return find_device(self._wanted[kind], kind)
        except DeviceError:
            if not self._wanted[kind] or not self._streams_were_open:
                raise
            return find_device("", kind)  # the chosen one was unplugged: whatever there is

    @property
    def _streams_were_open(self) -> bool:
        return self._generation > 0

    def _watch(self) -> None:
        """The watchdog: start and rest the loudspeaker, and reopen what has died."""
        while not self._closed:
            self._attend.wait(0.25)
            self._attend.clear()
            try:
                self._start_or_rest()
            except DeviceError:
                self._last_callback["output"] = 0.0  # reopened below
            now = time.monotonic()
            dead = [
                kind
                for kind, at in self._last_callback.items()
                if now - at > SILENT_CALLBACKS_SECONDS and (kind == "input" or self._output_runs)
            ]
            if dead and not self._closed:
                self._reopen(dead[0])

    def _start_or_rest(self) -> None:
        """Raises DeviceError if the loudspeaker can't be started."""
        sounddevice, stream = portaudio(), self._streams.get("output")
        wanted = time.monotonic() < self._awake_until or not self._mixer.quiet
        if stream is None or wanted == self._output_runs:
            return
        try:
            if wanted:
                self._last_callback["output"] = time.monotonic()
                self._output_runs = True
                stream.start()
            else:
                self._output_runs = False
                stream.stop()
        except sounddevice.PortAudioError as error:
            raise DeviceError(f"the loudspeaker can't be started ({_reason(error)})") from error

    def _reopen(self, dead: Kind) -> None:
        """Try until the device gives sound again, or another one does in its place."""
        what = "microphone" if dead == "input" else "loudspeaker"
        log.warning("no callbacks from the %s", what)
        before, said, since = self._names.get(dead, ""), False, time.monotonic()
        while not self._closed:
            reason = self._try_again(dead)
            if not reason:
                self._on_notice(_reopened(what, before, self._names[dead]))
                return
            if not said:
                said = True
                self._on_notice(f"Your {what} gives no sound any more. I'm waiting for it to come back.")
            if time.monotonic() - since > GIVE_UP_SECONDS:
                self.failure = DeviceError(f"Your {what} went away and has not come back: {reason}")
                self._mixer.close()
                self._end_input()
                return
            self._attend.wait(1.0)
            self._attend.clear()

    def _try_again(self, dead: Kind) -> str:
        """Open everything afresh; returns why it doesn't work, or nothing."""
        self._close_streams()
        try:
            rescan()
            self._open()
            opened = time.monotonic()
            if dead == "output":
                self.wake()
                self._start_or_rest()
        except (DeviceError, portaudio().PortAudioError) as error:
            return str(error)
        while not self._closed and time.monotonic() - opened < SILENT_CALLBACKS_SECONDS:
            if self._last_callback[dead] > opened:
                return ""
            time.sleep(0.02)
        return "it opens, but stays silent."

    def _close_streams(self) -> None:
        streams, self._streams = self._streams, {}
        self._output_runs = False
        for stream in streams.values():
            with contextlib.suppress(Exception):  # a dead device can fail in any way; it is gone either way
                stream.abort(ignore_errors=True)
                stream.close(ignore_errors=True)

    def _forget_blocks(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                if self._blocks.get_nowait() is None:
                    self._blocks.put(None)  # it was the end
                    return

    def _end_input(self) -> None:
        while True:
            try:
                self._blocks.put_nowait(None)
                return
            except queue.Full:
                with contextlib.suppress(queue.Empty):
                    self._blocks.get_nowait()


def _reopened(what: str, before: str, now: str) -> str:
    if before == now:
        return f"Your {what} was interrupted. It works again."
    doing = f"I'm listening on {now}" if what == "microphone" else f"I'm speaking through {now}"
    return f"Your {what} was unplugged. {doing} now."


def _reason(error: Exception) -> str:
    return (
        str(error.args[0]).split(" [")[0].removeprefix("Error opening ") if error.args else "unknown reason"
    )
