"""Any keyword report, as canonical rows of one market."""

from onestop.domain.demand.forms import Forms
from onestop.domain.demand.report import Report, Sheet
from onestop.domain.demand.trends import read_trends
from onestop.domain.demand.word_table import read_word_table


def read_report(sheet: Sheet, forms: Forms) -> Report:
    """The report in a sheet, recognised by what stands in it. It is proven as a whole before its first row is given.

    Raises:
        PermanentError: a finding whose code begins with ``DEMAND_`` or ``FILE_``; nothing of the report is to be used then.
    """
    return read_trends(sheet, forms) or read_word_table(sheet, forms)
