"""The workbook of units and people: its columns, how it is written, how a foreign one is read."""
