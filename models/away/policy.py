"""The numbers of absences (domain.md §1, §3): what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from models.ground.rules import Policy, Sourced, Sure
from models.people.kinds import UnitKind


class Decides(StrEnum):
    CELL = "cell"  # the cell's meeting decides
    COMMITTEE = "committee"  # the cell proposes, a committee above decides


class Excuse(StrEnum):
    """A reason for being excused besides work, as a button offers it."""

    ALONE_ABROAD = "alone abroad"  # on duty or on private business
    REMOTE = "remote"  # solitary work in a remote place
    PRIVATE = (
        "private"  # long treatment, maternity leave: which of them is told to the secretary, not to a program
    )


Months = Annotated[int, Field(ge=1, le=60)]


Days = Annotated[int, Field(ge=1, le=400)]


# It bears the number of the guide of 28/09/2021 that went before: never named without its date
_GUIDE = "Hướng dẫn 01-HD/TW ngày 19/05/2026"


_SINCE = date(2026, 5, 19)


_LOOKED_UP = date(2026, 11, 30)


def _guide(was: str) -> Sourced:
    return Sourced(
        document=_GUIDE,
        effective=_SINCE,
        verified=_LOOKED_UP,
        sure=Sure.UNCONFIRMED,
        note=f"the number stood in {was} of the guide of 28/09/2021; the text of 2026 was not seen",
    )


def _rule_208(was: str) -> Sourced:
    return Sourced(
        document="Quy định 208-QĐ/TW ngày 26/07/2026",
        effective=date(2026, 7, 26),
        verified=_LOOKED_UP,
        sure=Sure.UNCONFIRMED,
        note=f"replaced Quy định 20 (04/2026), and that Quy định 294 ({was}); questions for examinations give the same "
        "number, the text was not seen",
    )


def _practice(note: str) -> Sourced:
    return Sourced(document="", verified=_LOOKED_UP, sure=Sure.PRACTICE, note=note)


class AwayPolicy(Policy):
    """Months count from the first day away; "under 12 months" ends before the same day of the next year."""

    decided_by: Annotated[
        Decides,
        Sourced(
            document=_GUIDE,
            effective=_SINCE,
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="by 10.3 of the guide of 28/09/2021 the cell proposes and the committee grants; papers on Quy định 208 "
            "(26/07/2026) speak of the cell alone",
        ),
    ] = Decides.COMMITTEE
    """Who decides on an absence: `committee` (the cell proposes) or `cell` (its meeting decides)."""
    decided_at: Annotated[
        tuple[UnitKind, ...],
        Sourced(
            document=_GUIDE,
            effective=_SINCE,
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="by 10.3 of the guide of 28/09/2021: đảng ủy cơ sở; a section (đảng bộ bộ phận) grants nothing",
        ),
    ] = (UnitKind.BASE, UnitKind.COMMUNE)
    """Where a committee decides: the nearest of these kinds above the cell."""
    note_under_months: Annotated[
        Months,
        Sourced(
            document=_GUIDE,
            effective=_SINCE,
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="by 8.1c of Hướng dẫn 06-HD/TW (09/06/2025), which it replaced: reports are made on those who have filed nothing for over 3 months; that less needs nothing is inferred",
        ),
    ] = 3
    """An absence shorter than so many months needs no application."""
    exempt_months: Annotated[Months, _guide("10.3")] = 12
    """Being excused (tạm miễn) lasts less than so many months."""
    temporary_months: Annotated[Months, _guide("10.2.2")] = 12
    """Temporary activities elsewhere (sinh hoạt tạm thời) last less than so many months."""
    study_months: Annotated[Months, _guide("10.2.2")] = 24
    """The same for study: up to so many months."""
    abroad_months: Annotated[Months, _guide("10")] = 12
    """Abroad: an absence under so many months, or longer, is for the committee to settle."""
    transfer_workdays: Annotated[Days, _rule_208("6.3.1")] = 60
    """Working days from the first day away within which a transfer is asked for."""
    introduction_workdays: Annotated[Days, _rule_208("6.3.1")] = 30
    """Working days in which a letter of introduction is handed in."""
    reasons: Annotated[
        tuple[Excuse, ...],
        Sourced(
            document="Hướng dẫn 12-HD/BTCTW ngày 18/01/2022",
            article="IV.1.2",
            effective=date(2022, 1, 18),
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="whether the list outlived the guide of 19/05/2026 was not seen",
        ),
    ] = (Excuse.PRIVATE, Excuse.ALONE_ABROAD, Excuse.REMOTE)
    """Reasons for being excused that are offered besides work, in this order; others are typed."""
    portal_url: Annotated[
        str,
        Sourced(
            document="Công văn 19370-CV/VPTW ngày 08/12/2025",
            effective=date(2025, 12, 8),
            verified=_LOOKED_UP,
            sure=Sure.CONFIRMED,
            note="transfers are filed there with VNeID level 2; being excused is not among its four procedures",
        ),
    ] = "https://dichvucong.gov.vn"
    """Where transfers are filed (the National Public Service Portal)."""

    open_months: Annotated[
        Months, _practice("an absence without an end is looked at again after so long")
    ] = 12
    """Months after which an absence without an end is looked at again."""
    remind_days: Annotated[
        tuple[int, ...], _practice("days before the end on which member and cell are told")
    ] = (
        60,
        30,
        7,
        0,
    )
    """Days before the end of an absence on which member and secretary are reminded."""
    remind_hour: Annotated[int, Field(ge=7, le=20), _practice("in the receiver's clock")] = 9
    """The hour of those reminders, in the receiver's clock."""
    update_months: Annotated[
        Months, _practice("where a cell wants a written update; every 6 months: Báo Gia Lai 11/2022")
    ] = 6
    """Months from one written update to the next, where a cell wants them."""
    update_grace_days: Annotated[
        Days, _practice("then the secretary is told that the update has not come")
    ] = 14
    """Days after which the secretary hears that an update has not come."""
    stalled_days: Annotated[Days, _practice("what waits for somebody is called to mind after so long")] = 14
    """Days after which an application that waits for somebody is called to mind."""
    letter_days: Annotated[
        Days, _practice("a letter to the place of stay that nobody answers is called to mind")
    ] = 30
    """Days after which a letter that nobody has answered is called to mind."""
    letter_months: Annotated[Months, _practice("and then again and again, until somebody does something")] = 1
    """Months from one such reminder to the next."""
    reply_days: Annotated[Days, _practice("a code by which the place of stay answers on the page")] = 60
    """Days for which the code in a letter to the place of stay opens its page."""
    abroad_contact_months: Annotated[
        Months,
        _practice(
            "China's Opinions on floating members (2024): abroad at least one contact each half-year; no document of ours "
            "with such a floor was seen (domain.md §13)"
        ),
    ] = 6
    """Months from one contact with a member abroad to the next, at the most."""
    abroad_contact_days: Annotated[Days, _practice("the desk shows it while there is time to phone")] = 30
    """Days before that on which the desk is shown it."""
    agreement_days: Annotated[Days, _practice("as before the end of an absence")] = 30
    """Days before the last day of an agreement on which the desk is shown it."""
    ends_soon_days: Annotated[Days, _practice("the register's filter")] = 60
    """What "ends soon" means in the register of members away, in days."""
    no_contact_days: Annotated[Days, _practice("the register's filter")] = 60
    """What "no contact for long" means there, in days."""

    homecoming_weeks: Annotated[
        int,
        Field(ge=1, le=12),
        _practice("tickets for Tết are bought about two months ahead; a cell plans its meeting after"),
    ] = 6
    """Weeks before a long holiday in which whoever is away is asked whether they come home."""
    homecoming_shortest: Annotated[
        int,
        Field(ge=2, le=9),
        _practice("nobody travels far for less; 30/4 and 2/9 make two days in some years"),
    ] = 3
    """Days without work in a row from which on a holiday is asked about."""
    homecoming_margin_days: Annotated[
        Days, _practice("who stays longer than that is no longer on a visit")
    ] = 30
    """Days before and after the holiday between which a visit lies."""
    family_days: Annotated[
        tuple[int, ...], _practice("New Year's Eve and the three days of Tết: no meeting is proposed then")
    ] = (-1, 0, 1, 2)
    """Days, counted from the first of Tết, whose evenings are the families'."""
    homecoming_clock: Annotated[
        str,
        Field(pattern=r"^(1[7-9]|2[0-2]):[0-5]\d$"),
        _practice("the hour at which a meeting of an evening begins"),
    ] = "19:30"
    """The hour that the form of a meeting has, when it is called for the evening on which most are at home."""
    comment_days: Annotated[
        Days, _practice("a letter to the place of stay is given 30 days for its answer, see letter_days")
    ] = 30
    """The cell is told to ask the place of stay for its comment while at least so many days are left."""

    @property
    def decided_above(self) -> bool:
        """Whether a committee decides on what the cell proposes; else the cell's meeting decides."""
        return self.decided_by is Decides.COMMITTEE

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(not 0 <= days <= 366 for days in self.remind_days):
            raise ValueError("remind_days lie between 0 and 366 days before the end")
        if self.note_under_months >= min(self.exempt_months, self.temporary_months):
            raise ValueError("note_under_months is shorter than what is excused or transferred")
        return self
