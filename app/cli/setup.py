"""What every command begins with: paths, settings, a log file."""

from __future__ import annotations

import argparse
import logging
import os
from dataclasses import dataclass

from app.paths import Paths, find_paths, made
from app.settings import Settings, load


@dataclass(frozen=True)
class Setup:
    paths: Paths
    settings: Settings


def set_up(options: argparse.Namespace, *overrides: str | None) -> Setup:
    """Read the settings file, `--set`, and the command's own overrides (later wins). Raises BadInput."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing here may call a model hub by itself
    paths = find_paths()
    own = [override for override in overrides if override is not None]
    settings = load(paths.config / "settings.toml", [*options.overrides, *own])
    log_file = made(paths.logs) / "repartee.log"
    logging.basicConfig(
        filename=log_file,
        level=logging.INFO,
        format="%(asctime)s %(name)s %(levelname)s %(message)s",
        force=True,
    )
    for library in ("openai", "httpx", "httpx2", "httpcore"):  # at a finer level they log what was said
        logging.getLogger(library).setLevel(logging.WARNING)
    return Setup(paths, settings)


def override(name: str, value: object) -> str | None:
    """An override for `set_up`, if a value was given."""
    return None if value is None else f"{name}={value}"
