"""The second door: whoever has no Telegram does the same in a browser, and the others notice nothing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select
from starlette.applications import Starlette

from bot.app import void
from models.contact.checkin import Checkin, CheckinState
from models.delivery.file import File, file_bytes
from models.delivery.inbox import Inbox
from models.delivery.page import PageMessage
from models.ground.base import Base
from models.meeting.policy import AttendancePolicy
from models.people.browser import Browser
from models.people.member import Consent, Purpose
from tests.absences import SAIGON, Chain, declaration
from tests.checkins import fills_checkin
from tests.coming_in import asks_in, comes_in
from tests.fakes import World
from tests.people import BOB, Cell, a_cell, invite, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab
from tests.walk.test_http import ask


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    """The secretary, on Telegram."""
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> Tab:
    """A member in a browser, confirmed by the secretary."""
    tab = comes_in(world, cell, bob)
    bob.reads()
    return tab


def count(world: World, rows: type[Base]) -> int:
    return world.db(lambda db: db.scalar(select(func.count()).select_from(rows))) or 0


# --- registering ------------------------------------------------------------------------------------------------------


def test_a_member_registers_in_a_browser_and_the_secretary_confirms(
    world: World, cell: Cell, bob: Phone
) -> None:
    tab = asks_in(world, cell, Tab(world))
    assert "Người phụ trách sẽ xác nhận đúng là bạn" in tab.text()
    assert "Dân" not in tab.text()  # nobody is named before they are known
    asked = bob.reads()
    assert "Cần xác nhận: đồng chí Phạm Văn Dân" in asked
    assert "tự gõ số, nên số không chứng minh được" in asked
    bob.taps("Đúng là đồng chí ấy")
    assert "Đã xác nhận" in tab.reads()
    assert "Chào đồng chí Phạm Văn Dân" in tab.says("/menu").text()


def test_who_comes_by_the_page_is_not_asked_to_agree_to_telegram(world: World, cell: Cell, dan: Tab) -> None:
    asked = world.db(lambda db: set(db.scalars(select(Consent.purpose).where(Consent.member_id == cell.dan))))
    assert Purpose.ABROAD not in asked
    assert Purpose.CONTACT in asked


def test_looking_at_an_invite_changes_nothing(world: World, cell: Cell, bob: Phone) -> None:
    token = invite(world, cell.dan, by_id=cell.deputy)
    tab = Tab(world)
    for _ in range(3):
        assert "Bắt đầu" in tab.opens(f"/i/{token}").text()
    assert (count(world, Browser), count(world, Inbox)) == (0, 0)
    assert "Phạm" not in tab.text()


# --- what a member does -----------------------------------------------------------------------------------------------


def a_photo() -> bytes:
    picture, made = Image.new("RGB", (640, 480), "green"), BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (10.0, 46.0, 0.0)}  # where it was taken
    picture.save(made, "JPEG", exif=exif)
    return made.getvalue()


def test_a_member_reports_trouble_with_a_photo_and_the_secretary_sees_it(
    world: World, cell: Cell, bob: Phone, dan: Tab
) -> None:
    world.until(at(5, 9))
    assert "Đã đến kỳ báo cáo" in dan.reads()
    dan.taps("Có việc cần báo")
    fills_checkin(dan, up_to="note")
    dan.sends("anh.jpg", a_photo(), "image/jpeg", "Chủ nợ lương hai tháng")
    fills_checkin(dan)
    assert "Đã gửi lúc 09:00" in dan.text()
    world.settle()
    assert "Chủ nợ lương hai tháng" in bob.reads() + bob.says("/chibo").chat()
    (photo,) = world.db(lambda db: [file_bytes(row) for row in db.scalars(select(File))])
    assert photo is not None
    assert not Image.open(BytesIO(photo)).getexif()  # nor does anybody learn where it was taken


def test_the_same_form_posted_twice_is_one(world: World, cell: Cell, dan: Tab) -> None:
    world.until(at(5, 9))
    dan.opens()
    before = dan.html
    dan.taps("Mọi việc vẫn ổn")
    updates = count(world, Inbox)
    dan.html = before  # the back button, and the tap once more
    dan.taps("Mọi việc vẫn ổn")
    assert count(world, Inbox) == updates
    dan.opens().taps("Gửi")
    mine = select(Checkin.state).where(Checkin.member_id == cell.dan, Checkin.period == date(2026, 12, 1))
    assert world.db(lambda db: db.scalars(mine).one()) == CheckinState.ANSWERED


# --- an office in a browser -------------------------------------------------------------------------------------------


@pytest.fixture
def office(world: World, bob: Phone) -> Tab:
    """The secretary at a keyboard, let in by a link of his own Telegram."""
    bob.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in bob.reads().split() if word.startswith(f"{DOOR}/o/"))
    return Tab(world, agent=WINDOWS).opens(link).enters()


def test_the_secretary_opens_the_same_desk_at_a_keyboard(
    world: World, cell: Cell, bob: Phone, office: Tab
) -> None:
    assert "Trần Văn Bình" in office.text()
    assert "Phạm Văn Dân" in office.says("/danhsach").text()


def test_a_link_opens_the_page_once(world: World, bob: Phone, office: Tab) -> None:
    other = Tab(world)
    link = next(word for word in bob.chat().split() if word.startswith(f"{DOOR}/o/"))
    assert "đã dùng" in other.opens(link).enters().text()
    assert other.status == 403


def test_without_the_second_proof_an_office_opens_nothing(
    world: World, cell: Cell, bob: Phone, office: Tab
) -> None:
    world.wait(world.settings.page.proof_lasts)
    assert "Phạm" not in office.opens().says("/menu").text()
    assert office.shows("Mở phần việc của chi bộ")
    assert not office.shows("Chi bộ của tôi")
    office.says("/danhsach")
    assert "Phần này có thông tin của người khác" in office.text()
    assert "Phạm Văn Dân" not in office.text()


def test_what_comes_unasked_to_an_office_waits_for_the_second_proof(
    world: World, cell: Cell, bob: Phone, office: Tab
) -> None:
    world.wait(world.settings.page.proof_lasts)
    bob.blocks()  # from now on he is told on the page
    asks_in(world, cell, Tab(world))
    assert "tin về chi bộ đang chờ" in office.opens().text()
    assert "Phạm Văn Dân" not in office.text()


# --- thieves, and shared computers --------------------------------------------------------------------------------------


def test_a_stolen_cookie_ends_both_when_it_is_used_after_its_owner_has_got_another(
    world: World, dan: Tab
) -> None:
    thief = Tab(world)
    thief.cookies = dan.cookies
    world.wait(world.settings.page.turn)
    dan.opens().opens()
    world.wait(timedelta(minutes=2))
    assert "Máy này chưa được mở trang" in thief.opens().text()
    assert "Máy này chưa được mở trang" in dan.opens().text()


def test_a_cookie_on_another_kind_of_device_ends_it(world: World, dan: Tab) -> None:
    thief = Tab(world, agent=WINDOWS)
    thief.cookies = dan.cookies
    assert "Phạm" not in thief.opens().text()
    assert "Máy này chưa được mở trang" in dan.opens().text()


def test_an_answer_that_was_lost_on_the_way_costs_nobody_their_page(world: World, dan: Tab) -> None:
    world.wait(world.settings.page.turn)
    before = dan.cookies
    dan.opens()
    dan.cookies = before  # the new key never arrived
    world.wait(timedelta(minutes=10))
    assert "Màn hình chính" in dan.opens().text()
    assert "Màn hình chính" in dan.opens().text()


def test_a_browser_that_asks_twice_at_once_stays_in_whichever_answer_comes_last(
    world: World, dan: Tab
) -> None:
    """As a page does that opens after days: it looks, and listens, before either has brought the new key."""
    world.wait(world.settings.page.turn)
    before = dan.cookies
    first = dan.opens().cookies
    dan.cookies = before  # what was asked before the new key came
    dan.opens()
    dan.cookies = first  # and the first answer overwrites the second's cookie
    assert "Màn hình chính" in dan.opens().text()
    world.wait(timedelta(minutes=10))
    assert "Màn hình chính" in dan.opens().text()


def test_a_page_that_nobody_uses_closes_says_how_to_come_back_and_is_listed_no_longer(
    world: World, cell: Cell, dan: Tab
) -> None:
    dan.says("/dulieu").goes("An toàn").taps("Mã trở lại")
    code = return_code(dan)
    dan.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in dan.text().split() if word.startswith(f"{DOOR}/o/"))
    other = Tab(world, agent=WINDOWS).opens(link).enters()
    world.wait(world.settings.page.idle - timedelta(days=1))
    assert "Firefox, Windows" in open_on(dan)
    world.wait(timedelta(days=1, minutes=10))
    assert "Trang trên máy này đã đóng" in other.opens().text()
    assert "Firefox, Windows" not in open_on(dan)
    world.wait(world.settings.page.idle + timedelta(minutes=10))
    before = count(world, Inbox)
    shown = dan.says("Tôi mất việc từ hôm qua").text()
    assert dan.status == 403
    assert "Trang trên máy này đã đóng: lâu không dùng" in shown
    for way in ("gõ mã trở lại", "dùng khóa trên máy", "xin đường dẫn mới"):
        assert way in shown
    assert "Tôi mất việc từ hôm qua" in shown  # nothing typed is lost unseen
    assert count(world, Inbox) == before
    assert "Phạm" not in dan.opens().text()
    assert "Trang trên máy này đã đóng" in dan.text()
    assert "Tôi mất việc" not in dan.text()
    again = dan.comes_back(code)
    assert "Phạm Văn Dân" in again.text()
    assert open_on(again).count("dùng gần nhất") == 1


def open_on(tab: Tab) -> str:
    """The browsers in which the person's page is open, as the person reads it."""
    found = tab.says("/dulieu").goes("An toàn").taps("Các máy đang mở trang").messages()
    return str(found[-1]["text"])


