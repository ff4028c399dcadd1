"""A room with a virtual microphone and a virtual speaker, in which a program can be heard and spoken to.

    with Room() as room:
        began = room.now()
        room.say(clip)                      # into the microphone
        recording = room.recording(began)   # both devices, on one clock

Both devices are channels of one sink, so a single recording holds them exactly aligned. Knows nothing of the
product; `room.env` is all that a program needs to live here.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType

import numpy as np

from tests.acoustic.pulse import PulseServer, end, missing, spawn
from tests.acoustic.recording import RATE, Recorder, Recording, stream_options
from tests.acoustic.signals import Sound

CLIP_LATENCY_MS = (
    500  # ahead in the server, so that a busy machine tears no hole in a clip; it starts as soon
)
ROOT = Path(__file__).resolve().parents[2]
SPEAKER, MICROPHONE, SECOND_MICROPHONE = "virtual_speaker", "virtual_microphone", "second_microphone"
# Sinks that something plays into → their channel of the one sink that carries them all.
CHANNELS = {
    "room_mic": "front-left",
    SPEAKER: "front-right",
    "second_mic": "rear-left",
    "spare": "rear-right",
}
HEARS = {MICROPHONE: "room_mic", SECOND_MICROPHONE: "second_mic"}  # a microphone → the sink that feeds it


@cache
def available() -> str | None:
    """Why this machine can't run the rig, or None where it can: it is tried once."""
    if reason := missing():
        return reason
    try:
        with Room():
            pass
    except (RuntimeError, OSError, TimeoutError, subprocess.SubprocessError) as error:
        return f"PulseAudio can't run here: {error}"
    return None


class Playing:
    """A clip on its way into a device; `wait` returns when its last sample is in."""

    def __init__(self, env: dict[str, str], device: str, clip: Sound) -> None:
        silence = np.zeros(
            RATE // 5, dtype=np.float32
        )  # the last word must not lie in a buffer that is dropped
        samples = np.clip(np.concatenate((clip, silence)), -1, 1) * 32767
        # A file and not a pipe: the player then never waits for the test's Python.
        self._file = tempfile.NamedTemporaryFile(suffix=".raw")  # noqa: SIM115
        self._file.write(samples.astype("<i2").tobytes())
        self._file.flush()
        shape = stream_options("s16le", CLIP_LATENCY_MS, "mono")
        self._process = spawn(
            ["pacat", "--playback", f"--device={device}", *shape, self._file.name],
            env=env,
            stderr=subprocess.DEVNULL,
        )

    def wait(self, seconds: float = 60.0) -> None:
        self._process.wait(seconds)
        self._file.close()

    def stop(self) -> None:
        end(self._process)
        self._file.close()


