"""`repartee live`: the loop on real devices, without a window, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from app.build import build, build_ears, echo_canceller
from app.cli.printing import printer
from app.cli.setup import override, set_up
from app.clock import AudioClock
from engines.audio.sound_card import SoundCard
from engines.errors import DeviceError


def live(options: argparse.Namespace) -> int:
    """Raises DeviceError when there is no device, or none comes back."""
    setup = set_up(
        options,
        override("audio.input_device", options.input_device),
        override("audio.output_device", options.output_device),
    )
    audio, clock = setup.settings.audio, AudioClock()
    try:
        card = SoundCard(audio.input_device, audio.output_device, on_notice=lambda text: tell(text))
    except DeviceError as error:
        raise DeviceError(
            f"{error} `repartee talk FILE` and `repartee ask` work without a sound device."
        ) from error
    card.volume = audio.volume / 100.0
    canceller, half_duplex = echo_canceller(setup.settings)
    parts = build(setup.settings, setup.paths, speaker=card, clock=clock, half_duplex=half_duplex)
    parts.closers.append(card.close)
    assistant = parts.assistant
    assistant.subscribe(printer(options.json))

    def tell(text: str) -> None:
        assistant.notice(text, "warning")

    stopped = threading.Event()

    def stop(*_: object) -> None:
        stopped.set()
        card.end_frames()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    try:
        parts.start(wait=True)
        assistant.listen(build_ears(parts, setup.settings, card, card, clock, canceller))
        if not options.json:
            print(f"Listening on {card.names[0]}. Ctrl-C ends.", file=sys.stderr)
        assistant.join_ears()
    finally:
        parts.close()
    if assistant.ears_failure is not None and not stopped.is_set():
        raise assistant.ears_failure
    return 0
