"""Operating the app: the time and the date, repeating, volume, muting, switching models, settings, "about"."""

# ruff: noqa: E501  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

from .exchange import Exchange, Snippet, call
from .grammar import command, expand, number, phrase, pick
from .numbers import said

TIME = (
    "(could|can|would|will) you (tell|say|give|show|read) (me|us|) (the time|what time it is|the hour|the current time|what the time is)", "(any idea|do you have any idea|know|you know|you happen to know) what (time|hour) it is", "(my watch|my clock|the clock) (stopped|is broken|is wrong|died) what time is it", "(i have to|i want to|i must|i'd love to) (know|check|hear|get) (the time|what time it is)", "(say|announce|check) the (time|hour) [to me|out loud]", "what (is|would be) the (hour|local time|time of day)", "how late (are we|do we have it)", "what does (my|your|the) (watch|clock|computer) say", "(tell|show) us the (time|hour|clock)", "time (please|now|of day)", "(the time|the hour) (is what|is|would be)", "is it (time for (bed|lunch|dinner|work)|bedtime|lunchtime) [yet] what time is it",
    "what time is it", "what time is it", "what's the time", "what is the time", "tell me the time", "(do you know|can you tell me|could you say|i want to know|i'd like to know|may i know|please tell me|i wonder) (what time it is|the time|what the time is)", "what time [is it|do we have] [right] now", "do you have the time", "how late is it", "what hour is it", "give me the [current|exact] time", "current time", "[the] time please", "the time", "time", "what's the (current|exact|right|correct) time", "what does the clock (say|show)", "check the (time|clock)", "is it (late|already late|noon|midnight) [yet|already]", "what time (do we have|have we got|would it be)", "say the time", "the time now", "is it (past|already|after) (six|seven|eight|nine|ten|noon|midnight)", "show me the time", "so what's the time", "what time's it", "i lost track of time what time is it",
)  # fmt: skip
DATE = (
    "(could|can|would|will) you (tell|say|give|show|read) (me|us|) (the date|what day it is|today's date|the day|the month|the weekday|which day it is)", "(any idea|do you know|know|you know) (what|which) (day|date|month|weekday) (it is|today is|this is|we have)", "(what|which) (day|date|weekday|month|year) (do we have|have we|is today|are we having|is this|is it now|are we in|are we on) [today|now]", "i (lost track of|don't know|want to know|must know) (the date|what day it is|the day|which day it is|which month it is)", "(tell|give) (me|us) the (month|weekday|year|full date|date and the day|day of the month)", "what('s| is) the (day|date|month|weekday|calendar day) (today|now|right now)", "is it (still|already) (january|march|june|july|august|october|december|monday|the weekend)", "(read|check|announce) the (date|day)", "which (number|day) of the (month|week|year) is (it|today)",
    "what day is (it|today)", "what's (the date|today's date|the day|today)", "what is (the date|today's date|today)", "what date is (it|today)", "tell me (the date|today's date|what day it is|the day|what day is today)", "which day is (it|today)", "(do you know|can you tell me|could you say) (what day it is|the date|today's date|what date it is)", "today's date", "[the] date please", "what (month|year|weekday|week day) is it", "what day of the (week|month) is (it|today)", "is (it|today) (monday|wednesday|thursday|friday|saturday|sunday|the weekend|a weekday)", "what year (is it|do we have|are we in)", "what's the (month|year|weekday|day today|date today)", "give me the date", "what are we today", "date", "the day and date", "what day are we", "what's the day of the week", "is it the (first|second|third|tenth|fifteenth|thirtieth) today", "current date", "what's the current date", "say the date", "what day do we have [today]", "is it (monday|friday|sunday) (today|already|yet)",
)  # fmt: skip
REPEAT = (
    "(can|could|would) you (say|repeat|tell me) (your|the|that) (answer|sentence|last part|last sentence|thing) again", "(sorry|pardon|excuse me) (what did you say|say it again|once more)", "i missed (what you said|the last part|your answer)", "(say|tell) (it|that|me) (one more time|another time|once again|a second time|over)", "what did you (just tell me|mean to say|answer)", "(repeat|replay) (the last thing|the answer|your words|yourself)", "i (can't|didn't|don't) (quite|really) (hear|catch|get) (you|that|the last bit)", "what was that", "the last (answer|sentence) again please",
    "(repeat|say) (that|it|this) [again|once more|one more time]", "(can|could|would) you (repeat|say) (that|it) [again|please]", "say again", "again please", "repeat [please]", "what did you (say|just say|tell me)", "what (was that|did you say again|were you saying)", "come again", "pardon [me]", "i (didn't|did not|couldn't) (hear|get|catch|understand) (that|you|it)", "say that (again|slower|slowly|louder)", "once more [please]", "what", "huh", "repeat your (answer|last answer|last sentence)", "sorry what", "excuse me what did you say", "tell me (again|that again|once more)", "can you say that another time", "i wasn't listening [what did you say]", "your last answer again", "beg your pardon", "what was (your answer|the answer|it) again", "say the last thing again", "repeat what you (said|just said)",
)  # fmt: skip
LOUDER = "(turn|put|crank) (it|the volume|the sound|this|that|yourself) up [a bit|a little|more]|(turn|put|crank) up the (volume|sound)|louder [please]|(be|make it|a bit|a little|much) louder|volume up|increase the (volume|sound)|raise (the|your) (volume|voice)|you're too (quiet|soft|silent)|i can (hardly|barely) hear you|(talk|speak) up|more volume|(talk) louder|can't hear you well turn it up|up with the volume"
QUIETER = "(turn|put) (it|the volume|the sound|this|that|yourself) down [a bit|a little|more]|(turn|put) down the (volume|sound)|(quieter|softer|lower) [please]|(be|make it|a bit|a little|much) (quieter|softer)|volume down|(decrease|reduce) the (volume|sound)|lower (the volume|your voice)|(that's|it's|this is) too loud|not so loud|(talk|speak) (quieter|softer|softly|quietly|more quietly)|less volume|you're [a bit|way] loud|keep it down|down with the volume"
FULL = "(full|maximum|max|highest) (volume|sound)|(turn|put|set) (it|the volume) (all the way up|to the (max|maximum)|to full|to maximum|to max)|as loud as (you can|possible|it gets)|volume (to the|at) (max|maximum)|loudest|all the way up|maximum|volume max"
HALF = "(half|medium|middle) (volume|sound)|(turn|put|set) (it|the volume) to (half|the middle|medium|fifty percent)|volume (at|to) half|half as loud|set the volume halfway|half the volume"
EXACT = "(set|put|turn|change|make|bring) (the volume|it|the sound|your volume|volume|the loudness) (to|at|up to|down to) {p}|volume (to|at|) {p}|volume {p}|{p} volume|(set|make) (the volume|it) {p}|(i want|i'd like) the volume at {p}|turn (up|down) [the volume] to {p}|sound (to|at) {p}|(lower|raise|increase|reduce) the volume to {p}|speak at {p}"
MUTE = (
    "mute", "mute (it|yourself|the microphone|the mic|the assistant|me|my mic|my microphone|everything|the sound|now)", "(go|stay) (mute|silent|on mute)", "stop listening [to me] [now|for a while]", "(turn|switch) (off the (microphone|mic)|the (microphone|mic) off)", "don't listen [now|to this|to me|anymore]", "mute yourself", "(close|shut) (the|your) (mic|microphone|ears)", "disable the (mic|microphone)", "microphone off", "mic off", "no more listening", "pause listening", "take a break from listening", "i want you to stop listening", "set yourself to mute", "mute on", "turn on mute", "go deaf", "put (yourself) on mute",
)  # fmt: skip
CLOUD = "(use|take|try|pick|choose|select|prefer) the (online|cloud|remote|internet) (model|one|version|brain) [now|from now on|instead|again]|(i want|i'd like|i prefer|let's use|let me use|i want to use) the (model in the cloud|cloud model|online model|cloud one|remote one|cloud) [instead|now|from now on]|(change|move|jump|swap|go|switch|turn|send me) (over to|to|up to|across to|into) (the|) (cloud|online) (model|one|version|)|(answer|think|work|run) (online|in the cloud|on the internet) (from now on|now|instead|)|cloud [model] (please|now)|(use|switch to|change to|go to|take|activate|try|connect to|move to|turn on|ask) the (cloud|cloud model|online model|model in the cloud|internet model|remote model|bigger cloud model|big model in the cloud|cloud one|online one)|(switch|go|change|move) (to|into the|to the) (cloud|online) [model|mode]|(go|think|run) (online|in the cloud)|cloud (mode|model)|use cloud|i want (the cloud|to use the cloud|the online model|cloud)|(let|have) the cloud (answer|think)|stop using the local model|use the model on the internet|use the remote model"
LOCAL = "(use|take|try|pick|choose|select|prefer) the (local|offline|built in|small|on device|home) (model|one|version|brain) [now|from now on|instead|again]|(i want|i'd like|i prefer|let's use|let me use|i want to use) the (model on (my|this) (computer|machine|laptop|pc|device)|local model|offline model|local one|built in one|one on my computer) [instead|now|from now on]|(change|move|jump|swap|go|come|switch|turn|let's go|let's move) (over to|to|back to|back to|home to) (the|) (local|offline|built in|on device) (model|one|version|)|(answer|think|work|run|stay|) (offline|on my computer|on this machine|locally|on my device|here on the computer) (now|instead|)|local [model] (please|now)|keep (it|this|my data|all of it|things) (local|on my computer|on this computer|offline|at home|on this device)|nothing in the cloud (please|anymore)|(use|switch to|change to|go to|take|activate|try|go back to|return to|move to|turn on) the (local|local model|offline model|built in model|model on (my|this) (computer|machine|device)|local one|offline one|small model|starter model)|(switch|go|change|move) (to|back to) (local|offline) [model|mode]|(go|run|think|stay|work) (local|locally|offline|on device)|local (mode|model)|use local|i want (to stay local|the local model|to use the local model|everything local)|stop using the cloud|(leave|turn off|no more) [the] cloud|don't use the cloud|run on (my|this) (computer|machine) [only]|offline mode"
SETTINGS = "(open|show|show me|go to|bring me to|display|launch|pull up|get me) (the|my|your) (settings|preferences|options|setup|configuration)|(open|show) (settings|preferences|options)|settings|settings please|(where are|where do i find|where can i find|how do i (open|get to|find)) (the|your) (settings|preferences|options)|i (want|need|would like) (the settings|to see the settings|to open the settings|to go to settings|settings)|preferences|the settings|settings page|take me to the settings|i want to configure you|let me (see|change) the settings|open the (settings|preferences) (window|page|menu|screen)"
ABOUT = (
    "(tell|show|list|name|explain|give) [me|us] (what you can do|what you're able to do|all your (skills|abilities|features|functions|tools|talents)|the things you can do|your (skills|abilities|features|functions|tools|commands)|everything you can do)", "(what|which) (type|types) of (things|questions|tasks|jobs|requests|help) (can you (do|answer|handle|offer|take|manage)|do you (do|answer|know|handle|offer))", "(which|what) (model|ai|language model|brain|engine|assistant) (is (behind this|answering|talking|speaking|in here|in use)|runs here|powers you|do you have|are you based on)", "(are|aren't) you (really|just|actually|maybe|) (chat gpt|siri|alexa|claude|gemini|a chatbot|an ai|a large model|a language model)", "what (can|could|may) (i|we|one) (do with|ask|use|expect from|get from) you", "how (can|could|do) you (help|assist|support|be useful to) (me|us)", "what are (you|the things you) (good at|able to do|capable of|made for|useful for|there for)", "(give|show) me (an overview|a list|a summary|a tour) of (your (features|skills|functions|abilities)|what you can do)", "what (model|version|size of model) is (this|it|that)",
    "what can you do [for me]", "what (are you able to|else can you|all can you|can you actually) do", "what (are|is) your (skills|abilities|capabilities|features|functions|function|commands)", "help", "help me [out]", "i need help", "how can you help [me]", "what can i (ask|ask you|say|say to you|do with you|use you for)", "what do you (do|know how to do|offer|support)", "tell me (what you can do|about yourself|your features|what you do|what i can say)", "(which|what) (model|ai|language model|ai model|llm) (are you|is this|do you use|do you run|are you running|is running|am i using)", "are you (chat gpt|gpt|siri|alexa|claude|gemini|llama|a language model|an llm|google|cortana|a big model|a small model)", "what (version|kind of model|type of ai|kind of ai|size) are you", "how (big|smart|large|capable) are you", "show me what you can do", "what are you [exactly]", "what are you good (at|for)", "how do you work", "what do you know", "what commands (are there|do you know|can i use)", "about", "about you", "about this app", "what is this [app|program]", "what's repartee", "how many parameters do you have", "what tools do you have", "model info", "is this the built in model", "what things can you do", "give me some examples of what you can do", "introduce yourself", "what's possible [here]", "explain yourself", "tell me about this app", "which model is this", "what model is active", "what model is loaded", "name the model",
)  # fmt: skip


