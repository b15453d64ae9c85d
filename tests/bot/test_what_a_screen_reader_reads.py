"""What a screen reader is given, from Chromium's accessibility tree: names, headings, errors at their field, what is said aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from models.meeting.policy import AttendancePolicy
from tests.bot.test_page_in_a_browser import opens_elsewhere
from tests.browser import RealTab, a_browser, in_a_browser
from tests.coming_in import comes_in
from tests.fakes import World
from tests.handlers.desk.test_absence import Cast
from tests.people import BOB, DAN, Cell, invite, settle_in
from tests.phone import Phone
from tests.stories.test_a_letter_is_answered_on_a_page import sends
from tests.tab import DOOR, WINDOWS

pytestmark = in_a_browser
_NEEDS_A_NAME = {
    "button", "link", "textbox", "combobox", "listbox", "radio", "checkbox", "searchbox", "spinbutton", "table", "img",
    "image",  "complementary", "Audio",
}  # fmt: skip
_SIGNS = re.compile(r"[☰↻⬇↗📎]")  # a reader spells them out


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    return settle_in(world, cell, BOB)[0]


class Heard:
    """The nodes of a page in the order in which they are read: role, name, heading's level, whether it is invalid, description."""

    def __init__(self, tab: RealTab) -> None:
        async def asks() -> tuple[list[dict], str]:  # type: ignore[type-arg]
            devtools = await tab.page.context.new_cdp_session(tab.page)
            found = await devtools.send("Accessibility.getFullAXTree")
            await devtools.detach()
            return found["nodes"], str(await tab.page.evaluate("document.documentElement.lang"))

        tree, self.lang = tab.world.run(asks())
        by_id = {one["nodeId"]: one for one in tree}
        self.nodes = [one for one in _in_order(by_id, tree[0]["nodeId"]) if not one.get("ignored")]

    def names(self, *roles: str) -> list[str]:
        return [_value(one, "name") for one in self.nodes if _value(one, "role") in roles]

    def faults(self) -> list[str]:
        """What has no name, signs that are spelt out, headings that leave one out."""
        said = [(_value(one, "role"), _value(one, "name")) for one in self.nodes]
        nameless = [role for role, name in said if role in _NEEDS_A_NAME and not name.strip()]
        signs = [name for role, name in said if role in _NEEDS_A_NAME and _SIGNS.search(name)]
        levels = [
            int(prop["value"]["value"])
            for one in self.nodes
            if _value(one, "role") == "heading"
            for prop in one["properties"]
            if prop["name"] == "level"
        ]
        wrong = levels[:1] != [1] or levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels))
        mains = self.names("main")
        return (
            nameless
            + signs
            + ([f"headings {levels}"] if wrong else [])
            + (["main"] if len(mains) != 1 else [])
        )

    def wrong_fields(self) -> dict[str, str]:
        """The fields that are to be put right, and what is said of each."""
        return {
            _value(one, "name"): _value(one, "description")
            for one in self.nodes
            for prop in one.get("properties", [])
            if prop["name"] == "invalid" and prop["value"]["value"] == "true"
        }


def _in_order(by_id: dict[str, dict], id: str) -> Iterator[dict]:  # type: ignore[type-arg]
    yield by_id[id]
    for child in by_id[id].get("childIds", []):
        yield from _in_order(by_id, child)


def _value(node: dict, what: str) -> str:  # type: ignore[type-arg]
    return str(node.get(what, {}).get("value", ""))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_screen_on_the_way_in_is_read_in_its_language_and_says_what_is_wrong_at_the_field(
    world: World, cell: Cell, bob: Phone, language: str
) -> None:
    with a_browser(world, locale=language) as tab:
        tab.opens("/")
        assert (Heard(tab).faults(), Heard(tab).lang) == ([], language)
        tab.comes_back("1234 5678 1234 5678")
        assert Heard(tab).faults() == []
        ((field, why),) = Heard(tab).wrong_fields().items()
        assert ("16 số" in field, "Mã chưa đúng" in why) == ((language == "vi"),) * 2
        tab.opens(f"/i/{invite(world, cell.dan, by_id=cell.deputy)}")
        assert (Heard(tab).faults(), Heard(tab).lang) == ([], language)
        tab.enters()
        assert Heard(tab).faults() == []
        asked = tab.messages()[-1]["text"]
        assert Heard(tab).lang == ("vi" if "Bạn" in asked else "en")  # of what is asked, not of the browser


