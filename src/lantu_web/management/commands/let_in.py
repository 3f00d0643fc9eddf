"""``lantu-web let_in USERNAME``: a password for one use for a system administrator who is locked out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantu_web.accounts.acting import SYSTEM
from lantu_web.accounts.commands import rescue
from lantu_web.lib.errors import Refused


class Command(BaseCommand):
    help = "Give a system administrator a password for one use; asks whether to lift the lock-out and to remove the second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="user name of a system administrator")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        try:
            person = rescue.administrator_named(username)
            if not self._agreed(f"Give {person.name} ({person.username}) a new password? All their sessions end."):
                raise CommandError("Nothing was changed.")
            password = rescue.let_in(
                by=SYSTEM, username=username, lift_lock_out=self._agreed("Forget their failed log-ins, so that a lock-out ends?"),
                without_second_factor=person.has_second_factor and self._agreed("Remove their second factor and its backup codes?"),
            )  # fmt: skip
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Password for one log-in, shown only now: {password}")

    def _agreed(self, question: str) -> bool:
        try:
            return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
        except EOFError:
            raise CommandError("This asks on the console: run it where somebody can answer. Nothing was changed.") from None
