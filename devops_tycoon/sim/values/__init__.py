"""The parts of a world: frozen values without rules of their own."""
