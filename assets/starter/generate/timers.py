"""Timers, alarms and reminders: one-shot requests, questions back, corrections, lists and cancelling."""

from __future__ import annotations

from random import Random

from .exchange import Call, Exchange, Snippet, call
from .grammar import command, expand, keep, number, phrase, pick
from .numbers import said
from .slots import action, label, typed_case
from .times import clock, duration

TIMER_COMMANDS = (
    "set {a_new} timer (for|for|for|of|to|at|) {d}", "set (the|my) timer (for|to) {d}", "(start|begin|run|create|make|launch|kick off|open) {a_new} timer (for|of|with|over) {d}",
    "(set|start|give me|make|create|get me|run) {an} {da} timer", "(set|start|give me) {an} {da} (countdown|timer) [starting now]", "count down [from] {d}", "(start|do) a countdown (of|for|from) {d}",
    "time {d}", "put {d} on the timer", "(wake me|wake me up|alert me|call me|beep|warn me|notify me|signal me) in {d}", "(alert|tell|warn|notify) me (after|in) {d}", "remind me [again] in {d}",
    "(tell me|let me know|say something|warn me) when {d} (are up|is up|have passed|has passed|is over|are over|are done)", "let me know (in|after) {d}", "add a timer for {d}", "set an alarm (for {d} from now|in {d})",
    "(stop|wake) me after {d}", "set a timer that (goes off|rings|ends) (in|after) {d}", "have a timer go off in {d}", "set me a timer (for|of) {d}", "make the timer {d}", "set timer {d}", "start timer for {d}", "put on a timer for {d}",
)  # fmt: skip
TIMER_PHRASES = (
    "[a] timer (for|of|) {d}", "[a|an] {da} timer", "(i need|i want|i'd like|may i have|can i get|can i have|could i get|i could use) (a timer (for|of) {d}|{an} {da} timer)",
    "countdown (from|for|of|) {d}", "{d} on the timer", "how about a timer for {d}", "in {d} (beep|alert me|tell me|wake me)", "{d} countdown", "timer {d}", "{d} timer", "i need to (rest|wait|sleep|work|read|stop) for {d} [so] (time it|set a timer|tell me when it's over)",
    "it takes {d} (so|please|) (set|start) a timer", "{d} starting now", "timer please {d}",
)  # fmt: skip
LABELLED_COMMANDS = (
    "(set|start|create|make) {an} {da} timer (for|called|named) {the} {l}", "(set|start) a timer for {the} {l} (for|of|) {d}", "(set|start|create|run|make) (a|the|my|another) {l} timer (for|of|to|) {d}", "(set|start) {an} {da} {l} timer",
    "(set|start|make|create) a timer (called|named|labeled|titled) {l} (for|of|) {d}", "(set|start) a timer (for|of) {d} (called|named|labeled|and call it|and name it) {l}", "time {the} {l} for {d}", "set a timer for {d} for {the} {l}", "count down {d} for {the} {l}",
    "remind me (about|of) {the} {l} in {d}", "(start|give me) {d} for {the} {l}", "tell me (in|after) {d} that {the} {l} (is|are) (done|ready)", "put {the} {l} on a {d} timer", "(alert|warn|tell) me about {the} {l} in {d}", "let me know in {d} about {the} {l}", "wake me in {d} for {the} {l}",
)  # fmt: skip
LABELLED_PHRASES = (
    "{l} timer (for|of|) {d}", "[a] timer for {the} {l} {d}", "{d} for {the} {l}", "{the} {l} (need|needs|takes|take|has to cook|should bake) {d} (set a timer|please time it|start a timer|timer please)", "i'm (making|cooking|boiling|baking|doing) {l} (set a timer for|time) {d}",
    "(i need|i want|i'd like) a {l} timer (for|of|) {d}", "(i need|i want) {an} {da} timer (for {the}|called) {l}", "{da} {l} timer", "{l} {d} timer", "a {d} {l} timer", "{an} {da} timer for {the} {l}", "{l} for {d}", "timer {l} {d}",
)  # fmt: skip
REMIND_IN = (
    "remind me in {d} (to|to|that i (have to|need to|must|should)) {act}", "remind me to {act} in {d}", "in {d} remind me to {act}", "(tell|ask|warn|prompt) me to {act} in {d}", "{d} from now remind me to {act}", "set a reminder to {act} in {d}", "set a reminder (in|for) {d} to {act}",
    "set a timer for {d} to {act}", "(don't let me forget|help me remember|make sure i remember) to {act} in {d}", "in {d} tell me to {act}", "wake me in {d} to {act}", "i (have to|need to|must|should) {act} in {d} (remind me|so remind me|please remind me)", "give me a reminder in {d} to {act}",
)  # fmt: skip
REMIND_AT = (
    "remind me {at} to {act}", "remind me to {act} {at}", "{at} remind me to {act}", "set a reminder for {c} to {act}", "set a reminder to {act} {at}", "(tell|ask|prompt) me {at} to {act}", "(tell|ask|warn) me to {act} {at}", "{at} tell me to {act}", "wake me {at} to {act}", "set an alarm {at} to {act}",
    "(don't let me forget|help me remember|make sure i remember) to {act} {at}", "i (have to|need to|must|should) {act} {at} (remind me|so remind me|please remind me)", "put in a reminder {at} to {act}", "reminder {at} {act}", "set an alarm for {c} so i {act}", "remind me {at} that i (have to|need to|must|should) {act}",
)  # fmt: skip
ALARM_COMMANDS = (
    "set (an|the|my|another|a new) alarm (for {c}|{at})", "wake me [up] {at}", "set (an|my) alarm clock (for {c}|{at})", "(create|make|add|start|put on|give me|book) (an|another) alarm (for {c}|{at})", "get me up {at}", "alarm me {at}", "wake us [up] {at}", "set (a|the) wake up call for {c}",
    "set alarm (for|at|to) {c}", "have an alarm go off {at}", "make (the|an) alarm go off {at}", "wake up {at}", "set up an alarm for {c}", "make my alarm {c}", "see that i wake up {at}", "beep {at}", "set the alarm to {c}",
)  # fmt: skip
ALARM_PHRASES = (
    "[an] alarm (for {c}|{at})", "[a|an] {c} alarm", "(i need to|i have to|i must|i want to|i've got to|i should) (get up|wake up|wake|be awake|rise) (by {c}|{at})", "(i need|i want|i'd like|can i have|could i get) an alarm (for {c}|{at})", "(i need to|i have to) be (up|awake|out of bed) {at} (set an alarm|wake me)", "alarm {c}", "wake up call {at}",
    "alarm please {at}", "my alarm should (ring|go off|be) {at}",
)  # fmt: skip
ALARM_LABELLED = (
    "set an alarm for {c} (called|named|labeled|for {the}|and call it) {l}", "set (a|an|the|my) {l} alarm (for {c}|{at})", "[a] {l} alarm (for {c}|{at})", "set an alarm for {the} {l} {at}", "wake me [up] {at} for {the} {l}", "i have {l} {at} (set an alarm|wake me up|please set an alarm)", "remind me (of|about) {the} {l} {at}", "set an alarm (called|named) {l} for {c}",
    "create a {c} alarm (for {the}|called|named) {l}", "{at} remind me (of|about) {the} {l}", "alarm for {the} {l} {at}", "alarm {c} {l}", "make an alarm {at} for {the} {l}", "set a {c} alarm for {the} {l}",
)  # fmt: skip
LIST = (
    "(what|which) (timers|alarms|reminders) (do i have|are (set|running|on|active|there|left))", "how (much time|long|many minutes) (is left|are left|left|do i have left|remains|is there) [on (the|my) [{l}] timer]", "(list|show|check|tell me|give me) (my|the|all|all my|all the) (timers|alarms|reminders)", "show me (my|the) (timers|alarms|reminders)", "are there any (timers|alarms) (running|set|left|on)", "[do] i have (any|an|a) (timer|timers|alarm|alarms) [set|running]", "when (does|will) (the|my) [{l}] (timer|alarm) (go off|end|finish|ring)", "is (my|the|an) [{l}] (alarm|timer) (set|on|still running|running)",
    "(timer|timers|alarm) status", "how's (the|my) [{l}] timer doing", "how long until the (timer|alarm|{l} timer) (is done|goes off|ends|rings)", "when is my (next|first) alarm", "check (on|) (the|my) [{l}] timer", "how far along is the timer", "how long does the [{l}] timer have [left]", "list timers", "what's (on|left on) (the|my) timer", "how many timers (do i have|are there|are running)", "what time is my alarm [set for]", "time left",
)  # fmt: skip
CANCEL = (
    "(cancel|stop|delete|remove|end|clear|turn off|switch off|abort|shut off|reset) (the|my|that|this) (timer|alarm|countdown|reminder)", "(cancel|stop) timer", "[the] (timer|alarm) off", "i don't need the (timer|alarm) (anymore|any more|now)", "forget (about|) the (timer|alarm)", "no more (timer|alarm)", "cancel my last (timer|alarm)", "turn the (timer|alarm) off", "take the (timer|alarm) off", "the timer can (go|stop)", "undo the timer", "stop timing", "stop counting down", "make the alarm stop", "i changed my mind about the timer", "switch the (timer|alarm) off", "you can stop the (timer|countdown|alarm)",
)  # fmt: skip
CANCEL_LABELLED = (
    "(cancel|stop|delete|remove|end|clear|turn off|switch off|abort) (the|my|that) {l} (timer|alarm|reminder|countdown|one)", "(cancel|stop|delete|remove|end|clear) the (timer|alarm|reminder|countdown) (for {the}|called|named|to) {l}", "cancel {l}", "i don't need the {l} (timer|alarm|one) (anymore|any more|now)", "forget (about|) the {l} (timer|alarm)", "{l} timer off", "the {l} (is|are) done (cancel|stop) the timer", "turn the {l} (timer|alarm) off", "stop timing the {l}", "no more {l} timer", "the {l} timer can (stop|go)", "cancel {the} {l} alarm",
)  # fmt: skip
CANCEL_ALL = "(cancel|stop|delete|remove|clear|turn off) (all|every one of|all of) (the|my) (timers|alarms|reminders)|(cancel|stop|clear|delete) (all|every) (timers|timer|alarms|alarm)|clear everything that's running"
HOW_LONG = "For how long?"
WHAT_TIME = "For what time?"
WHEN = "When should I remind you?"
NO_MORE = "I can't add to a running timer, but I can start a new one. For how long?"
OKAY = "Okay."
NEVER_MIND = "never mind|nevermind|forget it|forget about it|never mind that|no never mind|leave it|it doesn't matter|skip it|don't bother|nothing|oh never mind|no forget it|cancel that|drop it|not now|scratch that|it's fine|ah leave it"


