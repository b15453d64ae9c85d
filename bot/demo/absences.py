"""The absences of the invented commune, one in every state that the paper chain knows; written by the acts themselves.

Mai      abroad, decided                     Đức    proposed by the cell, waits for the committee
Dũng     decided, ends within the month      Huy    filed, waits for the secretary
Hạnh     decided; an extension withdrawn     Khoa   returned with a comment
Thu      on paper, on the cell's agenda      Cường  ended without a decision
Sen      back; the checklist is open         Phúc   too short: noted
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from models.away import (
    Declaration,
    Filing,
    Stay,
    WorkKind,
    begin_return,
    close_away,
    decide_filing,
    extend_away,
    file_away,
    open_away,
    put_filing_to_cell,
    record_cell_result,
    return_filing,
    withdraw_filing,
)
from models.member import Member
from models.policies import Policies

_NEXT_PROVINCE = "VN-38"  # Thanh Hóa


class Book:
    """Writes absences down for people, by the hands of their secretary and the officer."""

    def __init__(self, db: Session, policies: Policies, *, officer: Member, now: datetime) -> None:
        self._db, self._policies, self._officer, self._now = db, policies, officer, now

    def files(
        self,
        member: Member,
        begins_on: date,
        ends_on: date | None,
        work: WorkKind,
        reason: str,
        *,
        by: Member | None = None,
        itinerant: bool = False,
    ) -> Filing:
        """`by`: the secretary, who types it from a paper."""
        stay = Stay(place_code=member.place_code or _NEXT_PROVINCE, zone=member.zone, work=work)
        return file_away(
            self._db,
            member,
            Declaration(stay=stay, begins_on=begins_on, ends_on=ends_on, reason=reason, itinerant=itinerant),
            by_id=by.id if by else member.id,
            on_paper=by is not None,
            policies=self._policies,
            now=self._now,
        )

    def puts(self, filing: Filing, secretary: Member) -> Filing:
        put_filing_to_cell(self._db, filing, by_id=secretary.id, policies=self._policies, now=self._now)
        return filing

    def proposes(self, filing: Filing, secretary: Member, met_on: date) -> Filing:
        record_cell_result(
            self._db,
            self.puts(filing, secretary),
            met_on=met_on,
            proposes=True,
            votes_for=21,
            votes_against=0,
            by_id=secretary.id,
            policies=self._policies,
            now=self._now,
        )
        return filing

    def decides(self, filing: Filing, secretary: Member, met_on: date, number: str) -> Filing:
        decide_filing(
            self._db,
            self.proposes(filing, secretary, met_on),
            approve=True,
            number=number,
            decided_on=met_on,
            by_id=self._officer.id,
            policies=self._policies,
            now=self._now,
        )
        return filing

    def refuses(self, filing: Filing, secretary: Member, met_on: date, comment: str) -> None:
        record_cell_result(
            self._db,
            self.puts(filing, secretary),
            met_on=met_on,
            proposes=False,
            comment=comment,
            by_id=secretary.id,
            policies=self._policies,
            now=self._now,
        )

    def closes(self, member: Member, secretary: Member, note: str) -> None:
        away = open_away(self._db, member.id)
        assert away is not None  # noqa: S101
        close_away(
            self._db,
            away,
            note=note,
            at_home=True,
            by_id=secretary.id,
            policies=self._policies,
            now=self._now,
        )

    def returns(self, filing: Filing, secretary: Member, comment: str) -> None:
        return_filing(
            self._db,
            filing,
            comment=comment,
            by_id=secretary.id,
            policies=self._policies,
            now=self._now,
        )

    def asks_longer_and_withdraws(self, member: Member, until: date) -> None:
        away = open_away(self._db, member.id)
        assert away is not None  # noqa: S101 - it was filed just above
        filing = extend_away(
            self._db, away, ends_on=until, by_id=member.id, policies=self._policies, now=self._now
        )
        withdraw_filing(self._db, filing, by_id=member.id, policies=self._policies, now=self._now)

    def comes_back(self, member: Member, on: date) -> None:
        away = open_away(self._db, member.id)
        assert away is not None  # noqa: S101
        begin_return(self._db, away, returned_on=on, by_id=member.id, policies=self._policies, now=self._now)


def write_absences(db: Session, policies: Policies, people: dict[str, Member], *, now: datetime) -> None:
    """`people` by given name; `now` is the last of October 2026."""
    book = Book(db, policies, officer=people["Hòa"], now=now)
    binh, tai = people["Bình"], people["Tài"]
    met = date(2026, 10, 3)
    book.decides(
        book.files(
            people["Mai"], date(2026, 10, 5), date(2027, 9, 30), WorkKind.TRAINEE, "Thực tập kỹ năng."
        ),
        binh,
        met,
        "15-QĐ/ĐU",
    )
    book.decides(
        book.files(
            people["Dũng"],
            date(2026, 8, 1),
            date(2026, 12, 20),
            WorkKind.FACTORY,
            "Làm công nhân.",
            itinerant=True,
        ),
        binh,
        met,
        "16-QĐ/ĐU",
    )
    book.decides(
        book.files(people["Hạnh"], date(2026, 9, 1), date(2027, 5, 31), WorkKind.CARE, "Chăm sóc người già."),
        binh,
        met,
        "17-QĐ/ĐU",
    )
    book.asks_longer_and_withdraws(people["Hạnh"], date(2027, 7, 31))
    book.proposes(
        book.files(
            people["Đức"], date(2026, 10, 15), date(2027, 12, 31), WorkKind.SERVICE, "Làm việc tại nhà hàng."
        ),
        binh,
        date(2026, 10, 30),
    )
    book.files(
        people["Huy"],
        date(2026, 10, 20),
        date(2027, 3, 31),
        WorkKind.BUILDING,
        "Làm thợ xây.",
        itinerant=True,
    )
    book.files(
        people["Huy"],
        date(2026, 10, 20),
        date(2027, 6, 30),
        WorkKind.BUILDING,
        "Làm thợ xây.",
        itinerant=True,
    )
    khoa = book.files(people["Khoa"], date(2026, 10, 10), date(2027, 3, 31), WorkKind.TRADE, "Buôn bán.")
    book.returns(khoa, binh, "Đồng chí ghi rõ thêm lý do và thời gian.")
    book.puts(
        book.files(
            people["Thu"], date(2026, 9, 15), date(2027, 6, 15), WorkKind.FACTORY, "Làm may.", by=binh
        ),
        binh,
    )
    book.decides(
        book.files(people["Cường"], date(2026, 5, 1), date(2026, 11, 15), WorkKind.FACTORY, "Làm công nhân."),
        tai,
        met,
        "18-QĐ/ĐU",
    )
    book.decides(
        book.files(people["Sen"], date(2026, 4, 1), date(2027, 1, 31), WorkKind.FARMING, "Làm nông trại."),
        tai,
        met,
        "19-QĐ/ĐU",
    )
    book.comes_back(people["Sen"], date(2026, 10, 29))
    book.files(people["Phúc"], date(2026, 10, 25), date(2026, 12, 31), WorkKind.TRADE, "Bán hàng mùa vụ.")
    book.refuses(
        book.files(people["Ngọc"], date(2026, 10, 1), date(2027, 4, 30), WorkKind.TRADE, "Buôn bán.", by=tai),
        tai,
        met,
        "Đồng chí vẫn họp được hằng tháng.",
    )
    book.decides(
        book.files(
            people["Lan"], date(2026, 6, 1), date(2026, 11, 30), WorkKind.FAMILY, "Chăm con nhỏ.", by=binh
        ),
        binh,
        met,
        "20-QĐ/ĐU",
    )
    book.closes(people["Lan"], binh, "Đã về trước hạn, sinh hoạt lại từ tháng 11.")
