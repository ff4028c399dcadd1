"""`repartee live --json` as a test sees it: a process, its JSON lines, its exit. Knows nothing of its insides."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import psutil

from tests.acoustic.pulse import spawn
from tests.acoustic.rig import ROOT


@dataclass(frozen=True)
class Seen:
    """One line of the program: the object and when it came, on `time.monotonic()`."""

    fields: Mapping[str, Any]
    arrived: float

    @property
    def event(self) -> str:
        return str(self.fields.get("event"))

    def matches(self, event: str, wanted: Mapping[str, object]) -> bool:
        return self.event == event and all(self.fields.get(name) == value for name, value in wanted.items())


class LiveProgram:
    """`with LiveProgram(room.env, "--set", "…") as program:` — killed at the end if `stop` did not end it."""

    def __init__(
        self,
        env: Mapping[str, str],
        *arguments: str,
        command: Sequence[str] = ("-m", "app", "live", "--json"),
    ) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="repartee-home-"))
        self._changed = threading.Condition()
        self._position = 0
        self._ended = False
        self.events: list[Seen] = []
        self.stray: list[str] = []  # lines on stdout that are no JSON objects: the contract allows none
        self._stderr = self._home / "stderr"
        with self._stderr.open("wb") as stderr:
            self.process = self._spawned(env, [*command, *arguments], stderr)
        self._thread = threading.Thread(target=self._read, name="program", daemon=True)
        self._thread.start()

    def __enter__(self) -> LiveProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        family = self._family()
        for process in family:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        self.process.wait()
        self._thread.join(5.0)
        if self.process.stdout is not None:
            self.process.stdout.close()
        shutil.rmtree(self._home, ignore_errors=True)

    @property
    def stderr(self) -> str:
        return self._stderr.read_text(errors="replace")

    def mark(self) -> int:
        """A place among the events, for `since`."""
        with self._changed:
            return len(self.events)

    def wait_for(self, event: str, timeout: float = 20.0, since: int | None = None, **fields: object) -> Seen:
        """The first such event after the last one waited for (or after `since`). Fails with all that was seen."""
        place = self._position if since is None else since

        def found() -> int | None:
            matching = (i for i in range(place, len(self.events)) if self.events[i].matches(event, fields))
            return next(matching, None)

        with self._changed:
            self._changed.wait_for(lambda: found() is not None or self._ended, timeout)
            index = found()
            if index is not None:
                self._position = index + 1
                return self.events[index]
            why = "the program ended" if self._ended else f"not within {timeout:g} s"
        raise AssertionError(f"{event} {fields or ''}: {why}\n{self.story()}")

    def seen(self, event: str, since: int = 0, **fields: object) -> list[Seen]:
        with self._changed:
            return [seen for seen in self.events[since:] if seen.matches(event, fields)]

    def story(self) -> str:
        """What happened, for a failing test: events without the frequent ones, then the end of stderr."""
        with self._changed:
            told = [
                seen for seen in self.events if seen.event not in ("LevelChanged", "ReplyToken", "WordsHeard")
            ]
        lines = [f"  {seen.arrived:.2f} {json.dumps(seen.fields)[:200]}" for seen in told[-40:]]
        return "\n".join(["events:", *lines, *self.stray[-5:], "stderr:", self.stderr[-2000:]])

    def stop(self, timeout: float = 10.0) -> int:
        """Ctrl-C. The exit status. Fails if it does not end."""
        self.process.send_signal(signal.SIGINT)
        return self.ended(timeout)

    def ended(self, timeout: float = 20.0) -> int:
        """Wait until it ends by itself. The exit status."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout:g} s\n{self.story()}") from None
        self._thread.join(5.0)
        return status

    def cpu_percent(self, seconds: float) -> float:
        """Processor time that it and its workers use, in percent of one core, over a stretch of time."""
        before, began = self._cpu_seconds(), time.monotonic()
        time.sleep(seconds)
        return 100 * (self._cpu_seconds() - before) / (time.monotonic() - began)

    def _spawned(
        self, env: Mapping[str, str], arguments: Sequence[str], stderr: BinaryIO
    ) -> subprocess.Popen[bytes]:
        return spawn(
            # A shell that started the tests in the background has them ignore SIGINT, and children inherit it.
            ["env", "--default-signal=INT", sys.executable, *arguments],
            env={**env, "REPARTEE_HOME": str(self._home)},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )

    def _cpu_seconds(self) -> float:
        times = [process.cpu_times() for process in self._family()]
        return float(sum(t.user + t.system for t in times))

    def _family(self) -> list[psutil.Process]:
        try:
            main = psutil.Process(self.process.pid)
            return [main, *main.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:  # until its end
            arrived = time.monotonic()
            try:
                fields = json.loads(line)
            except ValueError:
                fields = None
            with self._changed:
                if isinstance(fields, dict) and "event" in fields:
                    self.events.append(Seen(fields, arrived))
                else:
                    self.stray.append(line.decode(errors="replace").rstrip())
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
