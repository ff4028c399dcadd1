"""The generator of training conversations: grammars, slots, noise. Everything it says, we wrote."""

from .conversations import conversation, held_out, normalised
from .exchange import Call, Exchange

__all__ = ["Call", "Exchange", "conversation", "held_out", "normalised"]
