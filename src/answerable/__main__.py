"""The program: hands the outside world to the command line, and ends with its exit code."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from answerable.cli.surface import Doors, run


def _door(module: str, name: str) -> Callable[..., Any]:
    # By name, so that a command which does not go through a door does not wait for it.
    def through(*values: object) -> Any:
        return getattr(import_module(f"answerable.bootstrap.{module}"), name)(*values)

    return through


DOORS = Doors(
    offline=_door("offline", "offline"),
    application=_door("application", "application"),
    found=_door("founding", "found"),
    restore=_door("restoring", "restore"),
    serve=_door("serving", "serve"),
)


def main() -> None:
    sys.exit(run(sys.argv[1:], DOORS))


if __name__ == "__main__":
    main()
