"""`repartee devices` and `repartee doctor`: what is there, what is used and why, what to do next."""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from app.build import engine_arguments
from app.cli.setup import Setup, set_up
from app.window_port import WindowPort
from engines import registry
from engines.audio.devices import Device, find_device, list_devices
from engines.errors import BadInput, DeviceError, ReparteeError

LEVEL_SECONDS = 0.3
SERVER_SECONDS = 1.0


@dataclass(frozen=True)
class Finding:
    """`status` is "ok", "warning" or "problem"; `advice` says what to do about it."""

    subject: str
    status: str
    text: str
    advice: str = ""


def devices(options: argparse.Namespace) -> int:
    set_up(options)
    found = list_devices()
    if not found:
        raise DeviceError(
            "There are no sound devices on this computer. Plug one in; `talk` and `ask` work without."
        )
    for device in found:
        kinds = [
            _kind("in", device.inputs, device.default_input),
            _kind("out", device.outputs, device.default_output),
        ]
        print(f"{device.label}  ({', '.join(filter(None, kinds))}; {device.sample_rate:g} Hz)")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Returns 1 if something that a conversation needs is missing."""
    try:
        findings = list(_findings(set_up(options), options.window))
    except BadInput as error:
        findings = [
            Finding("Repartee", "ok", f"{_version('repartee')}, Python {sys.version.split()[0]}"),
            Finding("settings", "problem", str(error)),
        ]
    if options.json:
        for finding in findings:
            print(json.dumps(asdict(finding), ensure_ascii=False))
    else:
        marks = {"ok": "✓", "warning": "!", "problem": "✗"}
        for finding in findings:
            print(f"{marks[finding.status]} {finding.subject}: {finding.text}")
            if finding.advice:
                print(f"    → {finding.advice}")
    return 1 if any(finding.status == "problem" for finding in findings) else 0


def _findings(setup: Setup, window: WindowPort | None) -> Iterator[Finding]:
    yield Finding("Repartee", "ok", f"{_version('repartee')}, Python {sys.version.split()[0]}")
    for stage, what in (("stt", "hears"), ("llm", "thinks"), ("tts", "speaks")):
        yield _engine(stage, what, setup)
    yield _package("faster-whisper", "voice activity", "the Silero model that it carries")
    yield _package("livekit", "echo", "WebRTC echo cancellation")
    yield from _sound(setup)
    yield _window(window)
    settings = setup.paths.config / "settings.toml"
    yield Finding("settings", "ok", f"{settings}{'' if settings.exists() else ' (not there: all defaults)'}")
    yield Finding("notes, lists and timers", "ok", str(setup.paths.data))
    yield Finding("logs", "ok", str(setup.paths.logs))


def _engine(stage: str, what: str, setup: Setup) -> Finding:
    try:
        row = registry.find(stage, getattr(setup.settings, stage).engine)
    except ReparteeError as error:
        return Finding(what, "problem", str(error))
    chosen = f"{row.name} ({row.title})"
    if stage == "llm" and row.name == "llama-cpp":
        model = Path(engine_arguments("llm", setup.settings)["model"])
        if not model.exists():
            return Finding(
                what,
                "problem",
                f"{chosen}: there is no model {model}",
                "Name a GGUF file with --set llm.model=FILE.",
            )
        if not model.is_file() or model.open("rb").read(4) != b"GGUF":
            return Finding(
                what, "problem", f"{chosen}: {model} is no GGUF", "Name a GGUF file: --set llm.model=FILE."
            )
        return Finding(what, "ok", f"{chosen}: {model.name}, {model.stat().st_size / 1e6:.1f} MB")
    if stage == "llm":
        url = setup.settings.llm.base_url
        if not url:
            return Finding(
                what, "problem", f"{chosen}: no address", "Name it with --set llm.base_url=http://…/v1."
            )
        return _server(what, chosen, url)
    if stage == "tts" and sys.platform.startswith("linux"):
        missing = [program for program in ("flite", "espeak-ng") if shutil.which(program) is None]
        if missing:
            text = f"{chosen}: {' and '.join(missing)} not installed"
            status = "problem" if "flite" in missing else "warning"
            return Finding(what, status, text, "Run the set-up again: sh packaging/run.sh")
    return Finding(what, "ok", chosen)


def _server(what: str, chosen: str, url: str) -> Finding:
    try:
        address = urlsplit(url)
        port = address.port or (443 if address.scheme == "https" else 80)
        socket.create_connection((address.hostname or "", port), timeout=SERVER_SECONDS).close()
    except (OSError, ValueError):
        return Finding(
            what, "problem", f"{chosen}: nobody answers at {url}", "Start the server or change llm.base_url."
        )
    return Finding(what, "ok", f"{chosen}: {url}")


def _package(name: str, subject: str, text: str) -> Finding:
    version = _version(name)
    if version:
        return Finding(subject, "ok", f"{text} ({name} {version})")
    return Finding(
        subject, "warning", f"{name} is not installed", "Run the set-up again: sh packaging/run.sh"
    )


def _sound(setup: Setup) -> Iterator[Finding]:
    audio = setup.settings.audio
    try:
        microphone: Device | None = find_device(audio.input_device, "input")
    except DeviceError as error:
        microphone = None
        yield Finding("microphone", "warning", str(error))
    if microphone is not None:
        yield _microphone(microphone)
    try:
        yield Finding("loudspeaker", "ok", find_device(audio.output_device, "output").label)
    except DeviceError as error:
        yield Finding("loudspeaker", "warning", str(error))


def _microphone(device: Device) -> Finding:
    """Listen for a moment: a microphone that gives nothing but zeros is muted or forbidden."""
    from engines.audio.level import measure_level

    try:
        level = measure_level(device, LEVEL_SECONDS)
    except DeviceError as error:
        return Finding("microphone", "warning", f"{device.label}: {error}")
    if level is None:
        return Finding(
            "microphone",
            "warning",
            f"{device.label} gives no sound",
            "Is it muted, or forbidden to this program?",
        )
    return Finding("microphone", "ok", f"{device.label}, level now {level:.0f} dB")


def _window(window: WindowPort | None) -> Finding:
    problem = window.problem() if window else "`python -m app` has none; start `repartee`"
    if problem:
        return Finding("window", "warning", problem)
    return Finding("window", "ok", "can open")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _kind(name: str, channels: int, default: bool) -> str:
    return f"{channels} {name}{', default' if default else ''}" if channels else ""
