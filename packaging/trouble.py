"""Trouble: turn the output of a command that failed into one sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from progress import CommandFailed

AGAIN = "then run the same command again: it goes on from here. The whole log is .venv/setup.log."
OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|Network is unreachable|No route to host"
    r"|Temporary failure in name resolution|getaddrinfo failed|Name or service not known|Max retries exceeded"
    r"|ProxyError|Connection refused|Connection to \S+ timed out|Failed to (?:establish|connect)|nodename nor",
    re.IGNORECASE,
)
FULL = re.compile(r"No space left on device|Errno 28|Disk quota exceeded", re.IGNORECASE)
MEMORY = re.compile(
    r"Killed signal terminated program|Killed \(program cc1|out of memory|virtual memory exhausted"
)
NO_ENSUREPIP = re.compile(r"ensurepip is not available|No module named '?(?:ensurepip|venv)")
NO_COMPILER = re.compile(
    r"CMAKE_C(?:XX)?_COMPILER not set|No CMAKE_C(?:XX)?_COMPILER could be found|nmake.*no such file|"
    r"Could not find any instance of Visual Studio",
    re.IGNORECASE,
)


class SetUpFailed(Exception):
    """One sentence that says what is wrong and what to do; `lines` are the last of the log."""

    def __init__(self, sentence: str, lines: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.lines = lines


def explain(failure: CommandFailed, stage: str) -> SetUpFailed:
    """What a person can do about `failure`, which happened in the stage of that name."""
    output = failure.output
    if FULL.search(output):
        sentence = f"The disk is full: free about 3 GB, {AGAIN}"
    elif MEMORY.search(output):
        sentence = (
            "The compiler ran out of memory: close other programs or set CMAKE_BUILD_PARALLEL_LEVEL=1, "
            + AGAIN
        )
    elif NO_ENSUREPIP.search(output):
        sentence = f"This Python can't make environments: install its venv package (python3-venv), {AGAIN}"
    elif NO_COMPILER.search(output):
        sentence = f"No C++ compiler was found: install one (on Debian and Ubuntu: g++ and cmake), {AGAIN}"
    elif OFFLINE.search(output):
        sentence = f"The packages could not be downloaded: connect this computer to the internet, {AGAIN}"
    elif stage == "llama":
        sentence = f"llama.cpp could not be built: the lines above tell why. Put that right, {AGAIN}"
    else:
        sentence = f"The lines above tell why. Put that right, {AGAIN}"
    return SetUpFailed(sentence, failure.lines)
