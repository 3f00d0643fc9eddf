"""The ledger as a workbook: its layout, how it is written, how one that comes back or comes from elsewhere is read."""
