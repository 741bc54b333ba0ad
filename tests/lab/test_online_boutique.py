"""The lab file that ships: the shop's own graph, healthy as delivered, and in an incident."""

from dataclasses import replace
from pathlib import Path

from devops_tycoon.lab.graph import LabFault, LabGraph
from devops_tycoon.lab.read import read_lab
from tests.lab.graphs import run

FILE = Path(__file__).parents[2] / "assets" / "lab" / "online-boutique.toml"


def the_shop(seconds: float = 60) -> LabGraph:
    return replace(read_lab(FILE), seconds=seconds, warmup_s=20)


def test_the_shop_is_healthy_and_no_service_is_too_busy() -> None:
    found = run(the_shop())
    assert found["entries"]["frontend"]["availability"] > 0.9999
    for name, service in found["services"].items():
        assert service["utilisation"] < 0.65, name


def test_the_shop_sells_without_advertisements_but_not_without_its_cart() -> None:
    shop = the_shop()
    no_ads = run(replace(shop, faults=(LabFault(0, 1e9, "ad", down=True),)))["entries"]["frontend"]
    assert no_ads["availability"] > 0.9999
    assert abs(no_ads["degraded"] - 0.8) < 0.01
    no_cart = run(replace(shop, faults=(LabFault(0, 1e9, "redis", down=True),)))["entries"]["frontend"]
    assert no_cart["availability"] < 0.1