def test_a_registration_and_a_report_are_read_from_question_to_question(
    world: World, cell: Cell, bob: Phone
) -> None:
    with a_browser(world) as tab:
        comes_in(world, cell, bob, tab)
        tab.says("/baocao")
        heard = Heard(tab)
        assert heard.faults() == []
        buttons = heard.names("button")
        asked = buttons.index("Mọi việc vẫn ổn")
        assert buttons.index("Màn hình chính") < asked < buttons.index("Gửi đi")  # as it is seen
        tab.taps("Có việc cần báo")
        assert Heard(tab).faults() == []
        fresh = tab.messages()[-1]["text"]
        aloud = tab.world.run(tab.page.locator("body > [role=status]").inner_text())
        assert " ".join(aloud.split()) == " ".join(
            str(fresh).split()
        )  # it comes by itself, and is said aloud
        assert (
            tab.world.run(tab.page.evaluate("document.activeElement.id")) == "new"
        )  # and reading goes on there


def test_a_form_on_one_page_says_at_each_field_what_is_asked_and_what_is_wrong(
    world: World, cell: Cell, bob: Phone
) -> None:
    (dan,) = settle_in(world, cell, DAN)
    with a_browser(world) as tab:
        tab.opens(opens_elsewhere(dan)).enters()
        tab.says("/khaibao").opens("/whole")
        asked = Heard(tab)
        assert asked.faults() == []
        assert len(asked.names("group", "combobox")) >= 5
        assert all(asked.names("group"))  # each has its question
        tab.answers(place="Bình Dương", begin="hôm nào đó")
        mends = Heard(tab)
        assert mends.faults() == []
        assert mends.wrong_fields()
        for field, why in mends.wrong_fields().items():
            assert field
            assert why.strip()


def test_the_tables_of_a_desk_have_a_name_and_headings_and_say_nobody_twice(
    world: World, cell: Cell, bob: Phone
) -> None:
    with a_browser(world, user_agent=WINDOWS) as tab:
        tab.opens(opens_elsewhere(bob)).enters()
        tab.says("/danhsach")
        heard = Heard(tab)
        assert heard.faults() == []
        assert [name for name in heard.names("table") if "Danh sách Chi bộ" in name]
        assert len(heard.names("columnheader")) == 4
        assert len(heard.names("rowheader")) == 4
        assert [name for name in heard.names("button") if "Phạm Văn Dân" in name] == ["Phạm Văn Dân"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_whoever_answers_a_letter_hears_what_is_missing_where_it_is(world: World, language: str) -> None:
    letter = sends(Cast(world))
    with a_browser(world, locale=language) as tab:
        tab.opens(letter.link)
        assert (Heard(tab).faults(), Heard(tab).lang) == ([], language)
        assert Heard(tab).wrong_fields() == {}

        async def goes_on(**typed: str) -> None:
            for name, words in typed.items():
                await tab.page.fill(f"#{name}", words)
            await tab.page.evaluate("document.body.dataset.before = 'yes'")
            await tab.page.locator("button.main").click()
            await tab.page.wait_for_function(
                "document.readyState === 'complete' && !document.body.dataset.before"
            )

        world.run(goes_on(code="1"))
        ((_, why),) = Heard(tab).wrong_fields().items()
        assert why
        world.run(goes_on(code=letter.code))
        assert Heard(tab).faults() == []
        world.run(goes_on())
        assert len(Heard(tab).wrong_fields()) == 1  # whether the person lives there
        world.run(tab.page.locator("input[name=here][value=yes]").check())
        world.run(goes_on(by_name="Trần Văn Tám"))
        mends = Heard(tab)
        assert mends.faults() == []
        assert len(mends.wrong_fields()) == 2  # post and phone
        assert all(mends.wrong_fields().values())
        world.run(goes_on(post="Công an xã", phone="0911 222 333"))
        assert Heard(tab).faults() == []
        assert Heard(tab).wrong_fields() == {}
