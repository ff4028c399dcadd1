"""Timers, alarms and reminders: one-shot requests, questions back, corrections, lists and cancelling."""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

from .exchange import Call, Exchange, Snippet, call
from .grammar import command, expand, keep, number, phrase, pick
from .numbers import said
from .slots import action, label, typed_case
from .timer_words import (
    ALARM_COMMANDS,
    ALARM_LABELLED,
    ALARM_PHRASES,
    CANCEL,
    CANCEL_ALL,
    CANCEL_LABELLED,
    CHANGE,
    HOW_LONG,
    LABELLED_COMMANDS,
    LABELLED_PHRASES,
    LIST,
    MORE,
    NEVER_MIND,
    NO_MORE,
    OKAY,
    REMIND_AT,
    REMIND_IN,
    TIMER_COMMANDS,
    TIMER_PHRASES,
    WHAT_TIME,
    WHEN,
)
from .times import clock, duration


def never_mind(rng: Random) -> Exchange:
    return Exchange(phrase(rng, expand(rng, f"({NEVER_MIND})")), OKAY)


def slots_for(rng: Random, typed: bool) -> dict[str, str]:
    """The little words around the slots."""
    return {
        "the": pick(rng, ("", "the", "my", "the", "the", "")),
        "a_new": pick(rng, ("a", "a", "a", "another", "a new")),
    }


def copied(rng: Random, text: str, typed: bool) -> str:
    return typed_case(rng, text) if typed else text


def an(text: str) -> str:
    """The article of a duration: "an eight minute", "an hour"."""
    first = text.lstrip("\x01\x02").split(" ")[0].split("-")[0]
    return "an" if first.startswith(("eight", "eleven", "hour", "8", "11", "18", "half a")) else "a"


def make_timer(rng: Random, typed: bool) -> tuple[str, Call]:
    """One request for a timer, whatever its kind."""
    d, seconds = duration(rng, typed)
    da, attributive = duration(rng, typed, attributive=True)
    s = slots_for(rng, typed)
    roll = rng.random()
    name: str | None = None
    if roll < 0.5:
        template = pick(rng, TIMER_COMMANDS if rng.random() < 0.7 else TIMER_PHRASES)
    elif roll < 0.78:
        name = copied(rng, label(rng), typed)
        template = pick(rng, LABELLED_COMMANDS if rng.random() < 0.65 else LABELLED_PHRASES)
    else:
        name = copied(rng, action(rng), typed)
        template = pick(rng, REMIND_IN)
    text = expand(rng, template, d=d, da=da, an=an(da), l=keep(name or ""), act=keep(name or ""), **s)
    if da in text:
        seconds = attributive
    imperative = template in TIMER_COMMANDS or template in LABELLED_COMMANDS or template in REMIND_IN
    asked = command(rng, text) if imperative and not text.startswith("in ") else phrase(rng, text)
    return asked, call("set_timer", seconds=seconds, label=name)[0]


def make_alarm(rng: Random, typed: bool) -> tuple[str, Call]:
    """One request for an alarm, whatever its kind."""
    c, time = clock(rng, typed)
    bare_first = c[1:].split(" ")[0]
    at = (
        c
        if bare_first in ("tomorrow", "on", "this", "tonight", "today")
        else pick(rng, ("at {}", "at {}", "at {}", "for {}")).format(c)
    )
    s = slots_for(rng, typed)
    roll = rng.random()
    name: str | None = None
    if roll < 0.58:
        template = pick(rng, ALARM_COMMANDS if rng.random() < 0.65 else ALARM_PHRASES)
    elif roll < 0.75:
        name = copied(rng, label(rng), typed)
        template = pick(rng, ALARM_LABELLED)
    else:
        name = copied(rng, action(rng), typed)
        template = pick(rng, REMIND_AT)
    text = expand(rng, template, c=c, at=at, l=keep(name or ""), act=keep(name or ""), **s)
    imperative = template in ALARM_COMMANDS or template in REMIND_AT
    return command(rng, text) if imperative else phrase(rng, text), call("set_alarm", time=time, label=name)[
        0
    ]


