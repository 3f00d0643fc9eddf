"""``lantu-web demo``: fill an empty database with the fictional zone, then serve it on this machine."""

from __future__ import annotations

import secrets
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lantu_web.accounts.models import Post, User
from lantu_web.management.demo.organisation import enter_organisation
from lantu_web.management.demo.story import tell

MOST_PORTS = 20


class Command(BaseCommand):
    help = "Make the demo (once) and serve it at this machine only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="first port to try (default: %(default)s)")
        parser.add_argument("--samples", type=Path, default=Path("samples"), help="folder of the sample plans (default: %(default)s)")
        parser.add_argument("--no-serve", action="store_true", help="only make it")

    def handle(self, *args: Any, port: int, samples: Path, no_serve: bool, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        password = self._password()
        if not User.objects.exists():
            self._make(samples, password)
        self._tell(password)
        if not no_serve:
            call_command("serve", host="127.0.0.1", port=_free_port(port))

    def _password(self) -> str:
        """One for everybody in the demo, drawn for this installation and kept beside its data."""
        path = Path(settings.MEDIA_ROOT).parent / "demo-password"
        if not path.exists():
            if User.objects.exists():
                raise CommandError("This database is in use already; the demo wants an empty one: set LANTU_VAR to a new folder.")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"lantu-{secrets.token_hex(4)}", encoding="ascii")
            path.chmod(0o600)
        return path.read_text(encoding="ascii")

    def _make(self, samples: Path, password: str) -> None:
        if not (samples / "yunxi-plan.docx").is_file():
            raise CommandError(f"{samples}: no sample plans there; run it in the project's folder or name the folder with --samples.")
        self.stdout.write("Making the fictional zone and reading its three plans…")
        with transaction.atomic():
            tell(enter_organisation(password), samples)

    def _tell(self, password: str) -> None:
        self.stdout.write(f"\nPassword of everybody: {password}")
        for post in Post.objects.select_related("user", "unit").order_by("pk"):
            unit = f"  {post.unit.short_name}" if post.unit else ""
            self.stdout.write(f"  {post.user.username:<10} {post.user.name}  {post.get_role_display()}{unit}")
        self.stdout.write("")


def _free_port(first: int) -> int:
    for port in range(first, first + MOST_PORTS):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise CommandError(f"ports {first} to {first + MOST_PORTS - 1} are all in use: name another with --port.")