def return_code(tab: Tab) -> str:
    return "".join(char for char in tab.text().split("Mã trở lại:")[-1][:25] if char.isdigit())


def test_a_form_on_one_page_that_came_too_late_shows_what_was_typed(world: World, dan: Tab) -> None:
    dan.says("/khaibao").opens("/whole")
    world.wait(world.settings.page.idle + timedelta(minutes=1))
    shown = dan.answers(place="Bình Dương", work="Công ty may").text()
    assert "Trang trên máy này đã đóng" in shown
    assert "Bình Dương" in shown


def test_another_site_has_nothing_shown_on_a_page_that_is_closed(world: World, dan: Tab) -> None:
    world.wait(world.settings.page.idle + timedelta(minutes=1))
    dan.posts("/say", {"text": "Mời gọi số 0999"}, site="cross-site", Origin="https://evil.example")
    assert "0999" not in dan.text()


def test_who_could_not_come_back_is_told_before_they_go(world: World, dan: Tab) -> None:
    assert "chưa có mã trở lại" in dan.leaves().text()
    assert "Màn hình chính" in dan.opens().text()
    assert "Đã thoát" in dan.leaves().leaves().text()


def test_nothing_is_left_after_leaving(world: World, dan: Tab) -> None:
    dan.leaves().leaves()
    assert dan.answer is not None
    assert dan.answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert "Máy này chưa được mở trang" in dan.opens().text()


