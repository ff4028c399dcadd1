"""Set-up: make .venv and fill it with the pinned packages, stage by stage, then start Repartee.

Called by run.sh, test.sh and their PowerShell twins, which look after Python itself and system packages.
Each stage leaves a stamp, so an interrupted set-up goes on where it stopped and a finished one does nothing.
All words go to standard error. Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from machine import build_jobs, cuda_compiler, has_nvidia_gpu
from progress import CommandFailed, run_shown, say
from relocate import retarget_scripts
from trouble import SetUpFailed, explain

CONSTRAINTS = "packaging/constraints.txt"  # relative, with the root as cwd: pip splits the variable at spaces
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
LLAMA = "llama-cpp-python"
LEAVE_OUT = "-DLLAVA_BUILD=OFF"  # llama.cpp's picture input; see also llama.cmake


class SetUp:
    """One .venv and what has been put into it. Public methods may be called again at any time."""

    def __init__(self, root: Path, python: str, lock_descriptor: int) -> None:
        self.root = root
        self.system_python = python
        self.venv = root / ".venv"
        self.scripts = self.venv / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / ("python.exe" if os.name == "nt" else "python")
        self.stamps = self.venv / "setup"
        self.log = self.venv / "setup.log"
        self.lock_descriptor = lock_descriptor
        self.pin_text = (root / CONSTRAINTS).read_text(encoding="utf-8")
        self.project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))[
            "project"
        ]

    # The story, in order -------------------------------------------------------------------------------

    def run(self, profile: str, key: str) -> None:
        """Bring .venv to what `profile` ("run", "torch" or "test") needs, then mark it ready under `key`."""
        for ready in self.stamps.glob("ready-*"):
            ready.unlink()  # from here on it is half one thing and half another
        self.make_venv()
        self.heal_moved_checkout()
        self.install_tools()
        self.install_packages()
        self.install_llama()
        self.install_project()
        if profile == "test":
            self.install_test_packages()
        if profile in ("test", "torch"):
            self.install_torch()
        self._stamp(f"ready-{profile}", key)

    def make_venv(self) -> None:
        unfinished = self.stamps / "unfinished"
        version = "" if unfinished.exists() else self._venv_version()
        if self._is_done("venv", version):
            return
        if not version:
            say(
                "Setting Repartee up in .venv: a download of about 400 MB, then minutes of compiling. Only once."
            )
            for old in self.venv.iterdir():
                if old.name not in ("setup.lock", "setup.log"):
                    shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
            self.stamps.mkdir()
            unfinished.touch()
            self._shown("Making a Python environment", [self.system_python, "-m", "venv", str(self.venv)])
        self.stamps.mkdir(exist_ok=True)
        self._stamp("path", str(self.root))
        self._stamp("venv", self._venv_version())
        unfinished.unlink(missing_ok=True)

    def heal_moved_checkout(self) -> None:
        """Scripts in .venv name their Python by its whole path: follow when the folder was moved or copied."""
        before = self._read("path")
        if before == str(self.root):
            return
        say("This folder has moved since it was set up: adjusting .venv.")
        retarget_scripts(self.scripts, Path(before) / ".venv" if before else self.venv, self.venv)
        self._stamp("path", str(self.root))

    def install_tools(self) -> None:
        key = self._key(self._pin("pip"), self._pin("setuptools"))
        self._stage("tools", "Fetching pip", key, ["pip", "setuptools"])

    def install_packages(self) -> None:
        wanted = [name for name in self.project["dependencies"] if name != LLAMA]
        self._stage("packages", "Installing packages", self._key(*wanted, self.pin_text), wanted)

    def install_llama(self) -> None:
        """Build llama.cpp for this very machine; with CUDA where there are a GPU and a compiler for it."""
        remembered = self._read("llama-arguments")
        given = os.environ.get("CMAKE_ARGS") or remembered
        nvcc = None if given else cuda_compiler()
        arguments = given or ("-DGGML_CUDA=on" if nvcc else "")
        key = self._key(self._pin(LLAMA), arguments)
        if self._is_done("llama", key):
            return
        title = "Building the text-model engine (llama.cpp; takes minutes)"
        try:
            self._build_llama(title, arguments, {"CUDACXX": nvcc} if nvcc else {})
        except SetUpFailed:
            if not nvcc:
                raise
            say("Building with CUDA failed: building for the CPU instead. .venv/setup.log tells why.")
            self._build_llama(title, "", {})
        self._stamp("llama-arguments", given)
        self._stamp("llama", key)

    def install_project(self) -> None:
        packages = sorted(path.parent.name for path in self.root.glob("*/__init__.py"))
        text = (self.root / "pyproject.toml").read_text(encoding="utf-8")
        key = self._key(str(self.root), text, *packages)
        arguments = ["-e", ".", "--no-deps", "--no-build-isolation"]  # so it works offline, too
        not_isolated = {"PIP_BUILD_CONSTRAINT": ""}  # pip refuses the two together
        self._stage("project", None, key, arguments, not_isolated)

    def install_test_packages(self) -> None:
        wanted = list(self.project["optional-dependencies"]["test"])
        self._stage("tests", "Installing the test packages", self._key(*wanted, self.pin_text), wanted)

    def install_torch(self) -> None:
        """torch, in its small CPU build where there is no NVIDIA GPU and somebody offers one."""
        release = self._pin("torch")
        gpu = has_nvidia_gpu()
        key = self._key(release, str(gpu))
        if self._is_done("torch", key):
            return
        title = "Installing torch"
        if sys.platform == "linux" and not gpu:
            title = "Installing torch's CPU build"
            attempts = [
                (["--retries", "1"], "not among the configured sources"),
                (["--extra-index-url", TORCH_CPU_INDEX, "--timeout", "15", "--retries", "0"], "not reached"),
            ]
            for options, word in attempts:
                with contextlib.suppress(CommandFailed):
                    self._pip(title, [f"{release}+cpu", *options], failed=word)
                    self._stamp("torch", key)
                    return
            title = "Installing torch in its large default build"
        self._stage("torch", title, key, [release])

    # One stage -----------------------------------------------------------------------------------------

    def _stage(
        self,
        name: str,
        title: str | None,
        key: str,
        arguments: Sequence[str],
        extra: dict[str, str] | None = None,
    ) -> None:
        if self._is_done(name, key):
            return
        try:
            self._pip(title, arguments, extra)
        except CommandFailed as failure:
            raise explain(failure, name) from None
        self._stamp(name, key)

    def _build_llama(self, title: str, arguments: str, extra: dict[str, str]) -> None:
        hook = self.root / "packaging" / "llama.cmake"
        leave_out = f"{LEAVE_OUT} {shlex.quote(f'-DCMAKE_PROJECT_llama_cpp_INCLUDE={hook.as_posix()}')}"
        environment = {
            "CMAKE_ARGS": f"{leave_out} {arguments}".strip(),
            "CMAKE_BUILD_PARALLEL_LEVEL": os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL") or str(build_jobs()),
            **extra,
        }
        options = ["-v"]  # else pip hides how far the compiler is
        if arguments:
            options.append("--no-cache-dir")  # a wheel kept by pip was built with other arguments
            with contextlib.suppress(CommandFailed):
                self._shown(None, [str(self.python), "-m", "pip", "uninstall", "-y", LLAMA], explained=False)
        try:
            self._pip(title, [LLAMA, *options], environment)
        except CommandFailed as failure:
            raise explain(failure, "llama") from None

    def _pip(
        self,
        title: str | None,
        arguments: Sequence[str],
        extra: dict[str, str] | None = None,
        failed: str = "failed",
    ) -> None:
        command = [str(self.python), "-m", "pip", "install", "--no-input"]
        if self._read("tools"):
            command += ["--progress-bar", "raw"]  # known to the pinned pip, not to the one it replaces
        self._shown(title, [*command, *arguments], extra, explained=False, failed=failed)

    def _shown(
        self,
        title: str | None,
        command: Sequence[str],
        extra: dict[str, str] | None = None,
        *,
        explained: bool = True,
        failed: str = "failed",
    ) -> None:
        environment = self._environment() | (extra or {})
        try:
            run_shown(
                title,
                command,
                self.log,
                cwd=self.root,
                environment=environment,
                keep_open=[self.lock_descriptor],
                failed=failed,
            )
        except CommandFailed as failure:
            if explained:
                raise explain(failure, "venv") from None
            raise

    def _environment(self) -> dict[str, str]:
        """The caller's environment (proxies and pip's indexes are theirs) less what would lead pip astray."""
        leading_astray = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_QUIET", "VIRTUAL_ENV"}
        kept = {name: value for name, value in os.environ.items() if name not in leading_astray}
        pins = {"PIP_CONSTRAINT": CONSTRAINTS, "PIP_BUILD_CONSTRAINT": CONSTRAINTS}  # the second: pip ≥ 25.3
        quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1", "PIP_USER": "0"}
        return {"PIP_RETRIES": "3", **kept, **pins, **quiet}

    # Stamps --------------------------------------------------------------------------------------------

    def _stamp(self, name: str, text: str) -> None:
        new = self.stamps / f"{name}.new"
        new.write_text(text + "\n", encoding="utf-8")
        new.replace(self.stamps / name)

    def _read(self, name: str) -> str:
        path = self.stamps / name
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""

    def _is_done(self, name: str, key: str) -> bool:
        return bool(key) and self._read(name) == key

    def _key(self, *parts: str) -> str:
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _pin(self, name: str) -> str:
        return next(line for line in self.pin_text.splitlines() if line.startswith(f"{name}=="))

    def _venv_version(self) -> str:
        """ "3.11" if .venv's Python runs, "" if it is not there or the Python it was made from has gone."""
        code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
        try:
            answer = subprocess.run(
                [str(self.python), "-c", code], capture_output=True, text=True, check=False, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return answer.stdout.strip()


@contextlib.contextmanager
def only_one(venv: Path) -> Iterator[int]:
    """Hold the set-up lock, waiting for another set-up to end. The system frees it when its holders die."""
    venv.mkdir(exist_ok=True)
    with (venv / "setup.lock").open("a+") as file:
        told = False
        while not _try_lock(file.fileno()):
            if not told:
                say("Another set-up of this folder is running: waiting for it.")
                told = True
            time.sleep(0.2)
        yield file.fileno()


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def start(setup: SetUp, arguments: Sequence[str]) -> NoReturn:
    """Become `repartee`, so that signals and the exit code are its own."""
    program = setup.scripts / ("repartee.exe" if os.name == "nt" else "repartee")
    sys.stderr.flush()
    if os.name == "nt":
        sys.exit(subprocess.call([str(program), *arguments]))
    os.execv(program, [str(program), *arguments])


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", choices=("run", "torch", "test"), default="run")
    parser.add_argument("--key", required=True, help="what the calling script compares to start at once")
    parser.add_argument("--python", default=sys.executable, help="the Python that .venv is made with")
    parser.add_argument("--start", action="store_true", help="then start repartee with all that follows")
    own = argv[: argv.index("--start") + 1] if "--start" in argv else argv
    options = parser.parse_args(own)

    def ended(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), ended)
    root = Path(__file__).resolve().parent.parent
    try:
        with only_one(root / ".venv") as descriptor:
            setup = SetUp(root, options.python, descriptor)
            setup.run(options.profile, options.key)
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again: it goes on from here.")
        return 130
    except SetUpFailed as failure:
        for line in failure.lines:
            say(f"  | {line}")
        say(f"\nSet-up failed. {failure}")
        return 1
    except OSError as failure:
        say(f"\nSet-up failed. {failure}. Put that right and run the same command again.")
        return 1
    if options.start:
        start(setup, argv[len(own) :])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