class Room:
    """Starts with one microphone and one speaker, both the defaults."""

    def __init__(self) -> None:
        self._server = PulseServer()
        self._recorder: Recorder | None = None
        self._playing: list[Playing] = []
        self._modules: dict[str, int] = {}

    @property
    def env(self) -> dict[str, str]:
        """For a program that uses the default devices, as the user's sound settings name them."""
        return self._server.env

    @property
    def fixed_env(self) -> dict[str, str]:
        """For a program that is tied to this microphone and speaker: PulseAudio then offers it no other."""
        return {**self.env, "PULSE_SOURCE": MICROPHONE, "PULSE_SINK": SPEAKER}

    def __enter__(self) -> Room:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Start the server and build the room; also again after `crash`, with a new clock."""
        self._server.start()
        self._modules.clear()
        positions = ",".join(CHANNELS.values())
        self._server.load(
            "module-null-sink",
            sink_name="room",
            norewinds=1,
            rate=RATE,
            channels=len(CHANNELS),
            channel_map=positions,
        )
        for sink, position in CHANNELS.items():
            self._server.load(
                "module-remap-sink", sink_name=sink, master="room", remix="no",
                channels=1, channel_map="mono", master_channel_map=position,
            )  # fmt: skip
        self.plug(MICROPHONE)
        self._server.pactl("set-default-sink", SPEAKER)
        # A null sink renders up to 2 s at a time until somebody asks for less: the recorder comes first and stays,
        # and without rewinds not even the first block is long.
        self._recorder = Recorder(self.env, "room.monitor", CHANNELS)
        self._recorder.wait_until(0.5)

    def crash(self) -> None:
        """The sound server dies, and every device with it."""
        self._stop_children()
        self._server.stop()

    def close(self) -> None:
        self._stop_children()
        self._server.close()

    def now(self) -> float:
        return self._clock.now()

    def at(self, monotonic: float) -> float:
        """A moment of `time.monotonic()` on the recording's clock, to a few hundredths of a second."""
        return self._clock.at(monotonic)

    def recording(self, since: float) -> Recording:
        return self._clock.since(since)

    def say(self, clip: Sound, device: str = "room_mic", wait: bool = True) -> Playing:
        """Play a clip into a microphone, beginning now; where it really lay, the recording tells."""
        playing = Playing(self.env, device, clip)
        self._playing.append(playing)
        if wait:
            playing.wait()
        return playing

    def wait_for_sound(self, after: float, timeout: float = 20.0) -> float:
        """When the speaker is first heard at or after a moment. Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if (found := self.recording(after).first_sound(after)) is not None:
                return found
            time.sleep(0.05)
        raise TimeoutError(f"the speaker was silent for {timeout:g} s")

    def wait_for_silence(self, after: float, quiet: float = 1.0, timeout: float = 60.0) -> None:
        """Return when the speaker has been silent for `quiet` seconds. Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            since = max(after, self.now() - quiet)
            if self.now() - since >= quiet and self.recording(since).first_sound(since) is None:
                return
            time.sleep(0.1)
        raise TimeoutError(f"the speaker was never silent for {quiet:g} s in {timeout:g} s")

    def plug(self, microphone: str, default: bool = True) -> None:
        """A microphone appears."""
        self._modules[microphone] = self._server.load(
            "module-remap-source", source_name=microphone, master="room.monitor", remix="no",
            channels=1, channel_map="mono", master_channel_map=CHANNELS[HEARS[microphone]],
        )  # fmt: skip
        if default:
            self.make_default(microphone)

    def unplug(self, microphone: str) -> None:
        """It vanishes, and who listened to it is cut off (not moved to the speaker's monitor)."""
        index = next(s["index"] for s in self._server.listing("sources") if s["name"] == microphone)
        listeners = [s["index"] for s in self._server.listing("source-outputs") if s["source"] == index]
        module = self._modules.pop(microphone)
        self._server.at_once(*(f"kill-source-output {n}" for n in listeners), f"unload-module {module}")

    def make_default(self, microphone: str) -> None:
        self._server.pactl("set-default-source", microphone)

    def stall(self, microphone: str, stalled: bool) -> None:
        """No error and no more sound from it, as some drivers do on an unplug or after sleep; or back again."""
        self._server.pactl("suspend-source", microphone, "1" if stalled else "0")

    def wait_until_listened_to(self, timeout: float = 20.0) -> None:
        """Return when a program (not the rig) listens to a microphone. Raises TimeoutError."""
        self._wait_for_stream("source-outputs", lambda binary: binary != "parec", timeout)

    @contextmanager
    def echo(self, gain_db: float, response: Path | None = None) -> Iterator[None]:
        """While it lasts, what the speaker plays comes back into the microphone."""
        options = ["--source=room.monitor", f"--channel={CHANNELS[SPEAKER]}", "--sink=room_mic"]
        options += [f"--gain={gain_db}"] + ([f"--rir={response}"] if response else [])
        process = spawn([sys.executable, "-m", "tests.acoustic.echo", *options], env=self.env, cwd=ROOT)
        try:
            self._wait_for_stream("sink-inputs", lambda binary: binary == "pacat")
            yield
            if process.poll() is not None:
                raise RuntimeError(f"the echo's process ended early ({process.returncode})")
        finally:
            end(process)

    @property
    def _clock(self) -> Recorder:
        if self._recorder is None:
            raise RuntimeError("the room is not open")
        return self._recorder

    def _wait_for_stream(self, kind: str, wanted: Callable[[str], bool], timeout: float = 15.0) -> None:
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            binaries = [s["properties"].get("application.process.binary") for s in self._server.listing(kind)]
            if any(wanted(binary) for binary in binaries if binary):
                return
            time.sleep(0.1)
        raise TimeoutError(f"no such stream among the {kind} in {timeout:g} s")

    def _stop_children(self) -> None:
        for playing in self._playing:
            playing.stop()
        self._playing.clear()
        if self._recorder is not None:
            self._recorder.stop()
            self._recorder = None
