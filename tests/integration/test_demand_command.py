"""``onestop demand``: somebody looks at a report before it is dropped, and at what its words are worth."""

from pathlib import Path

import pytest

from local.cli import UNREADABLE, main

REPORT = "keyword,volume,is brand\ntumbler,900,N\nsteel tumbler,600,N\ndress,5000,N\n[red]stanley,9,Y\na@b.com,1,N\n"


def test_a_report_is_shown_and_ranked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a report, when it is looked at, then its rows and findings are shown; for a product the best words come first, explained."""
    path = tmp_path / "kw_20261001_20261031.csv"
    path.write_text(REPORT, encoding="utf-8")

    assert main(["demand", str(path), "--market", "th"]) == 0
    shown = capsys.readouterr().out
    assert "keywords, TH, 2026-10-01" in shown
    assert "[red]stanley" in shown
    assert "DEMAND_BUYER_DATA_REMOVED" in shown
    assert "a@b.com" not in shown

    assert main(["demand", str(path), "--market", "TH", "--head", "tumbler", "--also", "steel"]) == 0
    ranked = capsys.readouterr().out
    assert ranked.index("│ steel tumbler") < ranked.index("│ tumbler") < ranked.index("│ dress")
    assert "'dress'" in ranked


@pytest.mark.parametrize(("text", "market", "code"), [(REPORT, "XX", "MARKET_UNKNOWN"), ("a,b\n1,2\n", "TH", "DEMAND_HEADER_UNKNOWN")])
def test_a_report_that_cannot_be_used_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, market: str, code: str
) -> None:
    """Given a market or a file that nobody knows, when it is looked at, then the finding is told and the exit status is 2."""
    path = tmp_path / "kw.csv"
    path.write_text(text, encoding="utf-8")

    assert main(["demand", str(path), "--market", market]) == UNREADABLE
    assert code in capsys.readouterr().out
