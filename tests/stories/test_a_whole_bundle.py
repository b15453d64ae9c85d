"""The bundle of a year holds everything that was handed in: what was typed, photos, scans, signed pages, with an index."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from models.delivery.papers.sheets import HEADING_ROW
from models.year.review import ReviewFileKind, accept, attach_file, receive_signed
from tests.fakes import World
from tests.files import a_docx, a_pdf, a_picture
from tests.people import ALICE, BOB, DAN, a_cell, settle_in
from tests.reviews import a_campaign, hands_in, review


class Lost:
    kind, file_id, name = "photo", "nobody-knows-this-file", ""


def test_kind_7_the_bundle_holds_what_was_sent_as_a_file_too_under_its_password(world: World) -> None:
    cell = a_cell(world)
    campaign = a_campaign(world, cell)
    bob, an, dan = settle_in(world, cell, BOB, ALICE, DAN)

    an.says("/kiemdiem").taps("Gửi tệp")
    an.sends("photo", "", a_picture()).sends("document", "ban quet.pdf", a_pdf("A SCAN", pages=2))
    an.sends("document", "viet san.docx", a_docx("Chỉ là một đoạn văn.")).taps("Không tách")
    an.taps("Xong", "Nộp cho chi bộ", "Đúng, nộp")
    dan.says("/kiemdiem").taps("Gửi tệp").sends("photo", "", a_picture()).taps("Xong")  # not handed in
    hands_in(world, campaign, cell.deputy)

    def work(db: Session) -> None:
        now = world.clock()
        theirs = review(db, campaign, cell.deputy)
        accept(db, theirs, by_id=cell.bob, now=now)
        receive_signed(db, theirs, on=now.date(), by_id=cell.bob, now=now)
        attach_file(db, theirs, ReviewFileKind.COMMENT, Lost(), by_id=cell.bob, now=now)

    world.db(work)
    world.settle()
    bob.says("/kiemdiem").taps("năm 2026", "Chờ đọc", "Nguyễn Thị An", "Chấp nhận")
    an.taps("Gửi bản đã ký").sends("photo", "", a_picture("png", width=40)).taps("Gửi chi bộ")

    bob.says("/danhsach").taps(
        "Việc khác", "Xuất"
    )  # his PIN was given: what is tapped now changes where it stands
    bob.says("/kiemdiem").goes("năm 2026", "Tải trọn bộ")
    world.restart()
    world.wait(timedelta(minutes=4))
    said = bob.chat()
    assert "2 bản kiểm điểm" not in said  # one was typed, one is files
    assert "Đã xong trọn bộ: 1 bản kiểm điểm và 4 tệp, ảnh đã gửi của 4 đồng chí" in said
    assert "Không lấy được 1 tệp" in said

    name, data = bob.files()[-1]
    assert name.endswith(".zip")
    (password,) = bob.passwords()[-1:]
    sealed = zipfile.ZipFile(BytesIO(data))
    pages = {}
    for inside in sealed.namelist():
        if inside.endswith(".pdf"):
            reader = PdfReader(BytesIO(sealed.read(inside)))
            assert reader.is_encrypted
            assert not reader.decrypt("0000")
            assert reader.decrypt(password)
            pages[inside] = len(reader.pages)
        else:
            assert sealed.read(inside).startswith(b"\xd0\xcf\x11\xe0")  # Office asks for the password
    assert pages == {"01-1.pdf": 1, "01-2.pdf": 2, "01-4.pdf": 1}

    book = zipfile.ZipFile(BytesIO(bob.documents()[-1][1]))
    assert "01-3.docx" in book.namelist()
    assert book.read("01-3.docx") == a_docx("Chỉ là một đoạn văn.")
    index: Any = load_workbook(BytesIO(book.read("00 Danh mục.xlsx"))).active
    lines = {row[1].value: row for row in index.iter_rows(min_row=HEADING_ROW + 2, max_row=HEADING_ROW + 5)}
    mine = lines["Nguyễn Thị An"]
    assert mine[2].value == "01-1.pdf\n01-2.pdf\n01-3.docx\n01-4.pdf"
    assert "01-2.pdf: bản tự viết gửi bằng tệp, ban quet.pdf" in mine[7].value
    assert "01-4.pdf: bản có chữ ký, ảnh 4" in mine[7].value
    assert "KHÔNG LẤY ĐƯỢC" in lines["Lê Thị Hoa"][7].value
    assert not lines["Phạm Văn Dân"][7].value  # what was not handed in is theirs alone
    an.says("/kiemdiem").goes("Ai đã mở")
    assert "Trần Văn Bình" in an.reads()


def test_a_broken_file_from_before_is_missing_and_stops_nothing(world: World) -> None:
    cell = a_cell(world)
    a_campaign(world, cell)
    bob, dan = settle_in(world, cell, BOB, DAN)
    dan.says("/kiemdiem").taps("Gửi tệp").sends("photo", "", b"\xff\xd8\xffno picture").taps("Xong")
    dan.taps("Nộp cho chi bộ", "Đúng, nộp")
    bob.says("/danhsach").taps("Việc khác", "Xuất")
    bob.says("/kiemdiem").goes("năm 2026", "Tải trọn bộ")
    world.wait(timedelta(minutes=4))
    assert "Không lấy được 1 tệp" in bob.chat()
