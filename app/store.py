"""The app's SQLite: notes, lists and timers now, conversations later. What a call returned survives kill -9.

One thread owns the one connection and every call waits its turn there, so callers on any thread need no lock.
A database that is damaged is set aside under a new name, never deleted, and `notice` then says so. Other
modules add tables by a step at the end of MIGRATIONS and reach them through `read` and `write`.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from engines.errors import BadInput

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

BUSY_SECONDS = 5.0  # another window or a backup may hold the file for a moment
QUICK_CHECK_BYTES = 64 << 20  # checking reads the whole file: about 0.1 s for this much
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

# Only ever append: each step runs once, in its own transaction, on the databases that people already have.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, created REAL NOT NULL)",
        "CREATE TABLE list_items (id INTEGER PRIMARY KEY, list TEXT NOT NULL COLLATE NOCASE, "
        "text TEXT NOT NULL COLLATE NOCASE, created REAL NOT NULL, UNIQUE (list, text))",
        "CREATE TABLE timers (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, "
        "due REAL NOT NULL, seconds REAL NOT NULL, wall TEXT NOT NULL, state TEXT NOT NULL)",
        "CREATE INDEX timers_by_state ON timers (state, due)",
    ),
)


@dataclass(frozen=True)
class Timer:
    """`due` is in UTC epoch seconds, `seconds` a timer's whole length, `wall` an alarm's local "HH:MM"."""

    id: int
    kind: Literal["timer", "alarm"]
    label: str
    due: float
    seconds: float
    wall: str
    state: Literal["pending", "done", "cancelled"]


class Store:
    """Opens or makes the database at `path`. Raises BadInput where the file can't be used at all."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.notice = ""  # a sentence for the person, when a damaged database was set aside
        self._path = path
        self._now = now
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        try:
            self._db: sqlite3.Connection = self._thread.submit(self._open_or_replace).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def read(self, work: Work[T]) -> T:
        """Run `work(connection)` on the store's thread."""
        return self._thread.submit(self._attempt, work).result()

    def write(self, work: Work[T]) -> T:
        """Run `work(connection)` in one transaction: when this returns, all of it is on the disk."""
        return self._submit(work).result()

    def close(self) -> None:
        """Finish what was asked, then let go of the file. Safe to call twice."""
        if not self._closed:
            self._closed = True
            self._thread.submit(lambda: self._db.close())
            self._thread.shutdown()

    # Notes and lists

    def add_note(self, text: str) -> int:
        return self.write(lambda db: _insert(db, "notes", {"text": text, "created": self._now()}))

    def notes(self) -> tuple[str, ...]:
        """All notes, oldest first."""
        return self.read(
            lambda db: tuple(text for (text,) in db.execute("SELECT text FROM notes ORDER BY id"))
        )

    def add_to_list(self, item: str, name: str) -> bool:
        """Whether the item is new; letter case aside, a list holds a thing once."""
        sql = "INSERT OR IGNORE INTO list_items (list, text, created) VALUES (?, ?, ?)"
        return self.write(lambda db: db.execute(sql, (name, item, self._now())).rowcount == 1)

    def list_items(self, name: str) -> tuple[str, ...]:
        """What the list holds, oldest first."""
        sql = "SELECT text FROM list_items WHERE list = ? ORDER BY id"
        return self.read(lambda db: tuple(text for (text,) in db.execute(sql, (name,))))

    def list_names(self) -> tuple[str, ...]:
        sql = "SELECT list FROM list_items GROUP BY list ORDER BY min(id)"
        return self.read(lambda db: tuple(name for (name,) in db.execute(sql)))

    # Timers and alarms

    def add_timer(
        self, kind: Literal["timer", "alarm"], due: float, label: str, seconds: float = 0.0, wall: str = ""
    ) -> Timer:
        def add(db: sqlite3.Connection) -> Timer:
            row = Timer(0, kind, label, due, seconds, wall, "pending")
            columns = {name: value for name, value in asdict(row).items() if name != "id"}
            return replace(row, id=_insert(db, "timers", columns))

        return self.write(add)

    def pending_timers(self) -> tuple[Timer, ...]:
        """All that have not ended, the soonest first."""
        sql = (
            "SELECT id, kind, label, due, seconds, wall, state FROM timers "
            "WHERE state = 'pending' ORDER BY due, id"
        )
        return self.read(lambda db: tuple(Timer(*row) for row in db.execute(sql)))

    def end_timers(self, ids: tuple[int, ...], state: Literal["done", "cancelled"]) -> int:
        """How many of them were pending until now."""
        return self.end_timers_soon(ids, state).result()

    def end_timers_soon(self, ids: tuple[int, ...], state: Literal["done", "cancelled"]) -> Future[int]:
        """Without waiting for the disk; every later call sees it done."""
        sql = "UPDATE timers SET state = ? WHERE id = ? AND state = 'pending'"
        return self._submit(lambda db: db.executemany(sql, [(state, timer) for timer in ids]).rowcount)

    def move_timer(self, timer_id: int, due: float) -> None:
        self.write(lambda db: db.execute("UPDATE timers SET due = ? WHERE id = ?", (due, timer_id)))

    def shift_timers(self, seconds: float) -> None:
        """The computer's clock was set by `seconds`: keep what is left of every timer (alarms stay put)."""
        sql = "UPDATE timers SET due = due + ? WHERE state = 'pending' AND kind = 'timer'"
        self.write(lambda db: db.execute(sql, (seconds,)))

    def _submit(self, work: Work[T]) -> Future[T]:
        return self._thread.submit(self._attempt, lambda db: _in_transaction(db, work))

    # On the store's thread

    def _attempt(self, work: Work[T]) -> T:
        try:
            return work(self._db)
        except sqlite3.DatabaseError as error:
            if not self._is_damage(error):
                raise self._refusal(error) from error
        self._db.close()
        self._set_aside()
        self._db = self._open_or_replace()
        return work(self._db)

    def _open_or_replace(self) -> sqlite3.Connection:
        try:
            return _open(self._path)
        except sqlite3.DatabaseError as error:
            if not self._is_damage(error):
                raise self._refusal(error) from error
        self._set_aside()
        return _open(self._path)

    def _is_damage(self, error: sqlite3.DatabaseError) -> bool:
        # The low byte is the kind of error, the rest its detail (SQLITE_CORRUPT_INDEX and so on).
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in DAMAGED:
            return False
        log.error("%s is damaged: %s", self._path, error)
        return True

    def _refusal(self, error: sqlite3.Error) -> BadInput:
        return BadInput(
            f"I can't read or write {self._path} ({error}). "
            "Check that the disk is not full and that no other program holds the file."
        )

    def _set_aside(self) -> None:
        """Rename the database and its log together, so that SQLite's own recovery still has both."""
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(self._now()))
        aside = self._path.with_name(f"{self._path.name}.corrupt-{stamp}")
        number = 1
        while aside.exists():
            number += 1
            aside = self._path.with_name(f"{self._path.name}.corrupt-{stamp}-{number}")
        try:
            self._path.rename(aside)
            for suffix in ("-wal", "-shm"):
                beside = self._path.with_name(self._path.name + suffix)
                if beside.exists():
                    beside.rename(aside.with_name(aside.name + suffix))
        except OSError as error:
            raise BadInput(
                f"{self._path} is damaged and can't be moved out of the way ({error.strerror}). "
                "Close other programs that use it, then start Repartee again."
            ) from error
        self.notice = (
            "Your notes, lists and timers could not be read, so I started afresh. "
            f"The damaged file is kept as {aside.name} in {aside.parent}."
        )


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # NORMAL may lose the last commits when the power fails
        db.execute("PRAGMA foreign_keys = ON")
        if path.stat().st_size <= QUICK_CHECK_BYTES:
            verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise _Damage(verdict)
        _migrate(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    db.execute("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied REAL NOT NULL)")
    version = _version(db)
    if version > len(MIGRATIONS):
        raise BadInput(f"{path} was written by a newer Repartee. Update Repartee to open it.")
    for number, step in enumerate(MIGRATIONS[version:], version + 1):
        _in_transaction(db, partial(_apply, number=number, step=step))


def _apply(db: sqlite3.Connection, number: int, step: tuple[str, ...]) -> None:
    if _version(db) >= number:
        return  # another process was faster
    for statement in step:
        db.execute(statement)
    db.execute("INSERT INTO migrations VALUES (?, ?)", (number, time.time()))


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(version), 0) FROM migrations").fetchone()[0])


def _in_transaction(db: sqlite3.Connection, work: Work[T]) -> T:
    db.execute("BEGIN IMMEDIATE")
    try:
        result = work(db)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return result


def _insert(db: sqlite3.Connection, table: str, row: Mapping[str, str | float]) -> int:
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return int(db.execute(sql, tuple(row.values())).lastrowid or 0)


class _Damage(sqlite3.DatabaseError):
    """quick_check found something; SQLite raises nothing for it by itself."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT
