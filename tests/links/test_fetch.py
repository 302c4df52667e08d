"""Asking other websites: every kind of answer, politeness, and that nobody leads us into our own network."""

import socket
import ssl

import pytest

from links import fetch
from links.fetch import Answer, Refused, Unreachable, is_public, parse
from tests.links.conftest import CERTIFICATE, PUBLIC

SITE = "http://en.example"


# --- Answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [200, 204, 404, 410, 429, 500, 503])
def test_the_code_is_what_the_website_says(web, code):
    assert web.fetcher().fetch(f"{SITE}/{code}").code == code


def test_head_is_enough_when_it_is_answered(web):
    web.fetcher().fetch(f"{SITE}/200")
    assert [asked[0] for asked in web.asked] == ["HEAD"]


@pytest.mark.parametrize("refusal", [400, 403, 404, 405, 501])
def test_a_website_that_only_knows_get_is_asked_that_way(web, refusal):
    web.server.refusal = refusal
    assert web.fetcher().fetch(f"{SITE}/only-get").code == 200
    assert [asked[0] for asked in web.asked] == ["HEAD", "GET"]
    assert web.asked[1][3]["Range"] == "bytes=0-65535"


def test_nothing_about_us_is_sent_but_who_asks(web):
    web.fetcher().fetch(f"{SITE}/only-get?fråga=å")
    method, host, path, headers = web.asked[-1]
    assert (method, host, path) == ("GET", "en.example", "/only-get?fr%C3%A5ga=%C3%A5")
    assert set(headers) == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "Range",
        "Connection",
    }
    assert headers["Accept-Encoding"] == "identity"


def test_a_permanent_move_says_where_to(web):
    answer = web.fetcher().fetch(f"{SITE}/301?/308?/200")
    assert answer == Answer(200, f"{SITE}/200")


def test_only_the_first_permanent_steps_are_a_new_address(web):
    answer = web.fetcher().fetch(f"{SITE}/301?/302?/200")
    assert answer == Answer(200, f"{SITE}/302?/200")


@pytest.mark.parametrize("step", ["/302", "/307"])
def test_a_passing_detour_is_no_move(web, step):
    assert web.fetcher().fetch(f"{SITE}{step}?/200") == Answer(200)


def test_five_redirects_are_followed_and_not_six(web):
    assert web.fetcher().fetch(SITE + "/302?" * 5 + "/200").code == 200
    with pytest.raises(Unreachable, match="loop"):
        web.fetcher().fetch(SITE + "/302?" * 6 + "/200")


def test_a_loop_is_left_at_once(web):
    with pytest.raises(Unreachable, match="loop"):
        web.fetcher().fetch(f"{SITE}/loop")
    assert len(web.asked) == 1


def test_retry_after_is_read(web):
    assert web.fetcher().fetch(f"{SITE}/429?120").wait_seconds == 120
    assert (
        web.fetcher().fetch(f"{SITE}/503?Fri,%2031%20Dec%201999%2023:59:59%20GMT").wait_seconds == 0
    )
    late = web.fetcher().fetch(f"{SITE}/503?Fri,%2031%20Dec%202199%2023:59:59%20GMT").wait_seconds
    assert late > 10**9
    assert web.fetcher().fetch(f"{SITE}/503?snart").wait_seconds is None


# --- Bad answers ----------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(fetch, "STEP_SECONDS", 0.3)
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.6)
    return fetch.Clock


@pytest.mark.parametrize("path", ["/stall", "/drip", "/endless-patience"])
def test_who_answers_too_slowly_is_left(web, impatient, path, monkeypatch):
    monkeypatch.setattr(fetch, "MOST_BYTES", 10**9)
    with pytest.raises(Unreachable, match="slow"):
        web.fetcher(clock=impatient).fetch(f"{SITE}{path}")


@pytest.mark.parametrize(
    "path", ["/endless-headers", "/endless-patience", "/garbage"], ids=lambda path: path
)
def test_an_answer_that_makes_no_sense(web, path):
    with pytest.raises(Unreachable, match="answer"):
        web.fetcher().fetch(f"{SITE}{path}")


