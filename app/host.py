"""What the tools may do to the app itself: repeat, volume, mute, switch models, open settings, tell what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.conversation import Conversation
from app.settings import Settings
from app.tools.speech import ClockStyle

if TYPE_CHECKING:
    from app.assistant import Assistant


class AppHost:
    """Implements app.tools.host.ToolHost. The window fills in what only a window can do."""

    def __init__(self, conversation: Conversation, settings: Settings) -> None:
        self._conversation = conversation
        self.volume = settings.audio.volume  # percent, as last set
        self._settings = settings
        self.assistant: Assistant | None = None
        self.on_open_settings: Callable[[], bool] = lambda: False

    def clock_style(self) -> ClockStyle:
        return "24" if self._settings.general.clock == "24" else "12"

    def last_spoken(self) -> str:
        return self._conversation.last_answer

    def set_volume(self, percent: int) -> None:
        self.volume = percent
        speaker = self.assistant.speaker if self.assistant is not None else None
        if speaker is not None:
            speaker.volume = percent / 100.0

    def mute(self) -> None:
        if self.assistant is not None:
            self.assistant.set_muted(True)

    def switch_model(self, where: str) -> str:
        """Models are chosen in the settings; this says how things are and what to do."""
        info = self.assistant.session.think.info if self.assistant else None
        local = info.local if info else True
        if (where == "local") == local:
            return f"I'm already using a {'local' if local else 'cloud'} model."
        if where == "cloud":
            return "No cloud model is set up. Name a server of your choice in the settings first."
        return "To think on this computer, start me with the built-in model."

    def open_settings(self) -> bool:
        return self.on_open_settings()

    def about(self) -> str:
        info = self.assistant.session.think.info if self.assistant else None
        if info is None:
            return "I'm Repartee, a voice assistant on your own computer. I have no text model yet."
        where = "on this computer" if info.local else "on a server that you chose"
        return (
            f"I'm Repartee. I think with {info.model}, {where}. I can tell the time, set timers and alarms, "
            "do sums, convert units, and keep notes and lists."
        )
