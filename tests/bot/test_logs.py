"""A log that cannot be written costs the line and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_a_closed_log_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    monkeypatch.setattr("sys.stderr", closed)
    set_up_logs("INFO")
    log = structlog.get_logger()
    log.info("first", number=1)
    assert '"event": "first"' in closed.getvalue()
    closed.close()
    log.warning("second")
    again = io.StringIO()
    monkeypatch.setattr("sys.stderr", again)
    log.warning("third")
    assert "third" in again.getvalue()
