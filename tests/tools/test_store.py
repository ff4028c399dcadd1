"""The store keeps what it has confirmed: across threads, restarts, kill -9 and damaged files."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import store as store_module
from app.store import Store
from engines.errors import BadInput

ROOT = Path(__file__).parents[2]
WRITES_UNTIL_KILLED = """
import sys
from pathlib import Path
from app.store import Store
store = Store(Path(sys.argv[1]))
for number in range(1_000_000):
    store.add_note(f"note {number}")
    store.add_to_list(f"item {number}", "shopping")
    timer = store.add_timer("timer", 1e10 + number, f"timer {number}", seconds=60)
    if number % 2:
        store.end_timers((timer.id,), "cancelled")
    print(number, flush=True)
"""


def test_everything_is_there_again_after_reopening(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite3")
    store.add_note("call mum")
    assert store.add_to_list("milk", "shopping")
    kept = store.add_timer("timer", 1234.5, "pasta", seconds=60)
    store.close()
    again = Store(tmp_path / "a.sqlite3")
    assert (again.notes(), again.list_items("shopping")) == (("call mum",), ("milk",))
    assert again.pending_timers() == (kept,)
    assert again.notice == ""
    again.close()


def test_a_list_holds_a_thing_once_whatever_its_case(store: Store) -> None:
    assert [store.add_to_list(item, "Shopping") for item in ("milk", "Milk", "eggs")] == [True, False, True]
    assert store.list_items("shopping") == ("milk", "eggs")
    assert store.list_names() == ("Shopping",)


def test_ended_timers_are_not_pending_and_end_once(store: Store) -> None:
    timers = [store.add_timer("timer", due, "", seconds=60) for due in (30.0, 10.0, 20.0)]
    assert [timer.due for timer in store.pending_timers()] == [10.0, 20.0, 30.0]
    assert store.end_timers((timers[0].id, timers[1].id), "done") == 2
    assert store.end_timers((timers[0].id, timers[1].id), "cancelled") == 0
    assert store.pending_timers() == (timers[2],)


def test_setting_the_clock_moves_timers_but_not_alarms(store: Store) -> None:
    store.add_timer("timer", 100.0, "tea", seconds=60)
    store.add_timer("alarm", 100.0, "gym", wall="07:00")
    store.shift_timers(3600.0)
    assert {timer.label: timer.due for timer in store.pending_timers()} == {"tea": 3700.0, "gym": 100.0}


def test_many_threads_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: store.add_note(str(number)), range(100)))
    assert sorted(map(int, store.notes())) == list(range(100))


def test_a_failed_write_leaves_nothing_behind(store: Store) -> None:
    def half(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO notes (text, created) VALUES ('half', 0)")
        raise ValueError("then it failed")

    with pytest.raises(ValueError, match="then it failed"):
        store.write(half)
    assert store.notes() == ()
    store.add_note("the next one works")


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite3")
    store.close()
    store.close()


@pytest.mark.parametrize("seed", range(3))
def test_kill_9_loses_nothing_that_was_confirmed(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.sqlite3"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES_UNTIL_KILLED, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    for _ in range(random.Random(seed).randrange(5, 40)):
        confirmed = int(process.stdout.readline())
    process.kill()
    confirmed = max([confirmed, *map(int, process.stdout.read().split())])
    process.stdout.close()
    process.wait()
    store = Store(path)
    wanted = range(confirmed + 1)
    assert store.notice == ""
    assert store.notes()[: len(wanted)] == tuple(f"note {number}" for number in wanted)
    assert store.list_items("shopping")[: len(wanted)] == tuple(f"item {number}" for number in wanted)
    pending = {timer.label for timer in store.pending_timers()}
    assert {f"timer {number}" for number in wanted if number % 2 == 0} <= pending
    assert not {f"timer {number}" for number in wanted if number % 2} & pending
    assert store.read(lambda db: db.execute("PRAGMA integrity_check").fetchone()) == ("ok",)
    store.close()


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is not a database " * 400)


def _broken_page(path: Path) -> None:
    pages = bytearray(path.read_bytes())
    pages[4096:] = b"\x99" * len(pages[4096:])
    path.write_bytes(pages)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("damage", [_garbage, _broken_page, _cut_short])
def test_a_damaged_database_is_set_aside_whole(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = tmp_path / "a.sqlite3"
    first = Store(path)
    first.add_note("old")
    first.close()
    damage(path)
    damaged = path.read_bytes()
    store = Store(path, now=lambda: 1_780_000_000.0)
    aside = tmp_path / "a.sqlite3.corrupt-20260528T202640"
    assert aside.read_bytes() == damaged
    assert aside.name in store.notice
    store.add_note("new")
    assert store.notes() == ("new",)
    store.close()


def test_an_earlier_damaged_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    for number in range(3):
        path.write_bytes(f"damage number {number} ".encode() * 100)
        Store(path, now=lambda: 0.0).close()
    kept = sorted(tmp_path.glob("*.corrupt-*"))
    assert [file.read_bytes()[:15] for file in kept] == [
        b"damage number 0",
        b"damage number 1",
        b"damage number 2",
    ]


def test_damage_found_while_running_starts_afresh_and_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite3")
    store.add_note("old")
    store.read(lambda db: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    _broken_page(tmp_path / "a.sqlite3")
    store.read(lambda db: db.execute("PRAGMA shrink_memory"))
    store.add_note("new")
    assert store.notes() == ("new",)
    assert "kept as" in store.notice
    store.close()


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    store = Store(path)
    store.write(lambda db: db.execute("INSERT INTO migrations VALUES (999, 0)"))
    store.close()
    with pytest.raises(BadInput, match="newer Repartee"):
        Store(path)
    assert not list(tmp_path.glob("*.corrupt-*"))


def test_a_later_version_adds_to_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sqlite3"
    store = Store(path)
    store.add_note("from before")
    store.close()
    steps = (*store_module.MIGRATIONS, ("CREATE TABLE later (id INTEGER PRIMARY KEY)",))
    monkeypatch.setattr(store_module, "MIGRATIONS", steps)
    later = Store(path)
    assert later.read(lambda db: db.execute("SELECT count(*) FROM later").fetchone()) == (0,)
    assert later.notes() == ("from before",)
    later.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sqlite3"
    Store(path).close()
    with monkeypatch.context() as patch:
        steps = (*store_module.MIGRATIONS, ("CREATE TABLE later (id INTEGER)", "CREATE NONSENSE"))
        patch.setattr(store_module, "MIGRATIONS", steps)
        with pytest.raises(BadInput, match="syntax error"):
            Store(path)
    store = Store(path)
    assert (
        store.read(lambda db: db.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall())
        == []
    )
    store.close()


def test_a_folder_where_the_file_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").mkdir()
    with pytest.raises(BadInput, match=r"can't read or write .*a\.sqlite3"):
        Store(tmp_path / "a.sqlite3")
