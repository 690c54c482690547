"""Where Adlib goes, and where not."""

import socket
from ipaddress import ip_address

import pytest

from bot.errors import AddressPrivate
from bot.feeds.guard import Guard, is_own, is_public, numeric

PUBLIC = ["93.184.216.34", "1.1.1.1", "223.130.195.200", "2606:4700::1111", "2001:4860:4860::8888", "64:ff9b::101:101"]
PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "fe80::1", "fc00::1",
    "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "100::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    "2002:c0a8:101::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "5f00::1",
    "3fff::1", "fe80::1%lo", "2606:4700::1111%lo",
]  # fmt: skip
WRITTEN = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/",
    "http://0177.0.0.1/", "http://017700000001/", "http://0/", "http://0x0/", "http://127.0.0.1./", "http://１２７.０.０.１/",
    "http://127。0。0。1/", "http://⑫⑦.0.0.1/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[fe80::1%25eth0]/", "http://[0:0:0:0:0:0:0:1]/", "http://169.254.169.254/latest",
    "http://2852039166/", "http://0xa9.0xfe.0xa9.0xfe/", "http://999.1.1.1/", "http://1.2.3.4.5/", "http://0x7f.example.1/",
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://a.localhost/",
    "http://router/", "http://db/", "http://nas.local/", "http://metadata.google.internal/", "http://pi.home.arpa/",
    "http://fritz.box/", "http://nas.fritz.box/", "http://a.test/", "http://a.onion/", "http://db.localdomain/",
    "http://web.default.svc/", "http://a.invalid/",
    "http://127.0.0.1%00.example.com/", "http://exa mple.com/", "http://ex%61mple.com/",
]  # fmt: skip
NO_WEBSITE = [
    "file:///etc/passwd", "ftp://example.com/feed", "gopher://example.com/", "javascript:alert(1)",
    "data:text/xml,<rss/>",
    "//example.com/feed", "/feed", "example.com/feed", "", "http://", "http:///feed", "http://[", "http://[::1", "http://.",
    "http://user@example.com/", "http://user:password@example.com/", "http://:@example.com/",
    "http://a\\@example.com/", "http://example.com:0/", "http://example.com:99999/", "http://example.com:x/",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(AddressPrivate):
        Guard().reachable("news.example.com", ["93.184.216.34", address])
    with pytest.raises(AddressPrivate):
        Guard().checked(f"http://[{address.replace('%', '%25')}]/" if ":" in address else f"http://{address}/")


@pytest.mark.parametrize("url", WRITTEN)
def test_a_private_host_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises(AddressPrivate):
        Guard().checked(url)


@pytest.mark.parametrize("host", ["notfritz.box", "mylocal.com", "test.com", "svc.example.com"])
def test_a_name_that_only_looks_like_a_near_one_is_taken(host: str) -> None:
    assert Guard().checked(f"https://{host}/feed").host == host


@pytest.mark.parametrize("url", NO_WEBSITE)
def test_what_is_no_website_is_refused(url: str) -> None:
    with pytest.raises(AddressPrivate):
        Guard().checked(url)


@pytest.mark.parametrize("port", [21, 22, 25, 110, 143, 587, 993, 2049, 5060, 6000, 6667, 10080])
def test_a_port_that_is_not_for_websites_is_refused(port: int) -> None:
    with pytest.raises(AddressPrivate):
        Guard().checked(f"http://example.com:{port}/")


@pytest.mark.parametrize("port", [80, 443, 1200, 8080, 8443, 65535])
def test_a_port_where_websites_are_is_taken(port: int) -> None:
    assert Guard().checked(f"http://example.com:{port}/feed").port == port


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://www.Soompi.com./feed#top", "https://www.soompi.com/feed"),
        (
            "https://한국.kr/드라마?q=김 세정",
            "https://xn--3e0b707e.kr/%EB%93%9C%EB%9D%BC%EB%A7%88?q=%EA%B9%80+%EC%84%B8%EC%A0%95",
        ),
        ("http://0x5db8d822/feed", "http://93.184.216.34/feed"),
        ("http://feeds_2.example.com/a%20b", "http://feeds_2.example.com/a%20b"),
    ],
)
def test_a_public_address_is_asked_for_under_one_spelling(url: str, asked: str) -> None:
    assert str(Guard().checked(url)) == asked


def test_what_the_host_allows_is_allowed_under_its_name_or_its_address_and_nothing_beside_it() -> None:
    guard = Guard(["RSSHub", "10.0.0.5", "::1"])
    for url in ("http://rsshub:25/a", "http://rsshub./a", "http://10.0.0.5/a", "http://10.5/a", "http://[::1]:1200/"):
        assert guard.checked(url)
    assert guard.reachable("rsshub", ["192.168.1.7"])
    assert guard.reachable("feeds.example.com", ["10.0.0.5"])
    for url in ("http://rsshub.local/", "http://10.0.0.6/", "http://127.0.0.1/", "http://rsshub2/"):
        with pytest.raises(AddressPrivate):
            guard.checked(url)
    for host, address in (("feeds.example.com", "192.168.1.7"), ("rsshub.example.com", "10.0.0.4")):
        with pytest.raises(AddressPrivate):
            guard.reachable(host, [address])


def test_the_machine_itself_is_refused_under_its_public_address_too() -> None:
    assert is_own(ip_address("127.0.0.1"))
    assert not is_own(ip_address("93.184.216.34"))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("93.184.216.34", 9))
        except OSError:
            pytest.skip("this machine has no way out and so no address of its own")
        assert is_own(ip_address(asking.getsockname()[0]))


@pytest.mark.parametrize("host", ["example.com", "1password.com", "x.y.z", "", "0x", "a.0x7f.com", "163.com"])
def test_a_name_is_no_number(host: str) -> None:
    assert numeric(host) is None or host == "0x"
