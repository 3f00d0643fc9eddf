"""Forms of the breakdown: what screens ask for, made into what commands take."""
