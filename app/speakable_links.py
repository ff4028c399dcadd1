"""The inside of a line of Markdown: links, addresses, tags, and the way to every other mark's handler."""

from __future__ import annotations

import re
from collections.abc import Callable

from app import speakable_inline as inline
from app.speakable_output import ITEM, RUN_CHARS
from app.speakable_spans import Spans

_HOST_CHARS = 200
_SPECIAL = r"\\*_~`\[!<&$|#\nhHwW"
_PLAIN = re.compile(rf"(?:[^{_SPECIAL}]|(?<=[^\W_])[hHwW])+")
_PLAIN_WORD = re.compile(rf"(?:[^{_SPECIAL} \t]|(?<=[^\W_])[hHwW])+")
_HOST = re.compile(r"[\w.@:-]*")
_ADDRESS = re.compile(r"[^\s<>\"“”`|.,;:!?'*_~)\]}、。，！？；：）】」]+")
_ADDRESS_MARKS = re.compile(r"[.,;:!?'*_~)\]}]+")
_DEFINITION = re.compile(r":[ \t]+(?:https?:|www\.|<|/|#)")
_DEFINITION_CHARS = 12
_SCHEMES = ("https://", "http://", "www.")


class SpanFilter(Spans):
    """Everything that a line can hold. Used alone for the text of a link."""

    def __init__(self, link_notice: str) -> None:
        super().__init__()
        self._link_notice = link_notice
        self._mode = self._inline
        self._until = re.compile("")
        self._until_chars = 0

    # In the text of a link there is one line, and no blocks

    def _line(self, _final: bool) -> bool:
        self._mode = self._inline
        return True

    def _skip_line(self, _final: bool) -> bool:
        return self._say("", len(self._text) - self._at)

    def _begin_fence(self, end: int) -> bool:
        return self._say("", end - self._at)

    # The inside of a line

    def _inline(self, final: bool) -> bool:
        text, at = self._text, self._at
        plain = (_PLAIN_WORD if self._kind else _PLAIN).match(text, at)
        if plain:
            return self._say(plain[0], plain.end() - at)
        char = text[at]
        if char == "\n":
            self._at += 1
            self._end_line()
        elif char in " \t":
            self._space = True
            self._at += 1
        elif char in _HANDLERS:
            return _HANDLERS[char](self, final)
        else:
            return self._say(char, 1)
        return True

    # Links

    def _bang(self, final: bool) -> bool:
        following = self._text[self._at + 1 : self._at + 2]
        if not following and not final:
            return False
        return self._bracket(final, image=1) if following == "[" else self._say("!", 1)

    def _bracket(self, final: bool, image: int = 0) -> bool:
        text, opening = self._text, self._at + image
        end = inline.bracket_end(text, opening, final)
        if end is None or (end + 1 == len(text) and not final):
            return False
        literal = text[self._at : opening + 1]
        if end == inline.NEVER:
            return self._say(literal, len(literal))
        label, following = text[opening + 1 : end], text[end + 1 : end + 2]
        if following == "(":
            return self._link(label, end + 1, final, literal)
        if following == "[" and not self._before().isalnum():
            reference = inline.bracket_end(text, end + 1, final)
            if reference is None:
                return False
            if reference != inline.NEVER and not label.isdecimal():
                return self._say(self._plain(label), reference + 1 - self._at)
        return self._mark_in_brackets(label, end + 1, final, literal)

    def _link(self, label: str, opening: int, final: bool, literal: str) -> bool:
        found = inline.destination_end(self._text, opening, final)
        if found is None:
            return False
        end, complete = found
        if end == inline.NEVER:
            return self._say(literal, len(literal))
        if not complete:
            self._mode = self._destination
        return self._say(self._plain(label), end - self._at)

    def _destination(self, _final: bool) -> bool:
        """The rest of a long address, up to its bracket."""
        ends = [place for mark in ")\n" if (place := self._text.find(mark, self._at)) >= 0]
        if ends:
            self._mode = self._inline
        end = min(ends, default=len(self._text))
        return self._say("", end - self._at + (self._text[end : end + 1] == ")"))

    def _mark_in_brackets(self, label: str, end: int, final: bool, literal: str) -> bool:
        """Footnotes, check boxes, admonitions and definitions of links; other brackets are text."""
        text, at, before = self._text, self._at, self._before()
        if label.startswith("^"):
            return self._say("", end - at + (not self._line_said and text[end : end + 1] == ":"))
        if label.isdecimal() and before in ".!?,;":
            return self._say("", end - at)
        if not self._line_said:
            if self._kind == ITEM and label in (" ", "x", "X"):
                return self._say("", end - at)
            if label[:1] == "!" and label[1:].isalpha():
                return self._say(label[1:].capitalize() + ".", end - at)
            if text[end : end + 1] == ":":
                window = text[end : end + _DEFINITION_CHARS]
                if len(window) < _DEFINITION_CHARS and "\n" not in window and not final:
                    return False
                if _DEFINITION.match(window):
                    self._mode = self._skip_line
                    return self._say("", end - at)
        return self._say(literal, len(literal))

    def _plain(self, label: str) -> str:
        spans = SpanFilter(self._link_notice)
        return spans.feed(label) + spans.finish()

    def _address(self, final: bool) -> bool:
        """A bare address: only its host is said."""
        text, at = self._text, self._at
        begin = text[at : at + 8].lower()
        scheme = next((scheme for scheme in _SCHEMES if begin.startswith(scheme)), "")
        if not scheme:
            undecided = at + len(begin) == len(text) and any(scheme.startswith(begin) for scheme in _SCHEMES)
            return False if undecided and not final else self._say(text[at], 1)
        host = _HOST.match(text, at + len(scheme), at + _HOST_CHARS)
        end = host.end() if host else at + len(scheme)
        if end == len(text) and end - at < _HOST_CHARS and not final:
            return False
        raw = (host[0] if host else "").rstrip(".:-@_")
        name = raw.rpartition("@")[2].partition(":")[0].removeprefix("www.")
        if not name:
            return self._say(text[at : at + len(scheme)], len(scheme))
        self._mode = self._address_rest
        return self._say(self._link_notice.format(host=name), len(scheme) + len(raw))

    def _address_rest(self, final: bool) -> bool:
        text, at = self._text, self._at
        skipped = _ADDRESS.match(text, at)
        if skipped:
            return self._say("", len(skipped[0]))
        marks = _ADDRESS_MARKS.match(text, at, at + RUN_CHARS)
        end = marks.end() if marks else at
        if marks and end == len(text) and end - at < RUN_CHARS and not final:
            return False
        if marks and end - at < RUN_CHARS and _ADDRESS.match(text, end):
            return self._say("", end - at)
        self._mode = self._inline
        closes = self._angle and text[at] == ">"
        self._angle = False
        return self._say("", int(closes))

    # Tags

    def _tag(self, final: bool) -> bool:
        text, at = self._text, self._at
        begin = text[at : at + 4]
        if "<!--".startswith(begin) and len(begin) > 1:
            return self._skip_until("-->", at + 4) if begin == "<!--" else final and self._say("<", 1)
        name = inline.tag_name(text, at, final)
        if name is None:
            return False
        if name in ("http", "https"):
            self._angle = True
            return self._say("", 1)
        end = inline.tag_end(text, at, name, final) if name else inline.NEVER
        if end is None:
            return False
        if end == inline.NEVER:
            return self._say("<", 1)
        if name == "mailto":
            return self._say(text[at + len("<mailto:") : end - 1], end - at)
        if name in inline.SKIPPED_TAGS and text[at + 1] != "/" and text[end - 2] != "/":
            return self._skip_until(f"</{name}>", end)
        if name in inline.BREAKING_TAGS and self._line_said and not self._kind:
            self._newline()
        self._space = self._space or name in inline.BREAKING_TAGS or name == "td"
        return self._say("", end - at)

    def _skip_until(self, mark: str, end: int) -> bool:
        self._until, self._until_chars = re.compile(re.escape(mark), re.IGNORECASE), len(mark)
        self._mode = self._skipped
        return self._say("", end - self._at)

    def _skipped(self, final: bool) -> bool:
        found = self._until.search(self._text, self._at)
        if found:
            self._at = found.end()
            self._mode = self._inline if self._line_said else self._line
            return True
        furthest = len(self._text) if final else len(self._text) - self._until_chars + 1
        self._at = max(self._at, furthest)
        return False


_HANDLERS: dict[str, Callable[[SpanFilter, bool], bool]] = {
    **dict.fromkeys("*_", SpanFilter._emphasis),
    **dict.fromkeys("hHwW", SpanFilter._address),
    "~": SpanFilter._strike,
    "\\": SpanFilter._escape,
    "$": SpanFilter._dollar,
    "&": SpanFilter._entity,
    "|": SpanFilter._pipe,
    "#": SpanFilter._hash,
    "`": SpanFilter._tick,
    "!": SpanFilter._bang,
    "[": SpanFilter._bracket,
    "<": SpanFilter._tag,
}
