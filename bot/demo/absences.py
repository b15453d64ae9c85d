"""The absences of the invented commune, one in every state that the paper chain knows; written by the acts themselves.

long decided                          in the last month
Mai      abroad                       Đức    proposed by the cell, waits for the committee
Dũng     ends within the month        Huy    filed twice, waits for the secretary
Hạnh     a comment was asked for      Khoa   returned with a comment
Lan      ended                        Thu    on paper, on the cell's agenda
Cường    lapses in November           Sen    back; the checklist is open
Yến      abroad, moved on the way     Phúc   too short: noted
Ngọc     refused by the cell          Hạnh   a change withdrawn: an extension
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from models.away.away import (
    Away,
    Declaration,
    Filing,
    FilingAct,
    Stay,
    WorkKind,
    begin_return,
    change_away,
    close_away,
    decide_filing,
    extend_away,
    file_away,
    filing_under_way,
    open_away,
    put_filing_to_cell,
    record_cell_result,
    return_filing,
    withdraw_filing,
)
from models.away.letter import LetterKind, record_letter_answered, record_letter_reminded, record_letter_sent
from models.ground.clock import HOME_ZONE, at_wall
from models.people.assignment import assign_contact
from models.people.member import Member
from models.policies import Policies
from models.year.probation import start_probation

_NEXT_PROVINCE = "VN-38"  # Thanh Hóa

People = dict[str, Member]  # by given name


class Book:
    """Writes absences down for people, by the hands of their secretary and the officer; each act on its own day."""

    def __init__(self, db: Session, policies: Policies, *, officer: Member) -> None:
        self._db, self._policies, self._officer = db, policies, officer

    def files(self, member: Member, declared: Declaration, on: date, *, by: Member | None = None) -> Filing:
        """File a declaration. `by`: the secretary, who types it from a paper."""
        return file_away(
            self._db,
            member,
            declared,
            FilingAct(by.id if by else member.id, self._policies, at_nine(on), on_paper=by is not None),
        )

    def puts(self, filing: Filing, secretary: Member, on: date) -> Filing:
        put_filing_to_cell(self._db, filing, FilingAct(secretary.id, self._policies, at_nine(on)))
        return filing

    def proposes(self, filing: Filing, secretary: Member, met_on: date) -> Filing:
        record_cell_result(
            self._db,
            filing,
            FilingAct(secretary.id, self._policies, at_nine(met_on)),
            met_on=met_on,
            proposes=True,
            votes_for=21,
            votes_against=0,
        )
        return filing

    def decides(self, filing: Filing, number: str, on: date) -> None:
        decide_filing(
            self._db,
            filing,
            FilingAct(self._officer.id, self._policies, at_nine(on)),
            approve=True,
            number=number,
            decided_on=on,
        )

    def goes_through(self, filing: Filing, secretary: Member, met_on: date, number: str, on: date) -> None:
        """Take a filing through the whole chain: agenda, meeting, decision."""
        self.decides(self.proposes(self.puts(filing, secretary, met_on), secretary, met_on), number, on)

    def refuses(self, filing: Filing, secretary: Member, met_on: date, comment: str) -> None:
        record_cell_result(
            self._db,
            self.puts(filing, secretary, met_on),
            FilingAct(secretary.id, self._policies, at_nine(met_on), comment=comment),
            met_on=met_on,
            proposes=False,
        )

    def returns(self, filing: Filing, secretary: Member, comment: str, on: date) -> None:
        return_filing(self._db, filing, FilingAct(secretary.id, self._policies, at_nine(on), comment=comment))

    def asks_longer_and_withdraws(self, member: Member, until: date, on: date) -> None:
        filing = extend_away(
            self._db, self.away_of(member), FilingAct(member.id, self._policies, at_nine(on)), ends_on=until
        )
        withdraw_filing(self._db, filing, FilingAct(member.id, self._policies, at_nine(on)))

    def moves(self, member: Member, stay: Stay, on: date, *, by: Member) -> None:
        """Change place or work on the way, typed by the secretary."""
        change_away(
            self._db,
            self.away_of(member),
            stay,
            from_on=on,
            by_id=by.id,
            on_paper=True,
            policies=self._policies,
            now=at_nine(on),
        )

    def comes_back(self, member: Member, on: date) -> None:
        begin_return(
            self._db,
            self.away_of(member),
            returned_on=on,
            by_id=member.id,
            policies=self._policies,
            now=at_nine(on),
        )

    def closes(self, member: Member, secretary: Member, note: str, on: date) -> None:
        close_away(
            self._db,
            self.away_of(member),
            note=note,
            at_home=True,
            by_id=secretary.id,
            policies=self._policies,
            now=at_nine(on),
        )

    def writes_there(
        self,
        member: Member,
        secretary: Member,
        kind: LetterKind,
        to: str,
        sent_on: date,
        *,
        reminded_on: date | None = None,
        answered: tuple[date, str] | None = None,
    ) -> None:
        """Write a letter to the place of stay, with what became of it."""
        letter = record_letter_sent(
            self._db,
            self.away_of(member),
            kind,
            sent_on=sent_on,
            to=to,
            by_id=secretary.id,
            policies=self._policies,
            now=at_nine(sent_on),
        )
        if reminded_on:
            record_letter_reminded(
                self._db,
                letter,
                reminded_on=reminded_on,
                by_id=secretary.id,
                policies=self._policies,
                now=at_nine(reminded_on),
            )
        if answered:
            record_letter_answered(
                self._db,
                letter,
                answered_on=answered[0],
                answer=answered[1],
                by_id=secretary.id,
                policies=self._policies,
                now=at_nine(answered[0]),
            )

    def filing_of(self, member: Member) -> Filing:
        filing = filing_under_way(self._db, self.away_of(member).id)
        assert filing is not None  # noqa: S101
        return filing

    def away_of(self, member: Member) -> Away:
        away = open_away(self._db, member.id)
        assert away is not None  # noqa: S101 - it was filed before
        return away


def at_nine(day: date) -> datetime:
    return at_wall(day, time(9), HOME_ZONE)


def declare(
    member: Member,
    begins_on: date,
    ends_on: date,
    work: WorkKind,
    reason: str,
    *,
    itinerant: bool = False,
    **there: str,
) -> Declaration:
    """Return a declaration. `there`: city, employer, phone_there, host."""
    stay = Stay(place_code=member.place_code or _NEXT_PROVINCE, zone=member.zone, work=work, **there)
    return Declaration(stay=stay, begins_on=begins_on, ends_on=ends_on, reason=reason, itinerant=itinerant)


# --- what lies back -------------------------------------------------------------------------------------------------


def write_past(db: Session, policies: Policies, people: People) -> None:
    """Write what happened from spring to autumn 2026, before the phones are connected."""
    book = Book(db, policies, officer=people["Hòa"])
    _write_east(book, people)
    _write_west(book, people)
    _write_probation(db, policies, people)


def _write_east(book: Book, people: People) -> None:
    binh, met, signed = people["Bình"], date(2026, 9, 3), date(2026, 9, 10)
    lan, mai, dung, hanh, yen = (people[name] for name in ("Lan", "Mai", "Dũng", "Hạnh", "Yến"))
    declared = declare(lan, date(2026, 4, 1), date(2026, 11, 30), WorkKind.FAMILY, "Chăm con nhỏ.")
    paper = book.files(lan, declared, date(2026, 3, 12), by=binh)
    book.goes_through(paper, binh, date(2026, 4, 3), "07-QĐ/ĐU", date(2026, 4, 10))
    book.closes(lan, binh, "Đã về trước hạn, sinh hoạt lại từ tháng 9.", date(2026, 9, 4))

    declared = declare(
        mai,
        date(2026, 10, 5),
        date(2027, 9, 30),
        WorkKind.TRAINEE,
        "Thực tập kỹ năng.",
        city="Osaka",
        employer="Xưởng mộc Aoki",
        phone_there="+819012340103",
    )
    book.goes_through(book.files(mai, declared, date(2026, 8, 25)), binh, met, "15-QĐ/ĐU", signed)

    declared = declare(
        dung, date(2026, 8, 1), date(2026, 12, 20), WorkKind.FACTORY, "Làm công nhân.", itinerant=True
    )
    paper = book.files(dung, declared, date(2026, 7, 14))
    book.goes_through(paper, binh, date(2026, 8, 3), "12-QĐ/ĐU", date(2026, 8, 7))

    declared = declare(
        hanh, date(2026, 9, 15), date(2027, 5, 31), WorkKind.CARE, "Chăm sóc người già.", city="Đài Bắc"
    )
    book.goes_through(book.files(hanh, declared, date(2026, 8, 20)), binh, met, "16-QĐ/ĐU", signed)
    book.writes_there(
        hanh,
        binh,
        LetterKind.COMMENT,
        "Chi bộ ghép tại Đài Bắc",
        date(2026, 9, 28),
        reminded_on=date(2026, 10, 20),
    )

    declared = declare(
        yen, date(2026, 7, 1), date(2027, 5, 31), WorkKind.FACTORY, "Làm công nhân.", city="Busan"
    )
    paper = book.files(yen, declared, date(2026, 6, 10), by=binh)
    book.goes_through(paper, binh, date(2026, 7, 3), "10-QĐ/ĐU", date(2026, 7, 8))
    book.moves(
        yen, declared.stay.model_copy(update={"city": "Seoul", "work": WorkKind.SERVICE}), met, by=binh
    )


def _write_west(book: Book, people: People) -> None:
    tai, met, signed = people["Tài"], date(2026, 5, 4), date(2026, 5, 12)
    cuong, sen, ngoc = (people[name] for name in ("Cường", "Sen", "Ngọc"))
    declared = declare(cuong, date(2026, 5, 15), date(2026, 11, 15), WorkKind.FACTORY, "Làm công nhân.")
    book.goes_through(book.files(cuong, declared, date(2026, 4, 20)), tai, met, "08-QĐ/ĐU", signed)

    declared = declare(sen, date(2026, 5, 15), date(2027, 1, 31), WorkKind.FARMING, "Làm nông trại.")
    book.goes_through(book.files(sen, declared, date(2026, 4, 22)), tai, met, "09-QĐ/ĐU", signed)

    declared = declare(ngoc, date(2026, 10, 1), date(2027, 4, 30), WorkKind.TRADE, "Buôn bán.")
    paper = book.files(ngoc, declared, date(2026, 9, 15), by=tai)
    book.refuses(paper, tai, date(2026, 10, 3), "Đồng chí vẫn họp được hằng tháng.")


def _write_probation(db: Session, policies: Policies, people: People) -> None:
    """Huy's twelve months are over before Christmas."""
    start_probation(
        db,
        people["Huy"],
        admitted_on=date(2025, 12, 19),
        helper_id=people["Vân"].id,
        by_id=people["Bình"].id,
        policy=policies.probation,
        calendar=policies.workday,
        now=at_nine(date(2025, 12, 22)),
    )


