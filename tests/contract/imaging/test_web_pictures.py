"""Pictures named by their address, from the host to the results: what goes wrong out there is told by the seller's cell."""

from functools import partial

import pytest

from onestop.adapters.fetch import FetchLimits
from onestop.adapters.picture_text.chosen import NoReader, gate_rules, redrawer
from onestop.adapters.pictures import VipsPictures
from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.errors import PermanentError
from onestop.domain.imaging.adapted import AdaptedPicture
from onestop.steps.picture_shop import PictureShop, Place
from tests.contract.imaging.made_pictures import SPEC, plain
from tests.contract.imaging.picture_host import Host


class Kept:
    """Results and adaptations in memory."""

    def __init__(self):
        self.files, self.done = {}, {}

    def write(self, key, data, content_type):
        """Keep a file."""
        self.files[key] = content_type, data

    def picture(self, seller_id, sha256, spec_id):
        """What was kept of a picture."""
        return self.done.get((seller_id, sha256, spec_id))

    def save_picture(self, seller_id, sha256, spec_id, body):
        """Keep what became of a picture."""
        self.done[seller_id, sha256, spec_id] = body.model_dump_json()


@pytest.fixture
def kept() -> Kept:
    """Where everything goes."""
    return Kept()


@pytest.fixture
def adapt(fetch, kept):
    """Adapts the picture at a path of the host."""
    quick = partial(fetch, limits=FetchLimits(wait_timeout_s=0.2))
    shop = PictureShop(
        sources={}, results=kept, adaptations=kept, pixels=VipsPictures(), fetch=quick, reader=NoReader(), redrawer=redrawer(""),
        rules=gate_rules(),
    )  # fmt: skip

    def adapt(path: str) -> AdaptedPicture:
        address = f"https://img.shop.kr/{path}"
        picture = SourcePicture(ref=address, role=PictureRole.GALLERY, cell="M4")
        return shop.adapted(shop.source(picture, Place("https", address, ""), "web-shop"), SPEC, "web-shop")

    return adapt


@pytest.mark.parametrize("claim", ["text/html", "application/octet-stream", "image/png", "image/svg+xml"])
def test_a_picture_is_judged_by_its_bytes_not_by_its_content_type(adapt, kept, claim):
    """Given a JPEG that its host calls something else, when it is fetched, then it is adapted and stored all the same."""
    Host.bodies["front.jpg"] = plain(800, 800).jpegsave_buffer()

    done = adapt(f"claims/{claim}/front.jpg")

    assert (done.width_px, done.height_px) == (800, 800)
    assert {done.key, done.thumb_key, done.source_thumb_key} == set(kept.files)


BROKEN = {
    "an HTML page that claims to be a JPEG": (b"<!DOCTYPE html><title>404</title>", "PICTURE_NOT_AN_IMAGE"),
    "an empty body that claims to be a JPEG": (b"", "PICTURE_NOT_AN_IMAGE"),
    "half a JPEG": (plain(800, 800).jpegsave_buffer()[:1000], "PICTURE_DAMAGED"),
}


@pytest.mark.parametrize(("body", "code"), BROKEN.values(), ids=BROKEN)
def test_a_content_type_that_lies_is_told_by_what_came(adapt, kept, body, code):
    """Given something else under the content type of a JPEG, when it is fetched, then the finding says what it is, and nothing is stored."""
    Host.bodies["front.jpg"] = body

    assert_refused(adapt, "claims/image/jpeg/front.jpg", code)
    assert kept.files == worked_on(kept) == {}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("status/404", "PICTURE_NOT_FOUND"),
        ("to/https://169.254.169.254/latest/meta-data/", "PICTURE_URL_REFUSED"),
        ("stall", "PICTURE_UNREACHABLE"),
        ("nothing", "PICTURE_UNREACHABLE"),
        ("status/503", "PICTURE_UNREACHABLE"),
    ],
)
def test_a_host_in_trouble_is_the_sellers_to_hear_of(adapt, path, code):
    """Given a host that has not got the picture, leads inside or does not answer, when it is asked, then the seller is told, by cell."""
    assert_refused(adapt, path, code)


def test_a_picture_of_known_bytes_is_not_worked_on_again(adapt, kept):
    """Given one picture under two addresses, when both are adapted, then they share what is stored and each keeps its own name."""
    Host.bodies["a.jpg"] = Host.bodies["b.jpg"] = plain(800, 800).jpegsave_buffer()

    first, second = adapt("claims/image/jpeg/a.jpg"), adapt("claims/image/jpeg/b.jpg")

    assert len(worked_on(kept)) == 1
    assert second == first.model_copy(update={"source_ref": second.source_ref})


def worked_on(kept: Kept) -> dict[tuple[str, str, str], str]:
    """What was adapted into a spec; that a picture was looked through for text is kept too."""
    return {key: body for key, body in kept.done.items() if not key[2].startswith("text@")}


def assert_refused(adapt, path: str, code: str) -> None:
    """One finding with this code, about this address, in the seller's cell."""
    with pytest.raises(PermanentError) as caught:
        adapt(path)
    (finding,) = caught.value.findings
    assert (finding.code, finding.field, finding.cell) == (code, "pictures", "M4")
