"""Timers speak on time: several at once, after a restart, and when clocks and zones change."""

from __future__ import annotations

import queue
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from app.store import Store
from app.tools import Due, FakeClock, FakeHost, SystemClock
from app.tools.timers import RECHECK_SECONDS, Timers, next_time
from tests.tools.conftest import Bench
from tests.tools.zones import NEW_YORK, PARIS, zone

WHEN_SET = datetime(2026, 11, 21, 14, 10)


def test_a_timer_speaks_when_it_is_due_and_once(bench: Bench) -> None:
    bench.run("set_timer", seconds=60, label="pasta")
    assert bench.pass_time(59.9) == []
    assert bench.pass_time(0.1) == ["Your pasta timer is done."]
    assert bench.pass_time(60) == []


def test_the_next_look_is_when_the_next_is_due_or_soon(bench: Bench) -> None:
    assert bench.toolbox.timers.tick() is None  # nothing pending: sleep until something is
    bench.run("set_timer", seconds=60)
    assert bench.toolbox.timers.tick() == RECHECK_SECONDS
    bench.clock.advance(57)
    assert bench.toolbox.timers.tick() == pytest.approx(3)


def test_several_at_once_are_one_sentence(bench: Bench) -> None:
    for label in ("pasta", "tea", ""):
        bench.run("set_timer", seconds=60, label=label)
    bench.run("set_timer", seconds=61, label="later")
    assert bench.pass_time(60) == ["Your pasta, tea and 1 minute timers are done."]
    assert bench.pass_time(1) == ["Your later timer is done."]


def test_timers_of_one_name_are_counted(bench: Bench) -> None:
    bench.run("set_timer", seconds=60)
    bench.run("set_timer", seconds=60)
    assert bench.pass_time(60) == ["Your two 1 minute timers are done."]


def test_a_timer_and_an_alarm_at_once_are_one_sentence(bench: Bench) -> None:
    bench.run("set_timer", seconds=300, label="tea")
    bench.run("set_alarm", time="14:15", label="call mum")
    assert bench.pass_time(300) == [
        "Your tea timer is done, and it's 2:15 PM, this is your alarm: call mum.",
    ]


@pytest.mark.parametrize(
    ("time", "label", "spoken"),
    [
        ("07:00", "", "It's 7:00 AM. Time to wake up."),
        ("07:00", "gym", "It's 7:00 AM. Time to wake up: gym."),
        ("15:30", "", "It's 3:30 PM. This is your alarm."),
        ("15:30", "call mum", "It's 3:30 PM. This is your alarm: call mum."),
    ],
)
def test_alarms_say_the_time(bench: Bench, time: str, label: str, spoken: str) -> None:
    bench.run("set_alarm", time=time, label=label)
    [alarm] = bench.store.pending_timers()
    assert bench.pass_time(alarm.due - bench.clock.now()) == [spoken]


def test_a_cancelled_timer_says_nothing(bench: Bench) -> None:
    bench.run("set_timer", seconds=60)
    bench.run("cancel_timer")
    assert bench.pass_time(60) == []


def _timers(store: Store, clock: FakeClock, said: list[str]) -> Timers:
    return Timers(store, clock, FakeHost().clock_style, lambda due: said.append(due.spoken))


def test_what_came_due_while_the_app_was_closed_is_said_at_the_start(tmp_path: Path) -> None:
    clock = FakeClock(WHEN_SET)
    said: list[str] = []
    before = Store(tmp_path / "a.sqlite3")
    _timers(before, clock, said).set_timer(60, "pasta")
    _timers(before, clock, said).set_timer(180)
    _timers(before, clock, said).set_timer(3600, "bread")
    before.close()
    clock.advance(360)
    store = Store(tmp_path / "a.sqlite3")
    restarted = _timers(store, clock, said)
    restarted.tick()
    assert said == ["Your pasta timer ended 5 minutes ago, and your 3 minute timer ended 3 minutes ago."]
    clock.advance(3240)
    restarted.tick()
    assert said[1:] == ["Your bread timer is done."]
    store.close()


