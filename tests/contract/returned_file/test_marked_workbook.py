"""A workbook comes back as it was, with the results in it."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook

from onestop.adapters.catalogue_files import open_catalogue
from onestop.domain.findings import Finding
from tests.support.returned import HEADERS, looks, report_on, rich_workbook, to_be_checked, weight_missing
from tests.support.sheets import own_table, part, read_all, with_part, xlsx_bytes, zip_bytes
from tests.support.whole_report import returned_of

SHEET = "상품 '26"
NAME = "봄 (1차)+재고.xlsx"
FINDINGS = {"SKU-1": [weight_missing("E5"), to_be_checked("E5")], "SKU-2": [to_be_checked(f"{SHEET}!D6")], "SKU-4": [weight_missing("E8")]}
RED, AMBER = "FFF7B9B3", "FFFFE08F"


def marked(data: bytes, findings=None, name: str = NAME, **how) -> bytes:
    """The file that goes back."""
    found = returned_of(data, name, report_on(data, name, findings, **how))
    assert found is not None
    return found[1]


def parts(workbook: bytes) -> dict[str, bytes]:
    """Every part of a workbook."""
    with ZipFile(BytesIO(workbook)) as container:
        return {name: container.read(name) for name in container.namelist()}


def column_g(workbook: bytes, sheet: str = SHEET) -> list[str | None]:
    """The results, from the header down."""
    return [cell.value for cell in load_workbook(BytesIO(workbook))[sheet]["G"][2:]]


def test_every_row_says_what_became_of_it():
    """Right of the seller's last column stands one line for each product, and nothing on other rows."""
    lines = column_g(marked(rich_workbook(), FINDINGS))

    assert lines[0] == "결과"
    assert lines[1] == "출고 가능 SG·TH"
    assert lines[2].startswith("보류 SG·TH: ")
    assert lines[3].startswith("확인 필요 SG·TH: ")
    assert load_workbook(BytesIO(marked(rich_workbook(), FINDINGS)))[SHEET]["G1"].value is None


def test_the_file_keeps_its_name_with_a_word_added():
    """And a file that was returned before is not renamed once more."""
    data = rich_workbook()

    assert returned_of(data, NAME, report_on(data, NAME))[0] == "봄 (1차)+재고_결과.xlsx"
    assert returned_of(data, "a_결과.xlsx", report_on(data, "a_결과.xlsx"))[0] == "a_결과.xlsx"


def test_cells_that_no_finding_names_are_as_they_were():
    """Value, font, fill, border, alignment, number format and protection: of every cell, on every sheet."""
    before = rich_workbook()
    after = marked(before, FINDINGS)

    for sheet in (SHEET, "단가", "숨김"):
        was, now = looks(before, sheet), looks(after, sheet)
        changed = {at for at in was.keys() | now.keys() if was.get(at) != now.get(at)}
        assert changed == ({"E5", "D6", "E8", *(f"G{row}" for row in range(3, 10))} if sheet == SHEET else set())


def test_marked_cells_keep_their_value_and_all_but_the_ground():
    """Only the fill differs: red where a finding holds the product back, amber where a person is to look."""
    before = rich_workbook()
    was, now = looks(before, SHEET), looks(marked(before, FINDINGS), SHEET)

    for at, colour in {"E5": RED, "D6": AMBER, "E8": RED}.items():
        assert now[at][2] == colour
        assert [now[at][0], *now[at][3:]] == [was[at][0], *was[at][3:]]


def test_a_blank_cell_that_is_not_in_the_file_is_marked():
    """A missing weight has no cell in the sheet's XML; it gets one, coloured and blank."""
    data = xlsx_bytes([["상품코드", "상품명", "판매가", "무게(g)", "재고"], ["A-1", "양말", "9900", None, 5]])
    sheet = load_workbook(BytesIO(marked(data, {"A-1": [weight_missing("D2")]})))["상품"]

    assert sheet["D2"].value is None
    assert sheet["D2"].fill.fgColor.rgb == RED
    assert [cell.column_letter for cell in sheet[2] if cell.value is not None] == ["A", "B", "C", "E", "F"]


