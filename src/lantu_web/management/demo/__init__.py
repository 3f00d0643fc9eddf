"""The demo: a fictional zone with its units and people, one plan with a past adjustment, one half reviewed."""