def never_mind(rng: Random) -> Exchange:
    return Exchange(phrase(rng, expand(rng, f"({NEVER_MIND})")), OKAY)


def slots_for(rng: Random, typed: bool) -> dict[str, str]:
    """The little words around the slots."""
    return {"the": pick(rng, ("", "the", "my", "the", "the", "")), "a_new": pick(rng, ("a", "a", "a", "another", "a new"))}


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
    at = c if bare_first in ("tomorrow", "on", "this", "tonight", "today") else pick(rng, ("at {}", "at {}", "at {}", "for {}")).format(c)
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
    return command(rng, text) if imperative else phrase(rng, text), call("set_alarm", time=time, label=name)[0]


def ask_later(rng: Random, typed: bool) -> Snippet:
    """A request without its time, the question back, and the answer."""
    s = slots_for(rng, typed)
    d, seconds = duration(rng, typed)
    c, time = clock(rng, typed)
    d_answer = phrase(rng, expand(rng, "{d}|{d}|(make it|for|let's say|say|about|maybe|how about|i'd say|set it to|it should be) {d}|{d} (should be enough|is fine|will do|i guess)".join("()"), d=d))
    c_answer = phrase(rng, expand(rng, "{c}|{c}|(at|make it|let's say|say|maybe|for|set it to) {c}|{c} (is good|is fine|will do|sharp)".join("()"), c=c))
    roll = rng.random()
    if roll < 0.35:
        name = copied(rng, label(rng), typed) if rng.random() < 0.35 else None
        first = expand(rng, "(set|start|create|make|run|give me) (a|another|the) timer for {the} {l}|(set|start) a {l} timer".join("()") if name else "(set|start|create|make|run|i need|i want|give me|can i get|add) (a|another|the|a new) (timer|countdown)|timer|new timer".join("()"), l=keep(name or ""), **s)
        out = [Exchange(command(rng, first), HOW_LONG), Exchange(d_answer, call("set_timer", seconds=seconds, label=name))]
    elif roll < 0.62:
        wake = rng.random() < 0.5
        first = "(wake me|wake me up|get me up) [tomorrow|tomorrow morning|later|early]" if wake else "(set|make|create|i need|give me|add) (an|another|the|my|a new) alarm [for tomorrow|for me|for the morning]"
        out = [Exchange(command(rng, expand(rng, first)), "At what time?" if wake else WHAT_TIME), Exchange(c_answer, call("set_alarm", time=time))]
    else:
        name = copied(rng, action(rng), typed)
        first = expand(rng, "(remind me|don't let me forget|set a reminder|tell me later|make sure i remember|help me remember|i want a reminder|put in a reminder) to {act}", act=keep(name))
        when, answer = (d_answer, call("set_timer", seconds=seconds, label=name)) if rng.random() < 0.5 else (c_answer, call("set_alarm", time=time, label=name))
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


