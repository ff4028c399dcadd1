"""The one place that knows concrete classes: it puts engines, devices, tools and the conversation together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.assistant import Assistant
from app.clock import AudioClock, Clock, WallClock
from app.conversation import Conversation
from app.ears import Ears
from app.endpointing import Endpointer, EndpointingRules
from app.events import EngineFailed, Stage
from app.host import AppHost
from app.paths import Paths, made
from app.settings import Settings
from app.slots import EngineSlot
from app.store import Store
from app.tools import SystemClock, Toolbox, build_toolbox
from assets import STARTER_MODEL
from assets.hearing import REQUESTS_MODEL
from engines import registry
from engines.audio.ports import Microphone, Speaker
from engines.errors import EngineError
from engines.protocols import EchoCanceller
from engines.types import EngineInfo

log = logging.getLogger("repartee")

SYSTEM_PROMPT = (
    "You are Repartee, a voice assistant on the user's own computer. You are heard, not read: answer in one to "
    "three short, plain sentences, without lists, headings or Markdown unless you are asked to write something "
    "down. What you hear may be misheard; ask back when it makes no sense. Use a tool whenever one fits."
)

_STAGE_NAMES: dict[str, Stage] = {"stt": "hear", "llm": "think", "tts": "speak"}
_ENGINE_WORDS = {"stt": "recognizer", "llm": "text model", "tts": "voice"}


@dataclass
class Parts:
    """A running conversation and what has to be closed after it, in order."""

    assistant: Assistant
    toolbox: Toolbox
    host: AppHost
    store: Store
    closers: list[Callable[[], None]] = field(default_factory=list)

    def start(
        self,
        *,
        wait: bool = False,
        stages: Collection[Stage] = ("hear", "think", "speak"),
        timers: bool = True,
    ) -> None:
        """Load the engines, and announce timers from now on; `wait` until the engines are there."""
        self.assistant.start(wait, stages)
        if self.store.notice:
            self.assistant.notice(self.store.notice, "warning")
        if timers:
            self.toolbox.start()
        else:
            self.toolbox.warm_up()

    def close(self) -> None:
        self.toolbox.close()
        self.assistant.close()
        for close in self.closers:
            close()
        self.store.close()


def build(
    settings: Settings,
    paths: Paths,
    *,
    speaker: Speaker | None = None,
    clock: Clock | None = None,
    utterance_limit: int | None = None,
    half_duplex: bool = False,
) -> Parts:
    """Everything but the ears, not yet started. Without a speaker replies are only written."""
    store = Store(paths.database())
    conversation = Conversation(settings.llm.system_prompt or SYSTEM_PROMPT)
    host = AppHost(conversation, settings)
    toolbox = build_toolbox(store, host, SystemClock(), on_due=lambda due: assistant.announce(due.spoken))
    slots = {
        stage: _slot(stage, settings, paths, on_failure=lambda s, e: _failed(assistant, s, e))
        for stage in ("stt", "llm", "tts")
    }
    assistant = Assistant(
        hear=slots["stt"],
        think=slots["llm"],
        speak=slots["tts"],
        speaker=speaker,
        toolbox=toolbox,
        clock=clock or WallClock(),
        conversation=conversation,
        language=settings.stt.language,
        barge_in=settings.turn.barge_in,
        half_duplex=half_duplex or settings.audio.half_duplex,
        utterance_limit=utterance_limit,
    )
    host.assistant = assistant
    return Parts(assistant, toolbox, host, store)


def build_ears(
    parts: Parts,
    settings: Settings,
    microphone: Microphone,
    speaker: Speaker,
    clock: AudioClock,
    echo_canceller: EchoCanceller,
) -> Ears:
    """The ears for one microphone."""
    from engines.vad.silero import SileroDetector

    rules = EndpointingRules(
        threshold=settings.turn.vad_threshold,
        release=max(0.01, settings.turn.vad_threshold - 0.15),
        endpointing_delay=settings.turn.endpointing_delay,
    )
    return Ears(
        microphone=microphone,
        speaker=speaker,
        echo_canceller=echo_canceller,
        detector=SileroDetector(),
        endpointer=Endpointer(rules),
        clock=clock,
        listener=parts.assistant,
    )


def echo_canceller(settings: Settings) -> tuple[EchoCanceller, bool]:
    """The canceller, and whether listening has to pause while speaking for want of one."""
    from engines.audio.echo import EchoGate, NoEchoCanceller, WebRtcEchoCanceller

    if not settings.audio.echo_cancellation:
        return NoEchoCanceller(), False
    try:
        return EchoGate(WebRtcEchoCanceller()), False
    except (ImportError, OSError) as error:
        log.warning("no echo cancellation: %s", error)
        return NoEchoCanceller(), True


def engine_arguments(stage: str, settings: Settings) -> dict[str, Any]:
    """The keyword arguments of the engine that the settings name for a stage."""
    if stage == "tts":
        return {
            "voice": settings.tts.voice,
            "speed": settings.tts.speed,
            "stall_seconds": settings.turn.stall_seconds,
        }
    if stage == "stt":
        return {"requests_model": str(REQUESTS_MODEL)} if settings.stt.engine == "pocketsphinx" else {}
    llm = settings.llm
    shared = {"temperature": llm.temperature, "max_tokens": llm.max_tokens}
    if llm.engine == "openai-compatible":
        return {"base_url": llm.base_url, "model": llm.model, **shared}
    return {"model": llm.model or str(STARTER_MODEL), "context": llm.context, **shared}


def _slot(
    stage: str, settings: Settings, paths: Paths, on_failure: Callable[[str, EngineError], None]
) -> EngineSlot[Any]:
    row = registry.find(stage, getattr(settings, stage).engine)
    slot: EngineSlot[Any]

    def restarted(info: EngineInfo) -> None:
        slot.info = info

    engine = registry.create(
        row,
        engine_arguments(stage, settings),
        stall_seconds=settings.turn.stall_seconds,
        log_path=_log_path(paths, stage),
        on_failure=lambda error: on_failure(stage, error),
        on_restart=restarted,
    )
    slot = EngineSlot(_STAGE_NAMES[stage], engine)
    return slot


def _log_path(paths: Paths, stage: str) -> Path:
    return made(paths.logs) / f"{stage}.log"


def _failed(assistant: Assistant, stage: str, error: EngineError) -> None:
    """A worker ended by itself; the turn that used it says so too, if there was one."""
    assistant.emit(EngineFailed(at=assistant.now(), stage=_STAGE_NAMES[stage], message=str(error)))
    assistant.notice(f"My {_ENGINE_WORDS[stage]} stopped working: {error}. I'm starting it again.", "warning")
