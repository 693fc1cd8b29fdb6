"""Which picture URLs are fetched, by table: everything that could reach into our own network is not."""

import pytest

from onestop.domain.errors import PermanentError
from onestop.domain.imaging.address import allowed_url, public_address

REFUSED_URLS = [
    "",
    "front.jpg",
    "//img.shop.kr/1.jpg",
    "http://img.shop.kr/1.jpg",
    "file:///etc/passwd",
    "ftp://img.shop.kr/1.jpg",
    "data:image/png;base64,AAAA",
    "gopher://img.shop.kr/",
    "javascript:alert(1)",
    "https://",
    "https:///1.jpg",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.0.0.1./",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://0.0.0.0/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://192.168.0.1/",
    "https://8.8.8.8/",
    "https://[::1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[fe80::1%25eth0]/",
    "https://[2606:4700::1111]/",
    "https://[::1/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://foo.localhost/",
    "https://foo.internal/",
    "https://instance-data.ec2.internal/",
    "https://printer.local/",
    "https://nas.lan/",
    "https://intranet/",
    "https://user@img.shop.kr/1.jpg",
    "https://user:secret@img.shop.kr/1.jpg",
    "https://img.shop.kr@127.0.0.1/",
    "https://img.shop.kr:22/1.jpg",
    "https://img.shop.kr:80/1.jpg",
    "https://img.shop.kr:8443/1.jpg",
    "https://img.shop.kr:99999/1.jpg",
    "https://img.shop.kr:x/1.jpg",
    "https://127.0.0.1\\@img.shop.kr/",
    "https://img.shop.kr/1.jpg\r\nHost: 127.0.0.1",
    "https://img.shop.kr/\x00",
    "https://img shop.kr/1.jpg",
    "https://-img.shop.kr/1.jpg",
    "https://img..shop.kr/1.jpg",
    "https://img℀.shop.kr/1.jpg",
    f"https://{'a' * 64}.kr/1.jpg",
    f"https://img.shop.kr/{'a' * 2048}",
]

ALLOWED_URLS = [
    ("https://img.shop.kr/1.jpg", "img.shop.kr", "/1.jpg"),
    ("HTTPS://IMG.Shop.KR", "img.shop.kr", "/"),
    (" https://img.shop.kr:443/1.jpg\n", "img.shop.kr", "/1.jpg"),
    ("https://img.shop.kr./1.jpg", "img.shop.kr", "/1.jpg"),
    ("https://한국.kr/사진 1.jpg", "xn--3e0b707e.kr", "/%EC%82%AC%EC%A7%84%201.jpg"),
    ("https://my_shop.s3.amazonaws.com/a%20b.jpg?v=1&w=2#x", "my_shop.s3.amazonaws.com", "/a%20b.jpg?v=1&w=2"),
    ("https://internal.shop.kr/@me/1.jpg", "internal.shop.kr", "/@me/1.jpg"),
]

NOT_PUBLIC = [
    "0.0.0.1", "10.255.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
    "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "", "img.shop.kr", "127.1", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_a_url_that_is_not_a_public_https_host_is_refused(url):
    """Given a URL of another kind, when it is checked, then it is refused with the seller's cell and without any password."""
    with pytest.raises(PermanentError) as caught:
        allowed_url(url, cell="M4")

    (finding,) = caught.value.findings
    assert (finding.code, finding.cell) == ("PICTURE_URL_REFUSED", "M4")
    assert "secret" not in finding.message_en + finding.message_ko


@pytest.mark.parametrize(("url", "host", "path"), ALLOWED_URLS)
def test_a_public_https_url_gives_its_ascii_host_and_path(url, host, path):
    """Given a public https URL, when it is checked, then its host and path come back ready to send."""
    assert allowed_url(url) == (host, path)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_known(address):
    """Given an address of a special-purpose block, when it is checked, then it is not public."""
    assert not public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "2a00:1450::1"])
def test_an_address_of_the_public_internet_is_known(address):
    """Given an address outside every special-purpose block, when it is checked, then it is public."""
    assert public_address(address)
