"""The division scheme and the table of the breakdown as official papers (GB/T 9704—2012)."""