# --- the last month, which is lived through -------------------------------------------------------------------------


def write_this_month(db: Session, policies: Policies, people: People, on: date, *, now: datetime) -> None:
    """Write what people do on this day of November 2026; messages tell of it."""
    THIS_MONTH[on](Book(db, policies, officer=people["Hòa"]), people, on)
    if on == min(THIS_MONTH):
        for name in ("Mai", "Dũng", "Huy"):
            assign_contact(db, people[name], people["Vân"], by_id=people["Bình"].id, now=now)


def _twelfth(book: Book, people: People, on: date) -> None:
    khoa, phuc = people["Khoa"], people["Phúc"]
    declared = declare(khoa, date(2026, 12, 1), date(2027, 5, 31), WorkKind.TRADE, "Buôn bán.")
    book.files(khoa, declared, on)
    declared = declare(phuc, date(2026, 11, 10), date(2026, 12, 31), WorkKind.TRADE, "Bán hàng mùa vụ.")
    book.files(phuc, declared, on)


def _seventeenth(book: Book, people: People, on: date) -> None:
    duc, hanh = people["Đức"], people["Hạnh"]
    declared = declare(
        duc, date(2026, 11, 20), date(2027, 12, 31), WorkKind.SERVICE, "Làm việc tại nhà hàng.", city="Berlin"
    )
    book.puts(book.files(duc, declared, on), people["Bình"], on)
    book.asks_longer_and_withdraws(hanh, date(2027, 7, 31), on)


