"""Notes and lists: adding, reading, several items in one breath, "and eggs too"."""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

from .exchange import Call, Exchange, Snippet, call
from .grammar import command, expand, keep, phrase, pick, question
from .slots import COMMON, THINGS, action, item, note, random_words, typed_case, word
from .timers import never_mind

ADD_NOTE = (
    "(make|take|add|create|write|save|start) a [quick|new|short] note [that|saying|to self|to myself|about] {t}", "note that {t}", "note {t}", "(remember|please remember|remember for me) that {t}", "remember {t}", "(write|take|get) (this|that) down {t}", "write down [that] {t}", "(new|quick) note {t}", "note to self {t}", "(save|keep|store) (a|this|the) note {t}", "(add|put) (to|in) my notes [that] {t}", "take (this|a) (down|memo) {t}", "(save|keep|store|record) [that] {t} (in|to) my notes", "add {t} to my notes", "put {t} (in|into) my notes", "note down [that] {t}", "make a note of {t}", "(don't forget|do not forget|never forget) that {t}", "my note (is|says) {t}", "a note {t}", "add a note {t}", "take a note {t}", "store this {t}",
)  # fmt: skip
NOTE_FREE = (
    "i (want|need) to (note|write down|remember) that {t}",
    "i (want|need|would like) a note (that|saying) {t}",
    "for my notes {t}",
    "for the record {t}",
    "remember this {t}",
    "note {t}",
    "note to self {t}",
    "i have to remember that {t}",
    "help me remember that {t}",
    "just so i remember {t}",
)
LIST_NOTES = (
    "(what|which) (things|stuff|notes|thoughts|memos) (did|have) i (note|noted|write down|written down|save|saved|keep|kept|tell you)", "(show|read|tell|give|let me hear|let me see|i want to hear) [me] (all|everything|the things|what) (i noted|i wrote down|in my notes|i saved as notes|i told you to remember|i have noted)", "(have|do|did) i (have|got|make|save|any|left) (any|some|a) (note|notes|saved notes|memos)", "(is|are) there (something|anything|notes|any notes) (in my notes|saved|noted|for me)", "notes (please|list|out loud)", "(pull up|bring up|get|fetch|see) my notes",
    "(read|list|show|tell me|give me|open|play|check) [me] (my|the|all my|all the) notes", "what (notes|note) (do i have|are there|did i (take|make|save|add|write)|have i (taken|made))", "what are my notes", "what's in my notes", "what did i (note|write down|ask you to remember|tell you to remember|save|ask you to note)", "do i have any notes", "are there any notes", "(read|list) (them|my notes) [out|aloud] [to me]", "(what|anything) is (in|on) my notes", "what notes are saved", "(read|show) (me) the last notes", "my notes please", "let's hear my notes", "what have i (noted|written down|saved)", "notes", "i want to (hear|see) my notes", "what do my notes say", "tell me what i noted", "which notes do i have",
)  # fmt: skip
LISTS = {  # canonical name (None is the shopping list, the default) -> what people call it
    None: (
        "shopping list",
        "shopping list",
        "list",
        "grocery list",
        "groceries list",
        "shopping",
        "groceries",
        "list",
        "buy list",
    ),
    "todo": (
        "to do list",
        "todo list",
        "to-do list",
        "to do",
        "todo",
        "task list",
        "tasks",
        "to dos",
        "list of tasks",
        "chores list",
    ),
    "packing": ("packing list", "packing list", "packing", "list for packing", "suitcase list"),
}
ADD = (
    "(add|put|write|place|include|note|throw in|drop) {i} (on|to|onto|in) (my|the|our) {n}", "add {i} (on|to) (my|the|our) {n}", "add {i} (on|to) (my|the|our) {n}", "put {i} on (my|the|our) {n}", "add to (my|the|our) {n} {i}", "(please|) add {i}", "put down {i} (on|for) (my|the|our) {n}", "update (my|the) {n} with {i}", "(on|to) (my|the) {n} (add|put) {i}", "remember {i} for (my|the) {n}", "add {i} there", "make sure {i} (is|are|gets) on (my|the) {n}", "extend (my|the) {n} with {i}",
)  # fmt: skip
ADD_FREE = (
    "{i} (on|to|for) (my|the) {n}", "{n} {i}", "i (need|want) {i} on (my|the) {n}", "(my|the) {n} should have {i}", "i'm (almost|) out of {i} (add|put) (it|that|them) (to|on) (my|the) {n}", "{i} (goes|go|belongs|belong) on (my|the) {n}", "i need {i} (add|put) (it|them|that) (to|on) (my|the) {n}", "the {n} is missing {i}", "can i have {i} on (my|the) {n}", "i forgot {i} (add|put) (it|them) (to|on) (my|the) {n}", "for (my|the) {n} {i}", "new (item|thing) (on|for) (my|the) {n} {i}",
)  # fmt: skip
BUY = (
    "(i|we) (need|have|want|must remember) to (buy|get) {i}",
    "remind me to buy {i} [when i'm shopping|at the store]",
    "(i|we) (need|are out of|ran out of) {i}",
    "[we|i] (need|want) [more|some] {i}",
    "(i'm|we're) (running low on|out of|low on) {i}",
    "buy {i}",
    "to buy {i}",
    "don't let me forget to buy {i}",
)
READ = (
    "(what|which) (things|items|stuff|) (is|are|do i have|have i got|did i put) (on|in) (my|the|our) {n} [right now|so far|now|at the moment|today]", "(tell|read|say|give|show) [me] (what's|what is|everything|all the things|all|what i have) (on|in) (my|the|our) {n} [now|please]", "(read|say) (back|out|aloud) (my|the|our) {n}", "(so|and) what's (on|in) (my|the) {n} (now|by now|already)",
    "(read|show|tell|give|list|open) [me] (my|the|our) {n}", "what's (on|in) (my|the|our) {n}", "what is (on|in) (my|the|our) {n}", "(read|list) [me] [out|aloud|back] (my|the) {n}", "what do i have on (my|the) {n}", "what did i (put|add|have) (on|to) (my|the) {n}", "is there anything on (my|the) {n}", "check (my|the) {n}", "how (long|many things) (is|are on) (my|the) {n}", "{n} please", "is (my|the) {n} empty", "what's left on (my|the) {n}", "let me (hear|see) (my|the) {n}", "(my|the) {n}", "anything on (my|the) {n}", "i want to (hear|see) (my|the) {n}", "what (things|items) are on (my|the) {n}", "read the {n} to me",
)  # fmt: skip
READ_SHOPPING = (
    "what do (i|we) need (to buy|to get|from the store|from the shop)",
    "what (am i|are we) (buying|shopping for|out of)",
    "what should i (buy|get)",
    "what was i going to buy",
    "what do i need",
)
READ_TODO = (
    "what do i (have|need) to do [today|tomorrow|now]",
    "what (are|were) my tasks",
    "what's there to do [today]",
    "what should i do today",
    "which tasks (do i have|are left|are open)",
    "what's next to do",
)
READ_PACKING = (
    "what (do i (need|have) to|should i|must i) pack",
    "what am i packing",
    "what goes in my (bag|suitcase)",
)


