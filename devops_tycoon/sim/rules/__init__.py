"""The tables of content that a game is played with; they never change while it runs."""
