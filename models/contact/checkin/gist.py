"""What a report says, in a line for the desk; and what it is about."""

from __future__ import annotations

from models.contact.checkin.rows import Checkin, CheckinKind, PlaceAnswer, Report, Work
from models.ground.places import place
from models.phrases.contact import checkin as phrases
from models.phrases.text import Text

_LONGEST = 120  # letters of somebody's words in a line of ours


def subject_of(checkin: Checkin) -> Text:
    """Return what it is called: báo cáo tháng 12/2026 | câu hỏi “Có bị ảnh hưởng bão không?” | báo cáo đột xuất"""
    return phrases.subject(
        period=checkin.period if checkin.kind == CheckinKind.RHYTHM else None,
        question=checkin.question if checkin.kind == CheckinKind.ADHOC else None,
    )


def gist_of(report: Report) -> Text | None:
    """Return the report's facts that are news, and its first words; None: all is well."""
    if not report.tells:
        return None
    moved = report.whereabouts == PlaceAnswer.CHANGED
    there = place(report.place_now) if moved and report.place_now else None
    return phrases.gist(
        work=report.work if report.work in (Work.LOST, Work.CHANGED) else None,
        moved=moved,
        place=(there.vi, there.en) if there else None,
        needs_help=report.needs_help,
        files=report.files,
        said=first_words(report.note),
    )


def first_words(text: str) -> str:
    """Return the first line, cut between words where it is long."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= _LONGEST:
        return line
    return line[:_LONGEST].rsplit(" ", 1)[0] + "…"