def ask_later(rng: Random, typed: bool) -> Snippet:
    """A request without its time, the question back, and the answer."""
    s = slots_for(rng, typed)
    d, seconds = duration(rng, typed)
    c, time = clock(rng, typed)
    d_answer = phrase(
        rng,
        expand(
            rng,
            "{d}|{d}|(make it|for|let's say|say|about|maybe|how about|i'd say|set it to|it should be) {d}|{d} (should be enough|is fine|will do|i guess)".join(
                "()"
            ),
            d=d,
        ),
    )
    c_answer = phrase(
        rng,
        expand(
            rng,
            "{c}|{c}|(at|make it|let's say|say|maybe|for|set it to) {c}|{c} (is good|is fine|will do|sharp)".join(
                "()"
            ),
            c=c,
        ),
    )
    roll = rng.random()
    if roll < 0.35:
        name = copied(rng, label(rng), typed) if rng.random() < 0.35 else None
        first = expand(
            rng,
            "(set|start|create|make|run|give me) (a|another|the) timer for {the} {l}|(set|start) a {l} timer".join(
                "()"
            )
            if name
            else "(set|start|create|make|run|i need|i want|give me|can i get|add) (a|another|the|a new) (timer|countdown)|timer|new timer".join(
                "()"
            ),
            l=keep(name or ""),
            **s,
        )
        out = [
            Exchange(command(rng, first), HOW_LONG),
            Exchange(d_answer, call("set_timer", seconds=seconds, label=name)),
        ]
    elif roll < 0.62:
        wake = rng.random() < 0.5
        first = (
            "(wake me|wake me up|get me up) [tomorrow|tomorrow morning|later|early]"
            if wake
            else "(set|make|create|i need|give me|add) (an|another|the|my|a new) alarm [for tomorrow|for me|for the morning]"
        )
        out = [
            Exchange(command(rng, expand(rng, first)), "At what time?" if wake else WHAT_TIME),
            Exchange(c_answer, call("set_alarm", time=time)),
        ]
    else:
        name = copied(rng, action(rng), typed)
        first = expand(
            rng,
            "(remind me|don't let me forget|set a reminder|tell me later|make sure i remember|help me remember|i want a reminder|put in a reminder) to {act}",
            act=keep(name),
        )
        when, answer = (
            (d_answer, call("set_timer", seconds=seconds, label=name))
            if rng.random() < 0.5
            else (c_answer, call("set_alarm", time=time, label=name))
        )
        if answer[0].name == "set_timer" and rng.random() < 0.8:
            when = phrase(rng, expand(rng, "(in|in|in|after|about) {d}|{d} from now|{d}".join("()"), d=d))
        elif rng.random() < 0.5:
            when = phrase(rng, c if c[1:].startswith(("t", "on ")) else f"at {c}")
        out = [Exchange(command(rng, first), WHEN), Exchange(when, answer)]
    if rng.random() < 0.12:
        out[1] = never_mind(rng)
    elif rng.random() < 0.25:
        out += change(rng, typed, out[1].reply)
    return out