CHANGE = (
    "(make|change|set|put|switch) (it|that|the timer|this) (to|) {d} [instead|rather]", "(no|nope|sorry|wait|oh|actually|no wait|i mean|i meant|no i meant|sorry i meant|no i said|no make it|better|i said|not that|oops) {d}", "{d} instead", "{d} (is better|would be better|rather|i mean|i meant)",
    "(that|it) should (be|have been) {d}", "better make it {d}", "(i wanted|i want|i'd prefer|i'd rather have|let's do|i need) {d} [instead]", "that's wrong (i said|i want|it's) {d}", "can we make it {d} [instead]", "change (that|it|the time) to {d}", "not {old} {d}", "{d} not {old}", "correction {d}", "make it {d} instead", "on second thought {d}",
)  # fmt: skip
MORE = "(add|give me|i need|put on|make it|and|just|another) {d} (more|longer|extra|on top)|{d} (more|longer) [please]|(extend|prolong) (it|the timer|that) by {d}|add {d} to (it|that|the timer)|add {d}"


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
        if is_timer and old.arguments["seconds"] % 60 == 0 and old.arguments["seconds"] < 3600 and rng.random() < 0.35:
            n = rng.randint(1, 59)
            value = n * 60
            text = expand(rng, "(no|sorry|i meant|i said|no i meant|actually|make it|no no|no wait|i mean|make that) {n} [instead]", n=number(said(n, rng, typed)))
        return [Exchange(phrase(rng, text), cancel + call(old.name, **{key: value}, label=name))]
    if roll < 0.66:
        text = "(cancel|stop|delete|forget|undo|remove|kill) (it|that|that one|the {thing}|that {thing}|it again)|turn it off [again]|i don't need (it|that) (anymore|any more)|take that back|no cancel that"
        return [Exchange(phrase(rng, expand(rng, f"({text})", thing="timer" if is_timer else "alarm")), cancel)]
    if roll < 0.82:
        other = copied(rng, label(rng), typed) if rng.random() < 0.6 else None
        lead = "(and|and|also|plus|now|then|okay now|) "
        text = lead + ("(another one|one|one more|a second one|a timer) (for {the} {l} (for|at|of|with|) {d}|(for|of) {d} for {the} {l}|called {l} for {d})" if other else "(another one|one more|one|another timer|a second one) (for|of|in|at) {d}")
        if not is_timer:
            text = lead + ("(another one|one|one more) at {d} (for {the}|called) {l}" if other else "(another one|one more|one|a second one) (at|for) {d}")
        asked = expand(rng, text, d=words, l=keep(other or ""), **slots_for(rng, typed))
        return [Exchange(phrase(rng, asked), call(old.name, **{key: value}, label=other))]
    if roll < 0.91 or not is_timer:
        text = "(the|) same (again|thing again|one again|as before)|(do|start|set|run) (it|that|that one|the same|this) [once] again|another one like (that|it)|one more like that|again the same|repeat (that|the) {thing}|set the same {thing} [again]"
        return [Exchange(phrase(rng, expand(rng, f"({text})", thing="timer" if is_timer else "alarm")), (old,))]
    again, seconds = duration(rng, typed)
    return [Exchange(phrase(rng, expand(rng, f"({MORE})", d=words)), NO_MORE), Exchange(phrase(rng, again), call("set_timer", seconds=seconds))]


def set_timer(rng: Random, typed: bool) -> Snippet:
    asked, made = make_timer(rng, typed)
    if rng.random() < 0.04:
        d, seconds = duration(rng, typed)
        asked, made2 = f"{asked} and (another|one more|a second) (one|timer) for {d}", Call("set_timer", {"seconds": seconds})
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
    answer = expand(rng, "[the|that] {l} [one|timer|please]|i mean the {l} one|the one for the {l}".join("()"), l=keep(chosen))
    return [
        Exchange(first[0], (first[1],)), Exchange(second[0], (second[1],)),
        Exchange(command(rng, expand(rng, "(cancel|stop|delete|remove|turn off) (the|my|a|one) timer")), "Which one?" if rng.random() < 0.25 else call("cancel_timer")),
        Exchange(phrase(rng, answer), call("cancel_timer", label=chosen)),
    ]  # fmt: skip
