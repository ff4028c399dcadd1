"""Units: as people say them, rounded for the ear, and nothing evaluated."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tools.convert import NO_RATES, convert

ROOT = Path(__file__).parents[2]

SAID = [
    (10, "miles", "kilometers", "10 miles is about 16.09 kilometers."),
    (10, "miles", "km", "10 miles is about 16.09 kilometers."),
    (1, "mile", "feet", "1 mile is 5,280 feet."),
    (6, "foot", "metres", "6 feet is about 1.83 meters."),
    (0.5, "inch", "mm", "0.5 inches is 12.7 millimeters."),
    (70, "kilos", "stone", "70 kilograms is about 11.02 stone."),
    (10, "lbs", "kg", "10 pounds is about 4.54 kilograms."),
    (32, "fahrenheit", "celsius", "32 degrees Fahrenheit is 0 degrees Celsius."),
    (100, "degrees celsius", "degrees fahrenheit", "100 degrees Celsius is 212 degrees Fahrenheit."),
    (-40, "c", "f", "-40 degrees Celsius is -40 degrees Fahrenheit."),
    (100, "degrees", "celsius", "100 degrees Fahrenheit is about 37.78 degrees Celsius."),
    (20, "celsius", "degrees", "20 degrees Celsius is 68 degrees Fahrenheit."),
    (20, "°C", "°F", "20 degrees Celsius is 68 degrees Fahrenheit."),
    (0, "kelvin", "centigrade", "0 kelvin is -273.15 degrees Celsius."),
    (180, "degrees", "radians", "180 degrees is about 3.14 radians."),
    (2, "cups", "ml", "2 cups is about 473.18 milliliters."),
    (3, "tablespoons", "teaspoons", "3 tablespoons is 9 teaspoons."),
    (8, "ounces", "grams", "8 ounces is about 226.8 grams."),
    (8, "ounces", "milliliters", "8 fluid ounces is about 236.59 milliliters."),
    (8, "fluid ounces", "cups", "8 fluid ounces is 1 cup."),
    (2, "litres", "gallons", "2 liters is about 0.528 gallons."),
    (1, "imperial gallon", "liters", "1 imperial gallon is about 4.55 liters."),
    (60, "mph", "km/h", "60 miles per hour is about 96.56 kilometers per hour."),
    (100, "kilometres an hour", "miles per hour", "100 kilometers per hour is about 62.14 miles per hour."),
    (10, "m/s", "kph", "10 meters per second is 36 kilometers per hour."),
    (1, "acre", "square meters", "1 acre is about 4,046.87 square meters."),
    (100, "sq ft", "m²", "100 square feet is about 9.29 square meters."),
    (1, "cubic meter", "liters", "1 cubic meter is 1,000 liters."),
    (
        1,
        "meter per second squared",
        "ft/s^2",
        "1 meter per second squared is about 3.28 feet per second squared.",
    ),
    (1, "light year", "kilometers", "1 light year is about 9,460,730,472,581 kilometers."),
    (500, "MB", "gigabytes", "500 megabytes is 0.5 gigabytes."),
    (1, "MW", "mW", "1 megawatt is 1,000,000,000 milliwatts."),
    (3, "weeks", "days", "3 weeks is 21 days."),
    (1.5, "hours", "minutes", "1.5 hours is 90 minutes."),
    (30, "psi", "bar", "30 pounds per square inch is about 2.07 bars."),
    (10, "tonnes", "tons", "10 metric tons is about 11.02 tons."),
]
REFUSED = [
    ("kilograms", "miles", "I can't turn kilograms into miles."),
    ("miles per gallon", "liters", "I can't turn miles per gallon into liters."),
    ("decibels", "watts", "I can't turn decibels into watts."),
    ("celsius per hour", "kelvin per hour", "I can't turn degrees Celsius per hour into kelvin per hour."),
    ("blorp", "miles", "I don't know the unit 'blorp'."),
    ("miles", "blorp", "I don't know the unit 'blorp'."),
    ("cat", "meters", "I don't know the unit 'cat'."),  # to pint, a centi-technical-atmosphere
    ("pin", "meters", "I don't know the unit 'pin'."),
    ("m**9**9**9", "meters", "I don't know the unit 'm**9**9**9'."),
    ("9**9**9**9", "meters", "I don't know the unit '9**9**9**9'."),
    ("dollars", "euros", NO_RATES),
    ("pounds", "euros", NO_RATES),
    ("US dollars", "yen", NO_RATES),
    ("$", "€", NO_RATES),
]  # fmt: skip


@pytest.mark.parametrize(("value", "from_unit", "to_unit", "answer"), SAID)
def test_the_answer_is_rounded_and_spelled_out(
    value: float, from_unit: str, to_unit: str, answer: str
) -> None:
    result = convert(value, from_unit, to_unit)
    assert (result.spoken, result.ok) == (answer, True)


@pytest.mark.parametrize(("from_unit", "to_unit", "answer"), REFUSED)
def test_what_can_t_be_converted_is_said(from_unit: str, to_unit: str, answer: str) -> None:
    result = convert(5, from_unit, to_unit)
    assert (result.spoken, result.ok) == (answer, False)


def test_nothing_is_colder_than_absolute_zero() -> None:
    assert not convert(-500, "celsius", "fahrenheit").ok


@settings(max_examples=200, deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=80),
    st.sampled_from(["miles", "c", "$", "°"]),
)
def test_no_unit_at_all_raises_anything(value: float, unit: str, other: str) -> None:
    assert convert(value, unit, other).spoken
    assert convert(value, other, unit).spoken


def test_an_unknown_unit_takes_no_time_once_pint_is_loaded() -> None:
    convert(1, "miles", "feet")
    started = time.process_time()
    convert(1, "blorp" * 10, "flarn per " * 5)
    assert time.process_time() - started < 0.1


def test_importing_the_tools_loads_no_heavy_module() -> None:
    heavy = {"pint", "scipy", "torch", "llama_cpp", "PySide6", "num2words", "hypothesis", "sounddevice"}
    code = f"import sys, app.tools, app.store, app.paths; print({heavy!r} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "set()"
