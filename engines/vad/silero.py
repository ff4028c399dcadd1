"""Silero voice activity detection, streaming: its state is carried from window to window.

Source: snakers4/silero-vad (MIT). The ONNX file is the one that the faster-whisper package carries; only the file is
used, the package is not imported. Its own wrapper resets the state on every call, so the session is run here.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

from engines.errors import ModelMissing
from engines.types import Samples

WINDOW = 512  # samples at 16 kHz: 32 ms
CONTEXT = 64  # samples of the window before that the model wants to see again


class SileroDetector:
    """A VoiceActivityDetector; about 0.06 ms for a window of 32 ms on one core."""

    window_size = WINDOW

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(_model_path()), options, providers=["CPUExecutionProvider"]
        )
        self.reset()

    def reset(self) -> None:
        self._h = np.zeros((1, 1, 128), dtype=np.float32)
        self._c = np.zeros((1, 1, 128), dtype=np.float32)
        self._input = np.zeros((1, CONTEXT + WINDOW), dtype=np.float32)

    def probability(self, window: Samples) -> float:
        """`window` is (512,) float32 at 16 kHz."""
        self._input[0, :CONTEXT] = self._input[0, WINDOW:]
        self._input[0, CONTEXT:] = window
        inputs = {"input": self._input, "h": self._h, "c": self._c}
        speech, self._h, self._c = self._session.run(None, inputs)
        return float(speech.reshape(-1)[0])


def _model_path() -> Path:
    found = importlib.util.find_spec("faster_whisper")
    for folder in found.submodule_search_locations or () if found else ():
        path = Path(folder) / "assets" / "silero_vad_v6.onnx"
        if path.exists():
            return path
    raise ModelMissing("The voice activity model is missing. Run the set-up again: sh packaging/run.sh")
