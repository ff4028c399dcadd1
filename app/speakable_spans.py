"""Marks inside a line of Markdown, as it arrives: emphasis, inline code, escapes, entities, formulas."""

from __future__ import annotations

import re

from app import speakable_inline as inline
from app.speakable_output import HEADING, ROW, RUN_CHARS, Output

_FENCE_INFO = re.compile(r"[\w+#.-]*")
_CODE_TEXT = re.compile(r"[^`\n]+")


class Spans(Output):
    """The handlers of these marks."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks = 0

    def _emphasis(self, final: bool) -> bool:
        char = self._text[self._at]
        end = self._run_end(char)
        if end == len(self._text) and end - self._at < RUN_CHARS and not final:
            return False
        run, after = self._text[self._at : end], self._text[end : end + 1] or " "
        keeps, opens = inline.keeps_emphasis_marks(run, self._before(), after, self._open[char] > 0)
        self._open[char] += opens
        return self._say(run if keeps else "", len(run))

    def _strike(self, final: bool) -> bool:
        end = self._run_end("~")
        if end == len(self._text) and end - self._at < RUN_CHARS and not final:
            return False
        return self._say("" if end - self._at == 2 else self._text[self._at : end], end - self._at)

    def _escape(self, final: bool) -> bool:
        text, at = self._text, self._at
        following = text[at + 1 : at + 2]
        if not following and not final:
            return False
        if following and following in "([":
            return self._formula("\\" + following, "\\)" if following == "(" else "\\]", final)
        if following == "\n":
            return self._say("", 1)
        marks = (
            following.isascii() and following.isprintable() and not following.isalnum() and following != " "
        )
        return self._say(following, 2) if marks else self._say("\\", 1)

    def _dollar(self, final: bool) -> bool:
        following = self._text[self._at + 1 : self._at + 2]
        if not following and not final:
            return False
        return self._formula("$$", "$$", final) if following == "$" else self._formula("$", "$", final)

    def _formula(self, opening: str, closing: str, final: bool) -> bool:
        end = inline.math_end(self._text, self._at, opening, closing, final)
        if end is None:
            return False
        if end == inline.NEVER:
            return self._say("$" if opening == "$" else "", len(opening))
        formula = self._text[self._at + len(opening) : end - len(closing)]
        return self._say(inline.math_words(formula), end - self._at)

    def _entity(self, final: bool) -> bool:
        found = inline.entity(self._text, self._at, final)
        return found is not None and self._say(found[0], found[1] - self._at)

    def _pipe(self, _final: bool) -> bool:
        if self._kind != ROW:
            return self._say("|", 1)
        self._cell = True
        return self._say("", 1)

    def _hash(self, final: bool) -> bool:
        """The closing marks of a heading are dropped, others stay."""
        end = self._run_end("#")
        if end == len(self._text) and end - self._at < RUN_CHARS and not final:
            return False
        closes = self._kind == HEADING and self._space and (self._text[end : end + 1] or "\n") == "\n"
        return self._say("" if closes else self._text[self._at : end], end - self._at)

    def _tick(self, final: bool) -> bool:
        end = self._run_end("`")
        if end == len(self._text) and end - self._at < RUN_CHARS and not final:
            return False
        if end - self._at >= 3:
            info = _FENCE_INFO.match(self._text, end, end + RUN_CHARS)
            info_end = info.end() if info else end
            if info_end == len(self._text) and info_end - end < RUN_CHARS and not final:
                return False
            if self._text[info_end : info_end + 1] == "\n":
                return self._begin_fence(end)
        self._ticks = end - self._at
        self._mode = self._code
        return self._say("", self._ticks)

    def _code(self, final: bool) -> bool:
        """Inline code is said as it is; it ends with its line at the latest."""
        plain = _CODE_TEXT.match(self._text, self._at)
        if plain:
            return self._say(plain[0], len(plain[0]))
        if self._text[self._at] == "\n":
            self._mode = self._inline
            return True
        end = self._run_end("`")
        if end == len(self._text) and end - self._at < RUN_CHARS and not final:
            return False
        if end - self._at == self._ticks:
            self._mode = self._inline
        return self._say("", end - self._at)
