"""The words and question patterns that out-of-scope requests are made of: topics, places, people, "who invented …"."""

# ruff: noqa: E501, SIM905  (templates and word lists read best unbroken)

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

from .grammar import pick
from .slots import (
    COMMON,
    DAYS,
    FOOD,
    MAKERS,
    MONTHS,
    NAMES,
    ORD,
    THINGS,
    TWO_WORD,
    invented,
    random_words,
    word,
)

PLACES = tuple(
    s.strip()
    for s in """paris,london,berlin,tokyo,rome,madrid,new york,chicago,boston,seattle,texas,california,florida,canada,mexico,spain,france,germany,italy,
china,india,japan,russia,egypt,kenya,nigeria,peru,chile,argentina,cuba,norway,sweden,finland,denmark,poland,austria,greece,turkey,israel,iran,iraq,thailand,vietnam,korea,australia,
new zealand,ireland,scotland,england,dublin,vienna,prague,warsaw,moscow,cairo,delhi,mumbai,beijing,shanghai,hong kong,singapore,bangkok,hawaii,alaska,miami,dallas,denver,houston,
los angeles,san francisco,las vegas,toronto,montreal,vancouver,amsterdam,brussels,zurich,geneva,munich,hamburg,milan,venice,naples,barcelona,porto,iceland,africa,europe,asia,
america,the moon,mars,the city,the north pole,antarctica,nepal,pakistan,ukraine,hungary,romania,portugal,belgium,colombia,jamaica,ohio,utah,nevada,oregon,the alps,dubai""".replace(
        "\n", ""
    ).split(",")
)
PEOPLE = tuple(
    s.strip()
    for s in """einstein,newton,napoleon,shakespeare,mozart,beethoven,lincoln,caesar,cleopatra,gandhi,picasso,da vinci,columbus,darwin,the president,the queen,the king,the pope,
elvis,michael jackson,madonna,churchill,plato,socrates,homer,jesus,buddha,tesla,edison,marie curie,galileo,the prime minister,van gogh,bach,dickens,mark twain,harry potter,batman,superman""".replace(
        "\n", ""
    ).split(",")
)
TOPICS = tuple(
    s.strip()
    for s in """politics,history,science,physics,chemistry,biology,math,algebra,geometry,the economy,climate change,dinosaurs,space,black holes,the universe,gravity,electricity,magnets,
volcanoes,earthquakes,the ocean,the sun,the moon,stars,planets,robots,computers,the internet,artificial intelligence,music theory,art,philosophy,religion,the bible,mythology,world war two,the civil war,
the cold war,the middle ages,ancient egypt,the pyramids,vikings,knights,democracy,the constitution,taxes,inflation,the stock market,football,basketball,chess,cooking,gardening,fashion,love,happiness,
friendship,dreams,sleep,memory,the brain,the heart,blood,dna,evolution,cancer,vaccines,viruses,bacteria,nutrition,yoga,meditation,coffee,wine,beer,cheese,chocolate,bees,whales,sharks,elephants,
the rain forest,energy,solar power,nuclear power,cars,trains,airplanes,rockets,immigration,elections,war,peace,crime,education,the environment,recycling,pollution,technology,phones,games,movies,books,
marketing,school,parenting,marriage,divorce,money,travel,photography,poetry,jazz,opera,language,grammar,relativity,quantum physics,the big bang,atoms,molecules,light,sound,time travel,aliens""".replace(
        "\n", ""
    ).split(",")
)
ANIMALS = tuple(
    "dog cat horse cow pig sheep goat lion tiger bear wolf fox rabbit mouse rat elephant giraffe zebra monkey whale shark dolphin eagle owl penguin duck chicken snake frog turtle spider ant bee butterfly octopus crocodile kangaroo panda camel deer moose bat hamster parrot crow salmon lizard".split()
)
SPOTS = tuple(
    "airport|gas station|train station|hospital|supermarket|restaurant|hotel|museum|park|bank|post office|beach|library|gym|school|cinema|coffee shop|bakery|parking lot|bus stop|church|zoo|mall|stadium|police station|bar|bookstore|hardware store|dentist|atm|barber|grocery store|charging station|city hall".split(
        "|"
    )
)
COMPANIES = tuple(
    "apple google microsoft amazon facebook netflix toyota ford sony samsung nike ikea walmart starbucks mcdonald's boeing disney intel nvidia bmw siemens shell uber spotify airbus target costco".split()
)
COINS = ("bitcoin", "ethereum", "dogecoin", "crypto", "litecoin")
LANGUAGES = tuple(
    "french german spanish italian chinese portuguese russian arabic hindi dutch korean greek latin turkish polish swedish hebrew vietnamese danish finnish czech thai".split()
)
GENRES = tuple(
    "rock pop classical country metal techno blues folk reggae punk disco soul dance piano opera christmas relaxing house indie party rap hip hop".split()
)
KIN = tuple(
    "mom dad mother father brother wife husband son daughter uncle aunt cousin friend girlfriend boyfriend roommate neighbor grandpa teacher partner coach colleague".split()
)
JOBS = tuple(
    "doctor lawyer dentist plumber electrician teacher nurse pilot vet mechanic barber chef engineer baker painter judge farmer singer actor dancer writer butcher president manager office school bank".split()
)
ROOMS = tuple(
    "kitchen|bathroom|living room|hall|garage|office|attic|basement|garden|dining room|nursery|hallway|guest room|porch".split(
        "|"
    )
)
BODY = tuple(
    "head back knee ear eye foot arm leg stomach throat tooth neck shoulder finger elbow toe hip ankle wrist nose hand heart lung skin jaw".split()
)
DRUGS = tuple(
    "aspirin paracetamol antibiotics penicillin insulin melatonin vitamin c cough syrup painkillers tylenol morphine zinc iron magnesium antihistamines".split()
)
ILLNESSES = tuple(
    "diabetes cancer covid asthma pneumonia malaria measles arthritis depression migraine eczema anemia bronchitis hepatitis lupus gout mumps rabies tetanus shingles insomnia dementia".split()
)
VEHICLES = ("train", "bus", "ferry", "flight", "tram", "subway", "plane", "boat")
DO = tuple(
    "fix clean make build cut draw paint wash install replace open close change repair sharpen fold tie peel remove assemble carve polish sew knit boil roast store plant catch train feed measure pack hang move adopt".split()
)
SUPERLATIVES = tuple(
    "biggest smallest tallest longest deepest oldest fastest richest highest strongest heaviest best worst youngest hottest coldest most famous most expensive most dangerous largest closest".split()
)
DID = tuple(
    "invented discovered wrote painted directed founded killed married built composed sang designed created won started played ruled conquered stole voiced produced signed owns runs leads made".split()
)