def test_a_form_of_another_site_is_not_taken(world: World, dan: Tab) -> None:
    key = dan.opens()._page().xpath("//input[@name='k']/@value")[0]
    before = count(world, Inbox)
    for headers in ({"site": "cross-site"}, {"Origin": "https://evil.example"}):
        dan.posts("/say", {"k": key, "once": "1", "text": "Tôi xin nghỉ"}, **headers)
        assert dan.status == 403
    dan.posts("/say", {"k": "0" * 64, "once": "1", "text": "Tôi xin nghỉ"})
    assert dan.status == 403
    assert count(world, Inbox) == before


def test_return_codes_cannot_be_tried_for_long(world: World, cell: Cell) -> None:
    tab = Tab(world, ip="203.0.113.99")
    for _ in range(world.settings.flood.guesses):
        assert "Mã chưa đúng" in tab.opens().comes_back("1234 5678 1234 5678").text()
    assert "Đã thử quá nhiều lần" in tab.opens().comes_back("1234 5678 1234 5678").text()
    assert tab.status == 429


def test_what_is_no_code_is_not_even_looked_up(world: World, cell: Cell) -> None:
    before = count(world, Browser), count(world, Inbox)
    assert "Mã chưa đúng" in Tab(world).opens().comes_back("12345").text()
    assert (count(world, Browser), count(world, Inbox)) == before


