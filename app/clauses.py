"""Clauses: cut a reply into pieces to speak while it is still being written.

Promises: clauses depend on the text alone, never on how it was cut into pieces; together they are the
text (whitespace apart; a last rest without a letter or digit is dropped); each has a letter or digit and
at most 200 characters; time is linear. Knows nothing of Markdown, voices or threads: it reads what
`app.speakable.MarkdownFilter` lets through.

The first clause is cut early, so that the first sound comes early; later ones prefer whole sentences.
Make one splitter per reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

FIRST_LETTERS = 10  # a clause shorter than this sounds clipped and leaves a gap behind it
FIRST_CHARS = 120
CLAUSE_CHARS = 200
CLAUSE_WORDS = 30
COMMA_CHARS = 80  # a later clause is cut at a comma only once it is this long
PHRASE_CHARS = 60  # and at a semicolon, colon or dash from here on

NONE, SOFT, HARD = 0, 1, 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RUN = 16  # the most marks and closing quotes that are looked at together
_LONGEST_ABBREVIATION = 24
_LONGEST_STARTER = 12

_PARAGRAPH = "\u2029"  # what a run of whitespace with two or more newlines becomes
_STOPS = re.compile(r"[\s.!?,;:—–…。！？｡؟।॥۔።։។။、，；：،؛]")
_SPACES = re.compile(r"\s+")
_FULL_STOPS = "。！？｡؟।॥۔።։។။"  # end a sentence without a space after them
_SENTENCE_RUN = re.compile(r"[.!?…]+(?P<closers>[\"'”’“»«›)\]}*]*)")
_FULL_RUN = re.compile(r"[。！？｡؟।॥۔።։។။!?…]+[\"'”’»）)」』】》〉\]]*")
_SOFT_RUN = re.compile(r"[,;:—–、，；：،؛][\"'”’»)」』]*")
_WORD_BEFORE = re.compile(r"[\w.&]*\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]{0,12}")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_CONJUNCTION = re.compile(
    r"\s(?=(?:and|but|or|because|which|that|so|while|when|where|who|if|than|with|und|aber|oder|weil|dass|"
    r"et|mais|ou|que|y|pero|porque|e|ma|perché|en|maar|omdat)\s)",
    re.IGNORECASE,
)
_BETWEEN_WORDS = re.compile(r"(?<!\d)\s|\s(?!\d)")

# Never the end of a sentence.
_ABBREVIATIONS = _words(
    "dr mr mrs ms mx prof rev hon gen col capt cpt lt sgt cmdr adm gov sen rep pres supt fr sr. mt ft vs e.g "
    "i.e cf viz resp incl excl approx esp hr hrn z.b d.h u.a o.ä bzw usw. inkl evtl ggf vgl m mme mlle dña "
    "sra srta dott sig dhr mevr bijv p.ex al"
)
# An abbreviation only before a number.
_BEFORE_NUMBER = _words("no nos nr nº fig figs vol art p pp ch chap sec eq op para ca abb str est kap s")
# May end a sentence: it does where a capital letter follows …
_MAY_END = _words(
    "etc a.m p.m min max dept misc jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur "
    "thurs fri sat sun ave blvd rd usw uvm ecc"
)
# … and here only where a word follows that begins sentences: "U.S. Army", but "U.S. The".
_RARELY_ENDS = _words("st inc ltd co corp jr sr ph.d bros univ")
_STARTERS = _words(
    "the a an i it he she they we you this that these those there here in on at but and so if for when while "
    "then however also as with to do did does is are was what why how where who my your his her its our their "
    "no yes not after before since by from let can would could some many most one although because instead "
    "der die das ein eine es er sie wir ich und aber le la les un une il elle et mais el los las"
)
_GERMAN_MONTHS = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember"
)


class ClauseSplitter:
    """Cuts one reply: `feed` pieces of any size, then `finish`; both return the clauses that are ready."""

    def __init__(self) -> None:
        self._text = ""  # not yet given out; each run of whitespace is one character
        self._first = True
        self._begin(0)

    def feed(self, piece: str) -> list[str]:
        """Take the next piece; a mark at its very end waits for the character after it ("3." or "3.5")."""
        piece = _SPACES.sub(lambda run: _whitespace(run[0].count("\n") + 2 * run[0].count(_PARAGRAPH)), piece)
        if piece and piece[0].isspace() and self._text[-1:].isspace():
            newlines = "\n\u2029".find(self._text[-1]) + "\n\u2029".find(piece[0]) + 2
            self._text = self._text[:-1] + _whitespace(newlines) + piece[1:]
        else:
            self._text += piece
        return self._ready(final=False)

    def finish(self) -> list[str]:
        """The text is complete: return what is left."""
        clauses = self._ready(final=True)
        self._cut(len(self._text), clauses)
        self._text = ""
        self._begin(0)
        return clauses

    def _begin(self, start: int) -> None:
        self._start = self._at = start
        self._letters = self._weight = self._words = 0
        self._softs: list[int] = []  # ends of phrases inside the clause, for a forced cut

    def _ready(self, final: bool) -> list[str]:
        clauses: list[str] = []
        while True:
            if self._words < CLAUSE_WORDS:
                self._take_plain()
            if self._weight > self._limit or self._words >= CLAUSE_WORDS:
                self._cut(self._forced_cut(), clauses)
                continue
            if self._at >= len(self._text):
                break
            found = _boundary(self._text, self._start, self._at, final)
            if found is None:
                break
            self._take_mark(*found, clauses)
        self._text = self._text[self._start :]
        self._at -= self._start
        self._start = 0
        return clauses

    @property
    def _limit(self) -> int:
        return FIRST_CHARS if self._first else CLAUSE_CHARS

    def _take_plain(self) -> None:
        """Go on to the next mark or whitespace, or a little past the limit."""
        if self._at == self._start and self._text[self._at : self._at + 1].isspace():
            self._start += 1
            self._at += 1
        furthest = min(len(self._text), self._at + CLAUSE_CHARS + 1)
        stop = _STOPS.search(self._text, self._at, furthest)
        end = stop.start() if stop else furthest
        for char in self._text[self._at : end]:
            weight = _weight(char)
            self._weight += weight
            self._letters += weight if char.isalnum() else 0
        self._at = end

    def _take_mark(self, kind: int, end: int, clauses: list[str]) -> None:
        mark = self._text[self._at]
        if kind == NONE or self._weight + end - self._at > self._limit:
            kind, end = NONE, self._at + 1
        if mark.isspace() and self._at > self._start:
            self._words += 1
        self._weight += end - self._at
        self._at = end
        if kind == NONE or self._letters < FIRST_LETTERS:
            return
        enough = COMMA_CHARS if mark in ",，、،" else PHRASE_CHARS
        if kind == HARD or self._first or self._weight >= enough:
            self._cut(end, clauses)
        else:
            self._softs.append(end - self._start)

    def _cut(self, end: int, clauses: list[str]) -> None:
        clause = self._text[self._start : end].strip().replace(_PARAGRAPH, "\n")
        if any(char.isalnum() for char in clause):
            clauses.append(clause)
            self._first = False
        self._begin(end)

    def _forced_cut(self) -> int:
        """The best place in a clause that is too long: a phrase's end, a conjunction, any space."""
        end, weight = self._start, 0
        while end < self._at and weight + _weight(self._text[end]) <= self._limit:
            weight += _weight(self._text[end])
            end += 1
        window = self._text[self._start : end]
        floor = len(window) * 2 // 5  # leave no scrap behind
        phrases = [soft for soft in self._softs if floor <= soft <= len(window)]
        joins = [found.start() for found in _CONJUNCTION.finditer(window, floor)]
        if phrases or joins:
            return self._start + (phrases or joins)[-1]
        if self._text[end : end + 1].isspace():
            return end
        gaps = [found.start() for found in _BETWEEN_WORDS.finditer(window, 1)]
        gaps = [gap for gap in gaps[-1:] if any(char.isalnum() for char in window[:gap])]
        return self._start + (gaps[-1] if gaps else _inside_run(window, self._text[end : end + 1]))


