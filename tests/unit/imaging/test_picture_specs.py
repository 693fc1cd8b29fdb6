"""What five channels ask of pictures, as it ships."""

import pytest

from onestop.adapters.packs import markets, picture_specs, read_pack
from onestop.domain.catalog.product import PictureRole
from onestop.domain.channels.market import PictureFit, PictureSpec, TextRule
from onestop.domain.imaging.plan import fit, picture_key, smaller_specs

CHANNELS = read_pack("channels/pictures.json")["channels"]
GRADES = {"V", "2nd", "UNVERIFIED", "ASSUMPTION"}
EVERY = [spec.for_role(role) for spec in picture_specs().values() for role in PictureRole]


def test_every_channel_is_there():
    """The five marketplaces, and every market's pictures are its channel's."""
    assert set(picture_specs()) == {"lazada", "daraz", "miravia", "aliexpress", "trendyol"}
    assert all(market.pictures == picture_specs()[market.channel] for market in markets().by_code.values())


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_figure_has_its_grade_and_source(channel):
    """Given a channel's row, when its facts are read, then each field of the spec is named by one with a grade and a source."""
    facts = CHANNELS[channel]["facts"]

    assert {fact["grade"] for fact in facts.values()} <= GRADES
    assert all(fact["source"] for fact in facts.values())
    named = {name.strip() for about in facts for name in about.split(" of ")[0].split(",")}
    assert {field for field in CHANNELS[channel]["spec"] if field not in {"spec_id", "background", "fit", "roles"}} <= named


@pytest.mark.parametrize("name", sorted({spec.spec_id for spec in EVERY}))
def test_one_name_is_one_spec(name):
    """Given channels that share a spec by its name, when their rows are compared, then they ask the very same."""
    assert len({spec.model_dump_json() for spec in EVERY if spec.spec_id == name}) == 1


def test_trendyol_takes_portraits_of_one_size_only():
    """developers.trendyol.com (V): 1200x1800, 96 dpi; a square photo is padded to it, whole."""
    spec = picture_specs()["trendyol"]

    assert (spec.width_px, spec.height_px, spec.dpi) == (1200, 1800, 96)
    assert fit(1600, 1600, spec) == (1200, 1200, 1200, 1800, 0, 300)
    assert fit(700, 700, spec) == (700, 700, 1200, 1800, 250, 550)
    assert list(smaller_specs(spec)) == [spec]


@pytest.mark.parametrize("channel", CHANNELS)
def test_words_are_kept_off_the_main_picture_only(channel):
    """A main picture carries no words; on the others they may stand in the market's language."""
    spec = picture_specs()[channel]

    assert [spec.for_role(role).text for role in PictureRole] == [TextRule.FORBIDDEN, *[TextRule.MARKET] * 3]


def test_a_detail_page_keeps_its_proportions_where_the_channel_allows():
    """Lazada (V) takes up to 5000x5000 of any shape, so 860x3000 stays 860x3000; Trendyol (V) takes its one shape only."""
    lazada, trendyol = (picture_specs()[name].for_role(PictureRole.DETAIL) for name in ("lazada", "trendyol"))

    assert lazada.fit is PictureFit.KEEP
    assert fit(860, 3000, lazada) == (860, 3000, 860, 3000, 0, 0)
    assert fit(860, 20_000, lazada) == (215, 5000, 330, 5000, 57, 0)
    assert fit(860, 3000, trendyol)[2:4] == (1200, 1800)


def test_only_what_changes_pixels_changes_the_key():
    """Given a spec, when a limit that no pixel depends on changes, then the pictures are found again; when a size does, they are not."""
    spec = picture_specs()["lazada"]

    assert picture_key("ab" * 32, spec.model_copy(update={"min_fill_pct": 1, "text": TextRule.ANY})) == picture_key("ab" * 32, spec)
    assert picture_key("ab" * 32, spec.model_copy(update={"dpi": 96})) != picture_key("ab" * 32, spec)


def test_a_role_with_a_field_that_does_not_exist_is_refused():
    """Given a misspelt field in a role, when the data is read, then it is an error at once, not a rule that is silently lost."""
    row = CHANNELS["lazada"]["spec"]

    with pytest.raises(ValueError, match="hight_px"):
        PictureSpec.model_validate({**row, "roles": {"detail": {"spec_id": "x", "hight_px": 5000}}})
