"""`python -m bot demo --story`: a month told in the terminal, with what each person saw.

The same stage as the page's, with time standing still but for the jumps; people tap what they would tap.
"""

from __future__ import annotations

import asyncio
import io
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text

from bot.demo.seed import BINH, DUNG, MAI, PHONES, YEN
from bot.demo.stage import DemoStage
from models.desk.roster import roster_template
from models.phrases.text import Lang

_STYLES = {BINH: "red", MAI: "cyan", DUNG: "yellow", YEN: "green"}


class Teller:
    """Taps for people, lets time pass, and prints what each of them reads."""

    def __init__(self, stage: DemoStage, console: Console) -> None:
        self._stage, self._console = stage, console
        self._people = {phone.user_id: phone for phone in PHONES}
        self._seen: dict[int, dict[int, str]] = {user_id: self._faces(user_id) for user_id in self._people}

    def chapter(self, vi: str, en: str) -> None:
        self._console.rule(Text(self._clock("Asia/Ho_Chi_Minh"), style="bold"))
        self._console.print(f"{vi}\n[dim]{en}[/dim]\n", highlight=False)

    async def taps(self, user_id: int, *labels: str) -> None:
        for label in labels:
            message_id, data, shown = self._find(user_id, label)
            self._did(user_id, f"[ {shown} ]")
            self._stage.telegram.taps(user_id, message_id, data)
            await self._stage.settle()

    async def says(self, user_id: int, text: str) -> None:
        self._did(user_id, text)
        self._stage.telegram.says(user_id, text)
        await self._stage.settle()

    async def opens_invite(self, user_id: int, *, from_user: int) -> None:
        """Open an invite here, by the link in the other's chat, which was forwarded."""
        links = re.findall(r"\?start=([\w-]+)", " ".join(m["text"] for m in self._messages(from_user)))
        self._did(user_id, f"t.me/…?start={links[-1][:6]}…")
        self._stage.telegram.opened_link(user_id, links[-1])
        await self._stage.settle()

    async def shares_contact(self, user_id: int) -> None:
        self._did(user_id, "[ Gửi số điện thoại của tôi ]")
        self._stage.telegram.shares_contact(user_id)
        await self._stage.settle()

    async def sends(self, user_id: int, name: str, data: bytes) -> None:
        self._did(user_id, name)
        self._stage.telegram.sends_file(user_id, "document", name, data)
        await self._stage.settle()

    async def wait_until(self, moment: datetime) -> None:
        await self._stage.advance(moment - self._stage.now())

    def shows(self, *user_ids: int) -> None:
        """Show what these people read since they were last looked at."""
        for user_id in user_ids:
            for message in self._fresh(user_id):
                self._bubble(user_id, message)

    # --- within -----------------------------------------------------------------------------------------------------

    def _messages(self, user_id: int) -> list[dict[str, Any]]:
        return [m for m in self._stage.telegram.history(user_id) if m["from"] == "bot"]

    def _faces(self, user_id: int) -> dict[int, str]:
        return {m["message_id"]: m["text"] for m in self._messages(user_id)}

    def _fresh(self, user_id: int) -> list[dict[str, Any]]:
        seen, self._seen[user_id] = self._seen[user_id], self._faces(user_id)
        return [m for m in self._messages(user_id) if seen.get(m["message_id"]) != m["text"]]

    def _find(self, user_id: int, label: str) -> tuple[int, str, str]:
        for message in reversed(self._messages(user_id)):
            for row in message["inline_keyboard"]:
                for button in row:
                    if button["text"].startswith(label) and "callback_data" in button:
                        return message["message_id"], button["callback_data"], button["text"]
        shown = [b["text"] for m in self._messages(user_id)[-1:] for row in m["inline_keyboard"] for b in row]
        raise LookupError(f"{self._people[user_id].name} has no button {label!r}, but {shown}")

    def _did(self, user_id: int, what: str) -> None:
        line = Text(f"  {self._people[user_id].name}  ", style=f"bold {_STYLES[user_id]}")
        self._console.print(line.append(what, style="default"))

    def _bubble(self, user_id: int, message: dict[str, Any]) -> None:
        person = self._people[user_id]
        body = Text(message["text"] or "[ tệp ]")
        for row in message["inline_keyboard"]:
            body.append("\n" + "  ".join(f"[ {button['text']} ]" for button in row), style="bold")
        title = f"{person.name} · {person.about['vi'].partition(',')[0].partition(':')[0]} · {self._clock(person.zone)}"
        self._console.print(
            Panel(body, title=title, title_align="left", border_style=_STYLES[user_id], width=88)
        )

    def _clock(self, zone: str) -> str:
        return f"{self._stage.now().astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}"


