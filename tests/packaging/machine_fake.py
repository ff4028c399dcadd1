"""A pretended machine: a checkout in a folder of its own and a PATH on which pip, apt-get and sudo are fakes."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

REAL_TOOLS = [
    "awk",
    "cat",
    "chmod",
    "cksum",
    "cp",
    "cut",
    "env",
    "find",
    "grep",
    "ls",
    "mkdir",
    "printf",
    "rm",
    "sed",
    "sh",
    "sleep",
    "sort",
    "touch",
    "tr",
]

COMMANDS = ["flite", "espeak-ng", "cmake", "c++", "make"]

LIBRARIES = [
    "libportaudio.so.2",
    "libglib-2.0.so.0",
    "libEGL.so.1",
    "libGL.so.1",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libxkbcommon-x11.so.0",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-xkb.so.1",
    "libX11-xcb.so.1",
    "libwayland-client.so.0",
    "libwayland-cursor.so.0",
    "libwayland-egl.so.1",
]

PYTHON = """#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
    echo venv >>"{record}/venv.log"
    mkdir -p "$3/bin" && cp "{record}/venv-python" "$3/bin/python"
    exit
fi
exec "{real}" "$@"
"""

VENV_PYTHON = """#!/bin/sh
if [ "$1" = -c ]; then echo 3.13; exit; fi
shift 2
echo "$*" >>"{record}/pip.log"
echo "$CMAKE_ARGS" >>"{record}/cmake-arguments.log"
echo "this is pip's chatter"
if [ -e "{record}/hang" ]; then touch "{record}/hanging"; sleep 60; fi
if [ -e "{record}/slow" ]; then sleep 0.3; fi
if [ -e "{record}/fail" ]; then
    while IFS= read -r word; do
        case "$*" in *"$word"*) cat "{record}/fail-output" 2>/dev/null; echo "ERROR: no luck"; exit 1 ;; esac
    done <"{record}/fail"
fi
case "$*" in
    *"-e ."*)
        {{ echo "#!/bin/sh"; echo "# ${{0%/python}}/python"; echo 'echo started "$@"'; }} >"${{0%/python}}/repartee"
        chmod +x "${{0%/python}}/repartee"
        ;;
esac
"""


class Machine:
    """Files under `folder`: the checkout, `bin` (what is on PATH) and `record` (what the fakes were asked)."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "a checkout"
        self.bin = folder / "bin"
        self.record = folder / "record"
        self.home = folder / "home"
        for path in (self.checkout / "app", self.bin, self.record, self.home / ".fonts"):
            path.mkdir(parents=True)
        (self.home / ".fonts" / "some.ttf").touch()
        shutil.copytree(
            REPOSITORY / "packaging",
            self.checkout / "packaging",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        shutil.copy(REPOSITORY / "pyproject.toml", self.checkout)
        (self.checkout / "app" / "__init__.py").touch()
        for name in REAL_TOOLS:
            (self.bin / name).symlink_to(shutil.which(name) or f"/bin/{name}")
        for name in COMMANDS:
            self.add_command(name)
        self.set_libraries(LIBRARIES)
        self.add_command("uname", "echo Linux")
        self.add_command("id", "echo 0")
        self.add_apt()
        self.add_python()
        # Whatever this computer has: the plug-in is looked for by file.
        self.add_command("find", 'case "$*" in *alsa-lib*) echo found ;; *) exec /usr/bin/find "$@" ;; esac')

    def add_command(self, name: str, body: str = ":") -> None:
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)

    def remove_command(self, name: str) -> None:
        (self.bin / name).unlink()

    def set_libraries(self, names: list[str]) -> None:
        lines = "\n".join(f"\t{name} (libc6,x86-64) => /lib/{name}" for name in names)
        self.add_command("ldconfig", f"cat <<'END'\n{lines}\nEND")

    def add_apt(self) -> None:
        """apt-get notes what it was asked for; installing brings a compiler."""
        body = f"""echo "$*" >>"{self.record}/apt.log"
case "$*" in *install*) printf '#!/bin/sh\\n' >"{self.bin}/c++"; /bin/chmod +x "{self.bin}/c++" ;; esac
echo "apt's chatter" """
        self.add_command("apt-get", body)

    def add_python(self) -> None:
        python = self.record / "venv-python"
        python.write_text(VENV_PYTHON.format(record=self.record))
        python.chmod(0o755)
        self.add_command(
            "python3.13", PYTHON.format(record=self.record, real=sys.executable).split("\n", 1)[1]
        )

    def become_normal_user(self, *, sudo: bool = True) -> None:
        self.add_command("id", "echo 1000")
        if sudo:  # wants a password: -n fails
            body = f"""echo "$*" >>"{self.record}/sudo.log"
case $1 in -n) exit 1 ;; -v) exit 0 ;; *) exec "$@" ;; esac"""
            self.add_command("sudo", body)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
        return {"PATH": str(self.bin), "HOME": str(self.home), **kept, **more}

    def command(self, *arguments: str, script: str = "run.sh") -> list[str]:
        return ["/bin/sh", str(self.checkout / "packaging" / script), *arguments]

    def run(
        self, *arguments: str, script: str = "run.sh", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments, script=script),
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def log(self, name: str) -> list[str]:
        """What the fake of that name was asked, call by call."""
        path = self.record / f"{name}.log"
        return path.read_text().splitlines() if path.exists() else []

    def fail_at(self, *words: str, output: str = "") -> None:
        """Let every pip call fail whose arguments contain one of `words`."""
        (self.record / "fail").write_text("".join(f"{word}\n" for word in words))
        (self.record / "fail-output").write_text(output)

    def fail_no_more(self) -> None:
        (self.record / "fail").unlink()
