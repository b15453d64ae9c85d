"""A month in one cell: Osaka, Berlin, TP Hồ Chí Minh and two more; nobody is forgotten, nobody is bothered.

dan answers · alice is silent and called · em has blocked the bot · lan is excused · hung asks for help
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.telegram.chats import chat_address
from models.away.policy import AwayPolicy
from models.contact.checkin import CheckinState, plan_checkin
from models.contact.request import HelpRequest, RequestState
from models.desk.desk import Picture, Pile, picture
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.rights import Appointment
from models.people.unit import Unit
from tests.checkins import fills_checkin
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, settle_in
from tests.phone import Phone

EM, LAN, HUNG = 60, 70, 80
AWAY = {EM: ("Lê Văn Em", "DE"), LAN: ("Đỗ Thị Lan", "VN-79"), HUNG: ("Vũ Hùng", "JP")}
MORNING = datetime(2026, 12, 8, 1, tzinfo=UTC)  # 08:00 in Vietnam, the alert of those who are late


@dataclass
class Month:
    world: World
    cell: Cell
    phones: dict[int, Phone]

    def on_the_desk(self) -> Picture:
        def work(db):  # type: ignore[no-untyped-def]
            return picture(db, db.get_one(Unit, self.cell.id), policy=AwayPolicy(), now=self.world.clock())

        seen: Picture = self.world.db(work)
        return seen

    def names(self, pile: Pile) -> list[str]:
        return [one.member.full_name for one in self.on_the_desk().pile(pile)]


@pytest.fixture
def month(world: World) -> Month:
    """Eight in the morning of the first of December; everybody is registered."""
    cell = a_cell(world)
    phones = dict(
        zip((BOB, DEPUTY, ALICE, DAN), settle_in(world, cell, BOB, DEPUTY, ALICE, DAN), strict=True)
    )

    def more(db):  # type: ignore[no-untyped-def]
        for user, (name, place) in AWAY.items():
            member = add_member(
                db,
                cell_id=cell.id,
                full_name=name,
                place_code=place,
                phone=f"+849110000{user}",
                now=world.clock(),
            )
            link_account(db, member, address=chat_address(user), now=world.clock())
            record_consent(db, member.id, Purpose.CONTACT, given=True, now=world.clock())
            plan_checkin(db, member, world.settings.checkin, now=world.clock())

    for user, (name, _) in AWAY.items():
        phones[user] = world.phone(user, name)
        world.telegram.users[user].started = True
    world.db(more)
    return Month(world, cell, phones)


def test_a_quiet_month(month: Month) -> None:
    world, phones = month.world, month.phones
    bob, deputy, alice, dan = (phones[user] for user in (BOB, DEPUTY, ALICE, DAN))

    # The first, 19:00 by each one's own clock: everybody is asked.
    world.until(datetime(2026, 12, 2, 1, tzinfo=UTC))
    for user in (ALICE, DAN, EM, LAN, HUNG):
        assert "báo cáo tình hình" in phones[user].reads()
    assert len(month.names(Pile.OWING)) == 5

    # dan answers in two taps; hung asks for help; em blocks the bot; lan is excused for a week.
    dan.taps("Mọi việc vẫn ổn").taps("Gửi")
    phones[EM].blocks()
    hung = fills_checkin(phones[HUNG], help="Bị nợ lương ba tháng")
    bob.says("/chibo").taps(
        "Xem theo nhóm", "Chưa trả lời", "Đỗ Thị Lan", "Hoãn báo cáo", "Một tuần", "Không ghi lý do"
    )
    assert "hoãn báo cáo" in phones[LAN].reads()
    assert set(month.names(Pile.ANSWERED)) == {"Phạm Văn Dân", "Vũ Hùng"}

    # hung's request reaches both; the deputy takes it.
    assert "Đồng chí Vũ Hùng cần hỗ trợ" in bob.chat()
    deputy.says("/chibo").taps("Xem theo nhóm", "Cần hỗ trợ (1)", "Vũ Hùng", "Tôi nhận việc này")
    deputy.taps("Hẹn ngày khác").says("9/12")  # it was asked for within days
    assert "Lê Thị Hoa đã nhận" in hung.reads()
    seen = bob.says("/chibo").taps("Xem theo nhóm", "Cần hỗ trợ (1)", "Vũ Hùng").reads()
    assert "Bị nợ lương ba tháng" in seen
    assert "Lê Thị Hoa, hẹn thứ Tư 09/12" in seen

    # The eighth: alice alone is late. em, who cannot be reached, is not; lan and those who answered are left alone.
    for phone in phones.values():
        phone.reads()
    world.until(MORNING)
    for alert in (bob.reads(), deputy.reads()):
        assert "1 đồng chí chưa báo cáo" in alert
        assert "• Nguyễn Thị An, hạn" in alert
        assert "• Lê Văn Em, hạn" not in alert
    assert dan.reads() == hung.reads() == ""

    # Both see the same desk.
    first, second = bob.says("/chibo").reads(), deputy.says("/chibo").reads()
    assert first.replace("cần hỗ trợ, Lê Thị Hoa nhận", "đồng chí hẹn giúp 09/12") == second
    assert "cần gọi 2 đồng chí, trước hết là Nguyễn Thị An" in first
    groups = bob.taps("Xem theo nhóm").reads()
    for line in ("2/5", "1 chưa trả lời, trong đó 1 quá hạn", "1 tin không tới", "1 đang hoãn báo cáo"):
        assert line in groups
    assert "đã chặn chương trình" in bob.taps("Tin không tới").buttons()[0]
    assert "Bỏ chặn" in bob.taps("Lê Văn Em").reads()

    # bob calls alice; the deputy learns that there is no need to.
    bob.says("/chibo").taps("Xem theo nhóm", "Chưa trả lời", "Nguyễn Thị An", "Gọi")
    assert "+819012345678" in bob.reads()
    bob.taps("Ghi kết quả gọi", "Cách khác", "Gọi điện", "Hôm nay").says("Vẫn khỏe, điện thoại hỏng").taps(
        "Ghi lại"
    )
    assert "Vẫn khỏe, điện thoại hỏng" in alice.reads()
    assert "Trần Văn Bình đã liên hệ được đồng chí Nguyễn Thị An" in deputy.reads()
    alice.taps("Chưa đúng").says("Tôi đổi số, máy vẫn tốt")
    assert "Tôi đổi số" in bob.reads()
    seen = deputy.says("/chibo").taps("Xem theo nhóm", "Đã báo cáo (3)", "Nguyễn Thị An").reads()
    assert "Vẫn khỏe, điện thoại hỏng" in seen
    assert "Tôi đổi số, máy vẫn tốt" in seen

    # hung says that it is settled; em comes back by himself; lan is asked again when the week is over.
    hung.taps("Việc đã xong")
    requests = world.db(lambda db: [request.state for request in db.scalars(select(HelpRequest))])
    assert requests == [RequestState.CLOSED]
    phones[EM].unblocks()
    assert month.names(Pile.UNREACHABLE) == []
    world.until(datetime(2026, 12, 9, 13, tzinfo=UTC))
    assert "báo cáo tình hình" in phones[LAN].reads()

    # bob's office ends: the desk, its old buttons and what he had begun are closed to him; the deputy goes on.
    world.db(lambda db: _end_office(db, month.cell.bob, world.clock()))
    assert "phân công đã hết hạn" in bob.says("/chibo").reads()
    assert "Chi bộ hôm nay" not in bob.says("/menu").buttons()
    assert "Chi bộ thôn Đông" in deputy.says("/chibo").reads()
    world.until(datetime(2026, 12, 12, 2, tzinfo=UTC))
    assert "chưa báo cáo" not in bob.reads()


def _end_office(db, member_id: int, now: datetime) -> None:  # type: ignore[no-untyped-def]
    for held in db.scalars(select(Appointment).where(Appointment.member_id == member_id)):
        held.ends_at = now


def test_nobody_is_late_who_was_never_asked(month: Month) -> None:
    """The states of all rows agree with what the desk says."""
    month.world.until(MORNING)
    late = month.on_the_desk().pile(Pile.OWING)
    assert all(person.owing and person.owing.state == CheckinState.LATE for person in late)
    assert len(late) == 5
    assert month.world.db(lambda db: db.get_one(Member, month.cell.alice).place_code) == "JP"
