"""The contract with models: names, schemas, sentences; and that no call, however wrong, raises."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.tools import ToolResult
from engines.errors import EngineError
from engines.types import ToolCall
from tests.tools.conftest import Bench

CONTRACT = {
    "get_time": ([], []),
    "get_date": ([], []),
    "set_timer": (["seconds"], ["label"]),
    "set_alarm": (["time"], ["label"]),
    "list_timers": ([], []),
    "cancel_timer": ([], ["label"]),
    "calculate": (["expression"], []),
    "convert": (["value", "from_unit", "to_unit"], []),
    "add_note": (["text"], []),
    "list_notes": ([], []),
    "add_to_list": (["item"], ["list"]),
    "read_list": ([], ["list"]),
    "repeat": ([], []),
    "set_volume": (["percent"], []),
    "mute": ([], []),
    "switch_model": (["where"], []),
    "open_settings": ([], []),
    "about": ([], []),
}
GOOD_CALLS: dict[str, dict[str, Any]] = {
    "set_timer": {"seconds": 60},
    "set_alarm": {"time": "07:00"},
    "calculate": {"expression": "1 + 1"},
    "convert": {"value": 1, "from_unit": "mile", "to_unit": "feet"},
    "add_note": {"text": "call mum"},
    "add_to_list": {"item": "milk"},
    "set_volume": {"percent": 40},
    "switch_model": {"where": "cloud"},
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


def test_names_and_arguments_are_the_contract(bench: Bench) -> None:
    specs = {spec.name: spec for spec in bench.toolbox.specs}
    assert specs.keys() == CONTRACT.keys()
    for name, (required, optional) in CONTRACT.items():
        parameters = specs[name].parameters
        assert parameters["required"] == required
        assert list(parameters["properties"]) == required + optional
        assert parameters["additionalProperties"] is False


def test_a_model_gets_plain_json_with_a_line_about_each(bench: Bench) -> None:
    for spec in bench.toolbox.specs:
        assert json.loads(json.dumps(spec.parameters)) == spec.parameters
        assert spec.description.endswith(".")
        assert "\n" not in spec.description
        for schema in spec.parameters["properties"].values():
            assert schema["description"]
            assert schema["type"] != "string" or {"enum", "pattern", "maxLength"} & schema.keys()


@pytest.mark.parametrize("name", CONTRACT)
def test_every_tool_answers_a_good_call_with_a_sentence(bench: Bench, name: str) -> None:
    bench.host.spoken = "It's 2:10 PM."
    bench.store.add_timer("timer", bench.clock.now() + 60, "tea", seconds=60)
    result = bench.run(name, **GOOD_CALLS.get(name, {}))
    assert result.ok
    assert result.spoken[0].isupper() or result.spoken[0].isdigit()
    assert result.spoken[-1] in ".?"
    assert json.dumps(result.data)


@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("get_time", {}, "It's 2:10 PM."),
        ("get_date", {}, "It's Saturday, November 21, 2026."),
        ("calculate", {"expression": "15% of 80"}, "15% of 80 is 12."),
        ("calculate", {"expression": 5}, "That's 5."),
        ("calculate", {"expression": "(" * 10_000}, "That sum is too long for me."),
        (
            "convert",
            {"value": "10", "from_unit": "miles", "to_unit": "km"},
            "10 miles is about 16.09 kilometers.",
        ),
        (
            "convert",
            {"value": 1e300, "from_unit": "miles", "to_unit": "km"},
            "That number is too big for me.",
        ),
        (
            "convert",
            {"value": "1e400", "from_unit": "miles", "to_unit": "km"},
            "That number is too big for me.",
        ),
        ("convert", {"value": 5, "from_unit": "blorp", "to_unit": "km"}, "I don't know the unit 'blorp'."),
        ("convert", {"value": 5, "from_unit": "km"}, "Into which unit?"),
        ("repeat", {}, "I haven't said anything yet."),
        ("set_volume", {"percent": "40%"}, "Volume set to 40%."),
        ("set_volume", {"percent": 140}, "The volume goes from 0 to 100 percent."),
        ("mute", {}, "Muted."),
        ("switch_model", {"where": "Cloud"}, "I'm using the cloud model now."),
        ("switch_model", {"where": "the moon"}, "I can use the local model or the cloud."),
        ("open_settings", {}, "Here are the settings."),
        ("about", {}, "I'm the small built-in model."),
        ("get_time", {"city": "Tokyo"}, "I can't take 'city' into account there."),
        ("get_time", {"city": None, "zone": ""}, "It's 2:10 PM."),
        ("order_pizza", {}, "I can't do that."),
    ],
)
def test_what_is_said(bench: Bench, name: str, arguments: dict[str, object], answer: str) -> None:
    assert bench.say(name, **arguments) == answer


def test_the_setting_of_the_clock_works_at_once(bench: Bench) -> None:
    bench.host.style = "24"
    assert bench.say("get_time") == "It's 14:10."
    assert bench.say("get_date") == "It's Saturday 21 November 2026."


def test_the_app_does_what_it_is_told(bench: Bench) -> None:
    bench.host.spoken = "The answer is 12."
    assert bench.say("repeat") == "The answer is 12."
    bench.run("set_volume", percent=30.4)
    bench.run("mute")
    bench.run("switch_model", where="cloud")
    assert (bench.host.volume, bench.host.muted, bench.host.where) == (30, True, "cloud")


def test_without_a_window_the_way_to_one_is_told(bench: Bench) -> None:
    bench.host.window = False
    result = bench.run("open_settings")
    assert (result.ok, result.spoken) == (
        False,
        "There's no window open. Start repartee without arguments to see the settings.",
    )


def test_notes(bench: Bench) -> None:
    assert bench.say("list_notes") == "You have no notes."
    assert bench.say("add_note", text=" call  mum\n") == "Noted: call mum."
    assert bench.say("list_notes") == 'You have one note: "call mum".'
    for number in range(6):
        bench.run("add_note", text=f"note {number}")
    assert bench.say("list_notes") == (
        'You have seven notes. The latest five: "note 1", "note 2", "note 3", "note 4" and "note 5".'
    )
    assert bench.say("add_note", text="long " * 100) == "Noted."
    assert bench.say("add_note") == "What should I note?"


def test_lists(bench: Bench) -> None:
    assert bench.say("read_list") == "Your shopping list is empty."
    assert bench.say("add_to_list", item="milk") == "I've added milk to your shopping list."
    assert (
        bench.say("add_to_list", item="Milk", list="my Shopping List")
        == "Milk is already on your shopping list."
    )
    assert bench.say("read_list", list="shopping") == "Your shopping list has one item: milk."
    assert bench.say("read_list", list="party") == "You have no party list. Your list is shopping."
    bench.run("add_to_list", item="socks", list="packing")
    assert bench.say("read_list", list="packing list") == "Your packing list has one item: socks."
    for number in range(21):
        bench.run("add_to_list", item=f"thing {number}")
    assert bench.say("read_list").endswith("thing 18 and 2 more.")


def test_what_the_app_can_t_do_it_says_in_its_own_words(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> str:
        raise EngineError("No cloud model is set up. Open Settings, Think.")

    monkeypatch.setattr(bench.host, "switch_model", refuse)
    result = bench.run("switch_model", where="cloud")
    assert (result.ok, result.spoken) == (False, "No cloud model is set up. Open Settings, Think.")


def test_a_fault_of_our_own_is_logged_and_spoken(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bench.host, "mute", fail)
    assert not bench.run("mute").ok
    assert "tool mute failed" in caplog.text


def test_a_full_disk_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("app.store._in_transaction", lambda *_: refuse(None))
    assert "disk is full" in bench.say("add_note", text="call mum")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(CONTRACT)), data=st.data())
def test_no_call_at_all_raises_anything(bench: Bench, name: str, data: st.DataObject) -> None:
    required, optional = CONTRACT[name]
    values = data.draw(
        st.fixed_dictionaries({}, optional=dict.fromkeys([*required, *optional, "other"], ANYTHING))
    )
    result = bench.toolbox.run(ToolCall(name, values))
    assert isinstance(result, ToolResult)
    assert result.spoken
    assert result.spoken.encode()
    assert result.data.get("error") != "internal error"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments=ANYTHING)
def test_arguments_need_not_even_be_an_object(bench: Bench, arguments: Any) -> None:
    assert bench.toolbox.run(ToolCall("set_timer", arguments)).spoken
    assert bench.toolbox.run(ToolCall(arguments, {})).spoken


def test_started_and_closed_like_the_app_does(bench: Bench) -> None:
    bench.run("set_timer", seconds=1)
    bench.clock.advance(2)
    bench.toolbox.start()
    bench.toolbox.close()
    assert [due.spoken for due in bench.announced] in (["Your 1 second timer is done."], [])
