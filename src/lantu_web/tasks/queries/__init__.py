"""Every read of tasks that joins, as named functions; one file per thing that is read."""
