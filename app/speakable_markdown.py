"""MarkdownFilter: from a model's Markdown, as it arrives, to plain text that can be spoken.

Promises: the output depends on the text alone, never on how it was cut; at most about 200 characters are
held back, and only while a mark is undecided; time is linear. Code blocks become one short notice, reasoning
between <think> tags and addresses vanish, plain text comes through. Lines and blocks are decided here, what
is inside a line in `speakable_links` and `speakable_spans`. Knows nothing of clauses or voices.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.speakable_links import SpanFilter
from app.speakable_output import HEADING, ITEM, PARAGRAPH, ROW, RUN_CHARS

CODE_NOTICE = "There is some code on the screen."
LINK_NOTICE = "a link to {host}"

_RULE_CHARS = 180
_INFO_CHARS = 180
_BULLETS = "•‣◦▪●"
_INDENT = re.compile(r"[ \t]+")
_RULE_RUN = re.compile(r"[-*_=|:+ \t]+")
_NUMBER = re.compile(r"[0-9]{1,4}")
_FENCE_PREFIX = re.compile(r"[ \t>]+")


class MarkdownFilter(SpanFilter):
    """One reply: `feed` pieces, then `finish`; both return the text to speak that is ready."""

    def __init__(self, code_notice: str = CODE_NOTICE, link_notice: str = LINK_NOTICE) -> None:
        super().__init__(link_notice)
        self._code_notice = code_notice
        self._mode = self._line
        self._fence = ""

    # The beginning of a line

    def _line(self, final: bool) -> bool:
        text, at = self._text, self._at
        char = text[at]
        if char in " \t":
            found = _INDENT.match(text, at)
            assert found is not None
            self._indent += found.end() - at
            self._at = found.end()
        elif char == "\n":
            self._flush_ended()
            self._at += 1
            self._end_line()
        elif char in "-*_=|:+":
            return self._line_marks(final)
        elif char in _BULLETS:
            return self._item(1)
        elif char == "#":
            return self._line_heading(final)
        elif char == ">":
            return self._line_quote(final)
        elif char in "`~":
            return self._line_fence(final)
        elif char in "0123456789":
            return self._line_number(final)
        else:
            return self._begin_text()
        return True

    def _begin_text(self) -> bool:
        if self._ended == ITEM and self._kind == PARAGRAPH and self._indent >= 2:
            self._kind, self._ended = ITEM, PARAGRAPH
            self._line_said = self._space = True
        self._flush_ended()
        self._mode = self._inline
        return True

    def _item(self, taken: int) -> bool:
        self._flush_ended()
        self._kind = ITEM
        self._at += taken
        return True

    def _line_marks(self, final: bool) -> bool:
        """A rule, a table's line, a list item, or text that begins with such a mark."""
        text, at = self._text, self._at
        run = _RULE_RUN.match(text, at, at + _RULE_CHARS)
        assert run is not None
        end = run.end()
        if end == len(text) and end - at < _RULE_CHARS and not final:
            return False
        marks = "".join(run[0].split())
        alone = end == len(text) or text[end] == "\n" or end - at == _RULE_CHARS
        if alone and (
            set(marks) <= set("-|:+=") or marks == "*" or (len(set(marks)) == 1 and len(marks) > 1)
        ):
            self._at = end
        elif text[at] == "|":
            self._flush_ended()
            self._kind = ROW
            self._at += 1
            self._mode = self._inline
        elif text[at] in "-*+" and text[at + 1 : at + 2].isspace():
            return self._item(1)
        else:
            return self._begin_text()
        return True

    def _line_heading(self, final: bool) -> bool:
        end = self._run_end("#")
        if end == len(self._text) and end - self._at <= 6 and not final:
            return False
        if end - self._at > 6 or not self._text[end : end + 1].isspace():
            return self._begin_text()
        self._flush_ended()
        self._kind = HEADING
        self._at = end
        self._mode = self._inline
        return True

    def _line_quote(self, final: bool) -> bool:
        following = self._text[self._at + 1 : self._at + 2]
        if not following and not final:
            return False
        if following and (following in "=<" or following.isdigit()):
            return self._begin_text()
        self._at += 1
        self._indent = 0
        return True

    def _line_number(self, final: bool) -> bool:
        found = _NUMBER.match(self._text, self._at)
        assert found is not None
        after = self._text[found.end() : found.end() + 2]
        if len(after) < 2 and not final and (not after or after in ".)") and len(found[0]) < 4:
            return False
        if len(found[0]) < 4 and after[:1] in (".", ")") and after[1:].isspace():
            self._flush_ended()
            self._kind = ITEM
            self._mode = self._inline
            return self._say(f"{found[0]}.", len(found[0]) + 1)
        return self._begin_text()

    def _line_fence(self, final: bool) -> bool:
        text, char = self._text, self._text[self._at]
        end = self._run_end(char)
        if end == len(text) and not final:
            return False
        if end - self._at < 3:
            return self._begin_text()
        newline = text.find("\n", end, end + _INFO_CHARS)
        tick = text.find("`", end, newline if newline >= 0 else end + _INFO_CHARS)
        if char == "`" and tick >= 0:
            return self._begin_text()
        if newline < 0 and not final and len(text) < end + _INFO_CHARS:
            return False
        return self._begin_fence(end)

    # Code blocks and what else is skipped

    def _begin_fence(self, end: int) -> bool:
        if self._line_said:
            self._end_line()
        self._flush_ended()
        self._fence = self._text[self._at : end]
        self._reset_line()
        self._say(f"{self._code_notice}\n", end - self._at)
        self._reset_line()
        self._mode = self._fence_rest
        return True

    def _fence_line(self, final: bool) -> bool:
        prefix = _FENCE_PREFIX.match(self._text, self._at)
        if prefix:
            self._at = prefix.end()
            return True
        end = self._run_end(self._fence[0])
        if end == len(self._text) and end - self._at < RUN_CHARS and not final:
            return False
        closes = end - self._at >= len(self._fence) and (self._text[end : end + 1] or "\n").isspace()
        self._at = end
        self._mode = self._skip_line if closes else self._fence_rest
        return True

    def _fence_rest(self, _final: bool) -> bool:
        return self._skip_to_newline(self._fence_line)

    def _skip_line(self, _final: bool) -> bool:
        return self._skip_to_newline(self._line)

    def _skip_to_newline(self, mode: Callable[[bool], bool]) -> bool:
        newline = self._text.find("\n", self._at)
        self._at = newline + 1 if newline >= 0 else len(self._text)
        if newline >= 0:
            self._mode = mode
        return True
