"""``onestop rates``: an operator reads what was decided about each print, and why."""

from datetime import date
from pathlib import Path

import pytest

from local.cli import UNREADABLE, main

DAYS = ("2026-10-28", "2026-10-29", "2026-10-30")
OTHERS = {"MYR": "330", "PHP": "21", "THB": "40", "VND": "0.051"}


def rate_file(path: Path, *dollars: str) -> str:
    """A file with the Singapore dollar of each day, and other currencies that stand still."""
    lines = ["currency,krw_per_unit,as_of"]
    for day, rate in zip(DAYS, dollars, strict=True):
        lines += [f"{currency},{each},{day}" for currency, each in {"SGD": rate, **OTHERS}.items()]
    path.write_text("\n".join(lines))
    return str(path)


def test_an_operator_sees_what_waited_and_what_released_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a jump that the next day confirms, when the log is asked for, then each print stands there with its decision, once."""
    rates = rate_file(tmp_path / "rates.csv", "1000", "1050", "1052")

    assert main(["rates", "--rates", rates, "--as-of", DAYS[-1], "--days", "3", "--currencies", "SGD", "--out", str(tmp_path / "out")]) == 0

    told = capsys.readouterr().out
    assert [told.count(word) for word in ("│ accepted", "│ quarantined", "│ released", "duplicate")] == [1, 1, 1, 0]
    assert "in force: 1052 of 2026-10-30, file" in told
    assert date.fromisoformat(DAYS[0]).isoformat() in told


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a file with a decimal comma, when the log is asked for, then the command ends with that code."""
    rates = rate_file(tmp_path / "rates.csv", "1000", "1050", '"1052,5"')

    assert main(["rates", "--rates", rates, "--as-of", DAYS[-1], "--out", str(tmp_path / "out")]) == UNREADABLE
    assert "FX_DECIMAL_COMMA" in capsys.readouterr().out
