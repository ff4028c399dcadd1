"""Words that only mean "be quiet": said into an answer they end it, and want no answer of their own."""

from __future__ import annotations

_STOPS = {
    "en": (
        "stop|stop it|stop that|stop talking|stop please|please stop|okay stop|ok stop|all right stop|enough|"
        "that's enough|that is enough|okay enough|quiet|be quiet|hush|silence|shut up|shush|okay thanks|"
        "okay thank you|thanks|thank you|got it|okay got it|never mind"
    ),
    "de": "stopp|stop|halt|genug|das reicht|danke|ruhe|sei still|hör auf|aufhören|schon gut",
    "fr": "stop|arrête|arrêtez|assez|ça suffit|silence|merci|tais-toi|c'est bon|laisse tomber",
    "es": "para|basta|alto|silencio|cállate|ya está|gracias|suficiente|déjalo",
}
_WORDS = {language: frozenset(words.split("|")) for language, words in _STOPS.items()}


def only_stops(text: str, language: str) -> bool:
    """Whether that is all that was said."""
    said = " ".join("".join(c if c.isalnum() or c in "'-" else " " for c in text.lower()).split())
    return said in _WORDS.get(language.partition("-")[0].lower(), frozenset())