def change(rng: Random, typed: bool, done: str | tuple[Call, ...]) -> Snippet:
    """What may follow a timer or an alarm: a correction, cancelling, another one, the same again, more time."""
    if isinstance(done, str):
        return []
    old = done[-1]
    name = old.arguments.get("label")
    is_timer = old.name == "set_timer"
    words, value = duration(rng, typed) if is_timer else clock(rng, typed)
    key = "seconds" if is_timer else "time"
    roll = rng.random()
    cancel = call("cancel_timer", label=name)
    if roll < 0.5:
        was, _ = duration(rng, typed) if is_timer else clock(rng, typed)
        text = expand(rng, pick(rng, CHANGE), d=words, old=was)
        if (
            is_timer
            and old.arguments["seconds"] % 60 == 0
            and old.arguments["seconds"] < 3600
            and rng.random() < 0.35
        ):
            n = rng.randint(1, 59)
            value = n * 60
            text = expand(
                rng,
                "(no|sorry|i meant|i said|no i meant|actually|make it|no no|no wait|i mean|make that) {n} [instead]",
                n=number(said(n, rng, typed)),
            )
        return [Exchange(phrase(rng, text), cancel + call(old.name, **{key: value}, label=name))]
    if roll < 0.66:
        text = "(cancel|stop|delete|forget|undo|remove|kill) (it|that|that one|the {thing}|that {thing}|it again)|turn it off [again]|i don't need (it|that) (anymore|any more)|take that back|no cancel that"
        return [
            Exchange(phrase(rng, expand(rng, f"({text})", thing="timer" if is_timer else "alarm")), cancel)
        ]
    if roll < 0.82:
        other = copied(rng, label(rng), typed) if rng.random() < 0.6 else None
        lead = "(and|and|also|plus|now|then|okay now|) "
        text = lead + (
            "(another one|one|one more|a second one|a timer) (for {the} {l} (for|at|of|with|) {d}|(for|of) {d} for {the} {l}|called {l} for {d})"
            if other
            else "(another one|one more|one|another timer|a second one) (for|of|in|at) {d}"
        )
        if not is_timer:
            text = lead + (
                "(another one|one|one more) at {d} (for {the}|called) {l}"
                if other
                else "(another one|one more|one|a second one) (at|for) {d}"
            )
        asked = expand(rng, text, d=words, l=keep(other or ""), **slots_for(rng, typed))
        return [Exchange(phrase(rng, asked), call(old.name, **{key: value}, label=other))]
    if roll < 0.91 or not is_timer:
        text = "(the|) same (again|thing again|one again|as before)|(do|start|set|run) (it|that|that one|the same|this) [once] again|another one like (that|it)|one more like that|again the same|repeat (that|the) {thing}|set the same {thing} [again]"
        return [
            Exchange(phrase(rng, expand(rng, f"({text})", thing="timer" if is_timer else "alarm")), (old,))
        ]
    again, seconds = duration(rng, typed)
    return [
        Exchange(phrase(rng, expand(rng, f"({MORE})", d=words)), NO_MORE),
        Exchange(phrase(rng, again), call("set_timer", seconds=seconds)),
    ]


def set_timer(rng: Random, typed: bool) -> Snippet:
    asked, made = make_timer(rng, typed)
    if rng.random() < 0.04:
        d, seconds = duration(rng, typed)
        asked, made2 = (
            f"{asked} and (another|one more|a second) (one|timer) for {d}",
            Call("set_timer", {"seconds": seconds}),
        )
        return [Exchange(expand(rng, asked), (made, made2))]
    out = [Exchange(asked, (made,))]
    return out + change(rng, typed, (made,)) if rng.random() < 0.3 else out


def set_alarm(rng: Random, typed: bool) -> Snippet:
    asked, made = make_alarm(rng, typed)
    out = [Exchange(asked, (made,))]
    return out + change(rng, typed, (made,)) if rng.random() < 0.22 else out


def list_timers(rng: Random, typed: bool) -> Snippet:
    text = expand(rng, pick(rng, LIST), l=copied(rng, label(rng), typed), a_new="a")
    return [Exchange(phrase(rng, text), call("list_timers"))]


def cancel_timer(rng: Random, typed: bool) -> Snippet:
    roll = rng.random()
    if roll < 0.1:
        return [Exchange(command(rng, expand(rng, f"({CANCEL_ALL})")), call("cancel_timer", label="all"))]
    if roll < 0.45:
        return [Exchange(command(rng, expand(rng, pick(rng, CANCEL))), call("cancel_timer"))]
    name = copied(rng, label(rng) if rng.random() < 0.85 else action(rng), typed)
    text = expand(rng, pick(rng, CANCEL_LABELLED), l=keep(name), the=pick(rng, ("", "the", "my")))
    if roll < 0.85:
        return [Exchange(command(rng, text), call("cancel_timer", label=name))]
    first, second = make_timer(rng, typed), make_timer(rng, typed)  # two at once: which one?
    names = [m[1].arguments.get("label") for m in (first, second)]
    if None in names or names[0] == names[1]:
        return [Exchange(command(rng, text), call("cancel_timer", label=name))]
    chosen = str(pick(rng, names))
    answer = expand(
        rng,
        "[the|that] {l} [one|timer|please]|i mean the {l} one|the one for the {l}".join("()"),
        l=keep(chosen),
    )
    return [
        Exchange(first[0], (first[1],)), Exchange(second[0], (second[1],)),
        Exchange(command(rng, expand(rng, "(cancel|stop|delete|remove|turn off) (the|my|a|one) timer")), "Which one?" if rng.random() < 0.25 else call("cancel_timer")),
        Exchange(phrase(rng, answer), call("cancel_timer", label=chosen)),
    ]  # fmt: skip
