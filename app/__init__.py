"""Conversations in plain Python: turns, endpointing, clauses, tools, settings. Knows nothing of Qt or of any model."""
