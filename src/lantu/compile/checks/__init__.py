"""What a careful reader would be told: one file per thing that is read, all speaking through ``report.Report``."""
