"""The conversation behind the window: loads and opens everything in the background, so the window never waits."""

from __future__ import annotations

import threading

from app.build import Parts, build, build_ears, echo_canceller
from app.clock import AudioClock
from app.events import Listener
from app.paths import Paths
from app.settings import Settings
from engines.audio.sound_card import SoundCard
from engines.errors import DeviceError, ReparteeError


class Desktop:
    """Implements ui.controller.Controller: no method blocks but `close`."""

    def __init__(self, settings: Settings, paths: Paths) -> None:
        self._settings = settings
        self._clock = AudioClock(free_running=True)
        self._lock = threading.Lock()
        self._card: SoundCard | None = None
        self._closed = False
        self._parts: Parts = build(settings, paths, clock=self._clock)
        self._assistant = self._parts.assistant

    def subscribe(self, listener: Listener) -> None:
        self._assistant.subscribe(listener)

    def start(self) -> None:
        threading.Thread(target=self._start, name="desktop-start", daemon=True).start()

    def ask(self, text: str) -> int:
        return self._assistant.ask(text).id

    def stop_speaking(self) -> None:
        self._assistant.stop_speaking()

    def set_muted(self, muted: bool) -> None:
        self._assistant.set_muted(muted)
        if not muted and self._card is None:
            threading.Thread(target=self._open_sound, name="open-sound", daemon=True).start()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            card, self._card = self._card, None
        if card is not None:
            card.close()
        self._parts.close()

    def _start(self) -> None:
        self._parts.start()
        self._open_sound()

    def _open_sound(self) -> None:
        """Open microphone and loudspeaker; without them one can type."""
        audio = self._settings.audio
        with self._lock:
            if self._closed or self._card is not None:
                return
            try:
                card = SoundCard(audio.input_device, audio.output_device, on_notice=self._warn)
            except DeviceError as error:
                self._warn(f"{error} You can type meanwhile.")
                return
            card.volume = self._parts.host.volume / 100.0
            self._card = card
        try:
            canceller, half_duplex = echo_canceller(self._settings)
            self._assistant.use_speaker(card, deaf_while_speaking=half_duplex)
            ears = build_ears(self._parts, self._settings, card, card, self._clock, canceller)
        except ReparteeError as error:
            self._ears_ended(error)
        else:
            self._assistant.listen(ears, on_end=self._ears_ended)

    def _ears_ended(self, failure: Exception | None) -> None:
        """The microphone went away for good, or the window is closing."""
        with self._lock:
            card, self._card = self._card, None
            if self._closed:
                return
        self._assistant.use_speaker(None)
        if card is not None:
            card.close()
        if failure is not None:
            self._warn(f"{failure} Press Talk to look for one again.")

    def _warn(self, message: str) -> None:
        self._assistant.notice(message, "warning")
