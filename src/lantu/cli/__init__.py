"""The command line. Everything heavy is imported by the command that needs it: ``lantu --help`` must answer at once."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; messages go to stderr, and no traceback ever does."""
    from lantu.cli.boundary import run_guarded
    from lantu.cli.commands import run

    return run_guarded(lambda: run(argv))
