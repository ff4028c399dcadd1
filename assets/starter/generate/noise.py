"""What happens to a sentence on its way: a recognizer's mis-hearings, or a keyboard's capitals, commas and typos.

Spans marked with KEEP (copied) are left alone; numbers only take homophones. The marks are gone afterwards.
"""

# ruff: noqa: E501, SIM905  (templates and word lists read best unbroken)

from __future__ import annotations

import re
from random import Random

from .grammar import END, KEEP, NUMBER, pick
from .slots import invented

MISHEARD: dict[str, tuple[str, ...]] = {  # what pocketsphinx and its like make of small words
    "set": ("said", "sat", "set the", "sit", "sent"), "a": ("the", "uh", "of", "i"), "for": ("four", "fur", "or", "of", "far"), "timer": ("time or", "time her", "tighter", "timers", "time are"), "to": ("two", "too", "the", "do"), "what": ("what's", "but", "white", "one", "would", "but what"), "what's": ("what", "what is", "once", "watts", "whats"),
    "time": ("times", "tie him", "dime", "type"), "is": ("as", "his", "it's"), "it": ("in", "that", "at", "is it", "i"), "add": ("and", "had", "at", "ad"), "list": ("lists", "least", "last", "the list"), "my": ("why", "mine", "by", "might"), "the": ("a", "that", "of the", "and", "this"), "an": ("and", "in", "a"), "alarm": ("a lawn", "alarms", "the alarm", "a large", "allow"),
    "cancel": ("counsel", "cancelled", "cancer", "council"), "note": ("no", "known", "notes", "not", "wrote"), "notes": ("knows", "note", "nodes"), "remind": ("remained", "remind the", "reminds", "refined"), "me": ("be", "knee", "we", "the"), "wake": ("way", "week", "make", "wait"), "up": ("a", "of", "out"), "tell": ("tall", "told", "sell"), "volume": ("volumes", "the volume", "volume the"), "turn": ("turned", "term", "turning"),
    "down": ("don", "dawn", "town"), "mute": ("mutes", "new", "moot", "meet"), "repeat": ("repeats", "we eat", "repeated"), "settings": ("setting", "sittings"), "open": ("opened", "oh been", "hoping"), "read": ("red", "reed", "lead"), "start": ("started", "starts", "stark"), "how": ("have", "who", "hal", "house"), "much": ("match", "march"), "plus": ("bless", "close", "pluses"), "minus": ("my nose", "miners", "minor"), "times": ("time", "dimes"),
    "date": ("day", "dates", "eight", "data"), "day": ("they", "days", "date"), "can": ("and", "can't", "could"), "you": ("he", "your", "view", "do"), "please": ("police", "pleased", "place"), "shopping": ("chopping", "shop in", "shocking"), "put": ("but", "what", "put the"), "on": ("and", "an", "in", "won"), "in": ("and", "an", "n", "and the"), "at": ("that", "and", "it"), "do": ("to", "due", "you"), "i": ("a", "and i", "ai"), "and": ("an", "in", "and the", "end"), "of": ("a", "have", "off"),
    "minutes": ("minute", "minutes the", "many"), "minute": ("minutes", "minute the"), "convert": ("converted", "can vote", "concert"), "weather": ("whether", "feather", "leather"), "play": ("played", "plate", "place"), "call": ("called", "cold", "gold"), "send": ("said", "sent", "sand"), "switch": ("which", "switched"), "cloud": ("clouds", "loud", "clown"), "local": ("low call", "locals", "vocal"), "who": ("you", "whose", "how"), "are": ("our", "or", "her"),
}  # fmt: skip
HOMOPHONES = {"two": ("to", "too"), "four": ("for",), "eight": ("ate",), "one": ("won",), "ten": ("then",), "six": ("sex",), "half": ("have", "calf"), "hour": ("our", "are"), "hours": ("our's", "hour"), "minutes": ("minute",), "minute": ("minutes",), "a": ("uh", "the"), "past": ("passed",), "seconds": ("second",), "and": ("in", "an"), "quarter": ("quota", "quarters"), "an": ("and", "in"), "thirty": ("thirty the",), "five": ("fife",), "percent": ("per cent",)}  # fmt: skip
EXTRA = ("the", "a", "uh", "um", "and", "it", "of", "in", "i", "er", "oh")
REPLACEABLE = frozenset(  # verbs whose sentence says enough without them
    "set start make create run put add write place include give take wake get remind tell alert warn convert calculate compute work"
    " open show use switch change turn have want need remember note save keep read bring".split()
)
VERBS = tuple(
    "arrange organize prepare fetch grab drop leave insert enter log type record file push move slide send pass do let build form"
    " mark list count measure provide order state say ask call go hold hand lay line mount notice offer own pick plan plant point"
    " press pull raise reach ring roll rush serve ship shoot shift sign spin spread start steer sweep swing tap tie touch trigger"
    " try tune type wish wrap yell knock pin pop slot tuck chuck hang post prompt flag holler tickle poke bump".split()
)
UNKNOWN = 0.1  # the chance that such a verb is another one, or one that nobody knows
SPANS = re.compile(f"[{KEEP}{NUMBER}][^{END}]*{END}")