def _roster_file() -> bytes:
    """The template as the secretary filled it in."""
    from openpyxl import load_workbook  # slow to import

    book = load_workbook(io.BytesIO(roster_template(Lang.VI)))
    sheet = book.worksheets[0]
    sheet.append(
        ["Tạ Thị Hiền", "1998", "0912 000 191", "03/02/2023", "03/02/2024", "chính thức", "Bắc Ninh"]
    )
    sheet.append(["Vi Văn Sơn", "1993", "912000192", "2018", "", "chính thức", "Nagoya, Nhật Bản"])
    sheet.append(["Kim Văn Lộc", "hai nghìn", "", "", "", "dự bị", ""])
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue()


async def _month(teller: Teller, stage: DemoStage) -> None:
    start = stage.now()
    teller.chapter(
        "Bí thư Bình nhập danh sách từ Excel: hai người mới, một dòng ghi sai năm sinh.",
        "Secretary Bình imports a roster from Excel: two new people, one row with a wrong year of birth.",
    )
    await teller.says(BINH, "/nhap")
    await teller.sends(BINH, "danh-sach.xlsx", _roster_file())
    teller.shows(BINH)
    await teller.taps(BINH, "Lưu vào danh sách")
    teller.shows(BINH)
    teller.chapter(
        "Bí thư Bình mời đồng chí Yến, đang làm ở Seoul, đăng ký. Yến mở đường dẫn trên điện thoại của mình.",
        "Secretary Bình invites Yến, who works in Seoul. Yến opens the link on her own phone.",
    )
    await teller.says(BINH, "/danhsach")
    await teller.says(BINH, "yen")
    await teller.taps(BINH, "Ngô Thị Yến", "Mời đăng ký")
    teller.shows(BINH)
    await teller.opens_invite(YEN, from_user=BINH)
    teller.shows(YEN)
    await teller.taps(YEN, "Đúng, liên kết", "Đã hiểu", "Đồng ý", "Đồng ý")
    await teller.shares_contact(YEN)
    await teller.taps(YEN, "Đúng", "Đúng giờ này", "Đồng ý", "Đồng ý", "Đồng ý", "Đồng ý")
    teller.shows(YEN)
    teller.shows(BINH)

    await teller.wait_until(start + timedelta(days=1, hours=11, minutes=30))
    teller.chapter(
        "Ngày 1, 19 giờ theo đồng hồ của từng người: đến kỳ báo cáo. Mai trả lời bằng hai lần bấm.",
        "The 1st, 19:00 on each one's own clock: time to check in. Mai answers in two taps.",
    )
    teller.shows(MAI, DUNG)
    await teller.taps(MAI, "Mọi việc vẫn ổn", "Gửi")
    teller.shows(MAI)

    teller.chapter(
        "Yến có việc cần báo: vài câu hỏi ngắn, rồi nhờ chi bộ giúp.",
        "Yến has something to report: a few short questions, and she asks the cell for help.",
    )
    await teller.taps(YEN, "Có việc cần báo", "Vẫn ở đó", "Ổn định", "Bỏ qua", "Nhờ chi bộ hỗ trợ")
    await teller.says(YEN, "Tôi cần giấy xác nhận của chi bộ để gia hạn hợp đồng.")
    await teller.taps(YEN, "Gửi")
    teller.shows(YEN, BINH)

    await teller.wait_until(start + timedelta(days=8, minutes=5))
    teller.chapter(
        "Dũng im lặng: được nhắc ngày 3 và ngày 5; sáng ngày 8 bí thư nhận một tin gom tất cả những người chưa có tin.",
        "Dũng is silent: reminded on the 3rd and the 5th; on the morning of the 8th the secretary gets one message.",
    )
    teller.shows(DUNG, BINH)

    teller.chapter(
        "Bí thư gọi điện và ghi lại; Dũng được biết người ta đã ghi gì về mình, và sửa được.",
        "The secretary phones and notes it; Dũng learns what was noted about him, and can correct it.",
    )
    await teller.taps(BINH, "Phạm Văn Dũng", "Ghi kết quả gọi", "Gặp được")
    await teller.says(BINH, "Dũng khỏe, tháng này tăng ca nên quên báo.")
    teller.shows(BINH, DUNG)
    await teller.says(BINH, "/chibo")
    teller.shows(BINH)


async def _tell(console: Console) -> None:
    stage = DemoStage(runs=False)
    await stage.open()
    try:
        await _month(Teller(stage, console), stage)
    finally:
        await stage.close()


def tell() -> None:
    """Tell the month; seconds, no network."""
    console = Console(width=100, highlight=False)
    console.print(Markdown("# Xa Nhà: một tháng của một chi bộ hư cấu · a month of an invented cell"))
    asyncio.run(_tell(console))
