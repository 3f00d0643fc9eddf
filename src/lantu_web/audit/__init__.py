"""Every write with who, when, from where, before and after: append-only, chained by hashes, verified by a command."""
