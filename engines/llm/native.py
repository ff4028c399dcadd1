"""llama.cpp's C interface as this project uses it: a GGUF loaded, its words, its memory. Knows nothing of chats.

The library's Python class `Llama` is passed by: it mutes the whole process's stdout while it loads, compiles
templates that are never used and keeps its own idea of what the cache holds, which an aborted prefill makes wrong.
"""

from __future__ import annotations

import collections
import ctypes
import logging
import os
import re
import threading
import time
from pathlib import Path
from typing import Any

import llama_cpp

from engines.errors import ModelBroken, ModelMissing
from engines.llm.free_cores import free_threads

log = logging.getLogger("repartee.llm.native")

BATCH_TOKENS = 512  # evaluated at once; after an abort whole batches are kept
MAX_THREADS = 16  # decoding waits for memory: more threads only wait together
LOOK_SECONDS = 0.02  # between two looks at what else runs: they cost 0.1 ms
MARKERS = (b"<think>", b"</think>", b"<tool_call>", b"</tool_call>")

_log_lines: collections.deque[str] = collections.deque(maxlen=40)
_log_lock = threading.Lock()


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator, unused-ignore]
def _keep_log(_level: int, text: bytes, _data: Any) -> None:
    """llama.cpp's chatter goes to the log at debug level, and is kept to explain a load that failed."""
    line = text.decode("utf-8", "replace").strip()
    if line.strip("."):
        _log_lines.append(line)
        log.debug("%s", line)


class AbortFlag:
    """A switch that llama.cpp itself looks at between two nodes of its graph, without Python and its lock.

    The abort callback is the C library's `strlen` over two bytes: 0 while the first is zero ("go on"), 1 after
    `set()`. A Python callback would run a thousand times per token.
    """

    def __init__(self) -> None:
        libc = ctypes.cdll.msvcrt if os.name == "nt" else ctypes.CDLL(None)
        address = ctypes.cast(libc.strlen, ctypes.c_void_p).value
        self.callback = llama_cpp.ggml_abort_callback(address)
        self.data = ctypes.create_string_buffer(b"\0\0", 2)

    def set(self) -> None:
        self.data[0] = b"\1"

    def clear(self) -> None:
        self.data[0] = b"\0"


def choose_threads() -> int:
    """Physical cores that this process may use, and both of two; hyperthreads slow the mathematics down."""
    import psutil

    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _container_quota()
    usable = max(1, min(allowed, quota) if quota else allowed)
    physical = psutil.cpu_count(logical=False) or usable
    return usable if usable <= 2 else min(max(2, physical), usable, MAX_THREADS)


