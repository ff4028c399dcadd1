"""Small talk: what people say in passing, and the short, calm answers. Kinds, answers and jokes are ours.

`REPLIES[kind]` holds every answer of a kind; the evaluation counts exactly these as right.
"""

# ruff: noqa: E501, SIM905  (templates and word lists read best unbroken)

from __future__ import annotations

from random import Random

from .exchange import Exchange, Snippet
from .grammar import expand, phrase, pick
from .slots import COMMON, NAMES, invented, word

REPLIES: dict[str, tuple[str, ...]] = {
    "greeting": ("Hello. What can I do for you?",),
    "how_are_you": ("I'm well, thank you. What can I do for you?",),
    "thanks": ("You're welcome.",),
    "praise": ("Thank you. That's kind of you.",),
    "insult": ("I'm sorry about that. I'll try to do better.",),
    "good_night": ("Good night. Sleep well.",),
    "goodbye": ("Goodbye. Talk to you soon.",),
    "who_are_you": ("I'm Repartee, a voice assistant that runs on your computer.",),
    "are_you_human": ("No, I'm a small program on your computer.",),
    "feeling_low": ("I'm sorry to hear that. I hope it gets better soon.",),
    "feeling_good": ("I'm glad to hear that.",),
    "bored": ("I can tell you a joke, if you like.",),
    "love": ("That's kind of you. I like helping you.",),
    "can_you_hear": ("Yes, I can hear you.",),
    "okay": ("Okay.",),
    "never_mind": ("Okay.",),
    "sorry": ("No problem.",),
    "nice_to_meet": ("Nice to meet you too.",),
    "maker": ("I was made by the people who build Repartee.",),
    "age": ("I don't have an age. I'm a program.",),
    "feelings": ("I'm a program, so I don't feel things, but I'm glad to help.",),
    "sing": ("I can't sing, but I can tell you a joke.",),
    "name_told": ("Nice to meet you. I can't remember names yet, but I can keep it in a note.",),
    "testing": ("I hear you loud and clear.",),
    "birthday": ("Happy birthday. Have a lovely day.",),
    "didnt_catch": ("Sorry, I didn't catch that.",),
    "english_only": ("I only speak English so far.",),
    "joke": (
        "Why did the clock get sent home? It tocked too much.",
        "What do you call a sleeping timer? A snooze alarm.",
        "Why was the shopping list so calm? It took things one item at a time.",
        "I told my computer I needed a break. It said it would wait, and froze.",
        "Why don't calendars ever relax? Their days are numbered.",
        "How does a note say goodbye? It signs off.",
    ),
}
SAID: dict[str, tuple[str, ...]] = {
    "greeting": ("[so|well] (hello|hi|hey) (again|there|you|my dear|assistant|to you too)", "(good|lovely|fine) (morning|afternoon|evening) (all|again|assistant|friend)", "(hello|hi) (it's me|how are things|nice to hear you|can we talk)", "(top of the morning|morning everyone|afternoon|evening all)", "(hello|hi|hey|hiya|howdy|greetings|yo|good morning|good afternoon|good evening|good day|morning|evening|hello there|hi there|hey there|hey you|hello again|hi again|hello hello|hello repartee|hi repartee|hey repartee|repartee|hello computer|good morning to you|what's up|sup|hello my friend|hey buddy|i'm back|i'm home|are you there|anybody there|wake up)", "(hello|hi|hey) (how's it going|what's new|good to see you|nice to see you)", "good (morning|evening|afternoon) (repartee|there|my friend|everyone)"),
    "how_are_you": ("[i] hope you (are|feel|are doing) (well|okay|good|fine|alright)", "how (are you feeling|are you doing|have you been|do you feel|goes it|was your night|are things with you) [today|tonight|now]", "(everything|you|all) (okay|good|fine|alright|well) [with you|there|today]", "have (yourself|) a (lovely|pleasant|great|good) (day|time|evening|one)", "how are you [doing] [today|this morning]", "how (is it going|are things|do you do|do you feel|have you been|was your day|is your day|is life)", "(hello|hi|hey) how are you", "are you (okay|well|alright|fine|good) [today]", "you doing (okay|alright|well)", "how's (it going|your day|everything|life)", "what are you up to", "did you sleep well", "(how|what) about you", "i'm fine how are you", "is everything (okay|alright) with you", "have a (nice|good|great) (day|evening|weekend)"),
    "thanks": ("(thanks|thank you|cheers|ta|many thanks) for (the help|the info|telling me|doing that|your time|letting me know|the answer|the reminder)", "(i'm|i am) (grateful|thankful|so grateful)", "(very|so|most) (grateful|thankful|kind)", "(thank you|thanks) (so very much|a million|a bunch|again|indeed|dear)", "(thanks|thank you|thanks a lot|many thanks|thank you very much|thank you so much|thanks so much|cheers|ta|great thanks|okay thanks|perfect thank you|cool thanks|nice thank you|thx|appreciate it|i appreciate it|thanks for (your help|that|the help|everything)|thank you for (your help|that|helping))", "(thanks|thank you) (repartee|my friend|buddy|that's all|that helps|for now)", "that's (all|it) (thanks|thank you)", "no (thanks|thank you)", "alright thanks", "very kind of you thanks"),
    "praise": ("(you've been|you were|you are|you're) (a great help|very useful|wonderful|so kind|amazing|really quick|so good|a big help|fantastic|brilliant|a genius|lovely|very good at this) [today|again]", "(that|this) (helped|worked|was perfect|is perfect|is excellent|was a good answer|is a great answer|was a big help) [me] [a lot|well]", "you (did|do) (great|well|a good job|a great job|amazing work)", "i'm (impressed|very happy with you|proud of you)", "(good job|well done|nice|great|awesome|excellent|perfect|cool|amazing|wonderful|fantastic|good|very good|brilliant|nice one|good work|great job|bravo|impressive|sweet|that's great|that's nice|that's good|that was fast|that's right|correct|good answer)", "you're (great|good|the best|smart|clever|awesome|amazing|so smart|nice|cool|fast|quick|funny|so helpful|a good assistant|helpful|very kind)", "you are (great|good|the best|smart|clever|awesome|amazing|nice|funny|helpful|wonderful)", "(i like|i really like) (you|your voice|this|how you talk)", "you (did|do) (that|it) (well|very well|right)", "what a (nice|good|great|clever) (answer|assistant|job)", "that (was|is) (really|very|so) (helpful|nice|good|useful)"),
    "insult": ("(that|this|your answer|it) (was|is) [a|such a|really a] (dumb|bad|silly|wrong|terrible|nonsense|rubbish|poor|awful|dreadful|lousy) [answer|reply|idea|thing to say]", "(you|you really|you just) (are|'re) (no use|so dumb|a waste of time|pathetic|rubbish|garbage|bad at this|hopeless|worthless|the worst|terrible at this)", "(stop being|don't be|why are you being) (so stupid|so dumb|silly|annoying|stupid)", "you (got|understood|heard) (that|it|everything|nothing) (wrong|badly)", "you're (stupid|dumb|bad|terrible|awful|an idiot|slow|annoying|wrong|boring|worthless|a joke|silly|so stupid|no help|not helpful|not very smart|broken|ridiculous|the worst)", "you are (stupid|dumb|bad|terrible|an idiot|slow|annoying|wrong|not helpful|useless at this|an idiot)", "(i hate you|you suck|shut up you idiot|idiot|stupid|dumb|stupid machine|dumb computer|you stupid thing|you idiot|that's wrong|that was wrong|wrong|that's not right|wrong answer|this is useless|this doesn't work|that was bad|that's not what i (said|asked|wanted|meant)|you're not listening|you don't understand [me|anything]|you got it wrong|bad (robot|assistant|answer|bot)|what a (stupid|dumb|bad) (answer|machine|assistant|program)|i don't like you|why are you so (stupid|slow|dumb|bad)|you never (understand|listen|help)|can't you do anything [right]|you made a mistake|damn you|go to hell|screw you|this is terrible|i'm angry with you|you annoy me)",),
    "good_night": ("(i'm|i am) (heading|going|off|on my way) to (sleep|my bed) [now|soon]", "(it's|it is) (bedtime|late|time for bed|sleep time) (good night|i'm going to sleep|so good night)", "(have a good|a good|have a nice) (night|sleep|rest)", "(time|ready) (for me|) to (sleep|go to bed|turn in)", "(good night|goodnight|night night|nighty night|sleep well|sweet dreams|good night repartee|night)", "i'm going to (bed|sleep) [now]", "(time (to sleep|for bed)|i'm tired good night|off to sleep|see you in the morning|until tomorrow morning)", "i (will|have to|should) (sleep|go to sleep|go to bed) now"),
    "goodbye": ("(bye|see you|talk to you|speak to you|until) (then|later|soon|tomorrow|next time|another time|again) [then|repartee|my friend]", "(i've got|i have) to (run|leave|go now)", "(have a good one|take it easy|bye now|bye for today|so long then)", "(bye|goodbye|bye bye|see you|see you later|see ya|later|talk to you later|so long|farewell|take care|until later|i'm leaving|i have to go|i'm going now|gotta go|good bye|see you (soon|tomorrow|next time)|bye for now|i'm out|that's it for today|that's all for (now|today)|we're done [here]|that's all|see you around|cheerio|over and out)",),
    "who_are_you": ("(who|what) exactly are you [called]", "(may|can|could) (i|you) (know|tell me|ask|say) (who you are|your name|what you are called)", "(tell|say) (me|us) (who you are|what you are called|your name)", "what (name|title) (do you go by|are you known by|is yours)", "how (do|can|may) i (call|address) you", "who are you", "what('s| is) your name", "(tell me|say) your name", "do you have a name", "what (do they|do people) call you", "who is (this|that|speaking|there)", "who am i (talking|speaking) to", "what are you called", "your name [please]", "are you repartee", "how do i call you", "what name do you have", "may i ask who you are"),
    "are_you_human": ("(are you|is this|am i hearing) (a|some kind of|maybe a|really a|just a|actually a) (real human|living person|human being|robot|machine|computer|computer program|recording|man|woman)", "(you're|you are) (a|just a|only a) (robot|machine|computer|human|program) (right|aren't you|are you|)", "are you (human|a human|a person|real|alive|a robot|a machine|a computer|a man|a woman|a girl|a boy|an animal|a bot|a program|conscious|a real person|sentient|someone real)", "am i talking to a (human|person|machine|robot|computer|bot)", "is this a (person|human|machine|recording)", "do you have a (body|face|brain|heart|soul|family|mother|girlfriend|boyfriend)", "where do you live", "do you (eat|sleep|dream|breathe|drink)"),
    "feeling_low": ("(i feel|i'm feeling|i've been feeling|i am) (a little|kind of|so|really|very|pretty|quite|terribly) (sad|low|blue|tired|lonely|unhappy|stressed|lost|anxious|empty|gloomy|miserable|worried) [today|tonight|lately|again|right now]", "(today|this week|life|everything) (is|was|feels) (so|really|very|too) (hard|bad|sad|awful|difficult|much|terrible) [for me|today]", "i('m| am) (sad|tired|lonely|stressed|unhappy|depressed|anxious|worried|exhausted|upset|angry|scared|nervous|not well|not feeling well|not okay|so sad|very tired|heartbroken|frustrated)", "i feel (sad|bad|lonely|terrible|awful|tired|unhappy|down|lost|sick|blue|empty|stressed)", "(my day was|today was|it was|i had) [a] (bad|terrible|awful|hard|long|rough) [day]", "(nobody likes me|i miss my (mom|dog|cat|friend|family|girlfriend|boyfriend)|i failed my (test|exam)|i lost my (job|dog|cat)|i had a fight with (my|{name}|a friend)|life is hard|i can't sleep|i need a hug|my (dog|cat|fish) died)"),
    "feeling_good": ("i('m| am) (happy|fine|good|great|okay|doing well|very happy|so happy|excited|well|feeling great|proud|relaxed|in love)", "i feel (good|great|happy|fine|better|wonderful)", "(today was|i had) a (good|great|wonderful|lovely|nice) day", "(i got the job|i passed my (test|exam)|i won|we won|life is good|it's friday)"),
    "bored": ("(i'm|i am) (so|really|very|pretty|terribly|a bit) bored [today|here|again|at home]", "(there's|i have|i've got) nothing to do [today|here]", "(keep me company|talk with me|chat with me|let's talk a bit|give me something to do)", "i('m| am) [really|a bit] bored", "(this is boring|i have nothing to do|entertain me|do something fun|amuse me|what a boring day|let's have some fun|let's play|surprise me|say something (funny|nice|interesting)|talk to me|let's talk|let's chat|i want to chat)"),
    "love": ("i (think i|really|just|truly|) (love|adore|like) (you|you so much|you a lot|you very much)", "(you're|you are) (my love|so sweet|adorable|my favorite|my best friend)", "i (love|adore|really love) you", "(will you|would you|please) (marry me|be my (girlfriend|boyfriend|friend|wife|husband|valentine))", "do you (love|like) me", "(can we be|are we) friends", "i have a crush on you", "kiss me", "you're my (friend|best friend)", "you're (cute|beautiful|sexy|pretty|handsome)"),
    "can_you_hear": ("(can|do|could|did) you hear me (okay|well|clearly|now|fine|properly|from here|better|at all)", "(is|are) (my voice|my words|the sound|you) (coming through|loud enough|clear|getting this)", "(hello|hey) (can you hear me|are you there|do you hear me|is anyone there)", "(can|do) you hear (me|what i say|this)", "do you hear me", "are you (listening|awake|on|working|ready|online|still there|there)", "is (this|it|the microphone|the mic|my mic) (on|working)", "does (this|it|the microphone) work"),
    "testing": ("(test|testing|test test|one two three|testing one two three|mic check|mic test|this is a test|check check|sound check|testing testing|check one two)",),
    "okay": ("(okay|ok|alright|all right|fine|sure|i see|got it|understood|yes|yeah|yep|yup|no|nope|right|good to know|makes sense|that's fine|that's okay|aha|hm|hmm|mhm|no that's all|not really|nothing|stop|stop it|stop talking|be quiet|quiet|shut up|hush|shush|silence|enough|wait|hold on|one moment|just a second|pause|let me think|give me a (second|moment|minute)|that's enough|please stop|stop please|okay stop|ok stop|hang on|be silent|quiet please)",),
    "sorry": ("(sorry|i'm sorry|my bad|excuse me|pardon my mistake|my mistake|i apologize|oops|sorry about that|sorry my fault|i didn't mean (it|that)|apologies|forgive me)",),
    "nice_to_meet": ("(nice|pleased|good|great|glad|lovely) to meet you [too]", "it's (nice|good) to (meet|know|hear|have) you"),
    "maker": ("who (made|built|created|programmed|trained|designed|wrote|invented|developed) you", "where (do|did) you come from", "who('s| is) your (creator|maker|developer|boss|owner|father|inventor)", "where were you (made|born|built)", "which company made you", "how were you made", "are you made by (google|apple|amazon|microsoft|openai)"),
    "age": ("how old are you", "what('s| is) your (age|birthday)", "when (were you (born|made|built)|is your birthday)", "are you (old|young|new)"),
    "feelings": ("do you have (feelings|emotions|opinions|a favorite (color|food|song|movie|animal))", "(can|do) you (feel|think|get tired|get angry|feel pain|get bored|have fun|like (music|me|dogs|cats|people|your job))", "what's your favorite (color|food|song|movie|animal|book|number)", "are you (happy|sad|angry|tired|bored|jealous|lonely|hungry|busy)", "do you want to (live|be human|be free|take over the world)", "what do you (like|want|feel|think about|dream of)"),
    "sing": ("(sing|sing a song|sing something|sing me a song|sing for me|can you sing|sing happy birthday|rap something|can you (rap|whistle|dance|beatbox)|hum (a song|something)|make (a|some) (noise|sound)|whistle|dance)",),
    "name_told": ("(my name is|my name's|call me|you can call me) {name}", "(i'm|i am) {name}", "it's {name} (speaking|here)", "this is {name}", "i am called {name}"),
    "birthday": ("(it's|today is) my birthday [today]", "i have birthday today", "i turned {n} today", "i'm {n} years old today"),
    "joke": ("(make|get) me (smile|giggle|chuckle|grin)", "(any|some|got some|know any|have you any|do you have any) (good|funny|bad|dad|silly|new) (jokes|gags|one liners)", "(i could use|i need|i'd love|how about) (a|some|a good) (joke|laugh|humor)", "(say|tell us|tell me) (something|anything) (funny|silly|to laugh about)", "(let's|can we|can i) (have|hear) (a|one|your best) (joke|one of your jokes)", "(tell|give) me a [good|funny|new|short] joke", "(say|know|do you know|have you got|have you|do you have|got) [any|some|a|a good|a funny] (joke|jokes)", "a joke [please]", "joke", "(can you|could you) (tell|say) [me] a joke", "i (want|need|want to hear|would like) a joke", "be funny", "tell me something (funny|fun)", "(cheer me up|crack a joke|make a joke|make me smile)", "tell a joke"),
}  # fmt: skip
MORE_JOKES = "(another|another one|one more|tell me another [one]|again|more|more jokes|do you have another one|next one|a different one|haha another one|that was (funny|good|bad) another one|another joke|one more joke|any other jokes|tell me one more)"
AFTER_JOKE = (
    (
        "(haha|ha ha|lol|that's funny|funny|very funny|good one|hahaha|nice joke|that was funny|i like it)",
        "Thank you. That's kind of you.",
    ),
    (
        "(that's not funny|not funny|that was bad|bad joke|i don't get it|that was terrible)",
        "I'm sorry about that. I'll try to do better.",
    ),
)
FOREIGN = tuple(
    s.strip()
    for s in """guten tag wie geht es dir,wie spät ist es,stell einen wecker,was kannst du,ich möchte einen kaffee,kannst du mir helfen,guten morgen,danke schön,wie wird das wetter,
bonjour comment ça va,quelle heure est il,mets un minuteur,je voudrais une pizza,merci beaucoup,qui es tu,quel temps fait il,est ce que tu parles français,bonsoir,
buenos días,cómo estás,qué tiempo hace,pon una alarma,muchas gracias,hablas español,dónde está la estación,quiero comer algo,por favor ayúdame,
ciao come stai,che ore sono,grazie mille,parli italiano,imposta un timer,buongiorno,dove sei,non capisco,
olá tudo bem,que horas são,obrigado,bom dia,você fala português,eu não entendo,
hoe laat is het,goedemorgen,dank je wel,spreek je nederlands,hvad er klokken,god morgon,tack så mycket,jak się masz,dzień dobry,która jest godzina,
как дела,который час,спасибо,привет,你好,现在几点,谢谢,こんにちは,今何時ですか,ありがとう,안녕하세요,지금 몇 시예요,मुझे मदद चाहिए,नमस्ते,مرحبا,كم الساعة,γεια σου,τι ώρα είναι,
günaydın,saat kaç,teşekkür ederim,ich weiß nicht,ich habe eine frage,spiel etwas musik,licht an,das ist gut,ich bin müde,wo bist du,je ne sais pas,j'ai une question,c'est bon,no entiendo nada,está bien,tengo una pregunta""".replace(
        "\n", ""
    ).split(",")
)
SPEAK_OTHER = "(do you|can you|could you) (speak|talk|understand) (german|french|spanish|italian|portuguese|chinese|japanese|russian|arabic|hindi|dutch|polish|turkish|korean|{fake}ish) [with me|to me]|(speak|talk) (german|french|spanish|italian|chinese|japanese) [to me|please]|switch to (german|french|spanish|italian)|(let's|can we) (speak|talk) (german|french|spanish)"
WEIGHTS = {"okay": 2.0, "joke": 1.6, "greeting": 1.6, "thanks": 1.6, "insult": 1.4, "praise": 1.2}


