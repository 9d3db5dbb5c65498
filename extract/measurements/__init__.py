"""Measurements: which material has which value of which property under which conditions."""

from extract.measurements.prose import measurements_from_passage
from extract.measurements.tables import TableRecord, measurements_from_tables, table_records

__all__ = ["TableRecord", "measurements_from_passage", "measurements_from_tables", "table_records"]
