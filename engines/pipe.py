"""Messages between this process and a worker: length-prefixed pickles over two pipes. Knows nothing of engines.

Both ends run the same code of ours, so pickle is safe here; a pipe that ends raises EOFError.
"""

from __future__ import annotations

import os
import pickle
import struct
import threading
from typing import Any

_HEADER = struct.Struct("<I")  # the message's length in bytes
MAX_MESSAGE_BYTES = 1 << 30


class MessagePipe:
    """One end of a conversation: `send` may be called by any thread, `receive` by one."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._write_lock = threading.Lock()

    def send(self, message: Any) -> None:
        """Raises BrokenPipeError when the other end has gone."""
        data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        view = memoryview(_HEADER.pack(len(data)) + data)
        with self._write_lock:
            while view:
                view = view[os.write(self._write_fd, view) :]

    def receive(self) -> Any:
        """Block for the next message. Raises EOFError when the other end has gone."""
        (length,) = _HEADER.unpack(self._read_exactly(_HEADER.size))
        if length > MAX_MESSAGE_BYTES:
            raise EOFError("a message of impossible length: the pipe is out of step")
        return pickle.loads(self._read_exactly(length))

    def _read_exactly(self, length: int) -> bytes:
        parts = []
        while length:
            part = os.read(self._read_fd, min(length, 1 << 20))
            if not part:
                raise EOFError("the other end has gone")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)
