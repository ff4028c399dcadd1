"""How many threads are worth using right now: on cores that others use, llama.cpp's threads wait for each other.

At every step of its graph all threads meet; one that has lost its core to another program stalls the rest, which
spin meanwhile. On two busy cores two threads were measured at 6 to 50 tokens/s where one alone gave 130 to 300.
"""

from __future__ import annotations

import os
from pathlib import Path

LOAD = Path("/proc/loadavg")
OWN_TASKS = Path("/proc/self/task")


def free_threads(wanted: int) -> int:
    """`wanted`, less one for each core that other programs are using at this moment; at least 1. Takes 0.05 ms."""
    if wanted == 1:
        return 1
    try:
        running = running_elsewhere(LOAD.read_text(), [state(task) for task in OWN_TASKS.iterdir()])
    except (OSError, ValueError, IndexError):  # not Linux, or a thread that ended meanwhile
        return wanted
    return max(1, min(wanted, (os.cpu_count() or wanted) - running))


def running_elsewhere(load: str, own: list[str]) -> int:
    """From /proc/loadavg ("0.5 0.4 0.3 3/250 1234": 3 run now) and the states of this process's threads."""
    now = int(load.split()[3].partition("/")[0])
    return max(0, now - own.count("R"))


def state(task: Path) -> str:
    """One letter: R runs, S sleeps. It follows the name, which may hold anything, and its bracket."""
    return (task / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
