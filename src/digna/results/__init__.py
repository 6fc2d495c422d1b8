"""What came of it: declared indicators, targets, figures with the records behind them.

An indicator is declared, not programmed; `digna_engines.indicators` computes it from the fact
tables that the rooms below publish. A figure is a snapshot with numerator, denominator, n of N,
period and the keys of its records. A period can be frozen: what would change later is shown, and
never changes it.
"""
