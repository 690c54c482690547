"""Where Adlib goes when a member hands it an address: to public websites, and nowhere else.

An address is looked at twice: as it is written, before anything is done with it, and as the numbers that its name was
resolved to. The second is what counts, for the connection is made to such a number and the name is never looked up
again: a name that says another thing the next time, or a way to write 127.0.0.1 that the first look does not know,
comes to nothing there.
"""

import re
import socket
from collections.abc import Collection, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from yarl import URL

from bot.errors import AddressPrivate

Address = IPv4Address | IPv6Address

PORTS: Final = frozenset({80, 443})
"""Of the ports below `FREE_PORTS`: the others speak mail, shells and files, and feeds do not come from there."""
FREE_PORTS: Final = 1024
CLOSED_PORTS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}
)
"""What browsers open no website at either (the Fetch standard's bad ports)."""
UNICAST: Final = ip_network("2000::/3")
"""All that is given out of IPv6 so far."""
TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""An IPv4 address in the words of a network that has IPv6 only (NAT64)."""
RESERVED: Final = (
    ip_network("192.0.0.0/24"),  # of protocols; Python took parts of it for public until 3.11.10
    ip_network("168.63.129.16/32"),  # public by its number: what a machine at Azure asks for its own secrets
    ip_network("3fff::/20"),  # of books
)
"""What is public besides to `ipaddress`, and not meant here."""
NEAR: Final = (
    "localhost", "local", "localdomain", "internal", "lan", "intranet", "home", "corp", "private", "arpa", "svc",
    "test", "invalid", "onion", "alt", "fritz.box",
)  # fmt: skip
"""Endings of names that no public website has. What counts is the number, but these are not even looked up."""
_NEAR: Final = tuple(f".{ending}" for ending in NEAR)
_NUMBER: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_VISIBLE: Final = re.compile(r"[!-~]+")
_NAME: Final = re.compile(r"[a-z0-9_.-]+")


class Guard:
    """Knows where Adlib may go. `private_hosts` are names and addresses that the host allows besides."""

    def __init__(self, private_hosts: Collection[str] = ()) -> None:
        given = [(host, numeric(host)) for host in private_hosts]
        self._addresses = frozenset(address for _, address in given if address)
        self._names = frozenset(host.lower().rstrip(".") for host, address in given if not address)

    def checked(self, address: URL | str) -> URL:
        """Return the address with its host as it is looked up.

        Raises:
            AddressPrivate: it is no http or https address, names a user, a port that is not for websites, or a host
                that is not public by the look of it.
        """
        try:
            url = URL(str(address))  # quoted anew: what was joined to a base is not always
            said, port = url.host, url.port  # both raise where they are none
            host = (url.raw_host or "").lower().rstrip(".")
        except ValueError as fault:
            raise AddressPrivate from fault
        if url.scheme not in ("http", "https") or "@" in url.raw_authority or not _VISIBLE.fullmatch(str(url)):
            raise AddressPrivate
        if not said or not self._may_name(host) or not (self._trusts(host) or _is_for_websites(port)):
            raise AddressPrivate
        return url.with_host(str(numeric(host) or host)).with_fragment(None)

    def reachable(self, host: str, resolved: Iterable[str]) -> Sequence[Address]:
        """Return the addresses that `host` was resolved to; a connection goes to one of these and to no name.

        Raises:
            AddressPrivate: one of them is not public.
        """
        addresses = [ip_address(text) for text in dict.fromkeys(resolved)]
        if not all(self._may_reach(host, address) for address in addresses):
            raise AddressPrivate
        return addresses

    def _may_reach(self, host: str, address: Address) -> bool:
        if host in self._names or address in self._addresses:
            return True
        return is_public(address) and not is_own(address)

    def _may_name(self, host: str) -> bool:
        if self._trusts(host):
            return True
        if address := numeric(host):
            return is_public(address)
        labels = host.split(".")
        if len(labels) < 2 or f".{host}".endswith(_NEAR) or _NUMBER.fullmatch(labels[-1]):
            return False
        return bool(_NAME.fullmatch(host))

    def _trusts(self, host: str) -> bool:
        return host in self._names or numeric(host) in self._addresses


def numeric(host: str) -> Address | None:
    """Return the address that `host` writes, in any way that is taken for one: 127.1, 0x7f000001, 2130706433."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def is_public(address: Address) -> bool:
    """Tell whether an address, and each that is written into it, belongs to the public internet."""
    if any(address in network for network in RESERVED):
        return False
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    if address.scope_id is not None:  # a way within this machine's own networks, whatever the number says
        return False
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address in UNICAST and address.is_global and not address.is_multicast and address.teredo is None


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def is_own(address: Address) -> bool:
    """Tell whether the address is this machine's: from here it is reached behind the firewall.

    The public address of a router that stands before it is none that it knows of.
    """
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:  # sends nothing: it only looks up the way
            asking.connect((str(address), 9))
            return ip_address(asking.getsockname()[0]) == address
    except (OSError, ValueError):
        return False


def _is_for_websites(port: int | None) -> bool:
    return port in PORTS or (port is not None and port >= FREE_PORTS and port not in CLOSED_PORTS)
