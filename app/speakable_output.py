"""What the Markdown filter has seen, holds back and says. Knows the kinds of lines, but not their marks.

A mode is a method that looks at the character at `_at`, says something or skips something, and returns False
where it must first see more.
"""

from __future__ import annotations

from collections.abc import Callable

PARAGRAPH, ITEM, HEADING, ROW = "", "item", "heading", "row"
RUN_CHARS = 20
_ENDS = ".!?…:;,。！？：；，؟।"
_CLOSERS = "\"')]”’»*_"


class Output:
    """`feed` pieces, then `finish`; both return the text to speak that is ready."""

    def __init__(self) -> None:
        self._text = ""  # undecided, after one character that was
        self._at = 0
        self._carriage_return = False
        self._out: list[str] = []
        self._mode: Callable[[bool], bool] = self._inline
        self._last = ""  # the last character said that is not a closing quote or bracket
        self._said_any = False
        self._ended = PARAGRAPH  # the kind of the line before, while it may go on or need a full stop
        self._reset_line()

    def feed(self, piece: str) -> str:
        """Take the next piece; return what is now sure."""
        if self._carriage_return and piece.startswith("\n"):
            piece = piece[1:]
            self._carriage_return = False
        if piece:
            self._carriage_return = piece.endswith("\r")
        self._text += piece.replace("\r\n", "\n").replace("\r", "\n")
        return self._run(final=False)

    def finish(self) -> str:
        """The text is complete: return what was held back."""
        text = self._run(final=True)
        self._ended = self._kind if self._line_said else self._ended
        self._flush_ended(newline=False)
        text += "".join(self._out)
        self._out = []
        return text

    def _run(self, final: bool) -> str:
        while self._at < len(self._text) and self._mode(final):
            pass
        seen = max(self._at - 1, 0)
        self._text, self._at = self._text[seen:], self._at - seen
        text = "".join(self._out)
        self._out = []
        return text

    # What is said

    def _reset_line(self) -> None:
        self._kind = PARAGRAPH
        self._indent = 0
        self._line_said = self._space = self._cell = self._angle = False
        self._open = {"*": 0, "_": 0}

    def _say(self, text: str, taken: int) -> bool:
        """Put out `text` for the next `taken` characters."""
        self._at += taken
        if text:
            if self._line_said and (self._space or self._cell):
                self._out.append(", " if self._cell and self._last not in _ENDS else " ")
            self._space = self._cell = False
            self._out.append(text)
            self._line_said = self._said_any = True
            marks = (char for char in reversed(text) if not char.isspace() and char not in _CLOSERS)
            self._last = next(marks, self._last)
        return True

    def _flush_ended(self, newline: bool = True) -> None:
        if self._ended:
            self._out.append(("" if self._last in _ENDS else ".") + ("\n" if newline else ""))
        self._ended = PARAGRAPH

    def _end_line(self) -> None:
        if self._kind == PARAGRAPH:
            self._newline()
        elif self._line_said:
            self._ended = self._kind
        self._reset_line()
        self._mode = self._line

    def _newline(self) -> None:
        if self._said_any:
            self._out.append("\n")

    def _before(self) -> str:
        return self._text[self._at - 1] if self._at else " "

    def _run_end(self, char: str) -> int:
        end = self._at
        while end < len(self._text) and self._text[end] == char and end - self._at < RUN_CHARS:
            end += 1
        return end

    # Overridden where there are lines

    def _line(self, final: bool) -> bool:
        raise NotImplementedError

    def _skip_line(self, final: bool) -> bool:
        raise NotImplementedError

    def _inline(self, final: bool) -> bool:
        raise NotImplementedError

    def _begin_fence(self, end: int) -> bool:
        raise NotImplementedError