def _twentieth(book: Book, people: People, on: date) -> None:
    huy, thu = people["Huy"], people["Thu"]
    declared = declare(
        huy, date(2026, 12, 1), date(2027, 3, 31), WorkKind.BUILDING, "Làm thợ xây.", itinerant=True
    )
    book.files(huy, declared, on)
    declared = declare(thu, date(2026, 11, 15), date(2027, 8, 15), WorkKind.FACTORY, "Đi làm công nhân may.")
    book.puts(book.files(thu, declared, on, by=people["Bình"]), people["Bình"], on)


def _twenty_fourth(book: Book, people: People, on: date) -> None:
    book.writes_there(people["Sen"], people["Tài"], LetterKind.COMMENT, "Chi bộ ghép tại Sydney", on)


def _twenty_sixth(book: Book, people: People, on: date) -> None:
    book.returns(
        book.filing_of(people["Khoa"]), people["Bình"], "Đồng chí ghi rõ thêm lý do và thời gian.", on
    )
    book.comes_back(people["Sen"], on)


def _twenty_eighth(book: Book, people: People, on: date) -> None:
    book.proposes(book.filing_of(people["Đức"]), people["Bình"], on)
    huy = people["Huy"]  # a second application supersedes the first
    declared = declare(
        huy, date(2026, 12, 1), date(2027, 6, 30), WorkKind.BUILDING, "Làm thợ xây.", itinerant=True
    )
    book.files(huy, declared, on)


THIS_MONTH: dict[date, Callable[[Book, People, date], None]] = {
    date(2026, 11, 12): _twelfth,
    date(2026, 11, 17): _seventeenth,
    date(2026, 11, 20): _twentieth,
    date(2026, 11, 24): _twenty_fourth,
    date(2026, 11, 26): _twenty_sixth,
    date(2026, 11, 28): _twenty_eighth,
}
