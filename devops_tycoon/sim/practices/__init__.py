"""What adopted practices do, as numbers that the rest of the rules ask for."""
