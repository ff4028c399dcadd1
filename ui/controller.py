"""What the window needs of the program behind it. Implemented by `app`; its fake is in `ui.fakes`."""

from __future__ import annotations

from typing import Protocol

from app.events import Listener


class Controller(Protocol):
    """No method may block except `close`; all are called from the Qt thread. Listeners may be called from any."""

    def subscribe(self, listener: Listener) -> None: ...

    def start(self) -> None:
        """Load the engines and open the devices, in the background. Called once the window is shown."""

    def ask(self, text: str) -> int:
        """Begin a typed turn; returns its number, the `turn` of its events."""

    def stop_speaking(self) -> None:
        """Cut off the answer."""

    def set_muted(self, muted: bool) -> None:
        """Stop listening, or listen again; without a microphone, look for one again and tell by a notice."""

    def close(self) -> None:
        """End the engines, close the devices. May take up to a second; the window is hidden by then."""
