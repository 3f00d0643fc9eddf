"""How rows are written."""

BATCH = 500  # rows of one statement: enough to be quick, few enough for the parameters that a database takes
