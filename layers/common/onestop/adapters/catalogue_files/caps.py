"""How much of a seller's file is opened, and the errors that say no."""

from onestop.domain.catalog import dropped
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

MIB = 1024 * 1024

MAX_FILE_BYTES = dropped.MAX_FILE_BYTES
"""A text file lies on a function's own disk, 512 MiB, while its rows are read; a workbook or archive stays in memory, 2 GiB."""

MAX_INFLATED_BYTES = 512 * MIB
"""All parts of a workbook together: 100,000 rows of 90 columns are about 300 MiB of XML."""

MAX_ARCHIVE_INFLATED_BYTES = 1024 * MIB
"""A catalogue and its pictures. Pictures hardly shrink, so this lies near what may be uploaded."""

MAX_RATIO = 200
"""Inflated to packed size. Repetitive sheets reach about 60; deflate's own limit, which bombs approach, is 1032."""

RATIO_FROM_BYTES = 4 * MIB
"""Below this size the ratio does not matter: an almost empty part may shrink a thousandfold."""

MAX_WORKBOOK_PARTS = 2_000
"""A workbook has some tens of parts, and one for each picture in it."""

MAX_ARCHIVE_MEMBERS = 20_000
"""Some 2,000 products with nine pictures each."""

MAX_GRID_CELLS = 10_000_000
"""The workbook reader holds a sheet as a full rectangle of about 32 bytes a cell; larger catalogues come as CSV, which streams."""

MAX_JSON_BYTES = 32 * MIB
"""A JSON document is parsed as a whole, which takes some ten times its size; JSON lines stream."""

MAX_JSON_KEYS = 1_000
"""Keys in all objects together: no form has more columns."""

MAX_ROWS = 1_048_576
"""What a spreadsheet can hold."""


def refuse(code: str, **params: object) -> PermanentError:
    """The error of a file-level finding, to be raised.

    Example:
        >>> refuse("FILE_XLS_OLD").findings[0].code
        'FILE_XLS_OLD'
    """
    return PermanentError(Finding.of(code, field=None, cell=None, **params))


def too_large(size_bytes: int, limit_bytes: int) -> PermanentError:
    """FILE_TOO_LARGE with both sizes in MiB."""
    return refuse("FILE_TOO_LARGE", size=f"{size_bytes / MIB:.0f} MiB", limit=f"{limit_bytes // MIB} MiB")
