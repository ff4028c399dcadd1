"""Progress: run one long command, keep its output in a log, and show on standard error that it moves.

Knows nothing of Python packages except how pip, ninja and make write their progress. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

PLAIN_LINE_SECONDS = 15.0  # how often a line is printed where nothing can be redrawn (a log, CI)
REDRAW_SECONDS = 0.1
KEPT_LINES = 15
STOP_SECONDS = 5.0

STEPS = re.compile(r"^\s*\[(\d+)/(\d+)\]")  # ninja: [12/83] Building …
PERCENT = re.compile(r"^\s*\[\s*(\d+)%\]")  # make: [ 14%] Building …
BYTES = re.compile(r"^Progress (\d+) of (\d+)$")  # pip --progress-bar raw
FETCHING = re.compile(r"^\s*(?:Downloading|Using cached|Processing) (?:\S*/)?([A-Za-z0-9_.]+?)-\d")
BUILDING = re.compile(r"^\s*Building (?:editable|wheel) for (\S+)")


class CommandFailed(Exception):
    """The command ended with an error; `lines` are the last it wrote, `output` its tail for diagnosis."""

    def __init__(self, lines: Sequence[str], output: str) -> None:
        super().__init__("the command failed")
        self.lines = list(lines)
        self.output = output


def say(text: str, stream: TextIO | None = None) -> None:
    """One line for people, on standard error: standard output belongs to `repartee … --json`."""
    print(text, file=stream or sys.stderr, flush=True)


def detail_of(line: str, previous: str) -> str:
    """What one line of output tells about how far the command is; the previous detail if nothing."""
    if match := STEPS.match(line):
        done, total = int(match[1]), int(match[2])
        return f"{100 * done // total} % [{done}/{total}]"
    if match := PERCENT.match(line):
        return f"{match[1]} %"
    if match := BYTES.match(line):
        name = previous.split(" ", 1)[0]
        return f"{name} {int(match[1]) / 1e6:.0f} of {int(match[2]) / 1e6:.0f} MB"
    if match := FETCHING.match(line):
        return match[1]
    if match := BUILDING.match(line):
        return f"building {match[1]}"
    if line.startswith("Installing collected packages:"):
        return f"unpacking {line.count(',') + 1} packages"
    return previous


class MovingLine:
    """One status line: redrawn in place on a terminal, else printed every 15 seconds."""

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        self.title = title
        self.stream = stream or sys.stderr
        self.terminal = self.stream.isatty()
        self.began = time.monotonic()
        self._next = self.began + PLAIN_LINE_SECONDS
        self._redraw = self.began
        if not self.terminal:
            say(f"{title} …", self.stream)

    def show(self, detail: str) -> None:
        now = time.monotonic()
        seconds = int(now - self.began)
        text = f"{self.title} … {detail + ' ' if detail else ''}({seconds // 60}:{seconds % 60:02})"
        if self.terminal:
            if now < self._redraw:
                return
            self._redraw = now + REDRAW_SECONDS
            width = shutil.get_terminal_size().columns - 1
            self.stream.write(f"\r\033[K{text[:width]}")
            self.stream.flush()
        elif now >= self._next:
            self._next = now + PLAIN_LINE_SECONDS
            say(f"  {text}", self.stream)

    def finish(self, word: str) -> None:
        seconds = int(time.monotonic() - self.began)
        start = "\r\033[K" if self.terminal else "  "
        say(f"{start}{self.title}: {word} ({seconds // 60}:{seconds % 60:02})", self.stream)


def run_shown(
    title: str | None,
    command: Sequence[str],
    log: Path,
    *,
    cwd: Path,
    environment: Mapping[str, str],
    keep_open: Sequence[int] = (),
    failed: str = "failed",
) -> None:
    """Run `command` to its end; `title` None runs it without a word. Raises CommandFailed.

    `keep_open` are file descriptors that the command inherits: a lock stays held for as long as any part of
    the set-up lives. The command gets its own process group, so that stopping it stops its compilers too.
    """
    moving = MovingLine(title) if title else None
    tail: deque[str] = deque(maxlen=200)
    with log.open("a", encoding="utf-8", errors="replace") as file:
        file.write(f"\n--- {time.strftime('%Y-%m-%d %H:%M:%S')} {' '.join(command)}\n")
        file.flush()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=os.name == "posix",
            pass_fds=tuple(keep_open) if os.name == "posix" else (),
        )
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=_read_into, args=(process, lines), daemon=True).start()
        detail = ""
        try:
            while True:
                try:
                    line = lines.get(timeout=REDRAW_SECONDS)
                except queue.Empty:
                    line = ""
                if line is None:
                    break
                if line:
                    detail = detail_of(line, detail)
                    if not BYTES.match(line):
                        file.write(line + "\n")
                        tail.append(line)
                if moving and lines.empty():
                    moving.show(detail)
            code = process.wait()
        except BaseException:
            _stop(process)
            if moving and moving.terminal:
                say("")
            raise
    if moving:
        moving.finish("done" if code == 0 else failed)
    if code != 0:
        raise CommandFailed(list(tail)[-KEPT_LINES:], "\n".join(tail))


def _read_into(process: subprocess.Popen[str], lines: queue.SimpleQueue[str | None]) -> None:
    assert process.stdout is not None
    with process.stdout as output:
        for line in output:
            lines.put(line.rstrip())
    lines.put(None)


def _stop(process: subprocess.Popen[str]) -> None:
    """End the command and everything that it started."""
    for name in ("SIGTERM", "SIGKILL"):
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(process.pid, getattr(signal, name))
            else:
                process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return
