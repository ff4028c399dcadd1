"""What people name: groceries, tasks, labels, notes, names and invented words. All of it ends up copied.

Promise: wide enough that the model learns to copy instead of to remember; a good part of every kind is made of
invented or spelled-out words, so that words that nobody listed are copied too.
"""

# ruff: noqa: E501, SIM905  (templates and word lists read best unbroken)

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

from .grammar import expand_with, pick


def one_of(lines: str) -> str:
    """Alternatives on lines of their own, as one template."""
    return "(" + lines.strip().replace("\n", "|") + ")"


FOOD = tuple(
    """apples oranges pears lemons limes grapes strawberries raspberries blueberries cherries peaches plums mangoes
kiwis melon watermelon pineapple avocados tomatoes potatoes carrots onions garlic ginger celery spinach kale lettuce cucumber
peppers mushrooms broccoli cauliflower cabbage zucchini eggplant beans peas corn lentils chickpeas rice pasta noodles spaghetti
bread rolls bagels tortillas flour sugar salt pepper oats cereal granola muesli honey jam butter margarine milk cream yogurt
cheese cheddar mozzarella parmesan feta eggs bacon ham sausages chicken beef pork turkey lamb salmon tuna shrimp tofu hummus
ketchup mustard mayonnaise vinegar oil soy tea coffee cocoa juice soda beer wine water chocolate cookies crackers chips popcorn
nuts almonds walnuts raisins dates cinnamon vanilla basil parsley thyme oregano cumin paprika soup broth pickles salsa
icecream candy gum soap shampoo conditioner toothbrush toothpicks floss deodorant razors tissues napkins foil detergent bleach
sponges batteries bulbs candles matches diapers wipes bandages aspirin vitamins sunglasses umbrella socks gloves pens envelopes stamps
tape glue string screws nails paint rope charger cable headphones turnips leeks radishes beetroot apricots figs cashews pistachios
couscous barley polenta syrup molasses yeast gelatin cornstarch waffles pancakes muffins croissants donuts pretzels cola lemonade""".split()
)
TWO_WORD = tuple(
    s.strip()
    for s in """paper towels,toilet paper,dish soap,hand soap,olive oil,peanut butter,orange juice,apple juice,almond milk,oat milk,
soy sauce,hot sauce,tomato sauce,sour cream,cream cheese,cottage cheese,brown rice,brown sugar,baking soda,baking powder,ground beef,
chicken breast,frozen peas,frozen pizza,green beans,sweet potatoes,bell peppers,red onions,spring onions,cherry tomatoes,whole wheat bread,
black pepper,sea salt,maple syrup,ice cream,dog treats,cat food,cat litter,bird seed,trash bags,light bulbs,laundry detergent,
fabric softener,cooking spray,coconut water,sparkling water,green tea,black tea,instant coffee,hot dogs,potato chips,rice cakes,
corn flakes,red wine,white wine,birthday candles,wrapping paper,shaving cream,hair gel,face wash,body lotion,cotton swabs,
phone charger,double a batteries,printer paper,sticky tape,garden hose,potting soil,tomato paste,bay leaves,lemon juice,garlic bread""".replace(
        "\n", ""
    ).split(",")
)
AMOUNTS = (
    "a dozen",
    "two",
    "three",
    "some",
    "a pack of",
    "a bottle of",
    "a bag of",
    "two cans of",
    "a box of",
    "six",
    "a loaf of",
    "half a pound of",
    "four",
    "a jar of",
)
LABELS = tuple(
    """pasta eggs pizza bread cake cookies rice chicken turkey soup stew tea coffee laundry dryer washing oven roast steak
potatoes noodles lasagna dishes workout plank yoga stretching break nap study reading homework meeting call interview medicine pills
school bus train gym run swim bike walk dog cat plants garden sprinkler parking meter bath shower makeup hair mask dough pie brownies muffins
bacon fish salmon beans lentils quinoa porridge toast waffles pancakes sauce broth jelly sourdough focus pomodoro writing meditation
piano guitar violin chess game match turn tv show movie bed lunch dinner breakfast snack standup review demo exam quiz test lesson class
rehearsal practice paint glue resin compost printer upload download backup kettle grill barbecue smoker slow cooker pressure
baby bottle feeding diaper nursery daycare pickup carpool taxi flight boarding checkin""".split()
)
VERBS = tuple(
    """call|text|email|visit|phone|thank|remind|ask|invite|meet|pick up|write to|help|pay|check on|wait for|look after""".split(
        "|"
    )
)
ACTIONS = one_of("""take out the (trash|bins|recycling|garbage)|feed the (dog|cat|fish|hamster|rabbits|chickens)|walk the dog|check the (oven|mail|tires|roast|soup|door|heating)
turn off the (oven|stove|lights|sprinkler|heater|iron|water)|take (my|the|your) (medicine|pills|vitamins|antibiotics|temperature|tablets)|{v} (my|the) (mom|dad|sister|brother|boss|landlord|doctor|dentist|bank|plumber|neighbor|wife|husband|son|daughter|aunt|teacher|vet|mechanic|accountant|lawyer)
{v} {name}|water the (plants|garden|roses|lawn|flowers|tomatoes)|do the (dishes|laundry|homework|ironing|vacuuming|taxes|shopping)|pay the (rent|bill|gas bill|phone bill|water bill|babysitter|invoice)
buy {item}|get {item}|pick up {item}|return the {thing}|clean the {thing}|fix the {thing}|charge the {thing}|find the {thing}|move the {thing}|bring the {thing}|order {item}
book (a haircut|the tickets|a table|the hotel|an appointment|the ferry)|stretch|drink (water|some water)|stand up|leave for (work|school|the airport|practice|the station)|go to (bed|the gym|the bank|the store|sleep|the post office)|start (dinner|the car|cooking|the meeting|packing)
join the (call|meeting|lesson|stream)|send the (report|invoice|letter|package|photos|contract)|finish the (report|essay|slides|book|puzzle)|change the (sheets|filter|oil|baby|bulb|battery)|lock the (door|gate|car|shed)|print the {thing}|mow the lawn|wash the {thing}|renew (my passport|the insurance|my license)
practice (piano|guitar|french|my speech)|sign the {thing}|back up the {thing}|check (my email|the mail|the weather station|in online)|close the (window|windows|garage|curtains)|hang up the laundry|flip the (steak|eggs|mattress|burger)|stir the (soup|sauce|pot)|rotate the {thing}|bake {item}|make {item}""")
THINGS = tuple(
    """car bike kitchen bathroom garage laptop phone camera fridge windows carpet desk shed boat tent grill printer roof fence lamp chair
table couch book library books shoes jacket package ladder drill mower tablet speaker keyboard console scooter helmet stroller suitcase backpack
guitar piano clock watch mirror faucet sink drain toilet shower heater boiler oven toaster blender freezer curtains rug blanket pillow mattress
closet basement attic porch balcony driveway pool form contract slides poster ticket tickets receipt map keys wallet""".split()
)
NAMES = tuple(
    """anna ben carla david emma frank greta hugo irene jack kate leo maria nina oscar paul quinn rosa sam tara uma victor wendy xavier
yusuf zoe ahmed bella chen diego elena farid gita hannah ivan jamal kofi lucia mohammed nadia omar petra ravi sofia thomas ursula vikram walter
yara amir bianca caleb dora ethan fiona george helga ines jonas kira lars miguel noor olga pedro rashid sven tina alex martin julia peter susan
linda kevin brian laura megan tyler ashley jordan grace henry alice oliver charlotte lucas mia noah""".split()
)
FACTS = one_of("""the {thing} (is|was) (broken|in the {thing}|under the {thing}|at {name}'s place|almost new|too small|blue|green|behind the {thing}|on the top shelf|due on {day})
{name} (likes|loves|hates|wants|needs|is allergic to|forgot|borrowed) (the {thing}|{item}|{item} and {item2}|my {thing})|{name}'s birthday is (in {month}|on {day}|on {month} {ord})|the (code|password|pin|combination|room number|flight number) (is|for the {thing} is) {digits}
i (parked|left|put|hid) the {thing} (on level {num}|by the {thing}|near the {thing}|in the {thing}|in row {num})|(my|the) {thing} (needs|should get) (a new {thing}|cleaning|fixing|oil|repairs)|{name} is coming (on {day}|at {num}|next week|with {name2}|for dinner)|(the )meeting with {name} is (on {day}|at {num}|moved|cancelled)
{act}|{act} (before|on|after) {day}|{act} and {act2}|idea for {name}'s (gift|party|card) {item}|{name} lives (on|near) {fake} (street|road|lane|avenue)|{name} said the {thing} costs {num} (dollars|euros|pounds)|{item} (is|are) on sale (on {day}|until {day}|at {fake})
we (should|could|must) (try|visit|call|paint|sell|clean) (the {thing}|{name}|{fake})|the {thing} goes (back to|with) {name}|{name} and {name2} (are moving|got married|had a baby|want to visit) (in {month}|on {day}|last week)|dentist on {day} at {num}|i owe {name} {num} (dollars|euros|pounds|beers)|{fake} {fake2} {fake3}|(buy|try|read|watch|cook) {fake} {fake2}
{rand}|{rand}|{rand}|{rand}|the name of (the|that) (plumber|band|book|wine|cafe|song) is {fake}|my (blood type|shoe size|seat|gate|license plate) is {digits}""")
DAYS = tuple("monday tuesday wednesday thursday friday saturday sunday tomorrow tonight".split())
MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)
ORD = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fifteenth twentieth".split()
)
DIGITS = "zero one two three four five six seven eight nine".split()
COMMON = tuple(
    """about above across after again air all almost along always animal answer apart around away back bag ball bank bear beat become
before begin behind believe below best better big bird black block blue boat body book both box boy branch brave bridge bright bring brother brown
build burn busy button buy camp captain card care carry case cat catch cause center chair change cheap check child choose church circle city class
clean clear climb close cloud coast cold collar color common cook cool copper corner cotton count country course cover cross crowd cry cup cut dance
dark daughter dead deal deep desert dinner dish doctor dollar double down draw dream dress drink drive drop dry dust early earth east easy edge egg
eight empty end engine enough evening ever every exact eye face fact fair fall family famous far farm fast father feather field fight final find fine
finger finish fire first fish flag flat flight floor flower follow foot forest forward four fox free fresh friend front fruit full garden gate gentle
giant gift girl glass goat gold good grand grass great green ground group grow guess guest guitar hair half hammer hand happy harbor hard hat head hear
heart heat heavy help hero hidden high hill history hold hole holiday home honest hope horse hospital hot hotel hour house huge hundred hunt ice idea
inch indoor inside island jacket job join joke judge juice jump keep kettle kind king kiss kitchen knee knife know ladder lady lake land language large
laugh law lead leaf learn leather leave left leg lemon lesson letter level light line lion list little live local long loose lost loud love low lucky
lunch machine magic main make manage many map march mark market master matter maybe meal mean meat medicine memory metal middle mile mind minor mirror
miss mix money monkey month moon morning mother mountain mouse mouth move movie much museum music narrow near neck needle never new next nice night
noise north nose number ocean odd office often old open orange order other outside over owner page paint pair palace paper park part party past path
peace pencil people perfect phone piano picture piece pilot pink pipe place plain plan planet plant plate play pocket point police pony poor post pound
power press price prince print prize proud pull pupil purple push queen quick quiet rabbit race rain reach ready real red repair rest rice rich ride
right ring river road rock roof room root rope rose rough round route row royal rule run safe sail salt sand save school science sea season seat second
secret sell send seven shadow shape share sharp sheep sheet shell shine ship shirt shoe shop short shout show side sign silver simple sing sister size
skin sky sleep slide slow small smart smell smile smoke smooth snake snow soft soldier some song soon sound south space speak special spell spend spider
spoon sport spring square stage stairs stamp star start state station stay steel step stick still stone stop storm story straight strange street strong
sugar summer sun sweet swim table tail talk tall taste teach team tell temple tennis theater thick thin third thread throw thumb ticket tiger tight time
tiny tired today together tomorrow tool tooth top touch tower town track trade train travel tree trick trip truck true trust turn twelve twin uncle under
unit upper use valley value very village visit voice wait walk wall want war warm wash watch wave way weak wear weather week weight west wet wheel
white wide wild win wind window winter wire wise wolf woman wonder wood wool word work world worry write wrong yard year yellow young zebra zero""".split()
)
ONSETS = (
    *"b bl br c ch cl cr d dr f fl fr g gl gr h j k kl kr l m n p ph pl pr qu r s sc sh sk sl sm sn sp st str sw t th tr v w wh y z".split(),
    "",
)
NUCLEI = tuple("a e i o u ai au ea ee ie io oa oo ou ue y".split())
CODAS = (*"b ck d f g l ll m n nd ng nt p r rd rk rn s sh ss st t tch th x z".split(), "", "", "", "", "")


