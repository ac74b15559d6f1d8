"""`python -m parindex_desktop`: the composition root."""

from __future__ import annotations

import sys

from parindex_desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
