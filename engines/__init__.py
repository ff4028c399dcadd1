"""Everything that touches a model or a device. Knows nothing of conversations (app) or windows (ui)."""
