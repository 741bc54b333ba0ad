"""Bare graphs, proofs and comparisons: queueing truth without a game around it."""
