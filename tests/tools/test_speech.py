"""Numbers, durations and times as a person would say them."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tools import speech

NUMBERS = [
    ("0", "0", True), ("-0.0", "0", True), ("12", "12", True), ("1234567", "1,234,567", True), ("-5", "-5", True),
    ("0.3", "0.3", True), ("1234.5678", "1,234.5678", True), ("2/3", "0.666667", False),
    ("1/3000", "0.000333333", False),
    ("99.99999999", "100", False), ("0.9999999999", "1", False), ("12345678.125", "12,345,678.13", False),
    ("1000000000000000", "1,000,000,000,000,000", True), ("0.00001234", "0.00001234", True),
    ("2e20", "2 times 10 to the power of 20", True), ("1/3e30", "3.333333 times 10 to the power of -31", False),
]  # fmt: skip
DURATIONS = [
    (0, "0 seconds", "0 seconds"), (1, "1 second", "1 second"),
    (90, "1 minute and 30 seconds", "1 minute and 30 seconds"),
    (1800, "30 minutes", "30 minutes"), (3900, "1 hour and 5 minutes", "1 hour and 5 minutes"),
    (3661, "1 hour, 1 minute and 1 second", "1 hour and 1 minute"), (1234, "20 minutes and 34 seconds", "21 minutes"),
    (239.7, "4 minutes", "4 minutes"), (3599, "59 minutes and 59 seconds", "1 hour"), (604_800, "7 days", "7 days"),
    (90_061, "1 day, 1 hour, 1 minute and 1 second", "1 day and 1 hour"),
]  # fmt: skip


@pytest.mark.parametrize(("worth", "digits", "exact"), NUMBERS)
def test_numbers(worth: str, digits: str, exact: bool) -> None:
    over, _, under = worth.partition("/")
    assert speech.number(Fraction(over) / Fraction(under or 1)) == (digits, exact)


@given(st.fractions(-(10**14), 10**14))
def test_a_number_said_is_near_and_without_exponent(value: Fraction) -> None:
    digits, exact = speech.number(value)
    if "power" in digits:
        assert abs(value) < Fraction(1, 10**8)
        return
    heard = Fraction(digits.replace(",", ""))
    assert abs(heard - value) <= Fraction(1, 2)
    assert exact == (heard == value) or abs(heard - value) <= speech.SAME * abs(value)


@pytest.mark.parametrize(("seconds", "whole", "rough"), DURATIONS)
def test_durations(seconds: float, whole: str, rough: str) -> None:
    assert (speech.duration(seconds), speech.rough_duration(seconds)) == (whole, rough)


@pytest.mark.parametrize(
    ("seconds", "name"),
    [
        (1800, "30 minute"),
        (90, "90 second"),
        (3900, "1 hour 5 minute"),
        (5400, "1 hour 30 minute"),
        (150, "2 minute 30 second"),
    ],
)
def test_a_timer_without_a_name_is_called_by_its_length(seconds: float, name: str) -> None:
    assert speech.length_name(seconds) == name


@pytest.mark.parametrize(
    ("hour", "twelve", "twenty_four"),
    [(0, "12:05 AM", "0:05"), (9, "9:05 AM", "9:05"), (12, "12:05 PM", "12:05"), (23, "11:05 PM", "23:05")],
)
def test_times_of_day(hour: int, twelve: str, twenty_four: str) -> None:
    moment = datetime(2026, 3, 1, hour, 5, tzinfo=UTC)
    assert (speech.time_of_day(moment, "12"), speech.time_of_day(moment, "24")) == (twelve, twenty_four)


def test_dates() -> None:
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    assert speech.date(moment, "12") == "Saturday, November 21, 2026"
    assert speech.date(moment, "24") == "Saturday 21 November 2026"


def test_enumerations() -> None:
    assert [speech.listed(list("abc")[:size]) for size in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert speech.listed(["a, 1", "b, 2"], ";") == "a, 1; and b, 2"
    assert [speech.count(number, "timer") for number in (0, 1, 10, 11)] == [
        "no timers",
        "one timer",
        "ten timers",
        "11 timers",
    ]