def test_parts_that_nobody_marks_are_the_same_bytes():
    """Charts, pictures, macros, the theme, other sheets, stored texts."""
    data = rich_workbook()
    before, after = parts(data), parts(marked(data, FINDINGS))
    touched = {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels",
    }  # fmt: skip

    kept = [name for name in before if re.search(r"chart|media|vbaProject|theme|sharedStrings|sheet2|sheet3", name)]
    assert len(kept) == 6
    assert {name for name in before if before[name] != after.get(name)} <= touched
    assert {name for name in after if name not in before} == {"xl/worksheets/onestop_status1.xml"}


def test_what_stands_around_the_cells_stays():
    """Merged cells, frozen panes, widths, drop-downs, protection and rules; hidden columns do not hide the result."""
    sheet = load_workbook(BytesIO(marked(rich_workbook(), FINDINGS)))[SHEET]

    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:D1"]
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["B"].width == 40
    assert (sheet.column_dimensions["G"].hidden, sheet.column_dimensions["H"].hidden) == (False, True)
    assert sheet.protection.sheet
    assert [str(choices.sqref) for choices in sheet.data_validations.dataValidation] == ["D4:D500"]
    assert [str(rules.sqref) for rules in sheet.conditional_formatting] == ["C4:C500"]
    assert sheet.auto_filter.ref == "A3:G9"


def test_formulas_keep_the_values_that_were_stored_for_them():
    """So the file reads the same before any spreadsheet program has opened it."""
    after = marked(rich_workbook(), FINDINGS)

    assert load_workbook(BytesIO(after))[SHEET]["C5"].value == "=D5*1000"
    assert load_workbook(BytesIO(after), data_only=True)[SHEET]["C5"].value == 8000


def test_a_note_says_what_is_wrong_and_what_to_do_in_both_languages():
    """Several findings of a cell share one note, signed by us."""
    data = xlsx_bytes([list(HEADERS), ["SKU-1", "양말", "9900", "3", None, "a.jpg"]])
    note = load_workbook(BytesIO(marked(data, {"SKU-1": [weight_missing("E2"), to_be_checked("E2")]})))["상품"]["E2"].comment

    assert note.author == "onestop"
    for finding in (weight_missing("E2"), to_be_checked("E2")):
        assert finding.message_ko in note.text
        assert finding.fix in note.text
        assert finding.message_en in note.text
    assert note.text.index(weight_missing("E2").message_ko) < note.text.index(to_be_checked("E2").message_ko)


def test_what_others_wrote_on_a_cell_stays_above_our_words():
    """Their note is kept on a cell of ours and on any other."""
    sheet = load_workbook(BytesIO(marked(rich_workbook(), FINDINGS)))[SHEET]

    assert sheet["B4"].comment.text == "담당자: 김\n사진 다시 찍기"
    assert sheet["E5"].comment.text.startswith("무게 재기\n\n[onestop] 보류 SG·TH")
    assert sheet["E5"].comment.author == "김"


def test_the_header_of_the_result_explains_the_colours():
    """A legend where the colours are first met."""
    assert "빨강" in load_workbook(BytesIO(marked(rich_workbook())))[SHEET]["G3"].comment.text


def test_a_sheet_tells_the_status_in_each_country():
    """A line for each product and country, with price, title, reason, and a link to the cell."""
    sheet = load_workbook(BytesIO(marked(rich_workbook(), FINDINGS)))["국가별 상태"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]

    assert len(lines) == 12
    assert lines[0] == [4, "SKU-0", "양말 0켤레", "싱가포르 SG", "출고 가능", 19.9, "SGD", "'-50% Cotton Tee", None, None]
    assert lines[2][4] == "보류"
    assert lines[2][8:] == [weight_missing("E5").message_ko, "E5"]
    assert sheet["J5"].hyperlink.location == "'상품 ''26'!E5"


