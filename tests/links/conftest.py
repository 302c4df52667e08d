"""A web of our own: a server on loopback that stands for every public address. Nothing leaves the machine."""

import socket
import ssl
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from links.fetch import Fetcher

#: en.example, signed by itself, valid for a hundred years. Known to everybody, so it protects nothing.
CERTIFICATE = Path(__file__).parent / "files" / "en.example.pem"
PUBLIC = "93.184.215.14"
MOVES = {"/301": 301, "/308": 308, "/302": 302, "/307": 307}


@pytest.fixture(autouse=True)
def nothing_leaves_the_machine(monkeypatch):
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {
            "127.0.0.1",
            "::1",
        }:
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


class Handler(BaseHTTPRequestHandler):
    """Answers by path: /404, /301?<where to>, /stall …"""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path, _mark, query = self.path.partition("?")
        self.server.asked.append((self.command, self.headers.get("Host"), self.path, self.headers))
        special = getattr(self, f"special_{path.strip('/').replace('-', '_')}", None)
        if special:
            special()
        elif path in MOVES:
            self.answer(MOVES[path], Location=query)
        elif path.strip("/").isdigit():
            self.answer(int(path.strip("/")), **({"Retry-After": unquote(query)} if query else {}))
        else:
            self.answer(200)

    do_HEAD = do_GET

    def answer(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def special_only_get(self):
        self.answer(self.server.refusal if self.command == "HEAD" else 200)

    def special_loop(self):
        self.answer(301, Location="/loop")

    def special_stall(self):
        self.server.done.wait(20)
        self.close_connection = True

    def special_drip(self):
        self.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 400)

    def drip(self, data):
        for number in range(len(data)):
            if self.server.done.is_set():
                break
            self.wfile.write(data[number : number + 1])
            time.sleep(0.02)
        self.close_connection = True

    def special_endless_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.done.is_set():
            self.wfile.write(b"X-More: " + b"x" * 1000 + b"\r\n")

    def special_endless_patience(self):
        while not self.server.done.is_set():
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

    def special_huge_body(self):
        self.send_response(404 if self.command == "HEAD" else 200)
        self.send_header("Content-Length", str(10**12))
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        while self.command == "GET" and not self.server.done.is_set():
            self.wfile.write(b"x" * 65536)
            self.server.sent += 65536

    def special_garbage(self):
        self.wfile.write(b"\x00\xff\r\n\r\n")
        self.close_connection = True

    def special_closes(self):
        self.close_connection = True

    def handle(self):
        with suppress(OSError):
            super().handle()

    def finish(self):
        with suppress(OSError):
            super().finish()

    def log_message(self, *args):
        pass


class Web:
    """``asked``: (method, host, path, headers); ``reached``: the addresses that were connected to."""

    def __init__(self, server, tls_server):
        self.server, self.tls_server = server, tls_server
        self.names, self.resolved, self.reached = {}, [], []

    @property
    def asked(self):
        return self.server.asked

    def resolve(self, host, port):
        self.resolved.append(host)
        answer = self.names.get(host, [PUBLIC])
        return answer.pop(0) if answer and isinstance(answer[0], list) else answer

    def connect(self, address, timeout):
        self.reached.append(address)
        server = self.tls_server if address[1] == 443 else self.server
        return socket.create_connection(server.server_address, timeout=timeout)

    def fetcher(self, **options):
        defaults = {"resolve": self.resolve, "connect": self.connect, "clock": FakeClock()}
        return Fetcher("Test/1.0 (+https://trygg.example)", **defaults | options)


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self):
        self.time, self.slept = 1000.0, []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A client that goes away in the middle is what several tests are about."""


def start(tls=False):
    server = QuietServer(("127.0.0.1", 0), Handler)
    server.asked, server.done, server.sent, server.refusal = [], threading.Event(), 0, 405
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    return server


@pytest.fixture
def web():
    servers = start(), start(tls=True)
    yield Web(*servers)
    for server in servers:
        server.done.set()
        server.shutdown()
        server.server_close()