@pytest.mark.long
def test_ten_thousand_return_codes_in_a_minute_are_few_that_are_compared_and_lock_nobody_out(
    sqlite_url: str,
) -> None:
    """From one asker, and from as many as there are guesses, each at the owner's own code: its first six digits are known."""
    door = AttendancePolicy(door=DOOR)
    with World.open(sqlite_url, attendance=door, operator_chat=99) as world:
        operator, cell = world.phone(99, "Operator").says("/start"), a_cell(world)
        (bob,) = settle_in(world, cell, BOB)
        dan = comes_in(world, cell, bob)
        dan.says("/dulieu").goes("An toàn").taps("Mã trở lại")
        code, before = return_code(dan), (count(world, Browser), count(world, Inbox))
        operator.reads()
        app, compared = Starlette(routes=world.app.web_routes), Counter[bool]()
        type_ = {"content-type": "application/x-www-form-urlencoded", "origin": DOOR, "host": "so.example"}

        async def guesses() -> None:
            for number in range(10_000):
                world.clock.set(world.clock() + timedelta(milliseconds=6))
                is_one = number % 2 == 0
                body = f"code={code[:6]}{(int(code[6:]) + number + 1) % 10**10:010d}".encode()
                client = "203.0.113.99" if is_one else f"10.1.{number // 250}.{number % 250}"
                status, _ = await ask(app, "POST", "/in", body, type_, client=client)
                assert status in (403, 429)
                compared[is_one] += status == 403

        world.run(guesses())
        flood = world.settings.flood
        most = flood.codes_burst + timedelta(minutes=1) / flood.codes_every + 1
        assert 0 < compared[True] <= flood.guesses
        assert flood.codes_burst < compared.total() <= most  # and whoever comes later is not shut out
        assert count(world, Inbox) - before[1] <= most
        assert open_browsers(world) == 1  # what was tried left nothing open
        world.settle()
        assert "page: many return codes were tried" in operator.reads()
        world.wait(world.settings.secret.locks[0])
        assert "Phạm Văn Dân" in Tab(world, agent=WINDOWS).opens().comes_back(code).text()


def open_browsers(world: World) -> int:
    open_ = select(func.count()).select_from(Browser).where(Browser.ended_at.is_(None))
    return world.db(lambda db: db.scalar(open_)) or 0


def test_whoever_lost_a_browser_comes_back_by_the_code_and_the_old_one_ends(
    world: World, cell: Cell, dan: Tab
) -> None:
    dan.says("/dulieu").goes("An toàn").taps("Mã trở lại")
    code = "".join(char for char in dan.text().split("Mã trở lại:")[-1][:25] if char.isdigit())
    new = Tab(world, agent=WINDOWS).opens().comes_back(code)
    assert "Phạm Văn Dân" in new.text()
    assert "Máy này chưa được mở trang" in dan.opens().text()
    assert count(world, PageMessage)


