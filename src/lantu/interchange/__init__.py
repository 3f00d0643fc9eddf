"""Plan ⇄ JSON, XLSX, CSV, Markdown."""