def add_note(rng: Random, typed: bool) -> Snippet:
    text = note(rng) if rng.random() < 0.8 else action(rng)
    if typed:
        text = typed_case(rng, text)
    roll = rng.random()
    if roll < 0.09:
        first = expand(
            rng,
            "(make|take|add|write|create|save|i want to make|i need to make|start) (a|a new|another) note|new note|take a note|note something [down]|i want to note something|write something down".join(
                "()"
            ),
        )
        out = [Exchange(command(rng, first), "What should I note?")]
        return [
            *out,
            never_mind(rng) if rng.random() < 0.15 else Exchange(keep(text), call("add_note", text=text)),
        ]
    if roll < 0.75:
        asked = expand(rng, pick(rng, ADD_NOTE), t=_colon(rng, typed, text))
        asked = command(rng, asked) if asked.endswith("notes") or rng.random() < 0.0 else _lead(rng, asked)
    else:
        asked = question(rng, expand(rng, pick(rng, NOTE_FREE), t=_colon(rng, typed, text)))
    out = [Exchange(asked, call("add_note", text=text))]
    if rng.random() < 0.12:
        more = note(rng)
        lead = expand(rng, "(and|also|and also|another note|and another one|one more|and note that|and that)")
        out.append(Exchange(f"{lead} {keep(more)}", call("add_note", text=more)))
    return out


def _colon(rng: Random, typed: bool, text: str) -> str:
    return keep(text)


def _lead(rng: Random, core: str) -> str:
    """A command whose end is copied: nothing may follow it."""
    frames = (
        "can you",
        "could you",
        "please",
        "i want you to",
        "i'd like you to",
        "just",
        "would you",
        "go ahead and",
        "can you please",
        "will you",
        "quickly",
    )
    if rng.random() < 0.35 and not core.startswith(("my note", "a note", "new", "quick", "note to")):
        core = f"{pick(rng, frames)} {core}"
    return question(rng, core)


def list_notes(rng: Random, typed: bool) -> Snippet:
    return [Exchange(phrase(rng, expand(rng, pick(rng, LIST_NOTES))), call("list_notes"))]


def _list_name(rng: Random) -> tuple[str | None, str]:
    """(canonical name, what it is called)."""
    roll = rng.random()
    if roll < 0.6:
        return None, pick(rng, LISTS[None])
    if roll < 0.74:
        return "todo", pick(rng, LISTS["todo"])
    if roll < 0.84:
        return "packing", pick(rng, LISTS["packing"])
    name = (
        random_words(rng, 1, 1)
        if rng.random() < 0.6
        else pick(
            rng,
            (
                "wish",
                "gift",
                "reading",
                "party",
                "christmas",
                "movie",
                "camping",
                "birthday",
                "holiday",
                "garden",
                "hardware",
                "work",
                "books",
                "school",
                "guest",
                "travel",
                "beach",
                "pharmacy",
                "bucket",
                "music",
            ),
        )
    )
    return name, f"{keep(name)} list"