def test_one_that_ended_alone_meanwhile(bench: Bench) -> None:
    bench.run("set_timer", seconds=60, label="pasta")
    bench.run("set_alarm", time="14:15")
    assert bench.pass_time(100) == ["Your pasta timer ended 40 seconds ago."]
    assert bench.pass_time(800) == ["Your 2:15 PM alarm was due 10 minutes ago."]


def test_a_timer_keeps_what_is_left_when_the_clock_is_set(bench: Bench) -> None:
    bench.run("set_timer", seconds=600, label="pasta")
    bench.clock.set_by(3600)
    assert bench.pass_time(0) == []
    assert bench.say("list_timers") == "Your pasta timer has 10 minutes left."
    bench.clock.set_by(-7200)
    assert bench.pass_time(599) == []
    assert bench.pass_time(1) == ["Your pasta timer is done."]


def test_a_timer_set_after_the_clock_was_set_is_not_moved(bench: Bench) -> None:
    bench.clock.set_by(3600)
    bench.run("set_timer", seconds=600)
    assert bench.pass_time(599) == []
    assert bench.pass_time(1) == ["Your 10 minute timer is done."]


def test_an_alarm_stays_on_the_wall_when_the_clock_is_set(bench: Bench) -> None:
    bench.run("set_alarm", time="15:10")
    bench.clock.set_by(3590)
    assert bench.pass_time(0) == []
    assert bench.pass_time(10) == ["It's 3:10 PM. This is your alarm."]


def test_an_alarm_follows_its_owner_to_another_zone(store: Store) -> None:
    clock = FakeClock(datetime(2026, 11, 21, 22, 0), zone(NEW_YORK))
    said: list[str] = []
    timers = _timers(store, clock, said)
    timers.set_alarm("07:00")
    clock.zone = zone(PARIS)  # it is 4 in the morning there
    timers.tick()
    clock.advance(3 * 3600)
    timers.tick()
    assert said == ["It's 7:00 AM. Time to wake up."]


NEXT_TIMES = [
    # zone, set at, for, rings at
    (PARIS, "2026-11-21 14:10", "14:11", "2026-11-21 14:11+0100"),
    (PARIS, "2026-11-21 14:10", "14:10", "2026-11-22 14:10+0100"),
    (PARIS, "2026-12-31 23:59", "07:00", "2027-01-01 07:00+0100"),
    (PARIS, "2026-03-28 22:00", "07:00", "2026-03-29 07:00+0200"),  # the night is an hour shorter
    (PARIS, "2026-10-24 22:00", "07:00", "2026-10-25 07:00+0100"),  # and longer
    (PARIS, "2026-03-28 22:00", "02:30", "2026-03-29 03:30+0200"),  # there is no half past two
    (PARIS, "2026-10-24 22:00", "02:30", "2026-10-25 02:30+0200"),  # there are two: the first
    (NEW_YORK, "2026-11-01 00:30", "01:15", "2026-11-01 01:15-0400"),
    (
        NEW_YORK,
        "2026-03-08 03:10",
        "02:30",
        "2026-03-08 03:30-0400",
    ),  # where it would have been, twenty minutes on
]


@pytest.mark.parametrize(("rule", "at", "wall", "rings"), NEXT_TIMES)
def test_alarms_go_by_the_wall_through_summer_time(rule: str, at: str, wall: str, rings: str) -> None:
    clock = FakeClock(datetime.fromisoformat(at), zone(rule))
    assert next_time(clock, wall, clock.now()) == datetime.fromisoformat(rings).timestamp()


def test_in_the_hour_that_comes_twice_the_next_one_counts() -> None:
    clock = FakeClock(datetime(2026, 10, 25, 2, 45), zone(PARIS))  # the first 2:45
    assert next_time(clock, "02:30", clock.now()) - clock.now() == 45 * 60


