"""Tests of the pure drawing functions."""
