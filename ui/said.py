"""How far into a reply the voice has come. Pure: finds the words that were heard in the text that was written.

The two differ: Markdown, code, links and emoji are written but never spoken.
"""

from __future__ import annotations

import re

WORD = re.compile(r"\w+(?:['’]\w+)*")
CLOSING = re.compile(r"[^\w\s]*")
LOOK_AHEAD_WORDS = 80  # a code block of that length may lie between two spoken words


def said_until(reply: str, heard: str) -> int:
    """The index in `reply` after the last word of `heard` and its punctuation; 0 if none is found."""
    written = [(match.group().casefold(), match.end()) for match in WORD.finditer(reply)]
    spoken = [match.group().casefold() for match in WORD.finditer(heard)]
    position = end = 0
    for number, word in enumerate(spoken):
        following = spoken[number + 1] if number + 1 < len(spoken) else None
        found = _find(written, position, word, following)
        if found is not None:
            position = found + 1
            end = written[found][1]
    closing = CLOSING.match(reply, end)
    return closing.end() if end and closing else end


def _find(written: list[tuple[str, int]], start: int, word: str, following: str | None) -> int | None:
    """The next place of `word`: right here, or further on where the word after it follows too."""
    if start < len(written) and written[start][0] == word:
        return start
    for index in range(start + 1, min(len(written), start + LOOK_AHEAD_WORDS)):
        if written[index][0] != word:
            continue
        after = written[index + 1][0] if index + 1 < len(written) else None
        if following is None or following == after:
            return index
    return None
