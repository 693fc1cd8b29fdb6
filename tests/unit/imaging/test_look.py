"""The decisions about a picture's look: what is cut, what is told, what is a repeat."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.packs import picture_specs
from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.imaging.adapted import AdaptedPicture, without_repeats
from onestop.domain.imaging.look import PictureLook, Print, advice, alike, distance, fill_pct, part_shown
from onestop.domain.imaging.plan import fit
from onestop.domain.imaging.text_lines import Box

LAZADA = picture_specs()["lazada"]
GREY = Print("0f" * 8, "808080" * 9)


def look(width: int, height: int, subject: Box, ring: float = 100.0) -> PictureLook:
    """A picture of this size with its subject there; what is not subject is empty."""
    return PictureLook(
        width_px=width, height_px=height, whole=GREY, trimmed=GREY, white_ring_pct=ring, white_ground_pct=ring, subject=subject, content=subject
    )  # fmt: skip


@st.composite
def looks(draw: st.DrawFn) -> PictureLook:
    """Any picture on white with any subject."""
    width, height = draw(st.integers(500, 6000)), draw(st.integers(500, 6000))
    subject_width, subject_height = draw(st.integers(1, width)), draw(st.integers(1, height))
    left, top = draw(st.integers(0, width - subject_width)), draw(st.integers(0, height - subject_height))
    return look(width, height, Box(left, top, subject_width, subject_height))


@given(looks(), st.sampled_from(sorted(picture_specs())), st.sampled_from(PictureRole))
def test_no_crop_ever_cuts_the_subject_or_leaves_too_few_pixels(seen, channel, role):
    """Given any subject anywhere on white, when it is cropped for any channel and role, then all of it is shown, within the picture."""
    spec = picture_specs()[channel].for_role(role)

    part = part_shown(seen, spec)

    assert 0 <= part.left_px <= seen.content.left_px
    assert 0 <= part.top_px <= seen.content.top_px
    assert seen.content.right_px <= part.right_px <= seen.width_px
    assert seen.content.bottom_px <= part.bottom_px <= seen.height_px
    assert part.width_px >= min(seen.width_px, max(spec.min_width_px, spec.advised_px))
    assert part.height_px >= min(seen.height_px, spec.min_height_px)


@given(looks())
def test_a_crop_brings_the_subject_to_the_wished_fill_and_not_over_it(seen):
    """Given a subject that fills too little, when it is cropped, then it fills more than before, up to 85 % of the canvas."""
    part = part_shown(seen, LAZADA)

    box = fit(part.width_px, part.height_px, LAZADA)
    scale = Fraction(box.width_px, part.width_px)
    filled = 100 * max(seen.content.width_px, seen.content.height_px) * scale / box.canvas_width_px
    if part.width_px < seen.width_px or part.height_px < seen.height_px:
        assert fill_pct(seen.content, seen.width_px, seen.height_px) < LAZADA.fill_pct
        assert filled <= LAZADA.fill_pct + 1
        assert filled >= LAZADA.min_fill_pct or part.width_px <= LAZADA.advised_px or part.height_px in (seen.height_px, 500)


@pytest.mark.parametrize(
    ("seen", "role"),
    [
        (look(3000, 3000, Box(1200, 1200, 600, 600), ring=60.0), PictureRole.MAIN),
        (look(3000, 3000, Box(300, 300, 2550, 100)), PictureRole.MAIN),
        (look(3000, 3000, Box(1200, 1200, 600, 600)), PictureRole.SIZE_CHART),
        (look(860, 9000, Box(200, 4000, 400, 600)), PictureRole.DETAIL),
    ],
    ids=["ground not white", "fills enough", "size chart", "detail page"],
)
def test_what_is_not_cropped(seen, role):
    """Given a coloured ground, a large subject, a table or a long page, when the part to show is chosen, then it is the whole picture."""
    assert part_shown(seen, LAZADA.for_role(role)) == Box(0, 0, seen.width_px, seen.height_px)


def codes(seen: PictureLook, role: PictureRole) -> list[str]:
    """What is told about a picture in a role on Lazada; every finding names the cell."""
    found = advice(seen, LAZADA.for_role(role), SourcePicture(ref="a.jpg", role=role, cell="P4"))
    assert all(one.cell == "P4" and "a.jpg" in one.message_en and "a.jpg" in one.message_ko for one in found)
    return [one.code for one in found]


def test_a_main_picture_is_told_of_its_ground_and_fill_and_a_gallery_is_not():
    """Given a small subject on grey, when it is the main picture, then both figures are told; in the gallery neither is asked for."""
    seen = look(1000, 1000, Box(350, 350, 300, 300), ring=3.5)

    assert codes(seen, PictureRole.MAIN) == ["PICTURE_GROUND", "PICTURE_SUBJECT_SMALL"]
    assert codes(seen, PictureRole.GALLERY) == codes(seen, PictureRole.DETAIL) == []


def test_a_subject_that_cropping_makes_large_enough_is_not_told():
    """Given a small subject on white with pixels to spare, when its border is cut, then there is nothing to tell."""
    assert codes(look(3000, 3000, Box(900, 900, 1000, 1000)), PictureRole.MAIN) == []
    assert codes(look(1000, 1000, Box(350, 350, 300, 300)), PictureRole.MAIN) == ["PICTURE_SUBJECT_SMALL"]


@pytest.mark.parametrize(("width", "height", "told"), [(860, 3000, False), (860, 8000, False), (860, 8400, True), (3000, 9000, False)])
def test_a_page_too_long_to_be_read_is_told(width, height, told):
    """Given a page that shrinks below 60 % of what its words need, when it is a detail page, then the seller is told to cut it."""
    assert codes(look(width, height, Box(0, 0, width, height), ring=0), PictureRole.DETAIL) == (["PICTURE_LONG"] if told else [])


def adapted(name: str, sha256: str, seen: Print | None) -> tuple[SourcePicture, AdaptedPicture]:
    """A picture that was adapted."""
    whole = look(900, 900, Box(0, 0, 900, 900)).model_copy(update={"whole": seen, "trimmed": seen}) if seen else None
    done = AdaptedPicture(
        key=name, width_px=900, height_px=900, size_bytes=9, media_type="image/jpeg", role=PictureRole.GALLERY, source_ref=name,
        source_sha256=sha256, source_width_px=900, source_height_px=900, thumb_key="", source_thumb_key="", look=whole,
    )  # fmt: skip
    return SourcePicture(ref=name, role=PictureRole.GALLERY, cell="P4"), done


def test_the_same_file_goes_out_once_and_alike_ones_all_do():
    """Given a file twice, a copy saved anew and one nobody measured, when repeats are taken out, then only the same bytes are."""
    other = Print("f0" * 8, "808080" * 9)
    gallery = [adapted("a", "1", GREY), adapted("b", "2", other), adapted("c", "1", GREY), adapted("d", "3", GREY), adapted("e", "4", None)]

    kept, findings = without_repeats(gallery)

    assert [one.source_ref for one in kept] == ["a", "b", "d", "e"]
    assert [(one.code, "'a'" in one.message_en) for one in findings] == [("PICTURE_DUPLICATE", True), ("PICTURE_ALIKE", True)]


def test_a_picture_too_faint_to_hash_is_like_no_other():
    """Given two blank pictures, when they are compared, then nothing is claimed."""
    blank = look(900, 900, Box(0, 0, 900, 900)).model_copy(update={"whole": Print("", "ffffff" * 9), "trimmed": Print("", "ffffff" * 9)})

    assert not alike(blank, blank)
    assert distance("", "0" * 16) == 64


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_distance_counts_bits_both_ways(one, other):
    """Given two hashes, when they are compared, then the distance is that of their bits, either way, and none to itself."""
    first, second = f"{one:016x}", f"{other:016x}"

    assert distance(first, second) == distance(second, first) == (one ^ other).bit_count()
    assert distance(first, first) == 0
