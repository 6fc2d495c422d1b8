"""Reports that write themselves from the figures: of a trainer, a partner, the donor, the public.

A report is one page object (`paper`) made from records in a language, and drawn as a page, a PDF, a
Word file or a workbook. Issued, it becomes an edition: kept whole under its hash, never changed.
Every number in it is `Cited`: with its parts, n of N, period, mark and definition.
"""
