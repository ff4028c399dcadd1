"""The system's voice: programs that come with the computer, or with Repartee's set-up, read as they speak.

Linux: flite for English, espeak-ng for other languages (it is GPL, so it is run as a program, never linked). macOS:
`say`. Windows: System.Speech through PowerShell. Each clause is one short-lived process; cancelling ends it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engines.cancel import CancelToken
from engines.errors import EngineError, EngineStalled
from engines.tts.edges import with_natural_edges
from engines.tts.wav_stream import WavStream
from engines.types import EngineInfo, SpeechChunk

FLITE_VOICES = ("slt", "rms", "awb", "kal16", "kal")
DEFAULT_VOICE = "slt"
ESPEAK_WORDS_PER_MINUTE = 170
SAY_WORDS_PER_MINUTE = 180


class SystemVoice:
    """A SpeechSynthesizer. `voice` is a flite voice on Linux, or the name of a voice of the system's."""

    def __init__(self, *, voice: str = "", speed: float = 1.0, stall_seconds: float = 30.0) -> None:
        """`stall_seconds` is the longest that the program may go without a sound before it is ended."""
        self._voice = voice
        self._stall_seconds = stall_seconds
        self._speed = speed

    def start(self) -> EngineInfo:
        command = self._command("test", "en", Path("unused"))
        if shutil.which(command[0]) is None:
            raise EngineError(
                f"The voice program {command[0]} is not installed. Run the set-up again: sh packaging/run.sh"
            )
        name = Path(command[0]).name
        if name == "flite" and self._voice and self._voice not in FLITE_VOICES:
            raise EngineError(f"There is no voice {self._voice!r}. There are: {', '.join(FLITE_VOICES)}.")
        voice = self._voice or (DEFAULT_VOICE if name == "flite" else "default")
        return EngineInfo(name, voice)

    def close(self) -> None:
        pass

    def speak(self, clause: str, language: str, cancel: CancelToken) -> Iterator[SpeechChunk]:
        """Yield the clause as the program speaks it."""
        with tempfile.TemporaryDirectory(prefix="repartee-") as folder:
            path = Path(folder) / "clause.wav"
            command = self._command(_one_line(clause), language, path)
            try:
                process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            except OSError as error:
                raise EngineError(f"the voice program {command[0]} can't be run") from error
            withdraw = cancel.on_cancel(process.kill)
            stalled = threading.Event()

            def end() -> None:
                stalled.set()
                process.kill()

            timer = threading.Timer(self._stall_seconds, end)  # a clause is some seconds of work at most
            timer.daemon = True
            timer.start()
            try:
                yield from with_natural_edges(_chunks(process, path, clause, cancel))
            except EngineError:
                if stalled.is_set():
                    raise EngineStalled(f"it gave no sound for {self._stall_seconds:g} seconds") from None
                raise
            finally:
                timer.cancel()
                withdraw()
                process.kill()
                process.wait()
                if process.stdout:
                    process.stdout.close()

    def _command(self, text: str, language: str, path: Path) -> list[str]:
        """The program that speaks `text`, to standard output or into `path`."""
        if sys.platform == "darwin":
            voice = ["-v", self._voice] if self._voice else []
            rate = ["-r", str(int(SAY_WORDS_PER_MINUTE * self._speed))]
            return ["say", *voice, *rate, "--data-format=LEI16@22050", "-o", str(path), "--", text]
        if sys.platform == "win32":
            return [
                "powershell",
                "-NoProfile",
                "-Command",
                _sapi_script(text, self._voice, self._speed, path),
            ]
        if language.lower().startswith("en"):
            stretch = f"duration_stretch={1.0 / self._speed:.3f}"
            voice_name = self._voice or DEFAULT_VOICE
            return ["flite", "-voice", voice_name, "--setf", stretch, "-t", text, "-o", "/dev/stdout"]
        rate = ["-s", str(int(ESPEAK_WORDS_PER_MINUTE * self._speed))]
        return ["espeak-ng", "-v", language.lower(), *rate, "--stdout", "--", text]


def _chunks(
    process: subprocess.Popen[bytes], path: Path, clause: str, cancel: CancelToken
) -> Iterator[SpeechChunk]:
    assert process.stdout is not None
    stream = WavStream()
    while data := os.read(process.stdout.fileno(), 65536):
        samples = stream.feed(data)
        if len(samples) and not cancel.cancelled:
            yield SpeechChunk(samples, stream.sample_rate, clause)
    failed = process.wait() != 0
    if path.exists():
        samples = stream.feed(path.read_bytes())
        if len(samples):
            yield SpeechChunk(samples, stream.sample_rate, clause)
    if cancel.cancelled:
        return
    if failed or not stream.sample_rate:
        raise EngineError(f"the voice program {Path(str(process.args[0])).name} failed")  # type: ignore[index]
    yield SpeechChunk(np.zeros(0, dtype=np.float32), stream.sample_rate, clause, last=True)


def _one_line(text: str) -> str:
    """Programs take the text as an argument: no control characters, and nothing that looks like an option."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()).lstrip("-") or "."


def _sapi_script(text: str, voice: str, speed: float, path: Path) -> str:
    def quoted(value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    rate = max(-10, min(10, round((speed - 1.0) * 10)))
    choose = f"$s.SelectVoice({quoted(voice)});" if voice else ""
    return (
        "Add-Type -AssemblyName System.Speech;"
        "$s = New-Object System.Speech.Synthesis.SpeechSynthesizer;"
        f"{choose}$s.Rate = {rate};"
        f"$s.SetOutputToWaveFile({quoted(str(path))});$s.Speak({quoted(text)});$s.Dispose()"
    )