@pytest.mark.parametrize("wall", ["02:30", "07:00", "00:00"])
@pytest.mark.parametrize("evening", [datetime(2026, 3, 28, 22, 0), datetime(2026, 10, 24, 22, 0)])
def test_an_alarm_rings_once_in_the_nights_when_clocks_change(
    store: Store, evening: datetime, wall: str
) -> None:
    clock = FakeClock(evening, zone(PARIS))
    said: list[str] = []
    timers = _timers(store, clock, said)
    timers.set_alarm(wall)
    for _ in range(12 * 12):
        timers.tick()
        clock.advance(300)
    assert len(said) == 1


def test_if_announcing_fails_it_is_tried_again(store: Store) -> None:
    clock = FakeClock(WHEN_SET)
    said: list[str] = []

    def fail_once(due: Due) -> None:
        said.append(due.spoken)
        if len(said) == 1:
            raise RuntimeError("the window is closing")

    timers = Timers(store, clock, FakeHost().clock_style, fail_once)
    timers.set_timer(60, "pasta")
    clock.advance(60)
    with pytest.raises(RuntimeError, match="closing"):
        timers.tick()
    timers.tick()
    timers.tick()
    assert said == ["Your pasta timer is done."] * 2


def test_said_once_even_if_that_can_t_be_written_down(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = FakeClock(WHEN_SET)
    said: list[str] = []
    timers = _timers(store, clock, said)
    timers.set_timer(60, "pasta")
    clock.advance(60)

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("app.store._in_transaction", refuse)
        for _ in range(3):
            timers.tick()
        assert len(store.pending_timers()) == 1
    assert "disk is full" in caplog.text
    assert timers.pending() == ()
    timers.set_timer(60, "tea")
    timers.tick()
    assert said == ["Your pasta timer is done."]
    assert [timer.label for timer in store.pending_timers()] == ["tea"]


def test_a_store_that_began_afresh_may_use_a_number_again(bench: Bench) -> None:
    bench.run("set_timer", seconds=60, label="pasta")
    assert bench.pass_time(60) == ["Your pasta timer is done."]
    bench.store.write(lambda db: db.execute("DELETE FROM timers"))
    bench.run("set_timer", seconds=60, label="tea")
    assert bench.pass_time(60) == ["Your tea timer is done."]


def test_real_timers_speak_in_order_on_a_real_clock(store: Store) -> None:
    heard: queue.Queue[Due] = queue.Queue()
    clock = SystemClock()
    timers = Timers(store, clock, FakeHost().clock_style, heard.put)
    timers.set_timer(0.02, "set before the start")
    timers.start()
    for seconds, label in ((0.3, "third"), (0.1, "first"), (0.2, "second"), (9999, "never")):
        timers.set_timer(seconds, label)
    labels: list[str] = []
    while len(labels) < 4:
        due = heard.get(timeout=20)
        assert all(clock.now() >= timer.due for timer in due.timers)
        labels += [timer.label for timer in due.timers]
    timers.close()
    timers.close()
    assert labels == ["set before the start", "first", "second", "third"]
    assert [timer.label for timer in store.pending_timers()] == ["never"]


def test_a_thread_that_failed_goes_on(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    heard: queue.Queue[str] = queue.Queue()

    def fail_at_first(due: Due) -> None:
        heard.put(due.spoken)
        if heard.qsize() == 1:
            timers.set_timer(0.01, "second")  # wakes the thread that would wait two seconds to try again
            raise RuntimeError("not now")

    timers = Timers(store, SystemClock(), FakeHost().clock_style, fail_at_first)
    timers.set_timer(0.01, "first")
    timers.start()
    assert heard.get(timeout=20) == "Your first timer is done."
    assert "first" in heard.get(timeout=20)
    timers.close()
    assert "could not be checked or announced" in caplog.text


def test_the_system_s_clock_shows_local_time_and_back() -> None:
    clock = SystemClock()
    now = clock.now()
    assert clock.epoch(clock.local(now).replace(tzinfo=None)) == pytest.approx(now, abs=1e-3)
    assert clock.steady() <= clock.steady()
