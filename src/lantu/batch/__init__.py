"""Many files → many outputs: worker processes that cannot hurt each other, and a record that lets a stopped run go on."""