def test_a_huge_body_is_never_read(web):
    """What the two machines' buffers take on their own is some megabytes at the most."""
    assert web.fetcher().fetch(f"{SITE}/huge-body").code == 200
    assert web.server.sent < 64 * 1024 * 1024


def test_a_closed_connection(web):
    with pytest.raises(Unreachable, match="connection"):
        web.fetcher().fetch(f"{SITE}/closes")


def test_a_refused_connection(web):
    def refuse(address, timeout):
        raise ConnectionRefusedError

    with pytest.raises(Unreachable, match="connection"):
        web.fetcher(connect=refuse).fetch(SITE)


def test_the_next_address_is_tried_when_the_first_does_not_answer(web):
    web.names["en.example"] = ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", PUBLIC]

    def connect(address, timeout):
        if ":" in address[0]:
            raise OSError("no IPv6 here")
        return web.connect(address, timeout)

    assert web.fetcher(connect=connect).fetch(SITE).code == 200


def test_a_name_that_does_not_exist(web):
    def resolve(host, port):
        raise socket.gaierror("no such name")

    with pytest.raises(Unreachable, match="name"):
        web.fetcher(resolve=resolve).fetch(SITE)


def test_a_name_service_that_never_answers(web, impatient):
    def resolve(host, port):
        web.server.done.wait(20)
        return [PUBLIC]

    with pytest.raises(Unreachable, match="name"):
        web.fetcher(resolve=resolve, clock=impatient).fetch(SITE)
    assert web.reached == []


# --- TLS ------------------------------------------------------------------------------------------


def test_a_certificate_for_the_name_is_trusted(web):
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    assert web.fetcher(context=trusting).fetch("https://en.example/200").code == 200
    assert web.reached == [(PUBLIC, 443)]


def test_a_certificate_for_another_name_is_not(web):
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    with pytest.raises(Unreachable, match="certificate"):
        web.fetcher(context=trusting).fetch("https://annan.example/200")


def test_a_certificate_that_nobody_vouches_for_is_not(web):
    with pytest.raises(Unreachable, match="certificate"):
        web.fetcher().fetch("https://en.example/200")
    assert web.tls_server.asked == []


# --- Politeness -----------------------------------------------------------------------------------


def test_one_request_a_second_to_a_host_and_no_wait_for_another(web):
    fetcher = web.fetcher()
    fetcher.fetch("http://en.example/200")
    fetcher.fetch("http://annan.example/200")
    assert fetcher.clock.slept == []
    fetcher.fetch("http://en.example/200")
    assert fetcher.clock.slept == [1]
    fetcher.fetch("http://en.example/404")  # HEAD and GET
    assert fetcher.clock.slept == [1, 1, 1]


# --- Hostile addresses ----------------------------------------------------------------------------

HOSTILE = [
    # The machine itself and its neighbours, in every writing
    *("http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/"),
    *("http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/"),
    *("http://0.0.0.0/", "http://0/", "http://00000000/", "http://127.0.0.1./", "http://127.0.0.08/"),
    *("http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://１２７.0.0.1/"),
    *("http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/"),
    *("http://169.254.169.254/latest/meta-data/", "http://169.254.0.1/", "http://198.18.0.1/"),
    *("http://192.0.2.1/", "http://192.88.99.1/", "http://224.0.0.1/", "http://255.255.255.255/"),
    *("http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    *("http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/"),
    *("http://[2002:7f00:1::]/", "http://[2001:0:1::1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/"),
    *("http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://[2001:db8::1]/"),
    # Names of the machine and of inner networks
    *("http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://localhost.localdomain/"),
    *("http://metadata.google.internal/", "http://metadata/", "http://server/", "http://skrivare.local/"),
    *("http://intranet.lan/", "http://x.home.arpa/", "http://x.onion/"),
    # Other doors
    *("http://en.example:22/", "http://en.example:8080/", "http://en.example:0/", "http://en.example:99999/"),
    *("http://a:b@en.example/", "http://en.example@127.0.0.1/", "http://127.0.0.1@en.example/"),
    *("http://en.example\\@127.0.0.1/", "http:\\\\127.0.0.1/", "http://en.example#@127.0.0.1:22/\n"),
    *("file:///etc/passwd", "gopher://en.example/", "ftp://en.example/", "javascript:alert(1)"),
    *("data:text/html,x", "dict://en.example:11211/", "//127.0.0.1/", "http:///x", "http://", "https:/x"),
    *("http://en.example/\r\nHost: x", "http://en.example/ x", "http://en.exa\tmple/", "http://en.example/\x00"),
    *("http://[en.example]/", "http://[::1/", "http://-en.example/", "http://en..example/", "http://en.example:x/"),
    f"http://{'a' * 64}.example/",
]  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE)
def test_hostile_addresses_are_never_asked(web, address):
    with pytest.raises(Refused):
        web.fetcher().fetch(address)
    assert web.resolved == web.reached == []