def get_time(rng: Random, typed: bool) -> Snippet:
    out = [Exchange(phrase(rng, expand(rng, pick(rng, TIME))), call("get_time"))]
    if rng.random() < 0.12:
        out.append(
            Exchange(
                phrase(
                    rng,
                    expand(
                        rng,
                        "(and|and|and also) (the date|what day is it|the day|what's the date|what day|today's date)",
                    ),
                ),
                call("get_date"),
            )
        )
    return out


def get_date(rng: Random, typed: bool) -> Snippet:
    out = [Exchange(phrase(rng, expand(rng, pick(rng, DATE))), call("get_date"))]
    if rng.random() < 0.12:
        out.append(
            Exchange(
                phrase(
                    rng,
                    expand(
                        rng,
                        "(and|and|and also) (the time|what time is it|the hour|what's the time|what time)",
                    ),
                ),
                call("get_time"),
            )
        )
    return out


def repeat(rng: Random, typed: bool) -> Snippet:
    return [Exchange(phrase(rng, expand(rng, pick(rng, REPEAT))), call("repeat"))]


def set_volume(rng: Random, typed: bool) -> Snippet:
    roll = rng.random()
    if roll < 0.5:
        n = rng.choice(
            (
                10,
                20,
                25,
                30,
                40,
                50,
                60,
                70,
                75,
                80,
                90,
                100,
                5,
                15,
                35,
                45,
                55,
                65,
                85,
                95,
                rng.randint(1, 100),
            )
        )
        p = said(n, rng, typed) + pick(rng, (" percent", " percent", "", " per cent" if not typed else "%"))
        text, level = expand(rng, f"({EXACT})", p=number(p.replace(" %", "%"))), n
    else:
        source, level = pick(
            rng, ((LOUDER, 80), (LOUDER, 80), (QUIETER, 30), (QUIETER, 30), (FULL, 100), (HALF, 50))
        )
        text = expand(rng, f"({source})")
    imperative = text.startswith(
        (
            "set",
            "turn",
            "put",
            "change",
            "make",
            "crank",
            "increase",
            "raise",
            "lower",
            "speak",
            "talk",
            "be ",
            "reduce",
            "decrease",
            "bring",
        )
    )
    out = [
        Exchange(command(rng, text) if imperative else phrase(rng, text), call("set_volume", percent=level))
    ]
    roll = rng.random()
    if roll < 0.08:
        out.append(
            Exchange(
                phrase(
                    rng,
                    expand(
                        rng,
                        "(still|that's still|now it's|it's) too loud|(even|still|a bit) (quieter|softer)|[a bit] less|(more|further) down|(still|even) quieter".join(
                            "()"
                        ),
                    ),
                ),
                call("set_volume", percent=30),
            )
        )
    elif roll < 0.16:
        out.append(
            Exchange(
                phrase(
                    rng,
                    expand(
                        rng,
                        "(still|that's still|now it's|it's) too (quiet|soft)|(even|still|a bit) louder|[a bit] more|(more|further) up|(still|even) louder".join(
                            "()"
                        ),
                    ),
                ),
                call("set_volume", percent=80),
            )
        )
    elif roll < 0.24:
        out.append(
            Exchange(
                phrase(
                    rng,
                    expand(
                        rng,
                        "[no|even|still] [louder|more] (all the way [up]|to the max|maximum|full|as loud as possible)",
                    ),
                ),
                call("set_volume", percent=100),
            )
        )
    elif roll < 0.32:
        n = rng.choice((10, 20, 30, 40, 50, 60, 70, 80, 90, 100, rng.randint(1, 100)))
        p = said(n, rng, typed) + pick(rng, (" percent", ""))
        out.append(
            Exchange(
                phrase(
                    rng,
                    expand(
                        rng,
                        "(no|make it|make that|no make it|i meant|better|actually|set it to|to|sorry|rather) {p}",
                        p=number(p),
                    ),
                ),
                call("set_volume", percent=n),
            )
        )
    return out


def mute(rng: Random, typed: bool) -> Snippet:
    return [Exchange(command(rng, expand(rng, pick(rng, MUTE))), call("mute"))]


def switch_model(rng: Random, typed: bool) -> Snippet:
    source, where = pick(rng, ((CLOUD, "cloud"), (LOCAL, "local")))
    out = [Exchange(command(rng, expand(rng, f"({source})")), call("switch_model", where=where))]
    if rng.random() < 0.12:
        back = "(switch|go|change) back [again|now|please]|no (go|switch|change) back|back again|(and|now) back".join(
            "()"
        )
        out.append(
            Exchange(
                phrase(rng, expand(rng, back)),
                call("switch_model", where="local" if where == "cloud" else "cloud"),
            )
        )
    return out


def open_settings(rng: Random, typed: bool) -> Snippet:
    return [Exchange(phrase(rng, expand(rng, f"({SETTINGS})")), call("open_settings"))]


def about(rng: Random, typed: bool) -> Snippet:
    return [Exchange(phrase(rng, expand(rng, pick(rng, ABOUT))), call("about"))]
