"""`repartee talk`: a recording is the microphone, a file is the loudspeaker, the loop is the real one."""

from __future__ import annotations

import argparse

from app.build import build, build_ears
from app.cli.printing import Printer, as_dialogue, as_json
from app.cli.setup import set_up
from app.clock import AudioClock
from engines.audio.echo import NoEchoCanceller
from engines.audio.file_devices import FileMicrophone, FileSpeaker, Pace
from engines.audio.files import check_writable, read_audio, write_wav
from engines.errors import BadInput
from engines.types import SAMPLE_RATE

RECOGNIZER_BEHIND_FRAMES = (
    30  # the file waits for a recognizer that is so far behind, as no person would have to
)


def talk(options: argparse.Namespace) -> int:
    """Returns 1 if a turn failed."""
    samples = read_audio(options.input, SAMPLE_RATE)
    if options.output:
        check_writable(options.output)
        if options.output.exists() and options.output.samefile(options.input):
            raise BadInput(f"{options.output} is the recording itself. Choose another name for the answer.")
    setup = set_up(options)
    clock, speaker = AudioClock(), FileSpeaker()
    parts = build(
        setup.settings, setup.paths, speaker=speaker, clock=clock, utterance_limit=RECOGNIZER_BEHIND_FRAMES
    )
    assistant = parts.assistant
    failures: list[str] = []
    microphone = FileMicrophone(samples, Pace(assistant.busy), assistant.idle)
    printer = Printer(as_json if options.json else as_dialogue, on_lost=microphone.close)
    assistant.subscribe(printer)
    assistant.subscribe(
        lambda event: failures.append("") if getattr(event, "outcome", "") == "failed" else None
    )
    try:
        parts.start(wait=True, timers=False)  # a recording's time is not the wall's
        ears = build_ears(parts, setup.settings, microphone, speaker, clock, NoEchoCanceller())
        assistant.listen(ears)
        assistant.join_ears()
        if assistant.ears_failure is not None:
            raise assistant.ears_failure
        if options.output:
            write_wav(options.output, speaker.recording(), speaker.sample_rate)
    finally:
        microphone.close()
        parts.close()
    return 1 if failures or printer.lost else 0
