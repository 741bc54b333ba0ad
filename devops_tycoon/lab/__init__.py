"""Bare graphs, proofs and comparisons: the queueing model without a game."""