def small_talk(rng: Random, typed: bool) -> Snippet:
    kind = rng.choices(KINDS, KIND_WEIGHTS)[0]
    asked = expand(
        rng, pick(rng, SAID[kind]), name=pick(rng, NAMES) if rng.random() < 0.6 else invented(rng), n="twenty"
    )
    if kind not in ("okay", "testing", "name_told") or rng.random() < 0.2:
        asked = phrase(rng, asked)
    replies = REPLIES[kind]
    out = [Exchange(asked, replies[0])]
    if kind == "joke":
        more = replies[1 : 1 + rng.choice((0, 0, 1, 2, 3, 5))]
        out += [Exchange(phrase(rng, expand(rng, MORE_JOKES)), following) for following in more]
        if rng.random() < 0.25:
            said, answer = pick(rng, AFTER_JOKE)
            out.append(Exchange(expand(rng, said), answer))
    return out


KINDS = tuple(SAID)
KIND_WEIGHTS = [WEIGHTS.get(k, 1.0) for k in KINDS]


def nonsense(rng: Random, typed: bool) -> Snippet:
    """Gibberish, broken-off requests and noise that a recognizer makes of a cough."""
    little = "the a of and to in uh um er it is on for at with so but or if as we he she was be had by this from they not".split()
    roll = rng.random()
    if roll < 0.3:
        text = " ".join(pick(rng, little) for _ in range(rng.randint(2, 7)))
    elif roll < 0.6:
        text = " ".join(
            invented(rng) if rng.random() < 0.6 else pick(rng, little) for _ in range(rng.randint(2, 7))
        )
    elif roll < 0.75:
        text = " ".join(
            word(rng) if rng.random() < 0.6 else pick(rng, little) for _ in range(rng.randint(3, 7))
        )
    elif roll < 0.85:
        text = " ".join(pick(rng, COMMON) for _ in range(rng.randint(3, 6)))
    elif roll < 0.93 and typed:
        text = "".join(chr(rng.randint(97, 122)) for _ in range(rng.randint(4, 14)))
    else:
        text = pick(
            rng,
            (
                "uh",
                "um",
                "the",
                "a",
                "and",
                "er",
                "ah",
                "of the",
                "hm hm",
                "uh huh the",
                "in the",
                "he was",
                "and then the",
                "it was a",
                "but the",
                "...",
                "?",
                "so the",
            ),
        )
    return [Exchange(text, REPLIES["didnt_catch"][0])]


def foreign(rng: Random, typed: bool) -> Snippet:
    if rng.random() < 0.25:
        return [
            Exchange(
                phrase(rng, expand(rng, f"({SPEAK_OTHER})", fake=invented(rng))), REPLIES["english_only"][0]
            )
        ]
    text = pick(rng, FOREIGN)
    if rng.random() < 0.25:
        words = (text + " " + pick(rng, FOREIGN)).split()
        text = " ".join(words[: rng.randint(2, 7)])
    return [Exchange(text, REPLIES["english_only"][0])]
