"""Speakable: what is never read aloud is removed, what is written short is written out.

`MarkdownFilter` works on the stream, before clauses are cut; `speakable` on one clause, for one language.
Promises: time linear in the text; "" for a clause with nothing to say; cheap to import (the tables are
built at the first use, or by `warm_up`). Knows nothing of voices. New rules go into the tables of
`speakable_english` and `speakable_other`.
"""

from __future__ import annotations

import re
import unicodedata

from app.speakable_markdown import CODE_NOTICE, LINK_NOTICE, MarkdownFilter

__all__ = ["CODE_NOTICE", "LINK_NOTICE", "MarkdownFilter", "speakable", "warm_up"]

_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00ad": ""}
)
_SPOKEN_SIGNS = "©°№"  # of the categories that are otherwise dropped
_DROPPED = frozenset(["So", "Sk", "Cc", "Cf", "Co", "Cn"])
_JOINERS = "\u200c\u200d"  # they shape letters in Persian and in the scripts of India


def speakable(clause: str, language: str = "en") -> str:
    """A clause as the voice should read it: "It's 5 km 🎉" → "It's five kilometers"."""
    text = _without_emoji(clause)
    text = _without_marks(text)
    if not any(char.isalnum() for char in text):
        return ""
    code = language.replace("_", "-").partition("-")[0].lower()
    if code == "en":
        from app.speakable_english import ENGLISH
        from app.speakable_rule import apply

        text = apply(ENGLISH, text)
    elif any(not char.isalpha() for char in text):
        from app.speakable_other import rules_for
        from app.speakable_rule import apply

        text = apply(rules_for(code), text)
    text = _tidied(text)
    return text if any(char.isalnum() for char in text) else ""


def warm_up(language: str = "en") -> None:
    """Build the tables before the first clause needs them (about 0.1 s)."""
    speakable("1 🎉", language)


def _without_emoji(text: str) -> str:
    text = re.sub(r"([0-9#*])\ufe0f?\u20e3", r"\1 ", text)
    text = re.sub(r"(?<!\S)(?:[:;=]['’]?-?[()DPpOo|/](?![\w(])|<3)(?=[\s.,!?]|$)", "", text)
    if text.isascii():
        return text
    if any(char > "\u203b" for char in text):
        import emoji

        text = emoji.replace_emoji(text, lambda chars, _: chars if chars in _SPOKEN_SIGNS else " ")
    return re.sub(r"【[^】\n]{0,80}】", "", text)


def _without_marks(text: str) -> str:
    """What is left of Markdown, typographic quotes, controls and pictures made of characters."""
    text = re.sub(r"!?\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\)", r"\1", text)
    text = re.sub(r"```\w{0,20}|`+|(?<!\d)\*\*+|\*\*+(?!\d)|~~+|(?<!\w)__+|__+(?!\w)", "", text)
    text = re.sub(r"\A\s*(?:#{1,6}\s+|[-*+•]\s+(?=\S)|>\s+)", "", text)
    text = re.sub(r"(?<!\S)[*_](?=[^\W_])|(?<=[\w.!?])\*(?=[\s.,!?]|\Z)|(?<=\w)_(?=[\s.,!?]|\Z)", "", text)
    if not text.isascii() or not text.isprintable():
        text = "".join(_kept(char) for char in text).translate(_QUOTES)
    return re.sub(r"\s+", lambda run: "\n" if "\n" in run[0] else " ", text)


def _kept(char: str) -> str:
    if char in _SPOKEN_SIGNS or char in "\n\t^" or char in _JOINERS:
        return char
    return "" if char == "\ufeff" else " " if unicodedata.category(char) in _DROPPED else char


def _tidied(text: str) -> str:
    """Pauses as commas and full stops; no marks that a voice would name or stumble over."""
    text = re.sub(r"(?<=\w)[ \t]*\n\s*(?=[^\Wa-z_]|\d)", ". ", text)
    text = re.sub(r"\s*(?:—|(?<=\s)–(?=\s)|(?<=\s)--?(?=\s)|\|)\s*", ", ", text)
    text = re.sub(r"(?:\.\s?){2,}(?=\s*\Z)|…(?=\s*\Z)", ".", text)
    text = re.sub(r"\.{2,}|…", ", ", text)
    text = re.sub(r"([!?])[!?]+", lambda m: "?" if "?" in m[0] else "!", text)
    text = re.sub(r"[\[\]{}<>\\^*~|`=™®]|(?<=\W)_+|_+(?=\W)", " ", text)
    text = re.sub(r"_", " ", text)
    text = re.sub(r"\(\s*\)|\"\s*\"", " ", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" (?=[,.!?;:)](?!\w))|(?<=\() ", "", text)
    text = re.sub(r"(?<=[,;:])[,;:]+|[,;:]+(?=[.!?])", "", text)
    return text.strip().lstrip(",;:.!?)} ").rstrip("(")
