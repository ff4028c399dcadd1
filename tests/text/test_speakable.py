"""What the voice is given to read, clause by clause."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.speakable import speakable, warm_up

MARKS = [
    ("Hello, world.", "Hello, world."),
    ("Sure. **Here's** the plan.", "Sure. Here's the plan."),
    ("**", ""),
    ("🎉🎉", ""),
    ("👩‍👩‍👧‍👦 🇩🇪 👍🏽", ""),
    ("...", ""),
    ("", ""),
    ("Great! 🎉", "Great!"),
    ("I ❤️ it ✨ so much", "I it so much"),
    ("Thanks :) See you", "Thanks See you"),
    ("`ls -la`", "ls dash la"),
    ("git --help", "git dash dash help"),
    ("snake_case here", "snake case here"),
    ("# Title", "Title"),
    ("- an item", "an item"),
    ("[the docs](https://example.com/x)", "the docs"),
    ("It’s “fine”…", 'It\'s "fine".'),
    ("Well… maybe", "Well, maybe"),
    ("One thing — and another", "One thing, and another"),
    ("What?!", "What?"),
    ("Wow!!!", "Wow!"),
    ("Ingredients\nFlour", "Ingredients. Flour"),
    ("it wraps\nhere", "it wraps here"),
    ("✓ Done ★", "Done"),
    ("© 2026 Acme™", "copyright twenty twenty-six Acme"),
]
NUMBERS = [
    ("It was 1999.", "It was nineteen ninety-nine."),
    ("in 2026", "in twenty twenty-six"),
    ("since 2005", "since two thousand and five"),
    ("1500 meters", "one thousand five hundred meters"),
    ("the 1990s", "the nineteen nineties"),
    ("the '80s", "the eighties"),
    ("the 80s", "the eighties"),
    ("wait 30s", "wait thirty seconds"),
    ("I have 3 cats.", "I have three cats."),
    (
        "1,234,567 people",
        "one million two hundred and thirty-four thousand five hundred and sixty-seven people",
    ),
    ("the 3rd time", "the third time"),
    ("the 21st century", "the twenty-first century"),
    ("3.14", "three point one four"),
    ("0.5", "zero point five"),
    ("-5 degrees", "minus five degrees"),
    ("−12.5", "minus twelve point five"),
    ("50%", "fifty percent"),
    ("3.5 % more", "three point five percent more"),
    ("5–10 minutes", "five to ten minutes"),
    ("5-10", "five to ten"),
    ("1939–1945", "nineteen thirty-nine to nineteen forty-five"),
    ("1/2 cup", "one half cup"),
    ("3/4", "three quarters"),
    ("1 1/2 cups", "one and a half cups"),
    ("½ cup", "one half cup"),
    ("2½ hours", "two and a half hours"),
    ("7/10", "seven out of ten"),
    ("50/50", "fifty fifty"),
    ("007", "zero zero seven"),
    ("10 000 000 euros", "ten million euros"),
    ("10k steps", "ten thousand steps"),
    ("5M users", "five million users"),
    ("twice as fast, 10x", "twice as fast, ten times"),
    ("16:9", "sixteen to nine"),
    ("6.02e23", "six point zero two times ten to the power of twenty-three"),
    ("Call 911 now.", "Call nine one one now."),
    ("Call 555-1234.", "Call five five five, one two three four."),
    (
        "+1 (555) 123-4567",
        "plus one, five five five, one two three, four five six seven",
    ),
    (
        "1234567890123456",
        "one two three four five six seven eight nine zero one two three four five six",
    ),
]
MONEY_AND_UNITS = [
    ("$5.99", "five dollars and ninety-nine cents"),
    ("$20", "twenty dollars"),
    ("$1", "one dollar"),
    ("$0.50", "fifty cents"),
    ("$1,000", "one thousand dollars"),
    ("$1.5 million", "one point five million dollars"),
    ("$3bn", "three billion dollars"),
    ("$5–10", "five to ten dollars"),
    ("-$5", "minus five dollars"),
    ("€20", "twenty euros"),
    ("20 €", "twenty euros"),
    ("£3.01", "three pounds and one penny"),
    ("5 km", "five kilometers"),
    ("1 km", "one kilometer"),
    ("100 km/h", "one hundred kilometers per hour"),
    ("20 °C", "twenty degrees Celsius"),
    ("-5°F", "minus five degrees Fahrenheit"),
    ("90°", "ninety degrees"),
    ("10 MB", "ten megabytes"),
    ("3.2 GHz", "three point two gigahertz"),
    ("a 5-km run", "a five kilometer run"),
    ("20–25 °C", "twenty to twenty-five degrees Celsius"),
    ("5'11\" tall", "five foot eleven tall"),
    ("40 m²", "forty square meters"),
    ("2 tbsp sugar", "two tablespoons sugar"),
    ("1280x720", "twelve eighty by seven hundred and twenty"),
    ("1080p", "ten eighty P"),
]
TIMES = [
    ("at 14:05", "at fourteen oh five"),
    ("at 10:30", "at ten thirty"),
    ("at 9:00", "at nine o'clock"),
    ("2:10 PM", "two ten P M"),
    ("2:00 p.m.", "two P M."),
    ("at 5pm today", "at five P M today"),
    ("7 a.m. sharp", "seven A M sharp"),
    ("2026-11-21", "November twenty-first, twenty twenty-six"),
    ("21/11/2026", "November twenty-first, twenty twenty-six"),
    ("11/21/2026", "November twenty-first, twenty twenty-six"),
    ("on July 4, 1776", "on July fourth, seventeen seventy-six"),
    ("on 3 May 2021", "on third of May twenty twenty-one"),
    ("Dec. 25", "December twenty-fifth"),
]
WORDS = [
    ("fruit, e.g. apples", "fruit, for example apples"),
    ("i.e. now", "that is now"),
    ("Dr. Smith and Mrs. Jones", "Doctor Smith and Missus Jones"),
    ("apples, etc.", "apples, et cetera."),
    ("cats vs. dogs", "cats versus dogs"),
    ("St. Louis", "Saint Louis"),
    ("12 Main St.", "twelve Main Street."),
    ("No. 5", "number five"),
    ("#1 hit", "number one hit"),
    ("salt & pepper", "salt and pepper"),
    ("AT&T", "AT and T"),
    ("~5 km", "about five kilometers"),
    ("a USB cable", "a U S B cable"),
    ("NASA and NATO", "NASA and NATO"),
    ("the U.S. Army", "the U S Army"),
    ("in the U.S.", "in the U S."),
    ("two PCs", "two P Cs"),
    ("HTML and CSS", "H T M L and C S S"),
    ("STOP IT NOW", "STOP IT NOW"),
    ("I use GPT-4.", "I use G P T four."),
    ("H2O", "H two O"),
    ("an MP3 player", "an M P three player"),
    ("COVID-19", "COVID nineteen"),
    ("World War II", "World War two"),
    ("Henry VIII", "Henry the eighth"),
    ("Part IV", "Part four"),
    ("me@example.com", "me at example dot com"),
    ("Visit example.com.", "Visit example dot com."),
    ("https://www.example.com/a?b=1", "a link to example dot com"),
    ("app.py", "app dot P Y"),
    ("my_file.json", "my file dot jason"),
    ("1. Mix it.", "one, Mix it."),
    ("math.sqrt", "math dot sqrt"),
    ("v2.1.3", "version two point one point three"),
    ("Python 3.11", "Python three point eleven"),
    ("127.0.0.1", "one hundred and twenty-seven dot zero dot zero dot one"),
    ("C++ and C#", "C plus plus and C sharp"),
    ("and/or", "and or"),
    ("open 24/7", "open twenty-four seven"),
]
SIGNS = [
    ("2 + 2 = 4", "two plus two equals four"),
    ("2 * 3", "two times three"),
    ("2*3", "two times three"),
    ("3 × 4", "three times four"),
    ("10 ÷ 2", "ten divided by two"),
    ("10 / 2", "ten divided by two"),
    ("5 - 3", "five minus three"),
    ("x ≤ 5", "x is less than or equal to five"),
    ("1 < 2", "one less than two"),
    ("x² + y²", "x squared plus y squared"),
    ("10^6", "ten to the power of six"),
    ("2**3", "two cubed"),
    ("±3", "plus or minus three"),
    ("A → B", "A to B"),
    ("√9", "the square root of nine"),
]


@pytest.mark.parametrize(("clause", "spoken"), MARKS + NUMBERS + MONEY_AND_UNITS + TIMES + WORDS + SIGNS)
def test_english(clause: str, spoken: str) -> None:
    assert speakable(clause) == spoken


@pytest.mark.parametrize(
    ("language", "clause", "spoken"),
    [
        ("de", "Es sind 3,5 km.", "Es sind drei Komma fünf Kilometer."),
        ("de", "um 14:05 Uhr", "um vierzehn Uhr fünf"),
        ("de", "1.000 € & 50 %", "eintausend Euro und fünfzig Prozent"),
        ("de", "z. B. 🎉 **das**", "zum Beispiel das"),
        ("fr", "20 °C à 9:00", "vingt degrés Celsius à neuf heures"),
        ("fr", "75 %", "soixante-quinze pour cent"),
        ("es", "2 + 2 = 4", "dos plus dos igual a cuatro"),
        ("pt-BR", "21 euros", "vinte e um euros"),
        ("nl", "€5", "vijf euro"),
        ("zh", "今天25度。🎉", "今天25度。"),
        ("xx", "**12** x 🎉", "12 x"),
        ("en-GB", "5 km", "five kilometers"),
    ],
)
def test_other_languages(language: str, clause: str, spoken: str) -> None:
    assert speakable(clause, language) == spoken


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["en", "de", "xx"]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_spoken_or_silent(text: str, language: str) -> None:
    spoken = speakable(text, language)
    assert spoken == "" or any(char.isalnum() for char in spoken)
    assert not set(spoken) & set("`*[]{}<>\\\n🎉")
    assert "  " not in spoken


@given(st.text("0123456789.,:-–/$€%°CkmMx+= ³#@'\"aZ_*", max_size=60))
@settings(max_examples=500, deadline=None)
def test_english_leaves_no_figures(text: str) -> None:
    assert not any(char in "0123456789" for char in speakable(text))


RUNS = str.split(
    "a 1 1, 1. 1- 1/ a. a@ - A A. [ [a]( *" + " " + "_ $ $1 http://a/ é 🎉 1: ' \" ( … x* a_ a-b. :)"
)


@pytest.mark.parametrize("unit", [*RUNS, " ", "\n", "1 000 ", "+1 ", ". ", "= ", "Jan 1, ", "< "])
def test_time_is_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    speakable("warm 1 🎉")
    began = time.process_time()
    speakable(text)
    speakable(text, "de")
    assert time.process_time() - began < 5


def test_importing_is_cheap_and_lazy() -> None:
    code = (
        "import sys, re, html, unicodedata, time; t = time.process_time(); import app.speakable, app.clauses; "
        "print(time.process_time() - t, 'num2words' in sys.modules or 'emoji' in sys.modules)"
    )
    best, loaded = min(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(7)
    )
    assert loaded == "False"
    assert float(best) < 0.03


def test_warm_up_knows_every_language() -> None:
    for language in ("en", "de", "", "tlh"):
        warm_up(language)
