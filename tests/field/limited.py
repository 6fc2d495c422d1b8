"""Run a command whose files may not grow beyond so many bytes: `python -m field.limited N CMD…`."""

import os
import resource
import sys

if __name__ == "__main__":
    most = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 — a command of the suite's own
