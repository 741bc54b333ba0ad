"""Widgets: one per panel, drawn row by row."""
