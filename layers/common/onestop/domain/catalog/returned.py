"""What a returned file has more than the one that the seller sent; it is left out when the file comes in again."""

from collections.abc import Iterator, Sequence

RETURNED_SUFFIX = "_결과"
"""What the name of a returned file has more, before its ending."""

RESULT_HEADER = "결과"
CELLS_HEADER = "고칠 칸"
STATUS_HEADER = "국가별 상태"
STATUS_SHEET = STATUS_HEADER
"""The sheet that a returned workbook has besides the seller's own."""

_HEADERS = frozenset({RESULT_HEADER, CELLS_HEADER, STATUS_HEADER})


def result_columns(header: Sequence[str]) -> frozenset[int]:
    """Where in a header row, from 0, the columns of a returned file stand.

    Example:
        >>> sorted(result_columns(["상품코드", "상품명", " 결과 "]))
        [2]
    """
    return frozenset(index for index, text in enumerate(header) if text.strip() in _HEADERS)


def without_results(rows: Iterator[tuple[int, list[str]]], columns: frozenset[int]) -> Iterator[tuple[int, list[str]]]:
    """The rows with those columns blank, and no longer than the seller's own cells make them.

    Example:
        >>> list(without_results(iter([(4, ["A-1", "양말", "출고 가능 SG"])]), frozenset({2})))
        [(4, ['A-1', '양말'])]
    """
    for number, cells in rows:
        kept = ["" if index in columns else text for index, text in enumerate(cells)]
        while kept and len(kept) - 1 in columns:
            kept.pop()
        yield number, kept
