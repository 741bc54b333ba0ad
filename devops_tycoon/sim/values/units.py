"""Two whole numbers that stand for more than themselves."""

FOREVER = 2**53
"""A tick that never comes."""


WHOLE = 1_000_000
"""All of something, in parts per million."""
