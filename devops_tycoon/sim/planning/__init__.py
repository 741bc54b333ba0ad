"""The weeks between two shifts, and the first world of a game."""
