"""Yardsticks: how fast the model is, and what a room stands. Not part of the package."""
