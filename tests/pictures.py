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
    made = sorted(PLACE.glob("*.png"))
    for path in made:  # few colours are enough, and the repository stays small
        with Image.open(path) as seen:
            seen.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    return made


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
