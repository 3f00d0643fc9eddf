"""Every read of plans that joins, as named functions; one file per thing that is read."""
