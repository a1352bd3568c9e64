"""The program: hands the outside world to the command line, and ends with its exit code."""

import sys
from importlib import import_module
from typing import cast

from answerable.cli.surface import Doors, Offline, run


def _offline() -> Offline:
    # By name, so that a command which needs none of it does not wait for it.
    return cast("Offline", import_module("answerable.bootstrap.offline").offline())


def main() -> None:
    sys.exit(run(sys.argv[1:], Doors(offline=_offline)))


if __name__ == "__main__":
    main()
