"""What the file of a paper is called, wherever it leaves the program: what and whose, without marks.

The number in front is the one that members' files are kept under: 61 a year's self-review, 79 an application for
exemption (Công văn 1361-CV/BTCTW ngày 30/06/2026).
"""

from __future__ import annotations

import re

from models.delivery.papers.facts import ExcuseApplication, Paper, ReviewPaper
from models.ground.names import fold

_IN_A_MEMBERS_FILE: dict[str, int] = {ReviewPaper.kind: 61, ExcuseApplication.kind: 79}
_UNFIT = re.compile(r"[^a-z0-9-]+")


def paper_name(paper: Paper) -> str:
    """Return a file's name: 79.don-xin-tam-mien-nguyen-thi-an.docx"""
    return named_file(paper.kind, f"{paper.kind} {paper.member.name}")


def named_file(kind: str, words: str) -> str:
    """Return the same in words of one's own: 61.ban-tu-kiem-diem-2026-nguyen-thi-an.docx"""
    number = _IN_A_MEMBERS_FILE.get(kind)
    name = _UNFIT.sub("-", fold(words)).strip("-")
    return f"{number}.{name}.docx" if number else f"{name}.docx"
