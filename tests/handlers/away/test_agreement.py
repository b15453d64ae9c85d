"""Agreements with whoever receives members away: written down, offered at the place, called to mind before the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.away.agreement import Agreement, AgreementTalk
from models.people.trail import Trail
from tests.absences import Chain
from tests.fakes import World
from tests.handlers.desk.test_absence import Cast, forges, is_secretary_no_more, neighbour
from tests.handlers.desk.test_absence_letters import a_letter, answered
from tests.people import BOB, a_cell, settle_in
from tests.phone import Phone

LIST = "Thỏa thuận phối hợp"


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


def opens_list(phone: Phone, command: str = "/chibo") -> Phone:
    phone.says(command)
    if command == "/chibo":
        phone.taps("Sổ theo dõi đi xa")
    if LIST not in phone.buttons():
        phone.taps("Việc khác")
    return phone.taps(LIST)


def opens_absence(phone: Phone) -> Phone:
    return phone.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An · Nhật Bản")


def fills_agreement(phone: Phone, *, name: str = "Công ty Sakura", ends: str = "") -> Phone:
    phone.taps("Ghi thỏa thuận mới", "Nơi sử dụng lao động").says(name).says("Nhật Bản").taps("Hôm nay")
    phone = phone.says(ends) if ends else phone.taps("Không định ngày hết hạn")
    phone.says("Bà Tanaka, phụ trách nhân sự").says("+81 3 1234 5678")
    return phone.says("Cho nghỉ chiều Chủ nhật cuối tháng để họp chi bộ.").taps("Ghi lại")


def whole_queue(phone: Phone) -> list[str]:
    found = list(phone.says("/chibo").buttons())
    while "Trang sau ›" in phone.buttons():
        found += phone.taps("Trang sau ›").buttons()
    return found


def test_an_agreement_is_written_down_offered_at_its_place_talked_about_renewed_and_ended(cast: Cast) -> None:
    bob = fills_agreement(opens_list(cast.bob))
    seen = bob.reads()
    assert "Đã ghi thỏa thuận." in seen
    assert "Người liên hệ: Bà Tanaka, phụ trách nhân sự, +81 3-1234-5678" in seen

    assert "Nơi này chi bộ có thỏa thuận với Công ty Sakura." in opens_absence(bob).reads()
    assert "Đã gửi cho đồng chí Nguyễn Thị An." in offers(bob)
    cast.world.settle()
    said = cast.alice.reads()
    assert "khi cần, đồng chí có thể liên hệ Công ty Sakura" in said
    assert "Chi bộ" not in said
    assert "trước đây" in offers(bob)
    cast.world.settle()
    assert not cast.alice.reads()

    bob.taps("Công ty Sakura", "Ghi lần trao đổi", "Hôm qua").says("Hẹn gặp lại sau Tết.")
    assert "• 30/11/2026, Trần Văn Bình: Hẹn gặp lại sau Tết." in bob.reads()
    bob.taps("Gia hạn").says("01/01/2020")
    assert "trở đi" in bob.reads()
    bob.says("31/12/2027")
    assert "Đã gia hạn: đến 31/12/2027." in bob.reads()
    bob.taps("Kết thúc thỏa thuận").taps("Kết thúc thỏa thuận")
    assert "Đã kết thúc thỏa thuận." in bob.reads()
    assert bob.buttons() == [LIST, "Màn hình chính"]
    assert "Sakura" not in opens_absence(bob).reads()
    acts = cast.do(lambda db: [one.act for one in db.scalars(select(Trail).order_by(Trail.id))])
    told = [act for act in acts if act.startswith("agreement.")]
    assert told == [f"agreement.{act}" for act in ("make", "offer", "talk", "renew", "end")]


def offers(bob: Phone) -> str:
    return opens_absence(bob).taps("Thỏa thuận ở nơi này", "Gửi cho đồng chí ấy").reads()


def test_one_that_runs_out_waits_on_the_desk_from_a_month_before_until_somebody_acts(cast: Cast) -> None:
    fills_agreement(opens_list(cast.bob), ends="15/01/2027")
    line, past = "Thỏa thuận hết hạn 15/01", "Thỏa thuận đã hết hạn 15/01"
    assert line not in whole_queue(cast.bob)
    cast.world.wait(timedelta(days=20))
    assert line in whole_queue(cast.bob)
    cast.world.wait(timedelta(days=40))
    assert past in whole_queue(cast.bob)
    assert "Sakura" not in opens_absence(cast.bob).reads()
    opens_list(cast.bob).taps("Công ty Sakura", "Gia hạn", "Không định ngày hết hạn")
    assert past not in whole_queue(cast.bob)


def test_a_cell_reads_its_committees_the_committee_its_cells_and_a_neighbour_neither(cast: Cast) -> None:
    bob, officer = fills_agreement(opens_list(cast.bob)), cast.officer
    fills_agreement(opens_list(officer, "/dangbo"), name="Hội người Việt tại Osaka").taps(LIST)
    assert "Công ty Sakura, Nhật Bản, không định ngày hết hạn · Chi bộ thôn Đông" in officer.reads()
    assert officer.taps("Công ty Sakura").buttons() == ["Màn hình chính"]  # it is the cell's own

    assert opens_list(bob).taps("Hội người Việt tại Osaka").buttons() == ["Màn hình chính"]
    assert "với Công ty Sakura; Hội người Việt tại Osaka." in opens_absence(bob).reads()
    ours, theirs = cast.do(lambda db: list(db.scalars(select(Agreement.id).order_by(Agreement.id))))
    for phone, data in (
        (neighbour(cast.world), f"agreement:see:{ours}"),
        (cast.dan, f"agreement:see:{ours}"),
        (cast.dan, f"agreement:list:{cast.cell.id}"),
        (officer, f"agreement:end:{ours}"),
        (officer, f"agreement:correct:{ours}"),
        (bob, f"agreement:correct:{theirs}"),
        (officer, f"agreement:new:{cast.cell.id}"),
        (officer, f"agreement:offer:{ours}:{cast.chain.away_id}"),
        (bob, f"agreement:end:{theirs}"),
        (bob, f"agreement:talk:{theirs}"),
    ):
        assert "không thuộc phần đồng chí phụ trách" in forges(phone, data), data
    opens_list(bob).taps("Công ty Sakura", "Ghi lần trao đổi", "Hôm nay")
    is_secretary_no_more(cast.world, cast.cell)
    bob.says("Hẹn gặp lại.")
    assert cast.do(lambda db: list(db.scalars(select(AgreementTalk)))) == []


def test_what_the_place_of_stay_answers_stands_on_one_line_of_the_absence(cast: Cast) -> None:
    assert "nơi đến:" not in opens_absence(cast.bob).reads()
    a_letter(cast)
    assert "Thư ngày 01/12/2026 gửi nơi đến: chưa có trả lời." in opens_absence(cast.bob).reads()
    answered(cast)
    assert "Nơi đến trả lời ngày 01/12/2026." in opens_absence(cast.bob).reads()


def test_who_is_abroad_is_heard_of_each_half_year_or_the_desk_says_so(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)  # alice has no account: nobody asks her by the program
    Chain(world, cell, cell.alice).files(by_id=cell.bob, on_paper=True).is_approved()
    world.wait(timedelta(days=140))
    assert not [one for one in whole_queue(bob) if "nước ngoài" in one]
    world.wait(timedelta(days=20))
    assert "nên liên hệ trước 01/06" in bob.says("/chibo").reads()
    world.wait(timedelta(days=30))
    said = bob.says("/chibo").reads()
    assert "cần gọi 1 đồng chí, trước hết là Nguyễn Thị An: ở nước ngoài, chưa có tin từ 01/12" in said


def test_a_fact_is_corrected_and_who_did_it_stays_beside_what_stood_there(cast: Cast) -> None:
    bob = fills_agreement(opens_list(cast.bob))
    bob.taps("Sửa thỏa thuận", "Người liên hệ").says("Ông Sato")
    seen = bob.reads()
    assert "Người liên hệ: Ông Sato, +81 3-1234-5678" in seen
    was = "Bà Tanaka, phụ trách nhân sự"
    assert f"• 01/12/2026, Trần Văn Bình: sửa người liên hệ: {was} → Ông Sato" in seen
    bob.taps("Sửa thỏa thuận", "Số điện thoại").says("+81 6 1234 5678")
    assert "sửa số điện thoại: +81 3-1234-5678 → +81 6-1234-5678" in bob.reads()
    bob.taps("Sửa thỏa thuận", "Ngày hết hạn").says("31/12/2027")
    assert "sửa ngày hết hạn: (chưa có) → 31/12/2027" in bob.reads()
    bob.taps("Sửa thỏa thuận", "Ngày hết hạn").says("30/11/2026")
    assert "trở đi" in bob.reads()  # it began on the first of December
    bob.taps("Không định ngày hết hạn")
    assert "sửa ngày hết hạn: 31/12/2027 → (chưa có)" in bob.reads()
    bob.taps("Sửa thỏa thuận", "Nội dung thỏa thuận").says("Cho nghỉ <b>cả</b> ngày Chủ nhật.")
    seen = bob.reads()
    assert "Nội dung: Cho nghỉ <b>cả</b> ngày Chủ nhật." in seen
    bob.taps("Sửa thỏa thuận", "Người liên hệ").says("Ông Sato")
    assert "đã đúng như vậy" in bob.reads()  # nothing was changed, and nothing is noted
    assert len(cast.do(lambda db: list(db.scalars(select(AgreementTalk))))) == 5
    bob.taps("Sửa thỏa thuận", "Nội dung thỏa thuận")
    is_secretary_no_more(cast.world, cast.cell)
    bob.says("Không cho nghỉ nữa.")
    agreed = cast.do(lambda db: db.scalars(select(Agreement)).one().agreed)
    assert agreed == "Cho nghỉ <b>cả</b> ngày Chủ nhật."


def test_a_committee_is_told_once_a_month_before_its_own_agreement_ends(cast: Cast) -> None:
    officer, told = cast.officer, "hết hạn ngày 15/01/2027"
    fills_agreement(opens_list(officer, "/dangbo"), name="Hội người Việt tại Osaka", ends="15/01/2027")
    fills_agreement(opens_list(cast.bob), ends="15/01/2027")  # the cell's own stands on its desk
    officer.reads(), cast.bob.reads()
    cast.world.wait(timedelta(days=10))
    assert told not in officer.reads()
    cast.world.restart()
    cast.world.wait(timedelta(days=50))
    said = officer.reads()
    assert said.count(told) == 1
    assert "Hội người Việt tại Osaka" in said
    assert "Công ty Sakura" not in said
    assert told not in cast.bob.reads()
    officer.taps("Xem thỏa thuận", "Gia hạn", "Không định ngày hết hạn")
    assert "Đã gia hạn" in officer.reads()
