"""What a service manager is told (sd_notify): that we are ready, that we still turn, that we stop.

NOTIFY_SOCKET    where it listens, a datagram socket; not set: nobody does
WATCHDOG_USEC    so many microseconds without a word, and it restarts us: told by the event loop itself, so that a loop that
                 hangs is silent
"""

from __future__ import annotations

import asyncio
import os
import socket

import structlog

log = structlog.get_logger()
READY, STOPPING, TURNS = "READY=1", "STOPPING=1", "WATCHDOG=1"


def tell(state: str) -> bool:
    """Tell the service manager; False: there is none, or it does not listen."""
    path = os.environ.get("NOTIFY_SOCKET", "")
    if not path:
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as place:
            place.setblocking(False)
            place.connect("\0" + path[1:] if path.startswith("@") else path)
            place.send(state.encode())
    except OSError as error:  # it is no reason to end
        log.warning("service.untold", state=state, error=type(error).__name__)
        return False
    return True


def watchdog_seconds() -> float | None:
    """Return how long the service manager waits for a word of ours; None: it does not wait."""
    for_us = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    usec = os.environ.get("WATCHDOG_USEC", "")
    return int(usec) / 1_000_000 if for_us and usec.isdecimal() and int(usec) else None


async def keep_telling() -> None:
    """Tell that we are ready, then that we turn, until it is cancelled."""
    tell(READY)
    patience = watchdog_seconds()
    while patience is not None:
        tell(TURNS)
        await asyncio.sleep(patience / 3)
