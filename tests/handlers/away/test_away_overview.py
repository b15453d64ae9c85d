"""Before it is filed, the form says who will see it."""

from __future__ import annotations

import pytest

from tests.fakes import World
from tests.people import ALICE, a_cell, settle_in
from tests.phone import Phone


@pytest.fixture
def alice(world: World) -> Phone:
    return settle_in(world, a_cell(world), ALICE)[0]


def test_cell_committee_and_trusted_person_are_named(alice: Phone) -> None:
    alice.says("/khaibao").taps("Nhật Bản").says("Osaka").taps(
        "thực tập sinh", "Bỏ qua", "Hôm nay", "12 tháng"
    )
    alice.taps("Dùng câu này", "số của tôi").says("Nguyễn Văn Ba").taps("Có, người ấy biết", "Bỏ qua")
    seen = alice.reads()
    assert "Bí thư, phó bí thư chi bộ: toàn bộ" in seen
    assert "Đảng ủy cấp trên, khi chi bộ đã đề nghị lên: đơn có tên đồng chí" in seen
    assert "Nguyễn Văn Ba: chương trình không gửi gì" in seen


def test_what_is_only_noted_goes_no_higher(alice: Phone) -> None:
    alice.says("/khaibao").taps("Nhật Bản").says("Osaka").taps("thực tập sinh", "Bỏ qua", "Hôm nay")
    alice.says("31/12/2026").taps("Bỏ qua", "số của tôi", "Bỏ qua")
    seen = alice.reads()
    assert "Người giữ liên lạc, nếu được phân công: tên, nơi đến, điện thoại" in seen
    assert "Đảng ủy cấp trên" not in seen
