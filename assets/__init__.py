"""What ships beside the code: icons, sounds, and the starter model with how it was made."""

from pathlib import Path

ASSETS = Path(__file__).parent
STARTER_MODEL = ASSETS / "starter" / "starter.gguf"
