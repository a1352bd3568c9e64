"""What the offline commands need of the world. Starts without Django and without a mechanism."""

import time

from answerable.cli.surface import Offline
from answerable.keys import ed25519


def offline() -> Offline:
    return Offline(verify=ed25519.verify, now_seconds=int(time.time()))