@pytest.mark.parametrize("address", HOSTILE)
def test_nor_are_they_when_a_website_sends_us_there(web, address, monkeypatch):
    """What follows the first address is judged in the same way."""
    monkeypatch.setattr(fetch.Fetcher, "_ask", lambda self, target: (302, {"Location": address}))
    with pytest.raises((Refused, Unreachable)):
        web.fetcher().fetch(f"{SITE}/")
    assert web.reached == []


def test_there_are_many_of_them():
    assert len(HOSTILE) >= 75


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "file:///etc/passwd"],
)
def test_a_real_redirect_to_a_hostile_address_is_refused(web, target):
    with pytest.raises(Refused):
        web.fetcher().fetch(f"{SITE}/302?{target}")
    assert web.reached == [(PUBLIC, 80)]


PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "100.127.0.1"),
    *("0.0.0.0", "::1", "::ffff:10.0.0.1", "fe80::1", "fd00::1", "64:ff9b::a00:1", "2002:a00:1::"),
    *("224.0.0.251", "240.0.0.1", "not an address"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_address_is_refused(web, address):
    web.names["en.example"] = [address]
    with pytest.raises(Refused, match="private"):
        web.fetcher().fetch(SITE)
    assert web.reached == []


@pytest.mark.parametrize("address", PRIVATE)
def test_one_private_address_among_public_ones_is_enough(web, address):
    web.names["en.example"] = [PUBLIC, address]
    with pytest.raises(Refused, match="private"):
        web.fetcher().fetch(SITE)
    assert web.reached == []


def test_a_name_is_looked_up_once_and_that_answer_is_used(web):
    """A name server that answers otherwise the second time (rebinding) is not asked a second time."""
    web.names["en.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert web.fetcher().fetch(f"{SITE}/only-get").code == 200
    assert web.resolved == ["en.example"]
    assert web.reached == [(PUBLIC, 80), (PUBLIC, 80)]


def test_after_a_redirect_the_name_is_looked_up_and_judged_again(web):
    web.names["en.example"] = [[PUBLIC], ["127.0.0.1"]]
    with pytest.raises(Refused, match="private"):
        web.fetcher().fetch(f"{SITE}/302?/200")
    assert web.reached == [(PUBLIC, 80)]


def test_swedish_letters_in_names_and_paths(web):
    assert web.fetcher().fetch("http://räksmörgås.example/åäö").code == 200
    assert web.asked[0][1:3] == ("xn--rksmrgs-5wao1o.example", "/%C3%A5%C3%A4%C3%B6")


@pytest.mark.parametrize("address", ["1.1.1.1", "193.10.10.10", "2606:4700::1111", "2001:6b0::1"])
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("https://www.norrtalje.se/info/?a=b&c=d%20e#x", "http://en.example:80/", "https://1.1.1.1/"),
        *("http://en.example:443/", "https://[2606:4700::1111]/", "HTTPS://EN.EXAMPLE"),
    ],
)  # fmt: skip
def test_ordinary_addresses_are_let_through(address):
    assert parse(address).port in {80, 443}
