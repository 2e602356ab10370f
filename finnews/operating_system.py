"""The systems that finnews runs on: those with the locks and limits of POSIX."""

import sys
from importlib import import_module

_NEEDED = ("fcntl", "resource")


def require_posix() -> None:
    """Exit with one line and status 2 on a system without them, which is Windows."""
    try:
        for module in _NEEDED:
            import_module(module)
        if sys.platform != "win32":
            return
    except ImportError:
        pass
    print("finnews runs on Linux and macOS; on Windows, use WSL or a container", file=sys.stderr)
    sys.exit(2)
