"""The README's table of finding codes: ``python -m local.readme`` writes it anew from the one in the code."""

from pathlib import Path

from onestop.domain.finding_codes import CODES, CodeSpec

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- finding codes: made by python -m local.readme -->"
END = "<!-- end of finding codes -->"


def code_table() -> str:
    """One row for each code, in the order of the code."""
    header = "| Code | Severity | 한국어 | English | What to do |\n|---|---|---|---|---|\n"
    return header + "".join(_row(code, spec) for code, spec in CODES.items())


def with_table(readme: str) -> str:
    """The README's text with the table as it is now.

    Raises:
        ValueError: the markers do not stand there once each.

    Example:
        >>> with_table(f"before {BEGIN} old {END} after").endswith(f"{END} after")
        True
    """
    if readme.count(BEGIN) != 1 or readme.count(END) != 1:
        raise ValueError("the README must hold each marker once")
    before, _, rest = readme.partition(BEGIN)
    return f"{before}{BEGIN}\n{code_table()}{END}{rest.partition(END)[2]}"


def _row(code: str, spec: CodeSpec) -> str:
    fix = " · ".join(text for text in (spec.fix_ko, spec.fix_en) if text)
    cells = [f"`{code}`", spec.severity, *(text.replace("|", "\\|") for text in (spec.ko, spec.en, fix))]
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
