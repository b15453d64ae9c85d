"""A form of many questions is shown whole on one page and posted once; nothing that was typed is lost, nothing is taken twice."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from models.away.away import Away, Filing
from models.delivery.conversation import Conversation
from models.delivery.inbox import Inbox
from models.ground.base import Base
from models.meeting.policy import AttendancePolicy
from models.people.member import Member
from tests.coming_in import comes_in
from tests.fakes import World
from tests.people import BOB, DAN, Cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, Tab

OFFER = "Điền cả phiếu một lần"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> Tab:
    """A member in a browser, about to declare an absence."""
    tab = comes_in(world, cell, bob)
    tab.says("/khaibao")
    if tab.shows("Đồng ý"):
        tab.taps("Đồng ý")
    return tab


def count(world: World, rows: type[Base]) -> int:
    return world.db(lambda db: db.scalar(select(func.count()).select_from(rows))) or 0


def open_step(world: World) -> str:
    return world.db(lambda db: db.scalars(select(Conversation.step).where(Conversation.active)).one())


def whole(tab: Tab) -> Tab:
    return tab.opens(tab.link(OFFER))


STAY = {
    "place": "Bình Dương",
    "city": "Thủ Dầu Một",
    "work": "Công nhân",
    "employer": "Công ty Minh Long",
    "begin": "5/12/2026",
    "end": "4/6/2027",
    "phone": "0912 345 678",
    "trusted": "Bỏ qua",
}


# --- filled in ------------------------------------------------------------------------------------------------------


def test_a_declaration_is_filled_in_on_pages_and_looked_over_before_it_is_sent(
    world: World, cell: Cell, dan: Tab
) -> None:
    assert f"{OFFER} (8 câu)" in dan.text()
    whole(dan)
    assert dan.asked() == [*STAY]
    updates = count(world, Inbox)
    dan.answers(**STAY)
    assert count(world, Inbox) == updates + 1
    # what follows from these answers is asked now, and what was chosen behind it stands there still
    assert dan.asked() == ["steady", "reason", "phone", "trusted"]
    assert (dan.stands("phone"), dan.stands("trusted")) == ("0912 345 678", "skip")
    dan.answers(steady="Ở một nơi", reason="Dùng câu này")
    assert count(world, Away) == 0
    assert open_step(world) == "overview"
    words = dan.text()
    assert "Công ty Minh Long" in words
    assert "04/06/2027" in words
    dan.taps("Nộp cho bí thư")
    away = world.db(lambda db: db.scalars(select(Away)).one())
    assert (away.begins_on, away.city, away.employer) == (
        date(2026, 12, 5),
        "Thủ Dầu Một",
        "Công ty Minh Long",
    )


def test_the_same_rows_are_left_as_by_answering_one_by_one(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(**STAY).answers(steady="Ở một nơi", reason="Dùng câu này")
    together = drafts(world)
    dan.says("/huy").says("/khaibao")
    answers = {**STAY, "steady": "Ở một nơi", "reason": "Dùng câu này"}
    for name in (*[*STAY][:6], "steady", "reason", "phone", "trusted"):
        label = next((one for one in dan.buttons() if one.startswith(answers[name])), "")
        if label and dan.asks(label):
            dan.taps(label)
        else:
            dan.says(answers[name])
    assert drafts(world) == together


def drafts(world: World) -> list[str | None]:
    return world.db(lambda db: [row.draft for row in db.scalars(select(Conversation))])


# --- gone back ------------------------------------------------------------------------------------------------------


def goes_back(tab: Tab, times: int) -> Tab:
    tab.opens()
    for _ in range(times):
        tab.taps("Quay lại")
    return tab


def test_gone_back_the_page_shows_what_was_given_and_records_it_again(
    world: World, cell: Cell, dan: Tab
) -> None:
    whole(dan).answers(**STAY).answers(steady="Ở một nơi")
    assert open_step(world) == "reason"
    before = answers_in(world)
    goes_back(dan, 7)
    assert open_step(world) == "place"
    whole(dan)
    answered = {name: STAY[name] for name in ("place", "city", "employer", "begin", "end")}
    assert {name: dan.stands(name) for name in answered} == answered
    assert dan.stands("work") == "factory"
    assert dan.stands("steady") == "steady"
    dan.answers()  # as it stands
    assert open_step(world) == "reason"
    assert answers_in(world) == before


def test_gone_back_one_answer_is_changed_and_the_others_stay(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(**STAY)
    goes_back(dan, 3)
    assert open_step(world) == "employer"
    whole(dan).answers(employer="Công ty Sao Mai", phone="0912 345 678", trusted="Bỏ qua")
    dan.answers(steady="Ở một nơi", reason="Dùng câu này")
    words = dan.opens().taps("Nộp cho bí thư").text()
    assert "Công ty Sao Mai" in words
    away = world.db(lambda db: db.scalars(select(Away)).one())
    assert (away.employer, away.ends_on) == ("Công ty Sao Mai", date(2027, 6, 4))


def test_what_was_answered_by_a_button_in_the_chat_is_chosen_on_the_page(
    world: World, cell: Cell, dan: Tab
) -> None:
    dan.says("Bình Dương").taps("Bỏ qua", "Công nhân").says("Công ty Minh Long")
    goes_back(dan, 4)
    whole(dan)
    stands = [dan.stands(name) for name in ("place", "city", "work", "employer", "begin")]
    assert stands == ["Bình Dương", "skip", "factory", "Công ty Minh Long", ""]


def test_a_text_that_could_mean_several_things_is_shown_as_it_was_typed(
    world: World, cell: Cell, dan: Tab
) -> None:
    dan.says("Quảng").taps("Quảng Ninh")
    goes_back(dan, 1)
    assert whole(dan).stands("place") == "Quảng"


def test_what_bore_a_marking_of_secrecy_is_not_remembered(world: World, cell: Cell, dan: Tab) -> None:
    dan.says("Bình Dương").says("TỐI MẬT số 12").says("Thủ Dầu Một")
    assert "MẬT" not in "".join(one or "" for one in drafts(world))
    goes_back(dan, 1)
    assert whole(dan).stands("city") == "Thủ Dầu Một"


def answers_in(world: World) -> dict[str, Any]:
    """What is answered so far, in whatever order it was."""
    (draft,) = drafts(world)
    read = json.loads(draft or "{}")
    return {**read, "done": sorted(read["done"])}


# --- refused --------------------------------------------------------------------------------------------------------


def test_the_first_answer_that_is_refused_stops_it_and_what_was_typed_behind_it_stays(
    world: World, cell: Cell, dan: Tab
) -> None:
    whole(dan).answers(**{**STAY, "city": "số nhà 12 đường Lê Lợi"})
    assert dan.asked() == [*STAY][1:]
    assert "Có một câu cần sửa" in dan.text()
    assert "chỉ tên" in dan.text()
    assert dan.stands("city") == "số nhà 12 đường Lê Lợi"
    assert (dan.stands("employer"), dan.stands("work"), dan.stands("end")) == (
        "Công ty Minh Long",
        "factory",
        "4/6/2027",
    )
    (wrong,) = dan._page().xpath("//*[@id='wrong']")
    assert "chỉ tên" in wrong.text_content()
    dan.answers(city="Thủ Dầu Một")
    assert dan.asked() == ["steady", "reason", "phone", "trusted"]
    # the chat of the page stands where it would stand if they had been typed one by one
    assert "chỉ tên" in dan.opens().text()


def test_what_is_left_empty_is_asked_afterwards(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(place="Bình Dương")
    assert open_step(world) == "city"
    assert "phường" in dan.text()
    assert f"{OFFER} (7 câu)" in dan.text()


def test_an_empty_answer_between_others_is_named(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(place="Bình Dương", employer="Công ty Minh Long")
    assert dan.asked()[0] == "city"
    assert "Câu này chưa có câu trả lời" in dan.text()
    assert dan.stands("employer") == "Công ty Minh Long"


def test_choosing_and_typing_at_once_is_asked_about(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(place="Bình Dương")
    whole(dan)
    dan._posts(dan._form("/whole"), {"t.city": "Thủ Dầu Một", "c.city": "skip"})
    assert "mời giữ một cách" in dan.text()
    assert dan.stands("city") == "Thủ Dầu Một"
    dan._posts(dan._form("/whole"), {"t.city": "Thủ Dầu Một", "c.city": "~"})
    assert open_step(world) == "work"


def test_a_place_that_several_bear_is_asked_once_more_and_the_rest_stays(
    world: World, cell: Cell, dan: Tab
) -> None:
    whole(dan).answers(**{**STAY, "place": "Quảng"})
    assert dan.asked() == [*STAY]
    assert "Quảng" in " ".join(dan._page().xpath("//fieldset[@id='q-place']//label/text()"))
    assert (dan.stands("place"), dan.stands("city")) == ("", "Thủ Dầu Một")
    assert "cần hỏi lại cho rõ" in dan.text()


# --- twice, elsewhere, meanwhile --------------------------------------------------------------------------------------


def test_posted_twice_is_once_and_reads_the_same(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan)
    page = dan.html
    given = {**STAY, "begin": "hôm nào đó"}
    dan.answers(**given)
    first, updates, before = dan.asked(), count(world, Inbox), drafts(world)
    assert first == [*STAY][4:]
    dan.html = page  # the back button, and the same once more
    dan.answers(**given)
    assert dan.asked() == first
    assert "Có một câu cần sửa" in dan.text()
    assert (count(world, Inbox), drafts(world)) == (updates, before)


def test_a_form_that_went_on_elsewhere_takes_nothing_and_loses_nothing(
    world: World, cell: Cell, dan: Tab
) -> None:
    page = whole(dan).html
    dan.opens().says("Đồng Nai")  # in another tab
    dan.html = page
    updates = count(world, Inbox)
    dan.answers(**STAY)
    assert "trang vừa gửi chưa được ghi" in dan.text()
    assert count(world, Inbox) == updates
    assert dan.asked() == [*STAY][1:]
    assert dan.stands("city") == "Thủ Dầu Một"
    assert "Bình Dương" in dan._page().xpath("string(//textarea[@id='past'])")
    dan.answers()
    assert dan.asked() == ["steady", "reason", "phone", "trusted"]
    assert '"place_code":"VN-75"' in (drafts(world)[0] or "")


def test_a_form_that_ended_elsewhere_shows_what_was_typed(world: World, cell: Cell, dan: Tab) -> None:
    page = whole(dan).html
    dan.opens().says("/huy")
    dan.html = page
    dan.answers(**STAY)
    assert "trang vừa gửi chưa được ghi" in dan.text()
    assert "Công ty Minh Long" in dan._page().xpath("string(//textarea[@id='past'])")
    assert count(world, Conversation) == 0


def test_a_form_whose_right_has_ended_meanwhile_says_so_and_keeps_the_words(
    world: World, cell: Cell, dan: Tab
) -> None:
    whole(dan)
    world.db(lambda db: setattr(db.get_one(Member, cell.dan), "cell_id", None))
    dan.answers(**STAY)
    assert "Công ty Minh Long" in dan.opens().text()
    assert count(world, Conversation) == 0


def test_what_was_declared_on_telegram_meanwhile_is_not_declared_twice(
    world: World, cell: Cell, bob: Phone
) -> None:
    """The same person on both: each has a draft of its own, and the act asks what there is by then."""
    (phone,) = settle_in(world, cell, DAN)
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/"))
    tab = Tab(world).opens(link).enters().says("/khaibao")
    page = whole(tab).html
    phone.says("/khaibao").taps("TP Hồ Chí Minh", "Bỏ qua", "Công nhân", "Bỏ qua", "Hôm nay", "3 tháng")
    phone.taps("Dùng câu này", "số của tôi", "Bỏ qua", "Ghi nhận lần đi xa")
    assert count(world, Away) == 1
    tab.html = page
    tab.answers(**STAY).answers(steady="Ở một nơi", reason="Dùng câu này")
    tab.taps("Nộp cho bí thư")
    assert count(world, Away) == 1
    assert "Công ty Minh Long" in tab.text()  # what was typed stands on the page still


def test_what_was_taken_stands_on_the_page_as_ones_own_words(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(**STAY)
    own = [" ".join(one.text_content().split()) for one in dan.opens()._page().xpath("//li[@class='own']")]
    assert any("Công ty Minh Long" in one for one in own)


# --- what does not fit ------------------------------------------------------------------------------------------------


def test_questions_that_do_not_fit_are_not_offered(world: World, cell: Cell, dan: Tab) -> None:
    dan.says("/huy").says("/hotro")  # words may come in several, with photos and voices
    assert OFFER not in dan.text().split("/hotro")[-1]
    assert dan.opens("/whole").url == "/"
    dan.says("/huy")
    assert OFFER not in dan.text()
    assert dan.opens("/whole").url == "/"


def test_who_is_not_in_is_shown_the_way_in(world: World, cell: Cell) -> None:
    tab = Tab(world)
    assert tab.opens("/whole").status == 403
    assert tab.posts("/whole", {"form": "away_new:place~1", "f": "place"}).status == 403


# --- attacks ----------------------------------------------------------------------------------------------------------


def posts_whole(tab: Tab, **fields: str) -> Tab:
    """Whatever is made of our own form."""
    whole(tab.opens())
    return tab._posts(tab._form("/whole"), fields)


def test_another_sites_form_posts_nothing(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan)
    hidden = {
        name: value for name, value in dan._form("/whole").form_values() if name in ("k", "once", "form")
    }
    fields = {**hidden, "f": "place", "t.place": "Bình Dương"}
    updates = count(world, Inbox)
    assert dan.posts("/whole", {**fields, "k": "0" * 64}).status == 403
    assert dan.posts("/whole", fields, site="cross-site").status == 403
    assert dan.posts("/whole", fields, Origin="https://elsewhere.example").status == 403
    assert (count(world, Inbox), open_step(world)) == (updates, "place")


def test_only_what_is_asked_is_taken(world: World, cell: Cell, dan: Tab) -> None:
    """The last look, a field that is not asked, one that is none: nothing comes of their names."""
    before = drafts(world)
    posts_whole(dan, f="overview", **{"c.overview": "send"})
    posts_whole(dan, f="scan", **{"t.scan": "x"})
    posts_whole(dan, f="__class__", **{"t.__class__": "x"})
    posts_whole(dan, form="away_new:overview~1", f="overview", **{"c.overview": "send"})
    posts_whole(dan, form="nothing:at~1", f="at", **{"t.at": "x"})
    posts_whole(dan, form="rubbish", f="place", **{"t.place": "Bình Dương"})
    assert (drafts(world), count(world, Away), open_step(world)) == (before, 0, "place")


def test_a_look_over_is_never_confirmed_by_a_page_of_questions(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(**STAY)
    fields = {"f": "overview", "c.overview": "send"}
    dan._posts(dan._form("/whole"), {**fields, "t.phone": "0912 345 678", "c.steady": "steady"})
    assert (count(world, Away), count(world, Filing)) == (0, 0)


def test_a_choice_that_is_not_offered_is_refused(world: World, cell: Cell, dan: Tab) -> None:
    posts_whole(dan, **{"c.place": "XX-99"})
    assert "Mời chọn một trong các lựa chọn" in dan.text()
    assert open_step(world) == "place"


def test_a_text_that_is_too_long_is_refused_and_stays(world: World, cell: Cell, dan: Tab) -> None:
    posts_whole(dan, **{"t.place": "Bình Dương", "t.city": "Rất dài " * 625})
    assert "dài quá" in dan.text()
    assert dan.stands("city") == "Rất dài " * 625
    assert open_step(world) == "city"
    dan.answers(city="Thủ Dầu Một")
    assert open_step(world) == "work"


def test_what_is_typed_in_decomposed_letters_is_kept_composed(world: World, cell: Cell, dan: Tab) -> None:
    posts_whole(
        dan,
        **{
            "t.place": unicodedata.normalize("NFD", "Bình Dương"),
            "t.city": unicodedata.normalize("NFD", "Thủ Dầu Một"),
        },
    )
    assert '"city":"Thủ Dầu Một"' in (drafts(world)[0] or "")


def test_a_marking_of_secrecy_is_refused_and_stands_nowhere(world: World, cell: Cell, dan: Tab) -> None:
    whole(dan).answers(**{**STAY, "employer": "Văn bản TUYỆT MẬT số 5"})
    assert open_step(world) == "employer"
    assert "TUYỆT MẬT số 5" not in dan.opens().text()


def test_markup_that_is_typed_is_shown_as_it_was_typed(world: World, cell: Cell, dan: Tab) -> None:
    evil = '"><script>alert(1)</script>'
    whole(dan).answers(**{**STAY, "place": evil})
    assert "<script>alert" not in dan.html
    assert dan.stands("place") == evil
