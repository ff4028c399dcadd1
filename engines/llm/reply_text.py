"""From bytes to what may be said: whole characters, and nothing that the model only thought. Pure."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

OPEN, CLOSE = "<think>", "</think>"


class CharacterStream:
    """Bytes in any pieces to text: an unfinished character waits for its rest, a broken one is dropped."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")

    def feed(self, data: bytes) -> str:
        return self._decoder.decode(data)


class ThinkFilter:
    """Text in any pieces, without `<think>…</think>` and without the white space that a reply begins with.

    What might be the beginning of a tag is held until it is known. A thought that never ends hides the rest.
    """

    def __init__(self, thinking: bool = False) -> None:
        self.thinking = thinking  # some templates open the thought themselves
        self._held = ""
        self._begun = False

    def feed(self, text: str) -> str:
        self._held += text
        said = []
        while True:
            tags = (CLOSE,) if self.thinking else (OPEN, CLOSE)  # a stray end is no text either
            before, tag, self._held = _split_at_first(self._held, tags)
            if not self.thinking:
                said.append(before)
            if not tag:
                return self._trimmed("".join(said))
            self.thinking = tag == OPEN

    def finish(self) -> str:
        """What was held and turned out to be no tag."""
        rest, self._held = ("" if self.thinking else self._held), ""
        return self._trimmed(rest)

    def _trimmed(self, text: str) -> str:
        if not self._begun:
            text = text.lstrip()
            self._begun = bool(text)
        return text


def _split_at_first(text: str, tags: Sequence[str]) -> tuple[str, str, str]:
    """What lies before the first of `tags`, that tag, and the rest; without a tag, what may become one."""
    found = [(text.find(tag), tag) for tag in tags if tag in text]
    if found:
        start, tag = min(found)
        return text[:start], tag, text[start + len(tag) :]
    sizes = range(min(max(map(len, tags)) - 1, len(text)), 0, -1)
    keep = next((size for size in sizes if any(tag.startswith(text[-size:]) for tag in tags)), 0)
    return text[: len(text) - keep], "", text[len(text) - keep :]
