"""What nearly every order is written with: its notation, and the values that it reads and returns."""

from devops_tycoon.orders.notation import Option, TypedOrder, Word
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.world import World

__all__ = ["NEEDS_COMPANY", "Fact", "Option", "Order", "Rules", "TypedOrder", "Word", "World", "replace"]
