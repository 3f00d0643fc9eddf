"""The operators' command line: ``lantu-web COMMAND`` is Django's manage with this site's settings."""

from __future__ import annotations

import os
import sys


def main() -> None:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantu_web.settings.dev")
    execute_from_command_line(["lantu-web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
