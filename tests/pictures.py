"""`python -m tests.pictures`: the pictures of the documents, taken from the playground on its opening morning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from bot.demo.people import BINH, HOA, MAI
from tests.bot.test_playground import demo
from tests.bot.test_playground_page import a_page, phone

PLACE = Path(__file__).parents[1] / "docs" / "images"
TALL = {"width": 420, "height": 1700}  # one phone alone, high enough for a whole screen of the bot
TALLER = {"width": 420, "height": 2000}


def take() -> list[Path]:
    """Take every picture anew; return where they lie."""
    with demo("--port", "0") as program:
        with a_page(program, viewport={"width": 1440, "height": 900}) as page:
            page.locator(".xn-msg").first.wait_for()
            page.screenshot(path=PLACE / "playground.png")
        with a_page(program, viewport=TALL, device_scale_factor=1.5) as page:
            _says(page, BINH, "/chibo")
            _of_the_chat(page, BINH, "desk.png")
            _says(page, HOA, "/dangbo")
            _of_the_chat(page, HOA, "committee.png")
            _says(page, BINH, "/chibo")
            page.locator(f"#tab-{BINH}").click()
            for label in ("Việc khác", "Xem thêm", "Biểu đồ 12 tháng"):
                phone(page, BINH).get_by_role("button", name=label).last.click()
            picture = phone(page, BINH).locator(".xn-photo img").last
            picture.wait_for()
            page.wait_for_function(
                "(image) => image.complete && image.naturalWidth", arg=picture.element_handle()
            )
            picture.screenshot(path=PLACE / "chart.png")
        with a_page(program, viewport=TALL, device_scale_factor=1.5) as page:
            page.locator(f"#tab-{MAI}").click()
            page.locator("#tour-open").click()
            page.get_by_role("button", name="Tua đến lúc Mai được hỏi").click()
            page.wait_for_function(
                "() => document.getElementById('now-time').innerText === '17:01'", timeout=120_000
            )
            page.wait_for_timeout(3000)  # the message locks the phone again
            page.get_by_role("button", name="Mở khóa").click()
            phone(page, MAI).get_by_role("button", name="Mọi việc vẫn ổn").wait_for(timeout=90_000)
            _of_the_chat(page, MAI, "asked.png")
        for lang, words in _WORDS.items():
            with a_page(program, viewport=TALLER, device_scale_factor=1.25) as page:
                page.request.post(f"{page.url}api/reset", data={"lang": lang})
                page.reload()
                _of_the_tour(page, lang, words)
    made = sorted(PLACE.glob("*.png"))
    for path in made:  # few colours are enough, and the repository stays small
        with Image.open(path) as seen:
            seen.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    return made


_STANDS, _STORM, _MERGE = 6, 7, 8  # stops of the tour (bot/demo/tour.py)
_WORDS = {  # what unlocks stays the page's own, in Vietnamese
    "vi": ("Mở khóa", "Cần giúp", "Xem điểm danh"),
    "en": ("Mở khóa", "I need help", "See the roll call"),
}


def _of_the_tour(page: Any, lang: str, words: tuple[str, str, str]) -> None:
    """Where one stands, a storm as the secretary sees it once Mai has asked for help, two cells before they merge."""
    last = "" if lang == "vi" else f"-{lang}"
    unlock, needs, see = words
    for stop, user_id, name in (
        (_STANDS, MAI, "bearings"),
        (_STORM, BINH, "rollcall"),
        (_MERGE, HOA, "merge"),
    ):
        page.request.post(f"{page.url}api/tour", data={"step": stop})
        if stop == _STORM:
            _unlocks(page, unlock)
            _taps(page, MAI, needs)
            _taps(page, BINH, see)
        page.locator(f"#tab-{user_id}").click()
        page.wait_for_timeout(2000)
        if user_id == MAI:
            _unlocks(page, unlock)
            _uncovers(page)
        _of_the_chat(page, user_id, f"{name}{last}.png")


def _unlocks(page: Any, label: str) -> None:
    page.locator(f"#tab-{MAI}").click()
    page.wait_for_timeout(3000)  # a message locks the phone again
    button = phone(page, MAI).get_by_role("button", name=label)
    if button.count() and button.last.is_visible():
        button.last.click()
        page.wait_for_timeout(1000)


def _uncovers(page: Any) -> None:
    """Tap what a discreet message covers."""
    covered = phone(page, MAI).locator(".xn-msg.xn-in").last.locator(".xn-spoiler")
    for at in range(covered.count()):
        covered.nth(at).click(force=True)
    page.wait_for_timeout(500)


def _taps(page: Any, user_id: int, label: str) -> None:
    page.locator(f"#tab-{user_id}").click()
    phone(page, user_id).get_by_role("button", name=label).last.click()
    page.wait_for_timeout(2000)


def _says(page: Any, user_id: int, text: str) -> None:
    page.locator(f"#tab-{user_id}").click()
    box = phone(page, user_id).get_by_role("textbox")
    box.fill(text)
    box.press("Enter")
    phone(page, user_id).locator(".xn-out", has_text=text).last.wait_for()
    page.wait_for_timeout(1500)  # the answer, and what it draws


def _of_the_chat(page: Any, user_id: int, name: str) -> None:
    phone(page, user_id).locator(".xn-msg.xn-in").last.screenshot(path=PLACE / name)


if __name__ == "__main__":
    for made in take():
        print(made.relative_to(PLACE.parents[1]))
