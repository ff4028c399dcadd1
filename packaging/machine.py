"""The machine: is there an NVIDIA GPU, can code be compiled for it, how many compilers fit at once."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

GIB = 1024**3


def has_nvidia_gpu() -> bool:
    """True only for a GPU that answers: a driver or a CUDA toolkit alone is no GPU."""
    if any(Path("/proc/driver/nvidia/gpus").glob("*")):
        return True
    program = shutil.which("nvidia-smi")
    if program is None:
        return False
    try:
        answer = subprocess.run([program, "-L"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and "GPU 0" in answer.stdout


def cuda_compiler() -> str | None:
    """The path of nvcc where there are both an NVIDIA GPU and nvcc, else None."""
    usual = "/usr/local/cuda/bin/nvcc"
    nvcc = shutil.which("nvcc") or (usual if os.access(usual, os.X_OK) else None)
    return nvcc if nvcc and has_nvidia_gpu() else None


def build_jobs() -> int:
    """As many compilers as there are cores, but no more than one for each GiB: some files take that much."""
    cores = os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows
        return cores
    return max(1, min(cores, memory // GIB))
