"""Ask another website whether an address answers, without being led into our own network.

The name is looked up once, every address it gives must be public, and the connection goes to exactly those
addresses: a name server that changes its mind reaches nothing. Redirects are followed by hand and checked
like the first address. No body is read, nothing is unpacked, and neither cookies nor referrer are sent.
"""

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
from contextlib import closing
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

STEP_SECONDS = 10
TOTAL_SECONDS = 20
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 5
SECONDS_BETWEEN = 1
PORTS = {"http": 80, "https": 443}
PERMANENT, TEMPORARY = {301, 308}, {302, 303, 307}
NEVER_PUBLIC = re.compile(
    r"(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|onion)$|\.home\.arpa$"
)
LABEL = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)$")
IPV6_PUBLIC = ipaddress.ip_network("2000::/3")
#: Inside 2000::/3: Teredo and other special uses, documentation, 6to4.
IPV6_SPECIAL = [
    ipaddress.ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
#: What ``is_global`` lets through: the old way to 6to4.
IPV4_SPECIAL = ipaddress.ip_network("192.88.99.0/24")


class Refused(Exception):
    """An address that we never ask. ``reason`` is a key of links.sentences."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Unreachable(Exception):
    """Asked, but no answer. ``reason`` is a key of links.sentences."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Target(NamedTuple):
    """An address that may be asked, as far as it can be told without looking its name up."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self):
        return f"{self.scheme}://{self.host_header}{self.path}"


class Answer(NamedTuple):
    """``moved_to`` is set when the first steps say that the address has changed for good."""

    code: int
    moved_to: str = ""
    wait_seconds: int | None = None


class Clock:
    now = staticmethod(time.monotonic)
    sleep = staticmethod(time.sleep)


def is_public(address):
    """Whether ``address`` (text) is one that anybody on the internet can reach."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6:
        # Only plain unicast: mapped and translated forms of IPv4 (::ffff:, 64:ff9b::) lie outside it.
        return ip in IPV6_PUBLIC and not any(ip in net for net in IPV6_SPECIAL)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in IPV4_SPECIAL


def parse(url):
    """The Target that ``url`` names. Raises Refused for everything that we never ask."""
    if any(ord(sign) <= 32 or ord(sign) == 127 or sign == "\\" for sign in url):
        raise Refused("malformed")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("malformed") from error
    if parts.scheme not in PORTS:
        raise Refused("scheme")
    if "@" in parts.netloc:
        raise Refused("userinfo")
    port = PORTS[parts.scheme] if port is None else port
    if port not in PORTS.values():
        raise Refused("port")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._[]')}" if parts.query else ""
    return Target(parts.scheme, _host(parts), port, path + query)


def _host(parts):
    host = parts.hostname or ""
    if "[" in parts.netloc:
        if not is_public(host):
            raise Refused("private")
        return host
    try:
        # Also turns look-alike digits and full stops of other scripts into plain ones.
        host = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise Refused("malformed") from error
    labels = host.split(".")
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        # A number in any writing (decimal, octal, hexadecimal, short): only the plain one is a true address.
        if not is_public(host):
            raise Refused("private")
        return host
    if not host or not all(LABEL.match(label) for label in labels):
        raise Refused("malformed")
    if len(labels) < 2 or NEVER_PUBLIC.search(host):
        raise Refused("private")
    return host


def resolve(host, port):
    """The addresses of ``host``, as the machine's own name service gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(entry[4][0] for entry in found))


class Fetcher:
    """``fetch(url)`` is all there is to it. One Fetcher for one run: it remembers when it asked whom."""

    def __init__(self, user_agent, resolve=resolve, clock=Clock, context=None, connect=None):
        self.user_agent = user_agent
        self.resolve = resolve
        self.clock = clock
        self.context = context or ssl.create_default_context()
        self.connect = connect or socket.create_connection
        self.asked_at = {}

    def fetch(self, url):
        """The Answer at the end of the way from ``url``. Raises Refused or Unreachable."""
        self.deadline = self.clock.now() + TOTAL_SECONDS
        asked, moved_to, for_good = set(), "", True
        for _step in range(MOST_REDIRECTS + 1):
            target = parse(url)
            if target.url in asked:
                raise Unreachable("loop")
            asked.add(target.url)
            code, headers = self._ask(target)
            location = headers.get("Location")
            if code not in PERMANENT | TEMPORARY or not location:
                return Answer(code, moved_to, _wait_seconds(headers))
            url = _next_address(target, location)
            for_good = for_good and code in PERMANENT
            moved_to = url if for_good else moved_to
        raise Unreachable("loop")

    def _ask(self, target):
        """(status, headers): HEAD, and GET when the server would not answer that. Some know only GET."""
        addresses = self._addresses(target)
        try:
            code, headers = self._request("HEAD", target, addresses)
        except Unreachable as error:
            if error.reason not in {"connection", "answer"}:
                raise
            return self._request("GET", target, addresses)
        if code >= 400 and code not in {410, 429}:
            return self._request("GET", target, addresses)
        return code, headers

    def _addresses(self, target):
        if ":" in target.host or target.host.replace(".", "").isdigit():
            return [target.host]  # parse has seen that it is public
        addresses = self._resolve_in_time(target)
        if not addresses:
            raise Unreachable("name")
        if not all(is_public(address) for address in addresses):
            raise Refused("private")
        return addresses

    def _resolve_in_time(self, target):
        """The name service has no time limit of its own, so it works in a thread that may be left behind."""
        found = []

        def work():
            try:
                found.append(self.resolve(target.host, target.port))
            except (OSError, UnicodeError):
                found.append([])

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(min(STEP_SECONDS, max(0, self.deadline - self.clock.now())))
        return found[0] if found else []

    def _request(self, method, target, addresses):
        self._wait_for_turn(target.host)
        try:
            with closing(self._open(target, addresses)) as sock:
                return self._exchange(method, target, Wire(sock, self._left))
        except TimeoutError as error:
            raise Unreachable("slow") from error
        except ssl.SSLError as error:
            raise Unreachable("certificate") from error
        except OSError as error:
            raise Unreachable("connection") from error
        except (http.client.HTTPException, ValueError) as error:
            raise Unreachable("answer") from error

    def _wait_for_turn(self, host):
        """Keep a second between two requests to one host. The wait is no fault of the host's."""
        now = self.clock.now()
        wait = self.asked_at.get(host, now - SECONDS_BETWEEN) + SECONDS_BETWEEN - now
        if wait > 0:
            self.clock.sleep(wait)
            self.deadline += wait
        self.asked_at[host] = self.clock.now()

    def _open(self, target, addresses):
        for number, address in enumerate(addresses, start=1):
            try:
                plain = self.connect((address, target.port), timeout=self._left())
                break
            except OSError:
                if number == len(addresses):
                    raise
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(self._left())
            return self.context.wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise

    def _left(self):
        """How long the next step may take. Raises TimeoutError when the time is up."""
        left = self.deadline - self.clock.now()
        if left <= 0:
            raise TimeoutError
        return min(STEP_SECONDS, left)

    def _exchange(self, method, target, wire):
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = wire
        connection.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", target.host_header)
        connection.putheader("User-Agent", self.user_agent)
        connection.putheader("Accept", "*/*")
        connection.putheader("Accept-Encoding", "identity")
        if method == "GET":
            connection.putheader("Range", f"bytes=0-{MOST_BYTES - 1}")
        connection.putheader("Connection", "close")
        connection.endheaders()
        response = connection.getresponse()
        return response.status, response.headers


class Wire(io.RawIOBase):
    """A socket for http.client that ends at the deadline and after MOST_BYTES, however it is dripped."""

    def __init__(self, sock, seconds_left):
        self.sock, self.seconds_left = sock, seconds_left
        self.bytes_left = MOST_BYTES

    def makefile(self, mode):
        return io.BufferedReader(self)

    def readable(self):
        return True

    def close(self):
        """http.client closes early; who opened the socket closes it."""

    def sendall(self, data):
        self.sock.settimeout(self.seconds_left())
        self.sock.sendall(data)

    def readinto(self, buffer):
        if self.bytes_left <= 0:
            raise http.client.HTTPException("too much")
        self.sock.settimeout(self.seconds_left())
        size = self.sock.recv_into(buffer, min(len(buffer), self.bytes_left))
        self.bytes_left -= size
        return size


def _next_address(target, location):
    """Headers are read as latin-1; addresses with å, ä and ö are sent as UTF-8."""
    location = location.strip().replace(" ", "%20")
    try:
        return urljoin(target.url, location.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return urljoin(target.url, location)
    except ValueError as error:
        raise Refused("malformed") from error


def _wait_seconds(headers):
    """Retry-After in seconds, which may be given as a date; None when there is none to read."""
    value = headers.get("Retry-After", "")
    if re.fullmatch(r"[0-9]{1,7}", value):
        return int(value)
    try:
        return max(0, int(parsedate_to_datetime(value).timestamp() - time.time()))
    except (ValueError, OverflowError):
        return None
