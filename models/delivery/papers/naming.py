"""What the file of a paper is called, wherever it leaves the program: what and whose, without marks.

The number in front is the one that members' files are kept under (`FilePlace`).
"""

from __future__ import annotations

import re
from enum import IntEnum

from models.delivery.papers.facts import ExcuseApplication, Paper, ReviewPaper
from models.ground.names import fold


class FilePlace(IntEnum):
    """Under which number a paper lies in a member's file: Công văn 1361-CV/BTCTW ngày 30/06/2026."""

    REVIEW = 61  # the yearly self-review
    TRANSFER_REVIEW = 62  # at a transfer
    ABROAD_REVIEW = 63  # for the time abroad
    EXEMPTION = 79  # application for exemption
    RESOLUTION = 81  # the cell's resolution on it
    SUPPLEMENT = 82  # to the record, after a return from abroad


_IN_A_MEMBERS_FILE = {ReviewPaper.kind: FilePlace.REVIEW, ExcuseApplication.kind: FilePlace.EXEMPTION}
_UNFIT = re.compile(r"[^a-z0-9-]+")


def paper_name(paper: Paper) -> str:
    """Return a file's name: 79.don-xin-tam-mien-nguyen-thi-an.docx"""
    return named_file(paper.kind, f"{paper.kind} {paper.member.name}")


def named_file(kind: str, words: str) -> str:
    """Return the same in words of one's own: 61.ban-tu-kiem-diem-2026-nguyen-thi-an.docx"""
    return filed_name(_IN_A_MEMBERS_FILE.get(kind), words)


def filed_name(place: FilePlace | None, words: str, ending: str = ".docx") -> str:
    """Return the name of a paper in a member's file: its number, where it has one, and what it is, without marks."""
    name = f"{_plain(words)}{ending}"
    return f"{place.value}.{name}" if place is not None else name


def _plain(words: str) -> str:
    return _UNFIT.sub("-", fold(words)).strip("-")
