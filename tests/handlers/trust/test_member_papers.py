"""One person's papers as an archive: names as members' files have them, for themselves and their cell's desk alone."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from docx import Document
from sqlalchemy.orm import Session

from models.away.away import Scan, begin_return
from models.delivery.file import keep_file
from models.ground.channel import Channel
from models.people.member import Purpose, record_consent
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import World
from tests.files import a_pdf
from tests.people import ALICE, BOB, DAN, OFFICER, Cell, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign, hands_in, writes


def a_scan(world: World, name: str, data: bytes = b"%PDF-1.7 as it was sent") -> Scan:
    """Kept as if it had been sent; without data, it is still with its channel."""

    def work(db: Session) -> int:
        row = keep_file(db, by_id=None, now=world.clock(), channel=Channel.TELEGRAM, key="k", data=data)
        return row.id

    return Scan(file_id=str(world.db(work)), name=name)


def forge(phone: Phone, data: str) -> Phone:
    phone.says("/menu")
    phone.reads()
    return phone.taps_data(phone.last()["message_id"], data, stale=True)


def archive(phone: Phone) -> dict[str, bytes]:
    _, data = phone.files()[-1]
    with zipfile.ZipFile(BytesIO(data)) as book:
        return {one.filename: book.read(one) for one in book.infolist()}


def test_the_papers_of_a_person_are_named_as_their_file_names_them(world: World, cell: Cell) -> None:
    dan, bob, alice, officer = settle_in(world, cell, DAN, BOB, ALICE, OFFICER)
    assert "Chưa có giấy tờ nào đã nộp" in forge(dan, "papers:mine").reads()
    campaign = a_campaign(world, cell)
    chain = Chain(world, cell, cell.dan)
    chain.files(declaration(stay=SAIGON, itinerant=True), scan=a_scan(world, "đơn CCCD 001234567890.pdf"))
    chain.is_proposed(number="03-NQ/CB", scan=a_scan(world, "nghị quyết.jpg", b""))
    chain.is_decided(scan=a_scan(world, "quyết định.exe", b"MZ"))
    writes(world, campaign, cell.dan)
    assert not any(name.startswith("61.") for name in archive(_taken(dan)))  # not handed in: a draft
    hands_in(world, campaign, cell.dan)

    inside = archive(_taken(dan))
    assert sorted(inside) == [
        "00.danh-muc.txt",
        "61.ban-kiem-diem-nam-2026.docx",
        "79.don-xin-tam-mien-2026-12-01-ban-chup.pdf",
        "79.don-xin-tam-mien-2026-12-01.docx",
        "quyet-dinh-cap-uy-2026-12-01.dat",
    ]
    assert inside["79.don-xin-tam-mien-2026-12-01-ban-chup.pdf"] == b"%PDF-1.7 as it was sent"
    said = "\n".join(
        p.text for p in Document(BytesIO(inside["79.don-xin-tam-mien-2026-12-01.docx"])).paragraphs
    )
    assert "ĐƠN XIN TẠM MIỄN" in said
    index = inside["00.danh-muc.txt"].decode("utf-8-sig")
    assert "Đã gửi nhưng nay không lấy được:\n81.nghi-quyet-chi-bo-2026-12-01.jpg" in index
    assert not re.search(r"\d{12}", " ".join(inside) + index)  # no ID number, whatever the scan was called

    # the desk takes the same, and he sees it
    forge(bob, f"papers:of:{cell.dan}")
    assert bob.files()[-1][0] == "giay-to-pham-van-dan.zip"
    assert sorted(archive(bob)) == sorted(inside)
    assert "bộ giấy tờ, lấy ra tệp" in dan.says("/dulieu").taps("Ai đã xem").reads()
    # nobody else
    for phone in (alice, officer):
        forge(phone, f"papers:of:{cell.dan}")
        assert phone.files() == []

    # what he does on paper from now on is his alone
    def refuses(db: Session) -> None:
        for purpose in (Purpose.AWAY, Purpose.REVIEW):
            record_consent(db, cell.dan, purpose, given=False, now=world.clock())

    world.db(refuses)
    assert "chưa có giấy tờ nào" in forge(bob, f"papers:of:{cell.dan}").reads()
    assert "61.ban-kiem-diem-nam-2026.docx" in archive(_taken(dan))


def _taken(phone: Phone) -> Phone:
    return forge(phone, "papers:mine")


def test_the_papers_of_a_time_abroad_are_handed_in_and_lie_under_their_numbers(
    world: World, cell: Cell
) -> None:
    alice, bob = settle_in(world, cell, ALICE, BOB)
    chain = Chain(world, cell, cell.alice).files().is_approved()
    chain.does(begin_return, by_id=cell.alice, returned_on=world.clock().date())
    for button, name in (("Gửi bản tự kiểm điểm", "kiểm điểm.pdf"), ("Gửi phiếu bổ sung", "phiếu.pdf")):
        alice.says("/khaibao").goes(button)
        assert "đã ký" in alice.reads()
        alice.sends("document", name, a_pdf())
        assert "Đã nhận" in alice.reads()
    assert [one for one in sorted(archive(_taken(alice))) if one[:2] in ("63", "82")] == [
        "63.ban-kiem-diem-thoi-gian-o-nuoc-ngoai-2026-12-01.pdf",
        "82.phieu-bo-sung-ho-so-sau-khi-ve-nuoc-2026-12-01.pdf",
    ]
    assert "phiếu bổ sung hồ sơ" in bob.chat()