def invented(rng: Random) -> str:
    """A word that is in no list: "brandel", "skoutho"."""
    n = rng.choice((1, 1, 2, 2, 2, 3))
    return "".join(pick(rng, ONSETS) + pick(rng, NUCLEI) + pick(rng, CODAS) for _ in range(n))


def word(rng: Random) -> str:
    """Any single word, invented ones often."""
    roll = rng.random()
    pool = (
        COMMON
        if roll < 0.38
        else THINGS
        if roll < 0.46
        else NAMES
        if roll < 0.53
        else FOOD
        if roll < 0.6
        else LABELS
        if roll < 0.65
        else None
    )
    return pick(rng, pool) if pool else invented(rng)


def random_words(rng: Random, low: int = 1, high: int = 7) -> str:
    return " ".join(word(rng) for _ in range(rng.randint(low, high)))


def item(rng: Random) -> str:
    """Something to put on a list."""
    roll = rng.random()
    if roll < 0.40:
        text = pick(rng, FOOD)
    elif roll < 0.56:
        text = pick(rng, TWO_WORD)
    elif roll < 0.70:
        text = word(rng)
    elif roll < 0.80:
        text = f"{word(rng)} {pick(rng, FOOD if rng.random() < 0.6 else THINGS)}"
    else:
        text = random_words(rng, 1, 3)
    return f"{pick(rng, AMOUNTS)} {text}" if rng.random() < 0.08 else text