KNOWLEDGE = """(who {did} ({thing}s|the {thing}|{fake}|the {common}|{topic}|{rand}|the {common} {common}|{person}|{fake} {fake2}|{company}|the {common} of {place}|the first {thing}|the book {fake}|the song {fake})
|who (is|was|were|are) ({person}|{person}|the {sup} (man|woman|person|{animal}|{job}|king|queen|player|singer|actor) [in {place}|in the world|ever|alive]|the (president|king|queen|mayor|leader|founder|ceo|owner|author|inventor|wife|father|prime minister|captain) of ({place}|{company}|{fake}|{person}|the {common})|the first (man|woman|person|president|king|human) [in {place}|on {place}|to {common}]|{fake} {fake2}|{fake})
|when (did|does|was|is|were|will) ({person}|{place}|the {common} (war|age|party|crisis)|{topic}|world war two|the {common}|{fake}|{company}|the titanic|the {place} empire|{thing}s) (born|die|end|start|begin|happen|invented|founded|built|discovered|over|sink|win|find {place}|arrive|become independent|go extinct|fall|live)
|where (is|was|are|do|does|did|were|can you find) ({place}|{person} born|{person} live|{animal}s live|{food} come from|the {sup} {thing}|{fake}|{thing}s made|{person} from|{topic} come from|the {common} river|{topic} invented|the {fake} desert|the city of {fake})
|how (tall|old|big|long|far|heavy|deep|fast|high|wide|hot|cold|large|rich|loud|small|smart) (is|was|are|can) (a {animal}|an {animal}|the {animal}|{place}|{person}|the {sup} {animal}|the {sup} (mountain|river|building|lake|tree|city|ocean|bridge)|mount {fake}|the {common}|the earth|the sun|the {fake} (tower|bridge|river)|{topic}|{animal}s [get|run|grow|live])
|how many ({animal}s|people|{thing}s|countries|planets|{common}s|states|bones|legs|stars|languages|teeth|books|wars|players|moons|words|cities|hearts|{body}s|continents|calories|grams of sugar|vitamins) (are|are there|live|exist|does|do|has|have|did) (in {place}|in the world|in the human body|in the {common}|a {animal} have|{person} have|in a {food}|in {food}|on {place}|{animal}s have|in the solar system|in {company}|{person} write|in a deck|on a {thing})
|how (does|do|is|are|did|was) (a {thing}|{topic}|{animal}s|a {animal}|the {common}|{company}|a {common}|the {body}|{food}|{topic}|{person}|the {thing}|{fake}) (work|made|die|sleep|fly|form|breathe|function|make money|become famous|end|start|grow|produced|communicate|born|swim|see|happen|spread|get their name|reproduce|taste)
|what (is|are|was|were|'s|does) ({topic}|a {animal}|a {fake}|{fake}|the {common} of {fake}|the meaning of {common}|the (capital|population|currency|president|flag|language|area|anthem|climate|history|religion|biggest city) of ({place}|{fake}land|{place})|the {sup} ({animal}|city|mountain|river|country|lake|planet|{thing}|ocean|building|{food}|{common}|desert|island|star) [in {place}|in the world|on earth|ever]|the speed of (light|sound|a {animal})|the chemical (symbol|formula) (of|for) {common}|an? {fake}|the {topic}|{topic}|the theory of {fake}|pi|a {common} {common}|the square of the hypotenuse|the (boiling|melting|freezing) point of {common}|{fake} made of|the {common} law|{person} famous for|{person} known for|a {job} [do]|the color of {common}|{place} known for|a synonym for {common}|the opposite of {common}|the plural of {animal}|the atomic number of {common}|world war two)
|what (animal|country|planet|city|year|color|language|metal|river|company|king|element|book|band|bird|fish|ocean|sport|food|plant|{common}) (is|was|has|did|are|makes|lives|won|comes|do|does) (the {sup}|{person} born|in {place}|the most {common}|in {topic}|known for {topic}|{person} write|from {place}|{person} die|next to {place}|on the {common})
|(what happens|what happened) (when|if|to|after|in|at|during) ({person}|you {do} a {thing}|{place}|{topic}|the {common}|{animal}s {common}|we die|in {num} hundred|you mix {food} and {food2}|i drop a {thing}|the {fake} war|the sun explodes)
|why (is|are|do|does|did|was|were|can't|don't) (the {common}|{animal}s|{place}|{person}|{topic}|we|people|a {animal}|the {thing}|{food}|the sky|{fake}|{thing}s|the moon|{body}s|babies|birds|i|leaves|{company}) ({common}|blue|die|sleep|{common} {common}|so {common}|sing|famous|important|so big|red|fly|expensive|invented|dream|salty|round|cold|yawn|hiccup|green|float|change color|hurt|cry|popular|sneeze|bark|bite|smell|stink|good for you)
|(explain|describe|define|tell me about|teach me about|tell me (more|everything|something) about|i want to (know|learn) about|what do you know about|give me facts about|talk about|who or what is|let's talk about|inform me about|give me information on|educate me on) ({topic}|{topic}|{person}|{fake}|{animal}s|how a {thing} works|how {topic} works|the {common} {common}|{place}|the history of {place}|the war in {place}|{topic} to me|the difference between a {animal} and a {animal}|{company}|the rules of {common}|the theory of {fake}|{fake} {fake2})
|(what does|what's the meaning of|what is the definition of|define|what do you mean by|meaning of) ({common}|{fake}|the word {common}|{fake}|{common} mean|the word {fake} mean|{fake} mean|a {common} mean)
|how (do you|is|do i|to|can i) (spell|pronounce|spelled) ({common}|{fake}|{animal}|{place}|{common}|the word {common})|spell [the word] ({common}|{fake}|{animal}|{place})
|(is|are|was|were|does|do|did|can|has|will|could) ({person}|{place}|{topic}|the {animal}|{animal}s|the {common}|{fake}|the {thing}|{food}|{company}|the earth|the sun|a {food}|the {fake}) (a {common}|dead|alive|real|in {place}|healthy|a {animal}|bigger than {place}|{common}|a fruit|a vegetable|dangerous|flat|fly|swim|older than {person}|married|an? {job}|the {sup}|poisonous|extinct|see {common}|part of {place}|eat {food}|win the war|exist|bite|made of {common}|gluten free|a mammal|rich|good for {body}s)
|what('s| is) the (difference|distance|connection|relationship) between ({common} and {common}|a {animal} and a {animal}|{place} and {place}|{topic} and {topic}|{food} and {food2})
|(which|what) (is|are|was) (the {sup}|bigger|faster|older|heavier|better|larger|longer) ({animal}|{common}|{place} or {place}|a {animal} or a {animal}|country in {place}|city|{person} or {person2}|planet)
|(name|list|tell me) (a|some|all|three|five|all the|the) ({animal}s|countries in {place}|planets|presidents|{topic}|kings of {place}|{color}s|rivers in {place}|famous {job}s|elements|states|cities in {place}|books by {person}|oceans|movies with {person}|colors of the {common}|types of {food})
|(solve|prove|integrate|differentiate|factor|simplify) (for x|this equation|the equation|the integral of {common}|{fake}|x squared|the {fake} theorem|the derivative of x|the riddle)|what is the (derivative|integral|limit) of {common}|is {num} a prime number
|(did you know|have you heard|can you believe|do you know) (that|about|of|) ({person}|{topic}|{fake}|the {common} {common}|{place}|{animal}s {common}|{company}|{rand})
|(what|who) would (win|happen) (if {person} met {person2}|in a fight {animal} or {animal}|if {rand})
|i (wonder|need to know|would like to know|want to know|was wondering) (why|how|when|where|who|if) ({person}|{topic}|{animal}s|the {common}|{place}|{fake}|people) ({common}|died|lived|work|{common} {common}|started|was born|are made|got famous)
|(question|quick question|tell me) (who|what|when|where|why|how) (is|was|did|are) ({person}|{topic}|{fake}|the {common}|{place}|{animal}s|the {sup} {animal}|{fake} {fake2}))""".replace(
    "\n", ""
)


