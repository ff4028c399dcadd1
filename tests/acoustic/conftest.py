"""Rooms for the acoustic tests; without PulseAudio they are skipped with the reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acoustic.rig import Room, available


@pytest.fixture
def room() -> Iterator[Room]:
    """A fresh room; the test is skipped where there can be none."""
    if reason := available():
        pytest.skip(reason)
    with Room() as opened:
        yield opened
