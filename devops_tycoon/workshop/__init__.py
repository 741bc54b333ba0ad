"""Workshops: a room full of people, one clock, honest scores."""