def split_stream(pieces: Iterable[str]) -> Iterator[str]:
    """The clauses of a reply that arrives in pieces, each as soon as it is sure."""
    splitter = ClauseSplitter()
    for piece in pieces:
        yield from splitter.feed(piece)
    yield from splitter.finish()


def _whitespace(newlines: int) -> str:
    return _PARAGRAPH if newlines > 1 else "\n" if newlines else " "


def _weight(char: str) -> int:
    """Roughly how many letters of speech a character is: 3 for Chinese and Japanese, 2 for Korean."""
    if char < "\u2e80":
        return 1
    if "\uac00" <= char <= "\ud7af":
        return 2
    return 3 if char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" else 1


def _inside_run(window: str, following: str) -> int:
    """Where to cut text without spaces: not inside a Latin word or number, nor before a combining mark."""
    text = window + following
    for place in range(len(window), max(len(window) // 2, 0), -1):
        before, after = text[place - 1], text[place : place + 1]
        wide = _weight(before) > 1 or (after and _weight(after) > 1)
        if wide and (not after or after.isalnum()):
            return place
    return max(len(window), 1)


def _boundary(text: str, start: int, at: int, final: bool) -> tuple[int, int] | None:
    """What the mark at `at` is and where it ends with its closing quotes; None: wait for more text."""
    mark = text[at]
    if mark.isspace():
        if at + 1 == len(text):
            return (NONE, at + 1) if final else None
        wraps = mark == "\n" and text[at + 1].islower()
        return (NONE if mark == " " or wraps else HARD), at + 1
    pattern = _SENTENCE_RUN if mark in ".!?…" else _FULL_RUN if mark in _FULL_STOPS else _SOFT_RUN
    run = pattern.match(text, at, at + _RUN)
    assert run is not None
    end = run.end()
    if end == len(text) and end - at < _RUN and not final:
        return None
    after = text[end] if end < len(text) else " "
    if mark in _FULL_STOPS:
        return HARD, end
    if mark not in ".!?…":
        return _soft(mark, text[at - 1] if at > start else " ", after), end
    if not (after.isspace() or after > "\u2010"):
        return NONE, end
    if text[at : at + 2] == ".." or mark == "…" or run["closers"]:
        lower = _starts_lower(text, end, final)
        return None if lower is None else (SOFT if lower else HARD, end)
    if mark != ".":
        return HARD, end
    abbreviation = _abbreviation(text, start, at, final)
    return None if abbreviation is None else (NONE if abbreviation else HARD, end)


def _soft(mark: str, before: str, after: str) -> int:
    if before.isdigit() and after.isdigit():
        return NONE
    if mark == "–":
        return SOFT if before.isspace() and after.isspace() else NONE
    return SOFT if mark not in ",;:" or after.isspace() or after > "\u2010" else NONE


def _starts_lower(text: str, end: int, final: bool) -> bool | None:
    """Whether the next word begins with a small letter: the sentence goes on."""
    place = end + 1 if text[end : end + 1].isspace() else end
    if place >= len(text):
        return False if final else None
    return text[place].islower()


def _abbreviation(text: str, start: int, at: int, final: bool) -> bool | None:
    """Whether the full stop at `at`, with whitespace after it, belongs to its word; None: wait."""
    word = "".join(_WORD_BEFORE.findall(text[max(start, at - _LONGEST_ABBREVIATION) : at]))
    lower = word.lower()
    if lower in _ABBREVIATIONS:
        return True
    if not word:
        return False
    place = at - len(word)
    if word.isdecimal() and len(word) <= 3 and (place <= start or text[place - 1] in "\n\u2029"):
        return True  # "1. Preheat the oven."
    initial = len(word) == 1 and word.isalpha()
    listed = lower in _BEFORE_NUMBER or lower in _MAY_END or lower in _RARELY_ENDS
    if not (listed or initial or _DOTTED.fullmatch(lower) or (word.isdecimal() and len(word) <= 2)):
        return False
    following = _WORD_AFTER.match(text, at + 2)
    known = following[0] if following else ""
    complete = final or at + 2 + len(known) < len(text) or len(known) == _LONGEST_STARTER
    if not final and (at + 2 >= len(text) or not complete):
        return None
    return _belongs(lower, word, known, text[at + 2 : at + 3])


def _belongs(lower: str, word: str, following: str, first: str) -> bool:
    """Whether a full stop belongs to an ambiguous word, by the word after it."""
    if word.isdecimal():
        return following.islower() or following.lower() in _GERMAN_MONTHS
    if lower in _BEFORE_NUMBER and first.isdigit():
        return True
    if lower in _MAY_END or lower in ("s", "p") or (len(word) == 1 and word.islower()):
        return first.isdigit() or first.islower()
    if lower in _BEFORE_NUMBER:
        return False
    starts = following[:1].isupper() and following.lower() in _STARTERS
    return first.isdigit() or (bool(following) and not starts)
