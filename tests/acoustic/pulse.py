"""A PulseAudio server of the test's own: private home, private socket, dies with the test.

Knows nothing of rooms, clips or the product. It never meets a server that the user runs.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

PROGRAMS = ("pulseaudio", "pactl", "pacat", "parec", "setpriv")
PLUGIN = "libasound_module_pcm_pulse.so"  # Debian and Ubuntu: libasound2-plugins
START_SECONDS = 15.0

# Only these exist for the product's ALSA: a real sound card of the machine is never opened by a test.
ALSA_CONFIG = """\
pcm.default { type pulse hint { show on description "The rig's default" } }
ctl.default { type pulse }
pcm.virtual_microphone { type pulse device virtual_microphone }
pcm.virtual_speaker { type pulse device virtual_speaker }
"""


def missing() -> str | None:
    """What this machine lacks for a PulseAudio server of its own, or None."""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    if absent:
        return f"{', '.join(absent)} not installed (apt install pulseaudio pulseaudio-utils util-linux)"
    folders = [Path("/usr/lib"), Path("/usr/lib64")]
    if not any(next(folder.glob(f"**/alsa-lib/{PLUGIN}"), None) for folder in folders if folder.is_dir()):
        return f"{PLUGIN} not found (apt install libasound2-plugins)"
    return None


def spawn(arguments: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """A child that the kernel ends when the process that started it dies, however it dies."""
    return subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *arguments], **options)


def end(process: subprocess.Popen[bytes], seconds: float = 5.0) -> int:
    """Ask it to stop, then make it. Its exit status."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


class PulseServer:
    """`with PulseServer() as server:` — an empty server; `env` leads a child process to it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="repartee-pulse-"))  # short: socket paths end at 108 bytes
        self.socket = self.folder / "native"
        self._commands = self.folder / "cli"
        self._log = self.folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        (self.folder / "run").mkdir(mode=0o700)
        (self.folder / "alsa.conf").write_text(ALSA_CONFIG)

    @property
    def env(self) -> dict[str, str]:
        """The environment of a child that shall hear and speak here and nowhere else."""
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "ALSA_", "PIPEWIRE_"))},
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "PULSE_SERVER": f"unix:{self.socket}",
            "ALSA_CONFIG_PATH": str(self.folder / "alsa.conf"),
        }

    def __enter__(self) -> PulseServer:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the server (again). Raises RuntimeError with its own words when it can't."""
        options = ["--daemonize=no", "-n", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
        options += ["--high-priority=yes", "--realtime=no", "--log-target=stderr", "--log-level=error"]
        modules = [
            f"module-native-protocol-unix auth-anonymous=1 socket={self.socket}",
            f"module-cli-protocol-unix socket={self._commands}",
        ]
        loads = [part for module in modules for part in ("-L", module)]
        with self._log.open("ab") as log:
            self._process = spawn(["pulseaudio", *options, *loads], env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while self._pactl("info").returncode != 0:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PulseAudio did not start: {self._log.read_text()[-500:].strip()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """The server vanishes, as when the sound system crashes. `start` brings an empty one."""
        if self._process is not None:
            end(self._process)
            self._process = None
        self.socket.unlink(missing_ok=True)
        self._commands.unlink(missing_ok=True)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def pactl(self, *arguments: str) -> str:
        done = self._pactl(*arguments)
        if done.returncode != 0:
            raise RuntimeError(f"pactl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def listing(self, what: str) -> list[dict[str, Any]]:
        """`pactl list WHAT` ("source-outputs", "sources", …) as objects."""
        found: list[dict[str, Any]] = json.loads(self.pactl("--format=json", "list", what))
        return found

    def load(self, module: str, **arguments: object) -> int:
        """Load a module; its number."""
        return int(self.pactl("load-module", module, *(f"{k}={v}" for k, v in arguments.items())))

    def at_once(self, *commands: str) -> None:
        """Server commands with nothing in between: no client can act on the first before the last is done."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5.0)
            line.connect(str(self._commands))
            line.sendall("".join(command + "\n" for command in commands).encode())
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass  # the server closes the line when it has done everything
        self.pactl("info")  # answered by the same main loop, after them

    def _pactl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["pactl", *arguments], env=self.env, capture_output=True, text=True, timeout=20)
