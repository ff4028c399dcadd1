"""What ships beside the code: icons, sounds, and the starter model with how it was made."""
