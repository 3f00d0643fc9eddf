"""What lies far from the heading that is shown first is sent as text, not as elements: a long plan has thousands of them.

It stands in a ``<script type="text/html">``, which ``frontend/islands/workbench/folds.ts`` unfolds once the page is painted. Whatever
comes from a document goes through ``html.escape`` before, so that no ``</script>`` is in it.
"""

from __future__ import annotations


def folded(html: str) -> str:
    return f'<script type="text/html">{html}</script>' if html else ""