class Topics(Mapping[str, str]):
    """The slots of out-of-scope requests; every look-up draws again."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def __getitem__(self, name: str) -> str:
        return SLOTS[name](self.rng)

    def __iter__(self) -> Iterator[str]:
        return iter(SLOTS)

    def __len__(self) -> int:
        return len(SLOTS)

    def __contains__(self, name: object) -> bool:
        return name in SLOTS


def _or_invented(words: tuple[str, ...], share: float = 0.12) -> Callable[[Random], str]:
    return lambda r: invented(r) if r.random() < share else pick(r, words)


def _person(r: Random) -> str:
    roll = r.random()
    if roll < 0.4:
        return pick(r, PEOPLE)
    return pick(r, NAMES) if roll < 0.65 else f"{pick(r, NAMES)} {invented(r)}"


SLOTS: dict[str, Callable[[Random], str]] = {
    **MAKERS,
    "place": _or_invented(PLACES, 0.2), "person": _person, "person2": _person, "topic": _or_invented(TOPICS, 0.1), "animal": _or_invented(ANIMALS, 0.1),
    "spot": _or_invented(SPOTS, 0.05), "company": _or_invented(COMPANIES, 0.3), "coin": _or_invented(COINS, 0.2), "language": _or_invented(LANGUAGES, 0.05), "genre": _or_invented(GENRES, 0.1),
    "kin": _or_invented(KIN, 0.0), "job": _or_invented(JOBS, 0.05), "room": _or_invented(ROOMS, 0.03), "body": _or_invented(BODY, 0.03), "drug": _or_invented(DRUGS, 0.3), "illness": _or_invented(ILLNESSES, 0.3),
    "vehicle": _or_invented(VEHICLES, 0.0), "do": _or_invented(DO, 0.05), "sup": _or_invented(SUPERLATIVES, 0.0), "did": _or_invented(DID, 0.05), "food": lambda r: pick(r, FOOD) if r.random() < 0.7 else pick(r, TWO_WORD) if r.random() < 0.6 else invented(r),
    "food2": lambda r: pick(r, FOOD), "common": lambda r: pick(r, COMMON) if r.random() < 0.85 else word(r), "color": lambda r: pick(r, ("color", "shade", "number", "animal", "word")),
    "thing": lambda r: pick(r, THINGS) if r.random() < 0.8 else word(r), "day": lambda r: pick(r, DAYS), "month": lambda r: pick(r, MONTHS), "ord": lambda r: pick(r, ORD), "rand": lambda r: random_words(r, 1, 5),
}  # fmt: skip
