import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.workshop.addresses import is_ours, own_addresses, socket_url


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("192.168.1.5", "ws://192.168.1.5:8137/ws"),
        ("192.168.1.5:8200", "ws://192.168.1.5:8200/ws"),
        ("http://teacher.local:8137/", "ws://teacher.local:8137/ws"),
        (" http://[fe80::1]:9/#K7WPXM ", "ws://[fe80::1]:9/ws"),
    ],
)
def test_an_address_is_read_as_people_type_it(typed: str, url: str) -> None:
    assert socket_url(typed) == url


@pytest.mark.parametrize(
    "typed", ["", "ftp://x", "http://", "a b", "host:port", "http://a:b@c", "192.168.1.5:99999", "\x1b[31m", "x" * 300]
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ContentError, match=r"192\.168\.1\.5:8137"):
        socket_url(typed)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8137", "192.168.1.5:8137", "[::1]:8137", "localhost:8137", "LOCALHOST:8137"]
)
def test_a_request_by_figures_or_own_name_is_for_us(host: str) -> None:
    assert is_ours(host, 8137)


@pytest.mark.parametrize("host", ["evil.example:8137", "127.0.0.1:80", "127.0.0.1", "", "localhost.evil.example:8137"])
def test_a_request_by_a_strangers_name_or_to_another_port_is_not(host: str) -> None:
    assert not is_ours(host, 8137)


def test_loopback_is_no_address_to_tell_others() -> None:
    assert not [address for address in own_addresses() if address.startswith("127.")]
