"""All settings, typed and checked: defaults, then the settings file, then `--set section.key=value`.

Knows nothing of engines: values are handed to them one by one by `app.build`.
"""

from __future__ import annotations

import dataclasses
import tomllib
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engines.errors import BadInput


@dataclass(frozen=True)
class HearSettings:
    engine: str = "pocketsphinx"
    language: str = "en"


@dataclass(frozen=True)
class ThinkSettings:
    engine: str = "llama-cpp"
    model: str = ""  # a GGUF file, or the model's name at a server; empty: the built-in one
    base_url: str = ""  # of an OpenAI-compatible server, with its /v1
    temperature: float = 0.7
    max_tokens: int = 512
    context: int = 4096  # tokens
    system_prompt: str = ""  # empty: Repartee's own


@dataclass(frozen=True)
class SpeakSettings:
    engine: str = "system"
    voice: str = ""  # empty: the engine's default
    speed: float = 1.0


@dataclass(frozen=True)
class AudioSettings:
    input_device: str = ""  # empty: the system's default; else "name" or "name, host API"
    output_device: str = ""
    volume: int = 100  # percent
    echo_cancellation: bool = True
    half_duplex: bool = False  # do not listen while speaking


@dataclass(frozen=True)
class TurnSettings:
    endpointing_delay: float = 0.6  # seconds of silence that end an utterance
    vad_threshold: float = 0.5
    barge_in: bool = True
    stall_seconds: float = 30.0  # an engine that says nothing for so long is started again


@dataclass(frozen=True)
class GeneralSettings:
    clock: str = "12"  # "12" for 2:10 PM, "24" for 14:10


@dataclass(frozen=True)
class Settings:
    general: GeneralSettings = field(default_factory=GeneralSettings)
    stt: HearSettings = field(default_factory=HearSettings)
    llm: ThinkSettings = field(default_factory=ThinkSettings)
    tts: SpeakSettings = field(default_factory=SpeakSettings)
    audio: AudioSettings = field(default_factory=AudioSettings)
    turn: TurnSettings = field(default_factory=TurnSettings)


LIMITS: Mapping[str, tuple[float, float]] = {
    "llm.temperature": (0.0, 2.0),
    "llm.max_tokens": (1, 100_000),
    "llm.context": (256, 1_000_000),
    "tts.speed": (0.25, 4.0),
    "audio.volume": (0, 100),
    "turn.endpointing_delay": (0.1, 5.0),
    "turn.vad_threshold": (0.05, 0.95),
    "turn.stall_seconds": (0.1, 3600.0),
}

CHOICES: Mapping[str, tuple[str, ...]] = {"general.clock": ("12", "24")}


def load(path: Path | None = None, overrides: Iterable[str] = ()) -> Settings:
    """Read the settings file (if it exists) and apply `section.key=value` overrides. Raises BadInput."""
    settings = Settings()
    if path is not None and path.exists():
        try:
            sections = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadInput(f"The settings file {path} can't be read ({error}). Mend or remove it.") from error
        for section, values in sections.items():
            if not isinstance(values, dict):
                raise BadInput(f"{path}: {section!r} stands outside a [section].")
            for key, value in values.items():
                settings = with_value(settings, f"{section}.{key}", value)
    for override in overrides:
        name, equals, text = override.partition("=")
        if not equals:
            raise BadInput(f"--set wants section.key=value, not {override!r}.")
        settings = with_value(settings, name.strip(), text)
    return settings


def with_value(settings: Settings, name: str, value: Any) -> Settings:
    """A copy of `settings` with one value changed; text is converted to the setting's type. Raises BadInput."""
    section_name, _, key = name.partition(".")
    section = getattr(settings, section_name, None)
    if not dataclasses.is_dataclass(section) or isinstance(section, type):
        raise BadInput(f"There is no setting {name!r}. Sections are {_names(settings)}.")
    types = typing.get_type_hints(type(section))
    if key not in types:
        raise BadInput(f"There is no setting {name!r}. [{section_name}] has {_names(section)}.")
    converted = _convert(name, types[key], value)
    changes: dict[str, Any] = {section_name: dataclasses.replace(section, **{key: converted})}
    return dataclasses.replace(settings, **changes)


def _convert(name: str, wanted: type, value: Any) -> Any:
    try:
        converted = _WORDS[str(value).strip().lower()] if wanted is bool else wanted(value)
    except (ValueError, TypeError, KeyError, OverflowError):
        kind = {bool: "true or false", int: "a whole number", float: "a number"}.get(wanted, "text")
        raise BadInput(f"{name} must be {kind}, not {value!r}.") from None
    if name in CHOICES and converted not in CHOICES[name]:
        raise BadInput(f"{name} must be {' or '.join(CHOICES[name])}, not {converted!r}.")
    low, high = LIMITS.get(name, (float("-inf"), float("inf")))
    if wanted in (int, float) and not low <= converted <= high:
        raise BadInput(f"{name} must be between {low:g} and {high:g}, not {converted:g}.")
    return converted


_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def _names(section: Any) -> str:
    return ", ".join(f.name for f in dataclasses.fields(section))
