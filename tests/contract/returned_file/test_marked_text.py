"""A text file comes back in its own encoding, delimiter and line ends, with columns at the end of its lines."""

import csv
import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog.returned import CELLS_HEADER, RESULT_HEADER, STATUS_HEADER
from tests.support.returned import HEADERS, report_on, to_be_checked, weight_missing
from tests.support.sheets import csv_bytes, own_table, read_all
from tests.support.whole_report import returned_of

ROWS = [list(HEADERS), ["SKU-0", "양말,\n두 켤레", "9900", "3", "100", "a.jpg"], ["SKU-1", '"모자"', "9900", "3", "", "b.jpg"]]
FINDINGS = {"SKU-1": [weight_missing("E4")]}
OURS = [RESULT_HEADER, CELLS_HEADER, STATUS_HEADER]


def marked(data: bytes, findings=None, name: str = "상품.csv") -> bytes:
    """The file that goes back."""
    found = returned_of(data, name, report_on(data, name, findings))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_text_file_comes_back_in_its_own_dress(encoding: str, delimiter: str):
    """Encoding, mark and delimiter are the seller's; three columns stand at the end, in every line of a product."""
    after = marked(csv_bytes(ROWS, encoding=encoding, delimiter=delimiter))
    rows = list(csv.reader(StringIO(after.decode(encoding), newline=""), delimiter=delimiter))

    assert [row[:6] for row in rows] == ROWS
    assert rows[0][6:] == OURS
    assert rows[1][6:] == ["출고 가능 SG·TH", "", "SG 출고 가능 19.90 SGD / TH 출고 가능 19.90 THB"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_begins_with_the_sellers_own_bytes(end: str):
    """Quotes, spaces and line ends are not rewritten, and a last line without an end stays without one."""
    lines = ["메모,,,,,", ",".join(HEADERS), 'SKU-0,"양말" , 9900 ,3,100,', '"SKU-1",""" 모자""",9900,3,,b.jpg']
    after = marked(end.join(lines).encode("cp949")).decode("cp949").split(end)

    assert len(after) == len(lines)
    assert after[0] == lines[0]
    assert all(now.startswith(was + ",") for now, was in zip(after[1:], lines[1:], strict=True))


def test_the_cells_to_correct_are_named():
    """By their place and by the seller's own header."""
    rows = list(csv.reader(StringIO(marked(csv_bytes(ROWS), FINDINGS).decode("utf-8-sig"), newline="")))

    assert rows[2][6].startswith("보류 SG·TH: ")
    assert rows[2][7] == "E4 무게(g)"
    assert rows[2][8].startswith("SG 보류")


def test_short_and_long_lines_keep_our_columns_in_line():
    """A line with too few cells is filled up; one with too many moves our columns to the right for all."""
    lines = [",".join(HEADERS), "SKU-0,양말,9900", "SKU-1,모자,9900,3,5,b.jpg,남는 칸"]
    after = marked("\n".join(lines).encode()).decode().split("\n")
    rows = [line.split(",") for line in after]

    assert [row[7] for row in rows] == [RESULT_HEADER, "출고 가능 SG·TH", "출고 가능 SG·TH"]
    assert all(now.startswith(was) for now, was in zip(after, lines, strict=True))


def test_our_columns_are_replaced_when_the_file_comes_again():
    """Never a second set; what was said before goes."""
    once = marked(csv_bytes(ROWS, encoding="cp949"), FINDINGS)
    twice = marked(once, {"SKU-0": [to_be_checked("D2")]})
    rows = list(csv.reader(StringIO(twice.decode("cp949"), newline="")))

    assert rows[0] == [*HEADERS, *OURS]
    assert [row[6][:2] for row in rows[1:]] == ["확인", "출고"]
    assert marked(twice, {"SKU-0": [to_be_checked("D2")]}) == twice


def test_letters_that_the_encoding_lacks_become_question_marks():
    """A finding that quotes what CP949 cannot write does not cost the seller the file."""
    finding = to_be_checked("D2").model_copy(update={"message_ko": "ไทย 글자"})

    assert "??? 글자" in marked(csv_bytes(ROWS, encoding="cp949"), {"SKU-0": [finding]}).decode("cp949")


def test_a_returned_text_file_reads_as_the_original():
    """The same products with the same findings; our columns are nobody's."""
    data = csv_bytes(own_table({}, {"sku": "B-2", "weight_g": ""}, korean=True), encoding="cp949")

    assert read_all(marked(data, {"B-2": [weight_missing("H3")]})) == read_all(data)


def test_nothing_of_ours_runs_as_a_formula():
    """What a finding quotes may start as a formula would."""
    finding = to_be_checked("D2").model_copy(update={"message_ko": '=HYPERLINK("x")'})
    rows = list(csv.reader(StringIO(marked(csv_bytes(ROWS), {"SKU-0": [finding]}).decode("utf-8-sig"), newline="")))

    assert [cell for row in rows for cell in row[6:] if cell.startswith(("=", "+", "-", "@"))] == []


def test_objects_come_back_as_a_file_of_findings():
    """JSON has no columns: one object for each, with what is said of it."""
    report = report_on(csv_bytes(ROWS), "상품.csv", FINDINGS)
    name, content = returned_of(b'{"sku": "SKU-0"}\n{"sku": "SKU-1"}\n', "items.json", report)
    told = [json.loads(line) for line in content.decode().splitlines()]

    assert name == "items_결과.jsonl"
    assert [one["sku"] for one in told] == ["SKU-0", "SKU-1"]
    assert [finding["code"] for finding in told[1]["findings"]] == ["WEIGHT_MISSING"]
    assert told[1]["status"] == {"SG": "blocked", "TH": "blocked"}


CELL = st.text(st.sampled_from('a가" ,\n\r'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=6, max_size=6), min_size=1, max_size=6), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_whatever_the_cells_hold_they_come_back(cells: list[list[str]], quoting: int):
    """Quotes, delimiters and line breaks inside cells cut nothing in two."""
    rows = [[f"SKU-{number}", *row[1:]] for number, row in enumerate(cells)]
    text = StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows([HEADERS, *rows])
    once = marked(text.getvalue().encode())
    after = list(csv.reader(StringIO(once.decode(), newline="")))

    assert [row[:6] for row in after] == [list(HEADERS), *rows]
    assert marked(once) == once
