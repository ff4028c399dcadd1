"""The product heard and spoken to through virtual devices; nothing here knows its insides."""
