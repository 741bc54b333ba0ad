"""Random play without end: `python -m tests.soak --ticks 1000000 --seed 1 --jobs 2`."""