def action(rng: Random) -> str:
    """A task: "water the roses", "call petra", or a verb with any words."""
    if rng.random() < 0.2:
        return f"{pick(rng, COMMON)} the {random_words(rng, 1, 3)}"
    return fill(rng, ACTIONS)


def label(rng: Random) -> str:
    """The name of a timer or an alarm."""
    roll = rng.random()
    if roll < 0.45:
        return pick(rng, LABELS)
    if roll < 0.6:
        return pick(rng, FOOD + TWO_WORD)
    return random_words(rng, 1, 2) if roll < 0.9 else pick(rng, NAMES)


def note(rng: Random) -> str:
    """A fact or a thought worth keeping."""
    if rng.random() < 0.3:
        return random_words(rng, 2, 9)
    return fill(rng, FACTS)


class Words(Mapping[str, str]):
    """The slots `{item}`, `{thing}` … of this file; every look-up draws again."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def __getitem__(self, name: str) -> str:
        return MAKERS[name](self.rng)

    def __iter__(self) -> Iterator[str]:
        return iter(MAKERS)

    def __len__(self) -> int:
        return len(MAKERS)

    def __contains__(self, name: object) -> bool:
        return name in MAKERS


NUMS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "fifteen",
    "twenty",
    "thirty five",
)
MAKERS: dict[str, Callable[[Random], str]] = {
    "v": lambda r: pick(r, VERBS), "name": lambda r: pick(r, NAMES), "name2": lambda r: pick(r, NAMES), "item": item,
    "item2": lambda r: pick(r, FOOD), "thing": lambda r: pick(r, THINGS) if r.random() < 0.8 else word(r),
    "day": lambda r: pick(r, DAYS), "month": lambda r: pick(r, MONTHS), "ord": lambda r: pick(r, ORD),
    "num": lambda r: pick(r, NUMS), "digits": lambda r: " ".join(pick(r, DIGITS) for _ in range(r.randint(2, 5))),
    "act": action, "act2": action, "fake": word, "fake2": word, "fake3": word, "rand": lambda r: random_words(r, 2, 8),
}  # fmt: skip


def fill(rng: Random, template: str) -> str:
    """Expand a template over the words of this file."""
    return expand_with(rng, template, Words(rng))


def typed_case(rng: Random, text: str) -> str:
    """What someone at a keyboard might do to a copied span: capitals here and there."""
    roll = rng.random()
    if roll < 0.12:
        return text[:1].upper() + text[1:]
    if roll < 0.25:
        return " ".join(w.capitalize() if rng.random() < 0.4 else w for w in text.split())
    return text.upper() if roll < 0.27 else text