def test_returning_a_returned_file_adds_nothing_twice():
    """One result column, one sheet, one note for each cell; results that changed are the new ones."""
    once = marked(rich_workbook(), FINDINGS)
    twice = marked(once, {"SKU-0": [weight_missing("E4")]})
    book = load_workbook(BytesIO(twice))

    assert [cell.value for cell in book[SHEET][3]] == [*HEADERS, "결과"]
    assert book.sheetnames == load_workbook(BytesIO(once)).sheetnames
    assert column_g(twice)[1].startswith("보류")
    assert column_g(twice)[2] == "출고 가능 SG·TH"
    assert book[SHEET]["E4"].comment.text.count("[onestop]") == 1


def test_old_marks_go_when_the_cell_is_right():
    """The colour that the cell had comes back, our words go, and what others wrote stays."""
    before = rich_workbook()
    twice = marked(marked(before, FINDINGS), {})
    was, now = looks(before, SHEET), looks(twice, SHEET)
    sheet = load_workbook(BytesIO(twice))[SHEET]

    assert now["E5"][2] == was["E5"][2] == "FFABCDEF"
    assert now["E8"][1] is None
    assert sheet["E5"].comment.text == "무게 재기"
    assert sheet["E8"].comment is None


def test_a_program_that_loses_what_the_ground_was_leaves_none():
    """LibreOffice puts a colour of its own where we kept the seller's; better no ground than a wrong one."""
    program = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>LibreOffice/24.2</Application></Properties>'
    saved = with_part(marked(rich_workbook(), FINDINGS), "docProps/app.xml", program)

    assert looks(marked(saved, {}), SHEET)["E5"][1] is None


def test_a_column_of_the_sellers_own_with_that_name_is_left_alone():
    """Ours goes to the right of it."""
    data = xlsx_bytes([[*HEADERS, "결과"], ["SKU-1", "양말", "9900", "3", "100", "a.jpg", "합격"]])
    sheet = load_workbook(BytesIO(marked(data)))["상품"]

    assert [cell.value for cell in sheet[2]][6:] == ["합격", "출고 가능 SG·TH"]


def test_nothing_to_the_right_of_the_header_is_written_over():
    """A note that a seller keeps beside the table, without a header, keeps its place."""
    data = xlsx_bytes([list(HEADERS), ["SKU-1", "양말", "9900", "3", "100", "a.jpg", None, "내일 확인"]])
    sheet = load_workbook(BytesIO(marked(data)))["상품"]

    assert [cell.value for cell in sheet[2]][6:] == [None, "내일 확인", "출고 가능 SG·TH"]


@pytest.mark.parametrize("data", [rich_workbook(), xlsx_bytes({"상품": own_table({}, {"sku": "B-2"}, korean=True)})], ids=["rich", "plain"])
def test_a_returned_file_reads_as_the_original(data: bytes):
    """The same products, from the same cells, with the same findings."""
    assert read_all(marked(data, FINDINGS)) == read_all(data)
    assert open_catalogue(marked(data), NAME).sheet == open_catalogue(data, NAME).sheet


def test_a_rejected_row_says_why():
    """A row that made no product has a line, and its cell a mark."""
    data = xlsx_bytes([list(HEADERS), ["SKU-1", "양말", "", "3", "100", "a.jpg"]])
    finding = Finding.of("PRICE_MISSING", field="price_krw", cell="C2")
    sheet = load_workbook(BytesIO(marked(data, {"SKU-1": [finding]}, outcome="rejected")))["상품"]

    assert sheet["G2"].value == f"보류: {finding.message_ko}"
    assert sheet["C2"].fill.fgColor.rgb == RED


def test_an_unchanged_product_that_moved_is_marked_where_it_stands_now():
    """Its findings speak of the file it was read from first."""
    data = xlsx_bytes([list(HEADERS), ["SKU-1", "양말", "9900", "3", None, "a.jpg"]])
    sheet = load_workbook(BytesIO(marked(data, {"SKU-1": [weight_missing("E25")]}, outcome="unchanged")))["상품"]

    assert sheet["E2"].fill.fgColor.rgb == RED
    assert sheet.max_row == 2


