"""The playground: of one cell Mai has Telegram, Oanh a browser, Thu a messenger of words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from starlette.routing import BaseRoute

from bot.demo.door import page_doors
from bot.demo.people import BINH, LAN, MAI, OANH, THU
from bot.demo.tour import ASKED
from tests.commune import Commune, commune
from tests.tab import Tab

__all__ = ["commune"]


class Visitor:
    """The visitor's own browser, as tests/tab.py wants its world."""

    def __init__(self, commune: Commune) -> None:
        self._commune = commune
        self.app = self

    @property
    def web_routes(self) -> list[BaseRoute]:
        return [*page_doors(self._commune.stage), *self._commune.stage.app.web_routes]

    def run(self, work: Any) -> Any:
        return self._commune.loop.run_until_complete(work)

    def settle(self) -> None:
        self.run(self._commune.stage.settle())


def test_a_visitor_sees_three_members_of_one_cell_answer_through_three_doors_and_the_secretary_one_cell(
    commune: Commune,
) -> None:
    binh, mai, thu = (commune.phone(one) for one in (BINH, MAI, THU))
    binh.says("/danhsach").goes("Trịnh Thị Thu").goes("Mời")
    thu.opens_link(re.findall(r"start=([\w-]{22})", binh.chat())[-1])
    thu.says("1", "1", "1", "1", "0912 000 110").says("Đà Nẵng")
    commune.phone(LAN).taps("Đúng là đồng chí ấy")
    commune.until(ASKED + timedelta(hours=3))  # Mai is asked at seven in Osaka, the others at seven at home
    for one in (BINH, MAI, THU):
        commune.stage.touched(one)
    # Telegram: two taps
    mai.taps("Mọi việc vẫn ổn", "Gửi")
    assert "Đã gửi lúc" in mai.last()["text"]
    # the browser: the way stands on the phone that has nothing else
    shown = commune.stage.telegram.history(OANH)
    (((button,),),) = [one["inline_keyboard"] for one in shown]
    path = "/o/" + button["url"].rpartition("/")[2]
    oanh = Tab(Visitor(commune)).opens(path).enters()  # type: ignore[arg-type]
    assert "Đã đến kỳ báo cáo" in oanh.text()
    oanh.taps("Mọi việc vẫn ổn", "Gửi")
    assert "Đã gửi lúc" in oanh.text()
    # the messenger of words: numbers
    thu.says("/baocao").says("1", "1")
    assert "Đã gửi lúc" in thu.last()["text"]
    # and the secretary sees one cell
    binh.says("/chibo").goes("Xem theo nhóm", "Trang sau", "Đã báo cáo")
    listed = " ".join([binh.last()["text"], *binh.buttons()])
    for name in ("Lê Thị Mai", "Kiều Thị Oanh", "Trịnh Thị Thu"):
        assert name in listed, listed
    # the way in is there again for the next visitor's browser
    assert Tab(Visitor(commune)).opens(path).enters().shows("Báo cáo tình hình")  # type: ignore[arg-type]


def test_a_phone_without_telegram_takes_no_words_and_nobody_elses_page_is_opened(commune: Commune) -> None:
    with pytest.raises(LookupError):
        commune.stage.telegram.says(OANH, "xin chào")
    assert Tab(Visitor(commune)).opens(f"/o/{MAI}").status == 404  # type: ignore[arg-type]
