"""``lantu-web verify_audit``: does every chain of the audit trail still hold?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantu_web.audit.models import Entry
from lantu_web.audit.queries import breaks


class Command(BaseCommand):
    help = "Verify the audit trail; fails and names the entries where a chain does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(breaks())
        for one in found:
            self.stderr.write(f"zone {one.zone}, entry {one.number}: {one.why}")
        if found:
            raise CommandError(f"{len(found)} place(s) where the audit trail does not hold; compare with the last backup.")
        self.stdout.write(f"{Entry.objects.count()} entries, every chain holds.")
