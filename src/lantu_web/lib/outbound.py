"""Messages to addresses that people typed in: never to a machine that only the site can reach, unless the settings name its network.

The name is looked up once, every address that it has is judged, and the connection goes to one of those: a name that points elsewhere a
moment later changes nothing. Redirects are not followed, proxies of the environment are not asked, of the answer only the status is read.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from lantu_web.lib.errors import Invalid, Refused

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]
PORTS = {"http": 80, "https": 443}
NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
LONGEST = 300


class Unreachable(Refused):
    """The message did not arrive; the text says why, for the person who entered the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address in its parts, and the machine that the message goes to."""

    scheme: str
    host: str
    port: int
    path: str
    machine: Address

    @property
    def name(self) -> str:
        """As the header Host says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def post(url: str, *, body: bytes, headers: Mapping[str, str], allowed: Networks, seconds: float) -> int:
    """Send it and give the status of the answer, after so many seconds at most. Raises Unreachable."""
    target = _found(url, allowed)
    connection = _Tls(target, seconds) if target.scheme == "https" else _Plain(target, seconds)
    over = threading.Timer(seconds, connection.cut)
    over.start()
    try:
        connection.request("POST", target.path, body=body, headers={**headers, "Host": target.name, "Connection": "close"})
        return connection.getresponse().status
    except ssl.SSLError as problem:
        raise Unreachable(_("The certificate or the encryption was refused: %(why)s") % {"why": problem.reason or problem}) from problem
    except (OSError, HTTPException) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else type(problem).__name__
        raise Unreachable(_("No answer from %(host)s: %(why)s") % {"host": target.name, "why": why}) from problem
    finally:
        over.cancel()
        connection.close()


def checked(url: str, *, allowed: Networks, field: str) -> str:
    """The address, fit to be kept: of what can be judged without looking the name up. Raises Invalid naming the field."""
    text = url.strip()
    parts = _parts(text)
    if parts is None:
        raise Invalid(_("Write an address like https://host.example/path, without a user name and without #."), field=field)
    try:
        machine = ip_address(parts.hostname or "")
    except ValueError:
        return text
    if not _may_reach(machine, parts.scheme, allowed):
        raise Invalid(_refusal(parts.scheme, machine), field=field)
    return text


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    bears_more = parts.username or parts.password or parts.fragment
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    return parts if is_whole and plain and not bears_more else None


def _found(url: str, allowed: Networks) -> Target:
    parts = _parts(url)
    if parts is None or not parts.hostname:
        raise Unreachable(_("Write an address like https://host.example/path, without a user name and without #."))
    port = parts.port or PORTS[parts.scheme]
    machines = _looked_up(parts.hostname, port)
    barred = [machine for machine in machines if not _may_reach(machine, parts.scheme, allowed)]
    if barred:
        raise Unreachable(_refusal(parts.scheme, barred[0]))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=parts.hostname, port=port, path=path, machine=machines[0])


def _looked_up(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(_("The name %(host)s is not known.") % {"host": host}) from None
    return [ip_address(str(place[0]).partition("%")[0]) for *_kind, place in found]


def _may_reach(machine: Address, scheme: str, allowed: Networks) -> bool:
    """Networks that are named: by either scheme. Elsewhere only the open network, and only by https."""
    inner = _inner(machine)
    if inner.is_multicast or inner.is_unspecified:
        return False
    if any(inner in network for network in allowed if network.version == inner.version):
        return True
    return inner.is_global and scheme == "https"


def _inner(machine: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(machine, IPv4Address):
        return machine
    if machine in NAT64:
        return IPv4Address(int(machine) & 0xFFFFFFFF)
    return machine.ipv4_mapped or machine.sixtofour or machine


def _refusal(scheme: str, machine: Address) -> str:
    if _inner(machine).is_global and scheme == "http":
        return _("Outside of the networks that the installation names, write https:// instead of http://.")
    message = _("%(machine)s lies in a network that the site does not send to; the system administrator can name it in %(setting)s.")
    return message % {"machine": machine, "setting": "LANTU_WEBHOOK_NETWORKS"}


class _Plain(HTTPConnection):
    """To one machine, whatever its name says by now."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target = target

    def connect(self) -> None:
        self.sock = socket.create_connection((str(self.target.machine), self.target.port), self.timeout)

    def cut(self) -> None:
        """End it, so that who waits for it waits no longer."""
        _cut(self.sock)


class _Tls(HTTPSConnection):
    """The same, encrypted, with the certificate of the name."""

    def __init__(self, target: Target, seconds: float) -> None:
        self.safety = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=seconds, context=self.safety)
        self.target = target

    def connect(self) -> None:
        raw = socket.create_connection((str(self.target.machine), self.target.port), self.timeout)
        self.sock = raw  # so that it can be cut while it greets
        self.sock = self.safety.wrap_socket(raw, server_hostname=self.target.host)

    def cut(self) -> None:
        _cut(self.sock)


def _cut(found: socket.socket | None) -> None:
    try:
        if found is not None:
            found.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was over already
