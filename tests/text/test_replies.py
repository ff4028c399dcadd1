"""Whole replies, as models write them: token by token to Markdown filter, clauses and spoken text."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from app.clauses import ClauseSplitter
from app.speakable import MarkdownFilter, speakable


def spoken(pieces: Iterable[str], language: str) -> list[str]:
    markdown, splitter = MarkdownFilter(), ClauseSplitter()
    clauses: list[str] = []
    for piece in pieces:
        clauses += splitter.feed(markdown.feed(piece))
    clauses += splitter.feed(markdown.finish()) + splitter.finish()
    return [text for clause in clauses if (text := speakable(clause, language))]


REPLIES = [
    pytest.param(
        "en",
        "It's 2:10 PM right now. Is there anything else I can help you with?",
        ["It's two ten P M right now.", "Is there anything else I can help you with?"],
        id="time",
    ),
    pytest.param(
        "en",
        (
            "Sure! **Here's a simple recipe** for pancakes 🥞:\n\n"
            "### Ingredients\n\n"
            "- 1 1/2 cups flour\n"
            "- 2 tbsp sugar\n"
            "- 1 egg\n\n"
            "### Steps\n\n"
            "1. Mix the dry ingredients.\n"
            "2. Add the egg & milk, then whisk.\n"
            "3. Cook at 180 °C for 2–3 min per side.\n\n"
            "Enjoy! 😋"
        ),
        [
            "Sure! Here's a simple recipe for pancakes:",
            "Ingredients.",
            "one and a half cups flour.",
            "two tablespoons sugar.",
            "one egg. Steps. one, Mix the dry ingredients.",
            "two, Add the egg and milk, then whisk.",
            "three, Cook at one hundred and eighty degrees Celsius for two to three minutes per side.",
            "Enjoy!",
        ],
        id="recipe",
    ),
    pytest.param(
        "en",
        (
            "You can list files with `ls -la`. For example:\n\n"
            "```bash\n"
            "ls -la /tmp\n"
            "```\n\n"
            "That shows hidden files too. See [the manual](https://man7.org/ls.1.html) or "
            "https://www.gnu.org/software/coreutils for more."
        ),
        [
            "You can list files with ls dash la.",
            "For example:",
            "There is some code on the screen.",
            "That shows hidden files too.",
            "See the manual or a link to gnu dot org for more.",
        ],
        id="code",
    ),
    pytest.param(
        "en",
        (
            "<think>\n"
            "The user asks about WWII. Let me recall...\n"
            "</think>\n\n"
            "World War II lasted from 1939 to 1945. It ended in Europe on May 8, 1945, when Germany "
            "surrendered."
        ),
        [
            "World War two lasted from nineteen thirty-nine to nineteen forty-five.",
            "It ended in Europe on May eighth, nineteen forty-five, when Germany surrendered.",
        ],
        id="thoughts",
    ),
    pytest.param(
        "en",
        (
            "| Planet | Moons |\n"
            "|---|---|\n"
            "| Earth | 1 |\n"
            "| Mars | 2 |\n\n"
            "So Mars has more moons than Earth does."
        ),
        ["Planet, Moons.", "Earth, one. Mars, two.", "So Mars has more moons than Earth does."],
        id="table",
    ),
    pytest.param(
        "en",
        (
            "Dr. Smith's office is at 12 Main St. and opens at 9:00 a.m. on weekdays, e.g. Monday. Call "
            "555-123-4567 or mail a@example.com."
        ),
        [
            "Doctor Smith's office is at twelve Main Street and opens at nine A M on weekdays,",
            "for example Monday. Call five five five, one two three, four five six seven or mail a at example dot com.",
        ],
        id="addresses",
    ),
    pytest.param(
        "en",
        (
            "The *quadratic formula* is $x = \\frac{-b}{2a}$ when the discriminant is 0. In Python 3.11, use "
            "`math.sqrt` from app.py!"
        ),
        [
            "The quadratic formula is x equals minus b over two a when the discriminant is zero.",
            "In Python three point eleven, use math dot sqrt from app dot P Y!",
        ],
        id="formula",
    ),
    pytest.param(
        "de",
        "Das kostet 3,50 € und dauert ca. 20 Minuten. Der nächste Zug fährt um 14:05 Uhr.",
        [
            "Das kostet drei Komma fünf Euro und dauert circa zwanzig Minuten.",
            "Der nächste Zug fährt um vierzehn Uhr fünf.",
        ],
        id="german",
    ),
    pytest.param(
        "zh",
        "当然可以。今天北京的天气晴朗,气温25度。要不要带伞?",
        ["当然可以。", "今天北京的天气晴朗,气温25度。", "要不要带伞?"],
        id="chinese",
    ),
    pytest.param(
        "en",
        (
            "That's a great question — and honestly, there isn't a single right answer, because it depends "
            "on what you want, how much time you have, and how much money you are willing to spend on it; "
            "still, I'd start with the cheaper one and see how it goes."
        ),
        [
            "That's a great question,",
            "and honestly, there isn't a single right answer, because it depends on what you want,",
            "how much time you have, and how much money you are willing to spend on it;",
            "still, I'd start with the cheaper one and see how it goes.",
        ],
        id="long_sentence",
    ),
    pytest.param(
        "en",
        (
            "Well... NASA's budget was about $25.4 billion in 2023, i.e. roughly 0.5% of U.S. spending. "
            "That's ~$75 per person!"
        ),
        [
            "Well, NASA's budget was about twenty-five point four billion dollars in twenty twenty-three,",
            "that is roughly zero point five percent of U S spending.",
            "That's about seventy-five dollars per person!",
        ],
        id="money",
    ),
    pytest.param(
        "en",
        ('> "Be yourself; everyone else is already taken."\n\n— Oscar Wilde\n\nNice, isn\'t it? ✨'),
        ['"Be yourself;', 'everyone else is already taken."', "Oscar Wilde", "Nice, isn't it?"],
        id="quote",
    ),
]


@pytest.mark.parametrize(("language", "reply", "said"), REPLIES)
def test_a_reply_is_spoken_clause_by_clause(language: str, reply: str, said: list[str]) -> None:
    assert spoken(re.findall(r"\s?\S{1,5}|\s", reply), language) == said
    assert spoken(reply, language) == said
    assert spoken([reply], language) == said


def test_the_first_clause_is_spoken_long_before_the_reply_ends() -> None:
    markdown, splitter = MarkdownFilter(), ClauseSplitter()
    for number, piece in enumerate(
        re.findall(r"\s?\S+", "**Sure**, I can do that, and here is how it works: ...")
    ):
        if clauses := splitter.feed(markdown.feed(piece)):
            assert clauses == ["Sure, I can do that,"]
            assert number == 5
            return
    pytest.fail("nothing was said")