def _items(rng: Random, typed: bool, name: str | None) -> tuple[str, list[str]]:
    """One or several things, said in a row: ("milk and eggs", ["milk", "eggs"])."""
    count = rng.choice((1, 1, 1, 1, 1, 2, 2, 2, 3, 3))
    make = action if name == "todo" and rng.random() < 0.75 else item
    if name == "packing" and rng.random() < 0.5:
        things = [pick(rng, THINGS) for _ in range(count)]
    else:
        things = [make(rng) for _ in range(count)]
    things = [t for t in dict.fromkeys(things) if " and " not in t and "half a" not in t] or [
        pick(rng, COMMON)
    ]
    if typed and rng.random() < 0.4:
        things = [typed_case(rng, t) for t in things]
    article = [
        pick(rng, ("", "", "", "some ", ""))
        if t.split()[0] not in ("a", "some", "two", "three", "the") and name != "todo"
        else ""
        for t in things
    ]
    if name == "packing":
        article = [pick(rng, ("", "my ", "the ", "")) for _ in things]
    shown = [a + keep(t) for a, t in zip(article, things, strict=True)]
    if len(shown) == 1:
        return shown[0], things
    joint = pick(rng, (", ", ", ", " and ")) if typed else pick(rng, (" and ", " ", " and "))
    if joint == " ":
        joint = " and " if any(" " in t for t in things) or len(things) == 2 else " "
    last = (
        pick(rng, (", and ", " and ", " and ", ", "))
        if typed
        else pick(rng, (" and ", " and ", " plus ", " and also "))
    )
    return joint.join(shown[:-1]) + last + shown[-1], things


def calls_for(things: list[str], name: str | None) -> tuple[Call, ...]:
    return tuple(c for t in things for c in call("add_to_list", item=t, list=name))


def add_to_list(rng: Random, typed: bool) -> Snippet:
    name, called = _list_name(rng)
    shown, things = _items(rng, typed, name)
    roll = rng.random()
    if roll < 0.07:
        first = expand(
            rng,
            "(add|put) something (to|on) (my|the) {n}|i want to add something to (my|the) {n}|(my|the) {n} needs something|add (to|an item to) (my|the) {n}".join(
                "()"
            ),
            n=called,
        )
        out = [Exchange(command(rng, first), "What should I add?")]
        answer = expand(rng, "(|||just|um|the|some|add|put) {i}", i=shown)
        return [*out, never_mind(rng) if rng.random() < 0.12 else Exchange(answer, calls_for(things, name))]
    if roll < 0.15 and name is None:
        asked = phrase(rng, expand(rng, pick(rng, BUY), i=shown))
    elif roll < 0.66:
        asked = (
            command(rng, expand(rng, pick(rng, ADD), i=shown, n=called))
            if name is None
            else command(rng, expand(rng, pick(rng, ADD[:5] + ADD[6:]), i=shown, n=called))
        )
        if name is not None and called not in asked:
            name = None
    else:
        asked = question(rng, expand(rng, pick(rng, ADD_FREE), i=shown, n=called))
    if asked.endswith("add there") or called not in asked:
        name = None
    out = [Exchange(asked, calls_for(things, name))]
    roll = rng.random()
    if roll < 0.2:
        shown, things = _items(rng, typed, name)
        text = "(and|also|plus|and also|oh and|and add|also add|add|and put|as well as|and then|add also) {i}|(and|oh and|also) {i} (too|also|as well|please|on it)|{i} too|i (also need|need) {i} [too]|and (some|) {i} (too|)"
        out.append(Exchange(expand(rng, f"({text})", i=shown), calls_for(things, name)))
    elif roll < 0.3:
        text = "what's on (it|that|there|the list) [now]|read (it|the list|that) [back] [to me]|(show|tell) me (it|the list|what's on it)|(and|so) what's (on it|there) now|is that everything|what else is on (it|there)"
        out.append(Exchange(phrase(rng, expand(rng, f"({text})")), call("read_list", list=name)))
    elif roll < 0.36:
        shown, things = _items(rng, typed, name)
        out.append(
            Exchange(
                expand(rng, "(no|no i meant|sorry i meant|i meant|actually|i said|no i said) {i}", i=shown),
                calls_for(things, name),
            )
        )
    return out


def read_list(rng: Random, typed: bool) -> Snippet:
    name, called = _list_name(rng)
    roll = rng.random()
    if roll < 0.24:
        source, name = pick(rng, ((READ_SHOPPING, None), (READ_TODO, "todo"), (READ_PACKING, "packing")))
        asked = expand(rng, pick(rng, source))
    else:
        asked = expand(rng, pick(rng, READ), n=called)
    return [Exchange(phrase(rng, asked), call("read_list", list=name))]


def buy_word(rng: Random) -> str:
    return word(rng)