def test_the_page_of_one_is_not_the_page_of_another(world: World, cell: Cell, bob: Phone, dan: Tab) -> None:
    theirs = world.db(lambda db: db.scalars(select(PageMessage.id)).first())
    other = Tab(world, agent=WINDOWS, ip="203.0.113.8")
    other.opens(f"/i/{invite(world, cell.alice, by_id=cell.deputy)}").enters()
    assert other.opens(f"/file/{theirs}").status == 404


def test_every_answer_forbids_to_be_kept_framed_or_run(world: World, dan: Tab) -> None:
    for path in ("/", "/i/xxxxxxxxxxxxxxxxxxxxxx", "/file/1"):
        dan.opens(path)
        assert dan.answer is not None
        policy = dan.answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert dan.answer.headers["cache-control"] == "no-store"
        assert dan.answer.headers["referrer-policy"] == "same-origin"


def test_a_first_look_weighs_little(world: World, dan: Tab) -> None:
    dan.says("/menu")
    assert len(dan.html.encode()) < 12_000


def test_a_wide_screen_shows_the_roster_and_the_queue_in_columns(
    world: World, cell: Cell, office: Tab
) -> None:
    office.says("/danhsach")
    assert office.columns() == ["Họ và tên", "Đảng viên", "Nơi ở", "Liên lạc"]
    names = [row[0] for row in office.rows()]
    assert names == ["Nguyễn Thị An", "Trần Văn Bình", "Phạm Văn Dân", "Lê Thị Hoa"]
    office.taps("Phạm Văn Dân")
    assert "TP Hồ Chí Minh" in office.text()
    office.says("/chibo")
    assert office.columns() == ["Ai", "Việc đang chờ", "Từ ngày"]


def test_a_wide_screen_shows_the_register_in_columns(world: World, cell: Cell, office: Tab) -> None:
    Chain(world, cell, cell.dan).files(declaration(stay=SAIGON))
    office.says("/chibo").taps("Sổ theo dõi đi xa")
    assert office.columns()[:4] == ["Họ và tên", "Nơi ở", "Hình thức", "Đến ngày"]
    (row,) = office.rows()
    assert row[:2] == ["Phạm Văn Dân", "TP Hồ Chí Minh"]
    assert row[3:] == ["31/10/2027", "đơn đang được xem xét", "01/12/2026", "chưa có"]
    office.taps("Phạm Văn Dân")
    assert "31/10/2027" in office.text()


def test_a_phone_is_spared_the_table(world: World, cell: Cell, bob: Phone) -> None:
    bob.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in bob.reads().split() if word.startswith(f"{DOOR}/o/"))
    phone = Tab(world).opens(link).enters().says("/danhsach")
    assert "Danh sách" in phone.text()
    assert phone.columns() == []


def test_who_waits_for_long_reads_that_it_is_being_done(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its step takes longer than a browser waits; what it sent is stored."""
    gate = threading.Event()
    with World.open(postgres_url, attendance=AttendancePolicy(door=DOOR)) as world:
        cell = a_cell(world)
        (bob,) = settle_in(world, cell, BOB)
        dan = comes_in(world, cell, bob)
        dan.opens("/")
        assert "đang xử lý" not in dan.text()
        monkeypatch.setattr("bot.web.page._PATIENCE", 0.05)
        world.mark = lambda name: void(gate.wait(20)) if name == "step.done" else None
        form = dan._form("/say")
        hidden = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
        headers = {**dan.headers, "Sec-Fetch-Site": "same-origin", "Origin": DOOR}
        given = {"data": {**hidden, "text": "/baocao"}}
        dan.html = world.run(dan._fetch("POST", "/say", headers, given)).text
        assert "Chương trình đang xử lý, câu trả lời sẽ hiện ở đây." in dan.text()
        assert 'http-equiv="refresh"' in dan.html
        gate.set()
        world.settle()
        dan.opens("/")
        assert "đang xử lý" not in dan.text()
        assert "http-equiv" not in dan.html
        assert dan.reads()
