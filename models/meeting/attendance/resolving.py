"""The cell's resolution of a meeting: four parts as somebody typed them, the last of them the cell's own score.

    typed part by part ──> Conclusion.parts_json (sealed), its `text` the same in one piece ──> sent to the absent,
                                                             in the minutes as the conclusion, and printed to be signed

The score is what the cell gives itself, in its own words: nothing here adds it up, checks it or carries it further.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from models.delivery.papers import ResolutionPaper, paper_number
from models.ground.clock import HOME_ZONE, local_date
from models.meeting.attendance.rows import Conclusion
from models.meeting.meeting import Meeting
from models.people.member import Member
from models.people.rights import Role, holders
from models.people.unit import Unit
from models.people.unit_change import names_then, unit_then
from models.phrases.meeting import attendance as phrases


class Resolution(BaseModel):
    """What was typed. `number` is empty until the cell has given it one; `score`: where it gives itself one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    review: str
    tasks: str
    doing: str
    score: str = ""
    number: str = ""

    @property
    def text(self) -> str:
        """The same in one piece: what the absent read, and what stands in the minutes."""
        parts = [(phrases.PARTS[name].to_plain("vi"), getattr(self, name)) for name in phrases.PARTS]
        return "\n\n".join(f"{heading}\n{words}" for heading, words in parts if words)


def resolution_of(conclusion: Conclusion | None) -> Resolution | None:
    """Return the parts of a conclusion; None: it was typed in one piece, or is a file."""
    parts = conclusion.parts_json if conclusion is not None else None
    return Resolution.model_validate_json(parts) if parts else None


def resolution_paper(
    db: Session, meeting: Meeting, resolution: Resolution, *, now: datetime
) -> ResolutionPaper:
    """Return the paper, in the form of the Party's papers, to be signed by the secretary of that day."""
    at = min(meeting.starts_at, now)
    cell = unit_then(db, db.get_one(Unit, meeting.cell_id), meeting, at)
    above, name = names_then(db, cell, meeting, at)
    secretaries = holders(db, cell.id, Role.SECRETARY, now=at)
    return ResolutionPaper(
        above=above,
        cell=name,
        signed_on=local_date(meeting.starts_at, HOME_ZONE),
        held_on=local_date(meeting.starts_at, HOME_ZONE),
        number=paper_number(resolution.number, "-NQ/CB") if resolution.number else "",
        signer=db.get_one(Member, secretaries[0]).own_name if secretaries else "",
        **resolution.model_dump(exclude={"number"}),
    )
