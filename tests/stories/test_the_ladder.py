"""Kind 6: A member falls silent: who is asked to call, when; who promises; how it ends. Through the front door."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.ladder import Ended, Ladder, LadderState, reached_committee
from models.people.assignment import assign_contact
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.rights import appointments, end_appointment
from tests.fakes import World
from tests.people import BOB, DAN, DEPUTY, OFFICER, a_cell, settle_in
from tests.phone import Phone

TAM, NAM = 60, 70  # keeps in touch with dan; stands in


def at(month: int, day: int, hour: int = 9) -> datetime:
    """Vietnam's clock; December is of 2026."""
    return datetime(2026 if month == 12 else 2027, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


class Silence:
    """dan does not answer December; alice does. tam keeps in touch with dan."""

    def __init__(self, world: World) -> None:
        self.world, self.cell = world, a_cell(world)
        users = (DAN, BOB, DEPUTY, OFFICER)
        self.dan, self.bob, self.deputy, self.officer = settle_in(world, self.cell, *users)
        self.tam, self.tam_id = self.somebody(TAM, "Hoàng Thị Tâm")
        self.assign(self.tam_id)

    def somebody(self, user: int, name: str) -> tuple[Phone, int]:
        def work(db: Session) -> int:
            now = self.world.clock()
            member = add_member(db, cell_id=self.cell.id, full_name=name, now=now)
            link_account(db, member, address=chat_address(user), now=now)
            record_consent(db, member.id, Purpose.CONTACT, given=True, now=now)
            return member.id

        phone = self.world.phone(user, name)
        self.world.telegram.users[user].started = True
        return phone, self.world.db(work)

    def assign(self, contact_id: int, *, ends_on: date | None = None) -> None:
        def work(db: Session) -> None:
            member, contact = db.get_one(Member, self.cell.dan), db.get_one(Member, contact_id)
            assign_contact(db, member, contact, by_id=self.cell.bob, ends_on=ends_on, now=self.world.clock())

        self.world.db(work)

    def ends_office(self, member_id: int) -> None:
        def work(db: Session) -> None:
            for held in appointments(db, member_id, now=self.world.clock()):
                end_appointment(db, held, by_id=None, now=self.world.clock())

        self.world.db(work)

    @property
    def ladder(self) -> Ladder:
        newest = select(Ladder).order_by(Ladder.begun_at.desc()).limit(1)
        return self.world.db(lambda db: db.scalars(newest).one())

    @property
    def counted(self) -> dict[int, int]:
        return self.world.db(lambda db: reached_committee(db, [self.cell.id]))

    def until(self, moment: datetime) -> None:
        """Nobody has anything unread."""
        self.world.until(moment)

    def hush(self) -> None:
        for phone in (self.dan, self.bob, self.deputy, self.tam, self.officer):
            phone.reads()


@pytest.fixture
def silence(world: World) -> Silence:
    made = Silence(world)
    made.until(at(12, 8))  # late on the evening of the seventh; the desk hears of it in the morning
    assert "Phạm Văn Dân" in made.bob.reads()
    made.hush()
    return made


def asked(words: str) -> bool:
    return "Đồng chí lâu chưa có tin" in words


def test_a_silent_member_is_climbed_to_the_loud_end(silence: Silence) -> None:
    tam, bob, deputy = silence.tam, silence.bob, silence.deputy
    silence.until(at(12, 14))
    assert not asked(tam.chat())
    silence.until(at(12, 15))  # seven days after the desk's morning
    said = tam.reads()
    assert "14 ngày chưa có tin" in said  # since the last word of them, not since the desk's morning
    assert "Tin gần nhất: 01/12/2026 (nhắn cho chương trình)" in said
    assert "Phạm Văn Dân" in said
    assert not asked(bob.chat())
    silence.until(at(12, 22))  # fourteen: who was asked before stays on
    for phone in (tam, bob, deputy):
        assert "21 ngày chưa có tin" in phone.reads()
    assert silence.counted == {}
    silence.until(
        at(1, 7)
    )  # thirty: the committee's count, without a name, although December's report has closed
    for phone in (tam, bob, deputy):
        assert "danh sách cần gọi" in phone.reads()
    assert silence.counted == {silence.cell.id: 1}
    assert "Phạm Văn Dân" not in silence.officer.chat()
    assert silence.ladder.state == LadderState.LISTED
    silence.until(at(1, 14))  # one, three and seven days later; then it is left to the digest
    assert "chưa có kết quả" in bob.reads()

    # The list, on the screen and on paper; only a result leads away from it.
    bob.says("/chibo").taps("Việc khác", "Danh sách cần gọi")
    assert "cần gọi" in bob.reads()
    bob.taps("Phiếu gọi để in", "Tải danh sách")
    name, data = bob.documents()[-1]
    assert name == "can-goi-2027-01-14.xlsx"
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Phạm Văn Dân" in cells
    assert "44" in cells
    assert "01/12/2026 (nhắn cho chương trình)" in cells
    bob.says("/chibo").taps("Việc khác", "Danh sách cần gọi", "Phạm Văn Dân")
    assert "Ngừng nhắc gọi" not in bob.buttons()
    silence.hush()
    bob.taps("Ghi kết quả gọi", "Cách khác", "Gọi điện", "Hôm nay").says("Em trai cho biết vẫn khỏe").taps(
        "Ghi lại"
    )
    assert silence.ladder.ended_how == Ended.CONTACTED
    for phone in (tam, deputy):
        assert "Trần Văn Bình đã liên hệ được đồng chí Phạm Văn Dân (gọi điện): “Em trai" in phone.reads()
    assert "liên hệ được" not in bob.reads()
    assert silence.counted == {}
    assert "Không có đồng chí nào" in bob.says("/chibo").taps("Việc khác", "Danh sách cần gọi").reads()


@pytest.mark.parametrize("step", [None, "contact", "desk", "committee"])
def test_an_answer_at_each_step_ends_it_and_tells_exactly_those_who_were_asked(
    silence: Silence, step: str | None
) -> None:
    days = {None: at(12, 10), "contact": at(12, 15), "desk": at(12, 22), "committee": at(1, 7)}
    silence.until(days[step])
    assert silence.ladder.rung == step
    silence.hush()
    silence.dan.says("/baocao").taps("Mọi việc vẫn ổn", "Gửi")
    assert silence.ladder.ended_how == Ended.ANSWERED
    told = {
        name: "Không cần gọi nữa" in phone.reads()
        for name, phone in (("tam", silence.tam), ("bob", silence.bob), ("deputy", silence.deputy))
    }
    assert told == {"tam": step is not None, "bob": True, "deputy": True}  # the desk knew since day zero
    assert silence.officer.reads() == ""
    silence.until(silence.world.clock() + timedelta(days=20))
    assert not asked(silence.tam.reads())


def test_who_takes_it_is_named_with_a_day_and_a_promise_that_lapses_is_told_to_all(silence: Silence) -> None:
    tam, bob, deputy = silence.tam, silence.bob, silence.deputy
    silence.until(at(12, 15))
    silence.hush()
    tam.taps("Tôi sẽ gọi", "Ngày mai")
    assert "gọi đồng chí Phạm Văn Dân, chậm nhất ngày 16/12/2026" in tam.reads()
    for phone in (bob, deputy):
        assert "Hoàng Thị Tâm sẽ gọi" in phone.reads()
    assert "Hoàng Thị Tâm hẹn gọi 16/12" in bob.says("/chibo").reads()
    silence.hush()
    silence.until(at(12, 17, 7))
    assert tam.reads() == ""
    silence.until(at(12, 17))
    assert "đồng chí đã hẹn gọi chậm nhất ngày 16/12/2026 mà chưa ghi kết quả" in tam.reads()
    assert "Hẹn ngày khác" in tam.buttons()
    for phone in (bob, deputy):
        assert "chưa có kết quả" in phone.reads()
    assert silence.ladder.state == LadderState.CLIMBING
    silence.until(at(12, 22))  # and it climbs on, on its own days
    assert "21 ngày chưa có tin" in deputy.reads()
    deputy.taps("Tôi sẽ gọi", "Hôm nay")
    bob.says("/chibo").taps(
        "Việc khác", "Danh sách cần gọi", "Phạm Văn Dân", "Tôi sẽ gọi", "Ngày mai"
    )  # taken over
    assert "Từ nay đồng chí Trần Văn Bình gọi" in deputy.reads()


def test_the_contact_is_away_and_somebody_stands_in(silence: Silence) -> None:
    nam, nam_id = silence.somebody(NAM, "Đinh Văn Nam")
    silence.assign(nam_id, ends_on=date(2026, 12, 31))
    silence.until(at(12, 15))
    assert "14 ngày chưa có tin" in nam.reads()
    nam.taps("Tôi sẽ gọi", "Hôm nay")
    assert "Đinh Văn Nam sẽ gọi" in silence.tam.reads()


def test_a_contact_who_hears_nothing_leaves_it_to_the_desk(silence: Silence) -> None:
    silence.tam.blocks()
    silence.hush()
    silence.until(at(12, 15))
    assert "14 ngày chưa có tin" in silence.bob.reads()


def test_deputy_on_leave_and_secretary_who_hears_nothing(silence: Silence) -> None:
    """Nobody at the desk: who still stands on the ladder hears it; with nobody at all the committee hears of the desk."""
    silence.ends_office(silence.cell.deputy)
    silence.bob.blocks()
    silence.until(at(12, 22))
    assert "21 ngày chưa có tin" in silence.tam.reads()
    assert not asked(silence.deputy.chat())
    silence.tam.blocks()
    silence.until(at(1, 7))
    said = silence.officer.reads()
    assert "Chi bộ thôn Đông" in said
    assert "Phạm Văn Dân" not in said
    assert silence.counted == {silence.cell.id: 1}


def test_who_no_longer_holds_the_office_cannot_take_it_from_an_old_button(silence: Silence) -> None:
    silence.until(at(12, 22))
    old = silence.deputy.button_data("Tôi sẽ gọi")
    silence.ends_office(silence.cell.deputy)
    silence.deputy.reads()
    silence.deputy.taps_data(*old)
    assert "Phạm Văn Dân" not in silence.deputy.reads()
    assert silence.ladder.owner_id is None


def test_excused_ends_it_and_it_begins_anew(silence: Silence) -> None:
    silence.until(at(12, 15))
    silence.hush()
    silence.bob.says("/chibo").taps(
        "Phạm Văn Dân", "Việc khác với", "Hoãn báo cáo", "3 ngày", "Không ghi lý do"
    )
    assert silence.ladder.ended_how == Ended.EXCUSED
    assert "Không cần gọi nữa" in silence.tam.reads()
    first = silence.ladder.id
    silence.until(at(12, 25))
    assert silence.ladder.id != first
    assert silence.ladder.ended_at is None


def test_the_desk_stops_one_and_sets_its_own_days_for_the_next(silence: Silence) -> None:
    bob = silence.bob
    bob.says("/chibo").taps("Việc khác", "Xem thêm", "Khi nào báo ai", "Tự đặt số ngày").says("30 7 14")
    assert "ba số ngày tăng dần" in bob.reads()
    bob.says("3, 5 và 9")
    assert "sau 9 ngày" in bob.reads()
    assert silence.ladder.steps.contact == 7  # the one under way keeps its own
    bob.says("/chibo").taps("Việc khác", "Danh sách cần gọi", "Phạm Văn Dân", "Ngừng nhắc gọi", "Đúng, ngừng")
    assert silence.ladder.ended_how == Ended.CANCELLED
    assert "Không cần gọi nữa" in silence.deputy.reads()
    silence.until(at(1, 8))
    assert silence.ladder.steps.model_dump() == {"contact": 3, "desk": 5, "committee": 9}
    silence.until(at(1, 11))
    assert "41 ngày chưa có tin" in silence.tam.reads()


def test_three_days_of_outage_move_every_step(silence: Silence) -> None:
    world = silence.world
    world.clock.advance(timedelta(days=3))
    world.app.runner.beat()  # the first thing it does when it is back
    silence.until(at(12, 18, 7))
    assert not asked(silence.tam.chat())
    silence.until(at(12, 18, 10))
    assert asked(silence.tam.reads())


def test_who_was_never_registered_has_no_ladder(silence: Silence) -> None:
    alice = select(Ladder).where(Ladder.member_id == silence.cell.alice)
    assert silence.world.db(lambda db: db.scalars(alice).first()) is None
