"""What a game is worth at its end, computed from the world alone."""
