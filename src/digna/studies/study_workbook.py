"""Tables as a workbook, a sheet each; text is written as text, never as a formula."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from digna.studies.assessment_tables import Table


def write(file: BytesIO, tables: Sequence[Table]) -> None:
    """Write every table into `file` as xlsx; a missing value is an empty cell."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for table in tables:
            sheet = book.add_worksheet(table.title[:31])
            sheet.write_row(0, 0, table.header, bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, datetime.combine(cell, time()), day)
                    elif cell is not None:
                        sheet.write(number, column, cell)
            sheet.autofit(400)
