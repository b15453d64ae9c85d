"""What the secretary types from paper: the town, never the street; a trusted person only with their knowledge."""

from __future__ import annotations

import pytest

from models.away.away import Away, open_away
from tests.absences import SAIGON, declaration
from tests.fakes import World
from tests.handlers.desk.test_absence import Cast, looked
from tests.phone import Phone


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world, files=False)


def types_place(cast: Cast) -> Phone:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nhập đơn từ bản giấy", "Nguyễn Thị An")
    return bob.says("Nhật Bản")


def to_the_end(bob: Phone) -> Phone:
    return bob.says("1/12/2026").says("31/10/2027").says("đi thực tập").taps("Ghi lại")


def the(cast: Cast, *fields: str) -> tuple[object, ...]:
    def read(away: Away | None) -> tuple[object, ...]:
        return tuple(getattr(away, name) for name in fields)

    found: tuple[object, ...] = cast.do(lambda db: read(open_away(db, cast.cell.alice)))
    return found


def test_town_and_trusted_person_are_typed_from_paper(cast: Cast) -> None:
    bob = types_place(cast)
    assert "Xin đừng ghi số nhà" in bob.says("đường Aoki 5, Osaka").reads()
    bob.says("Osaka").taps("thực tập sinh", "Không ghi", "Không ghi")
    bob.says("Nguyễn Văn Ba").taps("Có, người ấy biết").says("0912 345 678")
    to_the_end(bob)
    known = the(cast, "city", "trusted_name", "trusted_phone", "trusted_knows")
    assert known == ("Osaka", "Nguyễn Văn Ba", "+84912345678", True)
    seen = bob.taps("Cách liên hệ nơi đến").reads()
    assert "Nguyễn Văn Ba" in seen


def test_who_does_not_know_is_not_named(cast: Cast) -> None:
    bob = types_place(cast).taps("Không ghi", "thực tập sinh", "Không ghi", "Không ghi")
    bob.says("Nguyễn Văn Ba").taps("Chưa, xin không ghi tên")
    assert "Nguyễn Văn Ba" not in to_the_end(bob).reads()
    assert the(cast, "trusted_name", "trusted_phone", "trusted_knows") == (None, None, False)


def test_a_change_keeps_what_is_kept_and_reading_it_leaves_a_row(cast: Cast) -> None:
    cast.chain.files().is_approved()
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An · Nhật Bản")
    bob.taps("Nhập thay đổi từ bản giấy", "Giữ nguyên", "Giữ nguyên: Osaka", "Giữ nguyên", "Giữ nguyên")
    bob.taps("Giữ nguyên").says("Nguyễn Văn Ba").taps("Có, người ấy biết", "Không ghi", "Hôm nay", "Ghi lại")
    assert the(cast, "city", "employer", "trusted_name") == ("Osaka", "Xưởng mộc Aoki", "Nguyễn Văn Ba")
    assert ("absence.details", "Trần Văn Bình") in looked(cast.world, cast.cell.alice)


def returned(cast: Cast) -> Phone:
    """A year in Sài Gòn, given back: on steady work it would be activities elsewhere for a time."""
    cast.chain.files(declaration(stay=SAIGON))
    cast.world.settle()
    bob = cast.bob.says("/chibo").taps("Xem theo nhóm", "Việc đi làm ăn xa", "Nguyễn Thị An")
    return bob.taps("Trả lại để sửa").says("Ghi rõ việc không ổn định").taps("Ghi lại")


def test_filing_again_may_change_how_one_lives_there_and_so_the_route(cast: Cast) -> None:
    bob = returned(cast).taps("Nộp lại theo bản giấy", "Giữ 01/12/2026", "Giữ 31/10/2027")
    assert "Giữ: Ở một nơi, có tổ chức đảng" in bob.buttons()
    bob.taps("Đi nhiều nơi", "Không ghi", "Ghi lại")
    assert "tạm miễn sinh hoạt đảng" in bob.reads()
    assert the(cast, "itinerant", "study", "route") == (True, False, "exempt")


def test_the_member_may_correct_that_too(cast: Cast) -> None:
    returned(cast)
    alice = cast.alice.taps("Sửa và nộp lại", "Sửa mục khác", "Sửa mục khác", "Tính chất", "Đi lại nhiều nơi")
    assert "tạm miễn sinh hoạt đảng" in alice.reads()
    alice.taps("Nộp lại")
    assert the(cast, "itinerant", "route") == (True, "exempt")
    assert cast.chain.filing_state == "filed"