def test_every_part_is_well_formed_and_every_reference_leads_somewhere():
    """What spreadsheet programs check before they open a file."""
    for data in (rich_workbook(), marked(rich_workbook(), FINDINGS), xlsx_bytes([list(HEADERS), ["A-1", "양말", "9900", "3", "1", ""]])):
        found = parts(marked(data, FINDINGS))
        for name, content in found.items():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(content)
        types = found["[Content_Types].xml"].decode()
        for name in re.findall(r'PartName="/([^"]+)"', types):
            assert name in found
        assert len(set(re.findall(r'PartName="/([^"]+)"', types))) == len(re.findall(r'PartName="/([^"]+)"', types))


def test_no_text_of_ours_starts_as_a_formula_would():
    """What a seller or a marketplace wrote is told, never run."""
    book = load_workbook(BytesIO(marked(rich_workbook(), FINDINGS)))
    told = [cell for row in book["국가별 상태"].iter_rows() for cell in row if isinstance(cell.value, str)] + list(book[SHEET]["G"])

    assert [cell.value for cell in told if cell.data_type == "f" or str(cell.value).startswith(("=", "+", "-", "@"))] == []


def test_an_archive_gives_back_its_catalogue_alone():
    """Not the pictures, which the seller has."""
    data = zip_bytes({"봄/상품.xlsx": rich_workbook(), "봄/pictures/0.jpg": b"\xff\xd8\xff"})
    name, content = returned_of(data, "봄.zip", report_on(data, "봄.zip", FINDINGS))

    assert name == "상품_결과.xlsx"
    assert column_g(content)[2].startswith("보류")


def test_a_prefixed_workbook_is_marked_in_its_own_dialect():
    """Some programs write every element with a prefix."""
    plain = xlsx_bytes([list(HEADERS), ["SKU-1", "양말", "9900", "3", None, "a.jpg"]])
    data = plain
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
        xml = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", part(plain, name).decode()).replace("<x:?xml", "<?xml").replace("xmlns=", "xmlns:x=")
        data = with_part(data, name, xml.encode())
    after = marked(data, {"SKU-1": [weight_missing("E2")]})
    sheet = load_workbook(BytesIO(after))["상품"]

    assert read_all(after) == read_all(data)
    assert sheet["G2"].value.startswith("보류")
    assert sheet["E2"].fill.fgColor.rgb == RED


@pytest.mark.parametrize(
    "broken",
    [
        lambda data: with_part(data, "xl/styles.xml", b"<styleSheet></styleSheet>"),
        lambda data: with_part(data, "xl/styles.xml", b'<?xml version="1.0" encoding="EUC-KR"?><styleSheet/>'),
        lambda data: with_part(
            data, "xl/worksheets/sheet1.xml", part(data, "xl/worksheets/sheet1.xml").replace(b"<sheetData>", b"<!-- x --><sheetData>")
        ),
    ],
    ids=["no styles", "encoding", "comment"],
)
def test_what_cannot_be_marked_gives_a_workbook_with_the_rows_to_correct(broken):
    """Only rows that need something, as text, and it says so; it reads as a catalogue."""
    data = broken(xlsx_bytes([["봄"], list(HEADERS), ["SKU-0", "양말", "9900", "3", "1", "a"], ["SKU-1", "모자", "9900", "3", None, "b"]]))
    after = marked(data, {"SKU-1": [weight_missing("E4")]})
    book = load_workbook(BytesIO(after))

    assert book.sheetnames == ["고칠 상품", "국가별 상태"]
    assert "옮겨 적었습니다" in book["고칠 상품"]["A1"].value
    assert [cell.value for cell in book["고칠 상품"][3]][:2] == ["SKU-1", "모자"]
    assert book["고칠 상품"]["E3"].fill.fgColor.rgb == RED
    assert [result.sku for result in read_all(after)] == ["SKU-1"]


def test_doing_it_again_gives_the_same_bytes():
    """No clock and no chance in what goes back."""
    data = rich_workbook()

    assert marked(data, FINDINGS) == marked(data, FINDINGS)
