"""The commands of `repartee`, one file for each group; they print, the rest of the app doesn't."""
