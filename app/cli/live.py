"""`repartee live`: the loop on real devices, without a window, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable

from app.build import build, build_ears, echo_canceller
from app.cli.printing import Printer, as_dialogue, as_json
from app.cli.setup import override, set_up
from app.clock import AudioClock
from app.settings import AudioSettings
from engines.audio.sound_card import SoundCard
from engines.errors import DeviceError

LOADING_LOOK_SECONDS = 0.05  # Ctrl-C is answered that soon while models load


def live(options: argparse.Namespace) -> int:
    """Raises DeviceError when there is no device, or none comes back."""
    setup = set_up(
        options,
        override("audio.input_device", options.input_device),
        override("audio.output_device", options.output_device),
    )
    audio, clock, stopped = setup.settings.audio, AudioClock(), threading.Event()
    parts = build(setup.settings, setup.paths, clock=clock)
    assistant = parts.assistant
    try:
        card = _open_card(audio, lambda text: assistant.notice(text, "warning"))
    except DeviceError as error:
        parts.close()
        raise DeviceError(
            f"{error} `repartee talk FILE` and `repartee ask` work without a sound device."
        ) from error
    parts.closers.append(card.close)

    def stop(*_: object) -> None:
        if stopped.is_set():  # asked twice: no more waiting
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        stopped.set()
        card.end_frames()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    printer = Printer(as_json if options.json else as_dialogue, on_lost=stop)
    assistant.subscribe(printer)
    try:
        canceller, half_duplex = echo_canceller(setup.settings)
        assistant.use_speaker(card, deaf_while_speaking=half_duplex)
        parts.start()
        while assistant.loading() and not stopped.wait(LOADING_LOOK_SECONDS):
            pass
        if not stopped.is_set():
            assistant.listen(build_ears(parts, setup.settings, card, card, clock, canceller))
            if not options.json:
                print(f"Listening on {card.names[0]}. Ctrl-C ends.", file=sys.stderr)
            assistant.join_ears()
    finally:
        parts.close()
    if printer.lost:
        return 1
    if assistant.ears_failure is not None and not stopped.is_set():
        raise assistant.ears_failure
    return 0


def _open_card(audio: AudioSettings, on_notice: Callable[[str], None]) -> SoundCard:
    card = SoundCard(audio.input_device, audio.output_device, on_notice=on_notice)
    card.volume = audio.volume / 100.0
    return card
