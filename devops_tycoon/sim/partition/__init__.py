"""Splits and merges: which capabilities and tables share a service."""
