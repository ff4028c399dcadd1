"""How people ask for timers, alarms and reminders, and what is asked back: templates in the grammar's notation."""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

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
    "how (much|many minutes|long|much time) (more|remain|remains|is still left|still) (on|for|of|until) (the|my|that|this) [{l}] (timer|countdown|alarm|timer is done)", "(what|which) (timers|alarms|countdowns|reminders) (are|have i got|do i have|did i set) (going|active|set|on|there|still on|still running|pending|open)", "(read|say|show|list|tell|give) [me] [out] (my|the|all|all my) (timers|alarms|active timers|running timers|set alarms|reminders|countdowns)", "(what's|what is|is something) (running|set|going|active|still running|timed) [right now|now|at the moment]", "(do|did) i (have|set|leave) (a|any|an|some) (timer|alarm|timers|alarms|countdown) (on|running|going|set|for later)", "(where|how far) is (the|my) [{l}] (timer|countdown) [at] [now]", "how are (my|the) timers [doing]", "(check|see) (if|whether) (a|the|my) (timer|alarm) is (set|on|running)", "when do (the|my) (timers|alarms) (end|ring|go off)",
    "(what|which) (timers|alarms|reminders) (do i have|are (set|running|on|active|there|left))", "how (much time|long|many minutes) (is left|are left|left|do i have left|remains|is there) [on (the|my) [{l}] timer]", "(list|show|check|tell me|give me) (my|the|all|all my|all the) (timers|alarms|reminders)", "show me (my|the) (timers|alarms|reminders)", "are there any (timers|alarms) (running|set|left|on)", "[do] i have (any|an|a) (timer|timers|alarm|alarms) [set|running]", "when (does|will) (the|my) [{l}] (timer|alarm) (go off|end|finish|ring)", "is (my|the|an) [{l}] (alarm|timer) (set|on|still running|running)",
    "(timer|timers|alarm) status", "how's (the|my) [{l}] timer doing", "how long until the (timer|alarm|{l} timer) (is done|goes off|ends|rings)", "when is my (next|first) alarm", "check (on|) (the|my) [{l}] timer", "how far along is the timer", "how long does the [{l}] timer have [left]", "list timers", "what's (on|left on) (the|my) timer", "how many timers (do i have|are there|are running)", "what time is my alarm [set for]", "time left",
)  # fmt: skip
CANCEL = (
    "(please|) (cancel|stop|delete|remove|end|clear|turn off|switch off|abort|dismiss|erase|quit|drop|undo|lose|kill off|take away|throw away|discard|halt|finish|disable|shut down) (the|my|that|this|our) (timer|alarm|countdown|reminder|clock)", "(i|we) (don't|do not|no longer) (need|want) (the|that|this|my) (timer|alarm|countdown|reminder) (anymore|any longer|now|any more|at all|)", "(timer|alarm|countdown) (off|stop|cancel|away|out)", "(no|don't) (timer|alarm|countdown) (please|needed|now|after all)",
    "(cancel|stop|delete|remove|end|clear|turn off|switch off|abort|shut off|reset) (the|my|that|this) (timer|alarm|countdown|reminder)", "(cancel|stop) timer", "[the] (timer|alarm) off", "i don't need the (timer|alarm) (anymore|any more|now)", "forget (about|) the (timer|alarm)", "no more (timer|alarm)", "cancel my last (timer|alarm)", "turn the (timer|alarm) off", "take the (timer|alarm) off", "the timer can (go|stop)", "undo the timer", "stop timing", "stop counting down", "make the alarm stop", "i changed my mind about the timer", "switch the (timer|alarm) off", "you can stop the (timer|countdown|alarm)",
)  # fmt: skip
CANCEL_LABELLED = (
    "(cancel|stop|delete|remove|end|clear|turn off|switch off|abort|dismiss|erase|quit|undo|lose|take away|throw away|discard|halt|finish|disable) (the|my|that|our) {l} (timer|alarm|reminder|countdown)", "(cancel|stop|delete|remove|end|clear|dismiss|erase|discard|turn off) (the|my|that) (timer|alarm|countdown|reminder) (for|about|called|named|with) (the|my|) {l}", "(i|we) (don't|do not|no longer) (need|want) the {l} (timer|alarm|countdown) (anymore|any longer|now|any more|)",
    "(cancel|stop|delete|remove|end|clear|turn off|switch off|abort) (the|my|that) {l} (timer|alarm|reminder|countdown|one)", "(cancel|stop|delete|remove|end|clear) the (timer|alarm|reminder|countdown) (for {the}|called|named|to) {l}", "cancel {l}", "i don't need the {l} (timer|alarm|one) (anymore|any more|now)", "forget (about|) the {l} (timer|alarm)", "{l} timer off", "the {l} (is|are) done (cancel|stop) the timer", "turn the {l} (timer|alarm) off", "stop timing the {l}", "no more {l} timer", "the {l} timer can (stop|go)", "cancel {the} {l} alarm",
)  # fmt: skip
CANCEL_ALL = "(cancel|stop|delete|remove|clear|turn off) (all|every one of|all of) (the|my) (timers|alarms|reminders)|(cancel|stop|clear|delete) (all|every) (timers|timer|alarms|alarm)|clear everything that's running"
CHANGE = (
    "(make|change|set|put|switch) (it|that|the timer|this) (to|) {d} [instead|rather]", "(no|nope|sorry|wait|oh|actually|no wait|i mean|i meant|no i meant|sorry i meant|no i said|no make it|better|i said|not that|oops) {d}", "{d} instead", "{d} (is better|would be better|rather|i mean|i meant)",
    "(that|it) should (be|have been) {d}", "better make it {d}", "(i wanted|i want|i'd prefer|i'd rather have|let's do|i need) {d} [instead]", "that's wrong (i said|i want|it's) {d}", "can we make it {d} [instead]", "change (that|it|the time) to {d}", "not {old} {d}", "{d} not {old}", "correction {d}", "make it {d} instead", "on second thought {d}",
)  # fmt: skip
MORE = "(add|give me|i need|put on|make it|and|just|another) {d} (more|longer|extra|on top)|{d} (more|longer) [please]|(extend|prolong) (it|the timer|that) by {d}|add {d} to (it|that|the timer)|add {d}"
HOW_LONG = "For how long?"
WHAT_TIME = "For what time?"
WHEN = "When should I remind you?"
NO_MORE = "I can't add to a running timer, but I can start a new one. For how long?"
OKAY = "Okay."
NEVER_MIND = "never mind|nevermind|forget it|forget about it|never mind that|no never mind|leave it|it doesn't matter|skip it|don't bother|nothing|oh never mind|no forget it|cancel that|drop it|not now|scratch that|it's fine|ah leave it"