def _container_quota() -> int:
    """CPUs granted by a Linux control group, or 0 for no limit."""
    try:
        limit, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return 0 if limit == "max" else max(1, int(limit) // int(period))
    except (OSError, ValueError):
        return 0


def check_file(model: str) -> Path:
    """The model's path; ModelMissing or ModelBroken where llama.cpp need not even be asked."""
    path = Path(model).expanduser()
    try:
        if path.is_dir():
            raise ModelBroken(f"{path} is a folder. Set llm.model to the .gguf file inside it.")
        with path.open("rb") as file:
            magic = file.read(4)
    except FileNotFoundError:
        raise ModelMissing(f"There is no model file {path}. Download it or change llm.model.") from None
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise ModelBroken(f"{path} can't be read ({reason}). Change its permissions or llm.model.") from None
    if not magic:
        raise ModelBroken(f"{path} is empty. Download it again.")
    if magic != b"GGUF":
        raise ModelBroken(f"{path} is not a GGUF model. Set llm.model to a .gguf file or download it again.")
    return path


class NativeModel:
    """A loaded GGUF with one context for one sequence of tokens. One thread at a time."""

    def __init__(
        self, path: Path, *, context: int, threads: int, gpu_layers: int, share_cores: bool = False
    ) -> None:
        self.path = path
        self._most_threads = self._threads = threads
        self._share_cores = share_cores
        self._looked = 0.0
        self.abort = AbortFlag()
        with _log_lock:  # llama.cpp has one log for the whole process
            llama_cpp.llama_log_set(_keep_log, ctypes.c_void_p(0))
            llama_cpp.llama_backend_init()
            _log_lines.clear()
            self._model = _load(path, gpu_layers)
            trained = llama_cpp.llama_model_n_ctx_train(self._model) or context
            self.context = min(context, trained) if context > 0 else trained
            self.ctx = _open_context(self._model, path, self.context, threads)
        self.vocab = llama_cpp.llama_model_get_vocab(self._model)
        self.memory = llama_cpp.llama_get_memory(self.ctx)
        self.metadata = _metadata(self._model)
        self.batch_tokens = min(BATCH_TOKENS, self.context)
        llama_cpp.llama_set_abort_callback(
            self.ctx, self.abort.callback, ctypes.cast(self.abort.data, ctypes.c_void_p)
        )
        self._pieces: dict[int, bytes | None] = {}

    def close(self) -> None:
        if self._model is not None:
            llama_cpp.llama_free(self.ctx)
            llama_cpp.llama_model_free(self._model)
            self._model = None

    def settle_threads(self) -> None:
        """With `share_cores`, leave the cores alone that others are using now; looks up only so often."""
        now = time.monotonic()
        if not self._share_cores or now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        threads = free_threads(self._most_threads)
        if threads != self._threads:
            self._threads = threads
            llama_cpp.llama_set_n_threads(self.ctx, threads, threads)

    @property
    def architecture(self) -> str:
        return self.metadata.get("general.architecture", "unknown")

    def describe(self) -> str:
        buffer = ctypes.create_string_buffer(256)
        llama_cpp.llama_model_desc(self._model, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace")

    def parameters(self) -> int:
        return int(llama_cpp.llama_model_n_params(self._model))

    def tokenize(self, text: str) -> list[int]:
        """Tokens of `text`; special tokens are recognised where they are written out."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self.vocab, data, len(data), tokens, room, False, True)
        if count < 0:  # some tokenizers add more than they were given
            tokens = (llama_cpp.llama_token * -count)()
            count = llama_cpp.llama_tokenize(self.vocab, data, len(data), tokens, -count, False, True)
        return list(tokens[: max(count, 0)])

    def piece(self, token: int) -> bytes | None:
        """The bytes that a reply's token stands for, often less than a whole character; None at the reply's end.

        Of the special tokens only those that mark thoughts and calls stand for something.
        """
        try:
            return self._pieces[token]
        except KeyError:
            pass
        piece: bytes | None = self._read_piece(token)
        if llama_cpp.llama_vocab_is_eog(self.vocab, token):
            piece = None
        elif self.is_control(token) and piece not in MARKERS:
            piece = b""
        self._pieces[token] = piece
        return piece

    def _read_piece(self, token: int) -> bytes:
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            count = llama_cpp.llama_token_to_piece(self.vocab, token, buffer, size, 0, True)
            if count >= 0:
                return buffer.raw[:count]
            size = -count

    def is_control(self, token: int) -> bool:
        return bool(llama_cpp.llama_vocab_is_control(self.vocab, token))

    def can_rewind(self) -> bool:
        """Whether single tokens can be taken out of the memory again; recurrent layers can't."""
        return not (
            llama_cpp.llama_model_is_recurrent(self._model) or llama_cpp.llama_model_is_hybrid(self._model)
        )

    def can_end(self) -> bool:
        """Whether the vocabulary has a token that ends a reply."""
        known = (self._eos(), llama_cpp.llama_vocab_eot(self.vocab))
        return any(token >= 0 and self.piece(token) is None for token in known)

    def bos(self) -> int | None:
        """The token that every prompt begins with, if the model wants one."""
        if not llama_cpp.llama_vocab_get_add_bos(self.vocab):
            return None
        token = llama_cpp.llama_vocab_bos(self.vocab)
        return token if token >= 0 else None

    def special_text(self, kind: str) -> str:
        """The written form of "bos" or "eos", as chat templates use it; empty if the model has none."""
        token = llama_cpp.llama_vocab_bos(self.vocab) if kind == "bos" else self._eos()
        return self._read_piece(token).decode("utf-8", "replace") if token >= 0 else ""

    def _eos(self) -> int:
        return int(llama_cpp.llama_vocab_eos(self.vocab))


def _load(path: Path, gpu_layers: int) -> Any:
    params = llama_cpp.llama_model_default_params()
    params.n_gpu_layers = gpu_layers if gpu_layers >= 0 else 0x7FFFFFFF
    params.load_mode = llama_cpp.LLAMA_LOAD_MODE_MMAP
    model = llama_cpp.llama_model_load_from_file(os.fsencode(path), params)
    if not model:
        raise _load_error(path)
    if not llama_cpp.llama_model_has_decoder(model):
        llama_cpp.llama_model_free(model)
        raise ModelBroken(f"{path} is not a text model that can talk. Set llm.model to a chat model.")
    return model


def _open_context(model: Any, path: Path, context: int, threads: int) -> Any:
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = context
    params.n_batch = params.n_ubatch = min(BATCH_TOKENS, context)
    params.n_seq_max = 1
    params.n_threads = params.n_threads_batch = threads
    params.no_perf = True
    ctx = llama_cpp.llama_init_from_model(model, params)
    if not ctx:
        llama_cpp.llama_model_free(model)
        raise ModelBroken(f"There is not enough memory for {path} with {context} tokens. Lower llm.context.")
    return ctx


def _load_error(path: Path) -> ModelBroken:
    said = "\n".join(_log_lines)
    unknown = re.search(r"unknown model architecture: '([^']*)'", said)
    if unknown:
        return ModelBroken(
            f"{path} is of the kind '{unknown[1]}', which this llama.cpp can't run. Choose another model."
        )
    if re.search(r"alloc|out of memory|mmap failed", said, re.IGNORECASE):
        return ModelBroken(f"There is not enough memory to load {path}. Choose a smaller model.")
    return ModelBroken(f"{path} is damaged or incomplete. Download it again.")


def _metadata(model: Any) -> dict[str, str]:
    found = {}
    for index in range(llama_cpp.llama_model_meta_count(model)):
        key = _read_string(llama_cpp.llama_model_meta_key_by_index, model, index)
        found[key] = _read_string(llama_cpp.llama_model_meta_val_str_by_index, model, index)
    return found


def _read_string(read: Any, model: Any, index: int) -> str:
    size = 256
    while True:
        buffer = ctypes.create_string_buffer(size)
        needed = read(model, index, buffer, size)
        if needed < size:
            return buffer.value.decode("utf-8", "replace")
        size = needed + 1
