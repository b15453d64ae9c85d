"""The playground as a newcomer meets it: `python -m bot demo`, a browser, the main job from invite to alert."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.demo.seed import BINH, DUNG, MAI, YEN
from tests.bot.test_playground_page import a_page, phone
from tests.browser import in_a_browser

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Program:
    port: int


@contextmanager
def demo(*arguments: str) -> Iterator[Program]:
    """The command itself, in a process of its own; the address that it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        lines = []
        assert process.stdout
        for line in process.stdout:
            lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                yield Program(int(found[1]))
                return
        raise AssertionError("".join(lines))
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def test_the_story_is_told_to_its_end() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--story"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr
    for words in ("Mọi việc vẫn ổn", "Cần liên hệ hôm nay", "đã ghi nhận liên hệ với đồng chí"):
        assert words in told.stdout


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo("--port", str(port)) as program:
            assert program.port != port


def taps(page: Any, user_id: int, *labels: str) -> None:
    """Tap the newest button with each label in turn."""
    for label in labels:
        phone(page, user_id).get_by_role("button", name=label).last.click()


@pytest.mark.parametrize("browser_test", [pytest.param(None, marks=in_a_browser)])
def test_the_main_job_from_the_invite_to_the_secretarys_alert(browser_test: None) -> None:
    with demo("--port", "0") as program, a_page(program, viewport={"width": 1440, "height": 900}) as page:
        # the secretary invites; the invite is opened on the phone that the visitor registers
        box = phone(page, BINH).get_by_role("textbox")
        box.fill("/danhsach")
        box.press("Enter")
        taps(page, BINH, "Ngô Thị Yến", "Mời đăng ký")
        phone(page, BINH).get_by_role("link", name="t.me").last.click()
        page.locator("#open-on-phones button").first.click()
        yen = phone(page, YEN)
        taps(page, YEN, "Đúng, liên kết", "Đã hiểu")
        for number in (1, 2):
            yen.get_by_text(f"Việc {number}/2").wait_for()
            yen.get_by_role("button", name="Đồng ý", exact=True).last.click()
        taps(page, YEN, "Gửi số điện thoại của tôi")
        yen.get_by_text("đúng số trong danh sách").wait_for()
        yen.get_by_role("button", name="Đúng", exact=True).last.click()
        taps(page, YEN, "Đúng giờ này")
        yen.get_by_text("Xong. Chào đồng chí Ngô Thị Yến.").wait_for()
        for number in range(1, 5):
            yen.get_by_text(f"Việc {number}/4").wait_for()
            yen.get_by_role("button", name="Đồng ý", exact=True).last.click()
        yen.get_by_text("Đã ghi lại").wait_for()

        # the first comes: Mai answers in two taps
        for day in ("1/12/2026", "2/12/2026"):
            page.get_by_role("button", name="+1 ngày").click()
            page.locator("#now-day", has_text=day).wait_for()
        phone(page, MAI).get_by_text("Đã đến kỳ báo cáo tình hình tháng 12/2026").wait_for()
        taps(page, MAI, "Mở khóa", "Mọi việc vẫn ổn")  # her phone shows its lock screen
        phone(page, MAI).get_by_text("Sẽ gửi chi bộ").last.wait_for()
        phone(page, MAI).locator(".xn-msg").get_by_role("button", name="Gửi", exact=True).last.click()
        phone(page, MAI).get_by_text("Đã gửi lúc").last.wait_for()

        # the 8th: the secretary reads who is silent, Dũng among them and Mai not
        page.get_by_role("button", name="+1 tuần").click()
        alert = phone(page, BINH).locator(".xn-msg", has_text="Cần liên hệ hôm nay").last
        alert.get_by_text("Phạm Văn Dũng").first.wait_for()
        assert "Lê Thị Mai" not in alert.inner_text()
        phone(page, DUNG).get_by_text("Chi bộ vẫn chờ tin của đồng chí").nth(1).wait_for()
