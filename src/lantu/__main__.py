"""``python -m lantu``."""

import sys

from lantu.cli import main

if __name__ == "__main__":
    sys.exit(main())
