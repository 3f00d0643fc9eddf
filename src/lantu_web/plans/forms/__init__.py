"""Forms over plans, by what they are for."""
