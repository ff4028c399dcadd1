"""Everything that touches Qt. Hears the conversation through one bridge and never blocks on it."""
