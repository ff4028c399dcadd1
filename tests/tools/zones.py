"""Time zones by rule, for tests: the same on every system, whether or not it has a zone database."""

from __future__ import annotations

import io
import struct
from zoneinfo import ZoneInfo

PARIS = "CET-1CEST,M3.5.0,M10.5.0/3"
NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"


def zone(rule: str) -> ZoneInfo:
    """The zone of a POSIX TZ rule: an empty TZif file (RFC 9636) whose footer holds the rule."""
    header = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    block = struct.pack(">lbb4s", 0, 0, 0, b"UTC\0")
    return ZoneInfo.from_file(io.BytesIO((header + block) * 2 + f"\n{rule}\n".encode()), key=rule)
