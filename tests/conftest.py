"""The longest proofs begin first, so that no process is left alone with one of them at the end."""

import pytest

from tests.examples import load_profile

load_profile()


def _minutes(item: pytest.Item) -> float:
    marker = item.get_closest_marker("long")
    return float(marker.kwargs.get("minutes", 0)) if marker else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order `@pytest.mark.long(minutes=…)` by its minutes, and leave the others as they are."""
    items.sort(key=lambda item: -_minutes(item))
