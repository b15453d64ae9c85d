"""A release says what it is built on, and since when."""

from __future__ import annotations

from datetime import date

from bot.release import pinned_since, report

BLAME = """\
0123 1 1 1
author-time 1764547200
\taiohttp==3.14.5 \\
0123 2 2
author-time 1764547200
\t    --hash=sha256:00
4567 3 3
author-time 1795824000
\tpsycopg[binary]==3.3.9 ; sys_platform != 'win32' \\
4567 4 4
author-time 1795824000
\t    # via -r requirements/run.in
"""


def test_each_pin_is_read_with_the_day_on_which_it_was_taken() -> None:
    assert pinned_since(BLAME) == {
        "aiohttp": ("3.14.5", date(2025, 12, 1)),
        "psycopg": ("3.3.9", date(2026, 11, 28)),
    }


def test_the_report_counts_what_is_old_and_what_has_a_newer_version() -> None:
    lines = list(report(pinned_since(BLAME), {"psycopg": "3.4.0", "pip": "27"}, today=date(2026, 12, 2)))
    assert lines[1] == "2 libraries, 1 with a newer version, 1 pinned for over a year.\n"
    assert lines[-2:] == ["| aiohttp | 3.14.5 | 366 | – |", "| psycopg | 3.3.9 | 4 | 3.4.0 |"]
