"""Where rows and the library's records meet; the only place that sees the whole library."""
