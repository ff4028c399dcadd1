"""Relocate: let the scripts of a virtual environment that was moved or copied find their Python again."""

from __future__ import annotations

from pathlib import Path

LONGEST_SHEBANG = 127  # Linux cuts the line off there


def retarget_scripts(scripts: Path, old: Path, new: Path) -> None:
    """Make every text script in the folder `scripts` name the environment `new` instead of `old`."""
    for path in sorted(scripts.iterdir()):
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if str(old).encode() not in content or b"\0" in content:
            continue
        text = content.decode("utf-8", errors="surrogateescape").replace(str(old), str(new))
        path.write_bytes(_with_runnable_shebang(text, new).encode("utf-8", errors="surrogateescape"))


def _with_runnable_shebang(text: str, venv: Path) -> str:
    """A path that is long or has a space can't stand behind #!: the shell starts Python then, as pip does it."""
    first, _, rest = text.partition("\n")
    if not first.startswith(f"#!{venv}") or (" " not in first and len(first) <= LONGEST_SHEBANG):
        return text
    python = first.removeprefix("#!")
    return f"#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''\n{rest}"
