"""`dataclasses.replace` for frozen values, several times as fast; the type checker sees the original."""

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """Return the value with some fields changed. It stays interpreted: the loops are those of C."""
        kind = type(value)
        known = _KNOWN.get(kind)
        if known is None:
            names = [field.name for field in fields(kind)]
            known = _KNOWN[kind] = (attrgetter(*names), {name: place for place, name in enumerate(names)})
        every, places = known
        values = list(every(value))
        for name, changed in changes.items():
            values[places[name]] = changed
        return kind(*values)


_KNOWN: dict[type, Any] = {}
"""Per class: what reads all its fields at once, and their places."""

__all__ = ["replace"]
