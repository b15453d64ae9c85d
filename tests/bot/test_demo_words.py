"""The playground's phone without Telegram: numbers are typed, and the secretary sees one cell."""

from __future__ import annotations

import re

from bot.demo.people import BINH, LAN, THU
from tests.commune import Commune, commune

__all__ = ["commune"]


def test_who_has_words_alone_registers_by_an_invite_and_reports_by_numbers(commune: Commune) -> None:
    binh, thu = commune.phone(BINH), commune.phone(THU)
    binh.says("/danhsach").goes("Trịnh Thị Thu").goes("Mời")
    token = re.findall(r"start=([\w-]{22})", binh.chat())[-1]
    thu.opens_link(token)
    assert "\n1 Đúng, liên kết" in thu.last()["text"]
    assert not thu.buttons()
    thu.says("1", "1", "1", "1", "0912 000 110")  # among what is agreed to: that Zalo reads along
    assert "Hiện đang ở đâu?" in thu.last()["text"]
    thu.says("Đà Nẵng")
    lan = commune.phone(LAN)
    assert "tự gõ số, nên số không chứng minh được" in lan.reads()
    lan.taps("Đúng là đồng chí ấy")  # who invited somebody does not say who it is
    assert "Trịnh Thị Thu" in thu.says("/menu").chat()
    thu.says("/baocao")
    assert "1 Mọi việc vẫn ổn" in thu.last()["text"]
    thu.says("1", "1")
    assert "Đã gửi lúc" in thu.last()["text"]
    assert commune.stage.telegram.commands_for(THU, "vi") == []
    thu.sends("photo", "a.jpg", b"\xff\xd8\xff")
    assert "chỉ đọc được tin chữ" in thu.last()["text"]
