"""Audio files in and out. Whatever libsndfile knows by its content is read; wrong names don't matter."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engines.audio.resample import resample
from engines.errors import BadInput
from engines.types import Samples


def read_audio(path: Path, sample_rate: int) -> Samples:
    """The file's audio as mono (N,) float32 at `sample_rate`. Raises BadInput with a sentence that names the file."""
    import soundfile

    if not path.exists():
        raise BadInput(f"There is no file {path}.")
    if path.is_dir():
        raise BadInput(f"{path} is a folder. Name an audio file.")
    try:
        data, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError, TypeError) as error:
        reason = "it is empty" if path.stat().st_size == 0 else "it is damaged or no audio file"
        raise BadInput(f"{path} can't be read: {reason}. WAV, FLAC, OGG and MP3 work.") from error
    if not len(data):
        raise BadInput(f"{path} holds no sound.")
    mono = np.nan_to_num(data.mean(axis=1), posinf=0.0, neginf=0.0).astype(np.float32)
    return resample(mono, rate, sample_rate)


def write_wav(path: Path, samples: Samples, sample_rate: int) -> None:
    """Write mono 16-bit WAV: first beside its place, then moved there, so no half file is left. Raises BadInput."""
    import soundfile

    part = path.with_name(path.name + ".part")
    try:
        soundfile.write(part, np.clip(samples, -1.0, 1.0), sample_rate, subtype="PCM_16", format="WAV")
        part.replace(path)
    except (soundfile.LibsndfileError, OSError) as error:
        part.unlink(missing_ok=True)
        raise BadInput(f"{path} can't be written ({_reason(error)}). Choose another place.") from error


def check_writable(path: Path) -> None:
    """Raises BadInput now rather than after the work."""
    import os

    if path.is_dir():
        raise BadInput(f"{path} is a folder. Name a file in it.")
    folder = path.parent
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}. Make it, or choose another place for {path.name}.")
    if not os.access(folder, os.W_OK):
        raise BadInput(f"The folder {folder} is closed to you. Choose another place for {path.name}.")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "its folder is missing or closed to you"
