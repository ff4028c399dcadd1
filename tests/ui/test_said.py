import pytest

from ui.said import said_until


def rest(reply: str, heard: str) -> str:
    return reply[said_until(reply, heard) :]


@pytest.mark.parametrize(
    ("reply", "heard", "unsaid"),
    [
        ("It's ten past two.", "", "It's ten past two."),
        ("It's ten past two.", "It's ten", " past two."),
        ("It's ten past two.", "It's ten past two", ""),
        ("Yes. No.", "Yes.", " No."),
        ("**Bold** words and more", "Bold words", " and more"),
        ("See [the page](https://x.org/a/b) for more.", "See the page for", " more."),
        ("the cat and the dog and the bird", "the cat and the dog", " and the bird"),
        ("Grüße, Ähre! Und 😀 mehr.", "grüße ähre und", " 😀 mehr."),
        ("one two three", "one three", ""),
        ("one two three", "nine one two", " three"),
        ("one two", "entirely different", "one two"),
    ],
)
def test_the_rest_begins_after_the_last_word_heard(reply: str, heard: str, unsaid: str) -> None:
    assert rest(reply, heard) == unsaid


def test_a_code_block_that_is_never_spoken_is_skipped() -> None:
    code = "```python\nfor the_word in words:\n    print(the_word)\n```"
    reply = f"Run this:\n{code}\nIt prints every word."
    assert rest(reply, "Run this: It prints") == " every word."


def test_a_long_reply_is_found_from_a_long_prefix() -> None:
    reply = " ".join(f"word{number}" for number in range(5000))
    heard = " ".join(f"word{number}" for number in range(4999))
    assert rest(reply, heard) == " word4999"
