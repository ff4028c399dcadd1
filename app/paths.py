"""Where data, config, cache and logs live. Folders are made when they are first asked for, never on import.

The system's usual places (platformdirs), or all beneath one folder when REPARTEE_HOME names it: for tests,
for a portable copy on a stick, for trying a new version beside the old one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from engines.errors import BadInput

APP_NAME = "repartee"
HOME_VARIABLE = "REPARTEE_HOME"


@dataclass(frozen=True)
class Paths:
    """The places as they should be; a folder need not exist until `made` makes it."""

    data: Path
    config: Path
    cache: Path
    logs: Path

    def database(self) -> Path:
        return made(self.data) / "repartee.sqlite3"


def find_paths(environment: Mapping[str, str] = os.environ) -> Paths:
    """The four folders of this person on this computer. Touches nothing."""
    home = environment.get(HOME_VARIABLE, "").strip()
    if home:
        root = Path(os.path.abspath(os.path.expanduser(home)))
        return Paths(data=root / "data", config=root / "config", cache=root / "cache", logs=root / "logs")
    # Not the roaming folder on Windows: models and a live database have no place on a network profile.
    places = platformdirs.PlatformDirs(APP_NAME, appauthor=False, roaming=False)
    return Paths(
        data=places.user_data_path,
        config=places.user_config_path,
        cache=places.user_cache_path,
        logs=places.user_log_path,
    )


def made(folder: Path) -> Path:
    """`folder`, which now exists and can be written to; raises BadInput if that can't be."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # what is said to an assistant is private
        # Written for real: os.access believes permission bits, which ACLs and read-only mounts overrule.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadInput(
            f"Repartee can't write to {folder} ({reason}). Make that folder writable, or set {HOME_VARIABLE} "
            "to one that is."
        ) from error
    return folder
