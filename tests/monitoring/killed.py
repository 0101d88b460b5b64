"""A worker of its own, to be killed: sweeps at the instant it is given, on the record it is given.

Says `ready` once it is about to begin. Run as a module, never imported by a test.
"""

from __future__ import annotations

import sys
from datetime import datetime


def main() -> None:
    import django

    django.setup()
    from vigil.monitoring.sweep import sweep

    at = datetime.fromisoformat(sys.argv[1])
    print("ready", flush=True)
    sweep(at=at)
    print("done", flush=True)


if __name__ == "__main__":
    main()
