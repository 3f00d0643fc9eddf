"""Background jobs: fetch by id, one domain call."""
