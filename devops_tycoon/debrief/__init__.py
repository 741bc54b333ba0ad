"""Explaining a run: timeline, ledger, incidents, what it teaches."""
