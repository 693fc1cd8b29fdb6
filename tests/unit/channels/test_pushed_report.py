"""A keyword report that is pushed: what of it is let in, and what is none."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.channels.push_fields import read_object
from onestop.domain.demand.pushed_report import PushedReport, parse_demand_push

ROW = {"keyword": "tumbler", "volume": 1200}


def parse(**changed: Any) -> PushedReport:
    """A report with some fields changed."""
    document = {"timestamp": 1760000000, "market": "SG", "keywords": [ROW], **changed}
    return parse_demand_push("trends", None, read_object(json.dumps(document).encode()))


@pytest.mark.parametrize(
    ("volume", "told"), [(1200, "1200"), ("1200", "1200"), (310.5, "310.5"), (0, "0"), (" 7 ", "7")]
)  # fmt: skip
def test_a_figure_keeps_its_digits(volume: object, told: str) -> None:
    """Given a figure as number or text, when it is read, then its digits are those that came."""
    assert json.loads(parse(keywords=[{**ROW, "volume": volume}]).body) == [{"keyword": "tumbler", "volume": told}]


@pytest.mark.parametrize("row", [{}, [], 1, {**ROW, "volume": -1}, {**ROW, "volume": True}, {**ROW, "volume": float("nan")},
                                 {**ROW, "volume": 1e300}, {**ROW, "keyword": "a\x01b"}, {**ROW, "keyword": " "}, {**ROW, "keyword": "\ud800"}])  # fmt: skip
def test_a_row_that_is_none_is_passed_over(row: object) -> None:
    """Given a row without a word or a figure, when the report is read, then the others are taken; alone, it is no report."""
    assert parse(keywords=[row, ROW]).body == parse().body
    with pytest.raises(ValueError, match="no keywords"):
        parse(keywords=[row])


@pytest.mark.parametrize(
    "changed",
    [{"timestamp": None}, {"timestamp": 17}, {"market": None}, {"market": "../SG"}, {"market": "sg"}, {"keywords": {}}, {"keywords": None}],
)
def test_without_time_market_or_rows_it_is_no_report(changed: dict[str, Any]) -> None:
    """Given a report that lacks what it needs, when it is read, then one kind of error says so."""
    with pytest.raises(ValueError, match="no time"):
        parse(**changed)


def test_the_same_report_again_is_the_same_object() -> None:
    """Given a report sent anew, when it is read, then its key is the same; of another market or figure it is not."""
    assert parse(timestamp=1760000999).key == parse(buyer="x").key == parse().key
    assert len({parse().key, parse(market="TH").key, parse(keywords=[{**ROW, "volume": 1}]).key}) == 3


@given(st.text(max_size=30), st.floats() | st.integers() | st.text(max_size=10))
def test_whatever_is_let_in_can_be_stored(keyword: str, volume: object) -> None:
    """Given any row beside a good one, when the report is read, then its body is ASCII and its key is in the market's folder."""
    report = parse(keywords=[ROW, {"keyword": keyword, "volume": volume}])

    assert report.body.isascii()
    assert report.key.startswith("SG/trends-")