def _spans(text: str) -> list[tuple[str, str]]:
    """("", carrier text) and (mark, marked text), in order."""
    out, at = [], 0
    for match in SPANS.finditer(text):
        if match.start() > at:
            out.append(("", text[at : match.start()]))
        out.append((match.group()[0], match.group()[1:-1]))
        at = match.end()
    if at < len(text):
        out.append(("", text[at:]))
    return out


def _unknown(rng: Random, w: str) -> str:
    """Another verb now and then, so that what is asked is read from the rest of the sentence."""
    if w in REPLACEABLE and rng.random() < UNKNOWN:
        return pick(rng, VERBS) if rng.random() < 0.7 else invented(rng)
    return w


def hear(rng: Random, text: str, level: float) -> str:
    """The sentence as a recognizer writes it. `level` is the chance of a slip per small word."""
    words: list[str] = []
    for mark, span in _spans(text):
        for w in span.split():
            if mark == KEEP:
                words.append(w)
            elif mark == NUMBER:
                words.append(
                    pick(rng, HOMOPHONES[w]) if w in HOMOPHONES and rng.random() < level * 0.5 else w
                )
            else:
                words += _slip(rng, _unknown(rng, w), level)
    return " ".join(words) or "um"


def _slip(rng: Random, w: str, level: float) -> list[str]:
    roll = rng.random()
    if roll >= level:
        return [w]
    if w in MISHEARD and roll < level * 0.6:
        return [pick(rng, MISHEARD[w])]
    if roll < level * 0.8:
        return [w, pick(rng, EXTRA)]
    return [] if len(w) <= 3 else [w]


def typo(rng: Random, w: str) -> str:
    """One slip of the fingers in a word of four letters or more."""
    if len(w) < 4 or not w.isalpha():
        return w
    i = rng.randrange(1, len(w) - 1)
    roll = rng.random()
    if roll < 0.35:
        return w[:i] + w[i + 1] + w[i] + w[i + 2 :]
    if roll < 0.65:
        return w[:i] + w[i + 1 :]
    if roll < 0.85:
        return w[:i] + w[i] + w[i:]
    return w[:i] + chr(rng.randint(97, 122)) + w[i + 1 :]


QUESTION = frozenset(
    "what what's whats who when where why how is are do does did can could will would which may".split()
)


def type_out(rng: Random, text: str, careful: float) -> str:
    """The sentence as someone types it; the careful ones use capitals and full stops."""
    spans = _spans(text)
    out: list[str] = []
    neat = rng.random() < careful
    slips = 0.0 if rng.random() < 0.7 else 0.08
    for i, (mark, span) in enumerate(spans):
        if mark == "":
            span = " ".join(_unknown(rng, w) for w in span.split(" "))
        if mark == "" and slips:
            span = " ".join(typo(rng, w) if rng.random() < slips else w for w in span.split(" "))
        if i == 0 and mark != KEEP and neat:
            span = span[:1].upper() + span[1:]
        if neat and mark == "":
            span = re.sub(r"\bi\b|\bi'", lambda m: m.group().upper(), span)
        elif mark == "" and rng.random() < 0.2:
            span = span.replace("'", "")
        if mark == "" and i + 1 < len(spans) and spans[i + 1][0] == KEEP and rng.random() < 0.12:
            span = span.rstrip() + pick(rng, (": ", ": ", " - ", ", "))
        out.append(span)
    said = "".join(out)
    last = spans[-1][0] if spans else ""
    if neat or rng.random() < 0.15:
        asks = text.split(" ")[0] in QUESTION
        if last != KEEP or rng.random() < 0.4:
            said += pick(rng, ("?", "?", "", "??")) if asks else pick(rng, (".", ".", "", "!"))
    if rng.random() < 0.03:
        said = said.upper() if not any(m == KEEP for m, _ in spans) else said
    return said
