"""Logs: a line of JSON each, or coloured text in a terminal. Events and numbers, never what people wrote."""

from __future__ import annotations

import contextlib
import logging
import sys

import structlog


class Stderr:
    """Writes a line to whatever stderr is now. A full disk or a closed pipe costs the line, never a message."""

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    log = debug = info = warning = error = critical = exception = msg


def set_up_logs(level: str) -> None:
    number = logging.getLevelNamesMapping()[level]
    in_terminal = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if in_terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: Stderr(),
        cache_logger_on_first_use=True,
    )
    # Libraries may put addresses (with the token) and updates into theirs: only warnings, and none of the transport's.
    logging.basicConfig(
        level=max(number, logging.WARNING), format="%(levelname)s %(name)s", stream=sys.stderr
    )
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # it warns of each form that is none
