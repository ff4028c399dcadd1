"""What the tools need of the app around them, and the fake that tests use instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from app.tools.speech import ClockStyle


class ToolHost(Protocol):
    """Called on the thread that runs the tool: the turn's."""

    def clock_style(self) -> ClockStyle:
        """ "12" for 2:10 PM, "24" for 14:10; asked each time, so that the setting works at once."""
        ...

    def last_spoken(self) -> str:
        """The answer before this turn's, empty if there was none."""
        ...

    def set_volume(self, percent: int) -> None: ...

    def mute(self) -> None:
        """Stop listening until the person unmutes."""
        ...

    def switch_model(self, where: str) -> str:
        """ "local" or "cloud"; returns the sentence that says what happened."""
        ...

    def open_settings(self) -> bool:
        """False if there is no window to show them in."""
        ...

    def about(self) -> str:
        """Which model this is and what it can do, in a sentence or two."""
        ...


@dataclass
class FakeHost:
    """Keeps what the tools asked for; set its fields to answer otherwise."""

    style: ClockStyle = "12"
    spoken: str = ""
    window: bool = True
    volume: int = 100
    muted: bool = False
    where: str = "local"
    opened: list[str] = field(default_factory=list)

    def clock_style(self) -> ClockStyle:
        return self.style

    def last_spoken(self) -> str:
        return self.spoken

    def set_volume(self, percent: int) -> None:
        self.volume = percent

    def mute(self) -> None:
        self.muted = True

    def switch_model(self, where: str) -> str:
        self.where = where
        return f"I'm using the {where} model now."

    def open_settings(self) -> bool:
        self.opened += ["settings"] if self.window else []
        return self.window

    def about(self) -> str:
        return "I'm the small built-in model."
