"""What the window says in words: states, tools, badges. Every string goes through Qt's translation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.events import State, ToolCalled, TurnEnded


def tr(text: str) -> str:
    return QCoreApplication.translate("ui", text)


def state_words(state: State, listening: bool = True) -> tuple[str, str]:
    """The state as a verb, and what one can do now; interrupting by voice needs an open microphone."""
    words: Mapping[State, tuple[str, str]] = {
        "starting": (tr("Getting ready"), tr("You can type already")),
        "idle": (tr("Ready"), tr("Type a message")),
        "listening": (tr("Listening"), tr("Just talk, or type")),
        "hearing": (tr("Hearing you"), tr("I answer when you pause")),
        "thinking": (tr("Thinking"), tr("Esc to stop")),
        "speaking": (
            tr("Speaking"),
            tr("Talk to interrupt, Esc to stop") if listening else tr("Esc to stop"),
        ),
        "muted": (tr("Muted"), tr("Ctrl+M to talk")),
    }
    return words[state]


def example_requests() -> tuple[str, ...]:
    return (tr("What time is it?"), tr("Set a timer for ten minutes"), tr("What can you do?"))


def badge_text(turn: TurnEnded) -> str:
    """The model, the time to the first audio (or word), and how the turn ended if not well."""
    parts = [turn.model] if turn.model else []
    waited = turn.timings.get("time_to_first_audio", turn.timings.get("ttft"))
    if waited is not None:
        parts.append(seconds(waited))
    if turn.outcome == "interrupted":
        parts.append(tr("stopped"))
    elif turn.outcome == "failed":
        parts.append(tr("not finished"))
    return " · ".join(parts)


def badge_story(turn: TurnEnded) -> str:
    """Where the answer was made and where its time went, one line each."""
    place = tr("Made on this computer") if turn.local else tr("Made by a server")
    names = {
        "endpointing_delay": tr("Waiting for you to finish"),
        "stt": tr("Understanding the words"),
        "ttft": tr("First word written"),
        "first_clause": tr("First clause written"),
        "tts_first_chunk": tr("First sound made"),
        "time_to_first_audio": tr("First sound heard"),
    }
    lines = [f"{label}: {seconds(turn.timings[key])}" for key, label in names.items() if key in turn.timings]
    return "\n".join([place, *lines])


def seconds(value: float) -> str:
    """0.043 is "43 ms", 0.43 is "0.4 s"."""
    return f"{value * 1000:.0f} ms" if value < 0.0995 else f"{value:.1f} s"


TOOL_ICONS = {
    "timer": "timer",
    "alarm": "timer",
    "time": "timer",
    "date": "timer",
    "note": "note",
    "list": "note",
}


def tool_icon(name: str) -> str:
    return next((icon for part, icon in TOOL_ICONS.items() if part in name.split("_")), "tool")


def tool_title(call: ToolCalled) -> str:
    """`set_timer` with seconds=600 and label="pasta" is "Set timer · 10 min · pasta"."""
    name = call.name.replace("_", " ").strip().capitalize()
    details = " · ".join(
        _argument(key, value) for key, value in call.arguments.items() if value not in ("", None)
    )
    return f"{name} · {details}" if details else name


def _argument(key: str, value: Any) -> str:
    if key == "seconds" and isinstance(value, int | float):
        return duration(value)
    return str(value)


def duration(value: float) -> str:
    """5400 is "1 h 30 min"."""
    whole = round(value)
    parts = ((whole // 3600, "h"), (whole % 3600 // 60, "min"), (whole % 60, "s"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"
