"""The rules of the game: pure functions from (world, rules) to (world, facts)."""
