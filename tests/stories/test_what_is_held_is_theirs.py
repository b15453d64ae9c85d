"""Everybody registers by an invite, lives with the program, takes everything out; one of them deletes, and is gone."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Report, volunteer_checkin
from models.contact.contact_note import Means, record_contact_note
from models.contact.policy import RequestPolicy
from models.contact.request import RequestWords, open_request, reply_request
from models.delivery.outbox import Outbox
from models.meeting.task import give_task
from models.people.assignment import assign_contact
from models.people.held import rows_about
from models.people.member import Member, Standing, account_of, record_look
from models.people.rights import Role, appoint
from models.year.probation import start_probation
from tests.absences import Chain
from tests.fakes import World
from tests.meetings import a_meeting
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, a_cell, phone_of, register
from tests.phone import Phone
from tests.reviews import a_campaign, hands_in

SECRET = "Ống chân gãy ngày 5, chưa lĩnh lương"


@pytest.fixture
def everybody(world: World) -> tuple[Cell, dict[int, Phone]]:
    """All through the front door: officer, secretary, deputy, Alice in Osaka, Dân in Saigon who also follows a cell."""
    cell = a_cell(world)
    phones = {user: phone_of(world, user) for user in (OFFICER, BOB, DEPUTY, ALICE, DAN)}
    for user, phone in phones.items():
        register(world, cell.member_of(user), phone)
        assert "/menu" in phone.chat() or phone.buttons()
    world.settle()
    _live(world, cell)
    return cell, phones


def _live(world: World, cell: Cell) -> None:
    """A year in miniature: every room holds something about Alice, Dân is on probation and keeps in touch with her."""

    def live(db: Session) -> None:
        now, settings = world.clock(), world.settings
        alice, dan = db.get_one(Member, cell.alice), db.get_one(Member, cell.dan)
        volunteer_checkin(db, alice, Report(note=SECRET), settings.checkin, now=now)
        request = open_request(db, alice, RequestWords(text=SECRET), policy=RequestPolicy(), now=now)
        assert request is not None
        reply_request(db, request, by_id=cell.bob, text="Chi bộ gọi hỏi", policy=RequestPolicy(), now=now)
        by: dict[str, Any] = {"by_id": cell.bob, "now": now}
        record_contact_note(db, alice, channel=Means.PHONE, happened_on=now.date(), result=SECRET, **by)
        record_look(db, reader_id=cell.bob, member_id=cell.alice, what="member.phone", now=now)
        assign_contact(db, alice, dan, **by)
        give_task(db, alice, text="Giữ liên lạc", due_on=date(2027, 1, 10), policy=settings.task, **by)
        dan.standing = Standing.PROBATIONARY
        start_probation(
            db,
            dan,
            admitted_on=date(2026, 6, 1),
            helper_id=cell.alice,
            policy=settings.probation,
            calendar=settings.workday,
            **by,
        )
        appoint(db, member_id=cell.dan, unit_id=cell.id, role=Role.FOLLOWER, by_id=cell.officer, now=now)

    world.db(live)
    Chain(world, cell, cell.alice).files().is_approved()
    a_meeting(world, cell)
    hands_in(world, a_campaign(world, cell), cell.alice)
    world.settle()


def _takes_out(phone: Phone) -> dict[str, bytes]:
    phone.says("/dulieu").taps("Lấy về thành tệp")
    return dict(phone.documents()[-2:])


@pytest.mark.parametrize(
    "user", [OFFICER, BOB, DEPUTY, ALICE, DAN], ids=["officer", "secretary", "deputy", "member", "contact"]
)
def test_after_a_real_registration_everything_can_be_taken_out(
    world: World, everybody: tuple[Cell, dict[int, Phone]], user: int
) -> None:
    cell, phones = everybody
    files = _takes_out(phones[user])
    data = json.loads(files["du-lieu-cua-toi.json"])
    held = world.db(
        lambda db: {name: len(rows) for name, rows in rows_about(db, cell.member_of(user)).items()}
    )
    assert {name: len(rows) for name, rows in data["records"].items()} | {"trail": 0} == held | {"trail": 0}
    assert data["records"]["invite"][0]["token_hash"].startswith("[dấu vân tay")
    page = files["du-lieu-cua-toi.html"].decode()
    assert page.startswith("<!doctype html>")
    assert not re.search(r"<script|<link|<img|https?://", page)
    assert "@page { size: A4" in page
    if user == ALICE:
        for words in (
            SECRET,
            "Chi bộ gọi hỏi",
            "Giữ liên lạc",
            "Xưởng mộc Aoki",
            "15-QĐ/ĐU",
            "đã làm",
            "Phạm Văn Dân",
        ):
            assert words in page, words


def test_see_everything_is_everything(everybody: tuple[Cell, dict[int, Phone]]) -> None:
    _, phones = everybody
    full = phones[ALICE].says("/dulieu").taps("Xem đầy đủ").reads()
    for words in (
        "bản kiểm điểm năm 2026: đã nộp",
        "Hoàn thành tốt nhiệm vụ",
        "Giữ liên lạc",
        "họp",
        "Phạm Văn Dân",
    ):
        assert words in full, words
    probation = phones[DAN].says("/dulieu").taps("Xem đầy đủ").reads()
    assert "kết nạp 01/06/2026: đang trong thời gian dự bị" in probation


def _deletes(phone: Phone) -> Phone:
    phone.says("/dulieu").taps("Xóa dữ liệu")
    return phone.taps("Tôi muốn xóa", "Xóa hẳn")


def test_deletion_says_what_it_does_and_does_it(
    world: World, everybody: tuple[Cell, dict[int, Phone]]
) -> None:
    cell, phones = everybody
    alice, bob = phones[ALICE], phones[BOB]
    asked = alice.says("/dulieu").taps("Xóa dữ liệu").reads()
    for words in ("bản kiểm điểm, cam kết", "lần đi xa, đơn và thư (1)", "48 giờ", "biên nhận"):
        assert words in asked, words
    alice.taps("Hủy")
    _deletes(alice)
    number = re.search(r"XD-2026-[0-9A-F]{6}", alice.reads())
    assert number
    receipt = dict(alice.documents())[f"bien-nhan-{number[0]}.txt"].decode()
    assert "một lần đi làm ăn xa: 1" in receipt
    assert "danh sách đảng viên là của chi bộ" in receipt
    assert "xóa tài khoản và dữ liệu" in bob.reads()
    assert world.db(lambda db: set(rows_about(db, cell.alice))) <= {
        *("appointment", "attendance", "checkin", "consent", "contact_note", "erasure", "trail"),
    }


def test_what_others_phones_showed_of_her_in_the_last_two_days_is_taken_back(
    world: World, everybody: tuple[Cell, dict[int, Phone]]
) -> None:
    _, phones = everybody
    bob = phones[BOB]
    bob.says("/chibo").taps("Nguyễn Thị An")
    assert SECRET in bob.chat()
    _deletes(phones[ALICE])
    world.wait(timedelta(minutes=2))
    assert SECRET not in bob.chat()
    assert "người được nhắc tới đã xóa dữ liệu của mình" in bob.chat()

    def said(db: Session) -> list[str]:
        return [row.body or "" for row in db.scalars(select(Outbox))]

    assert not [words for words in world.db(said) if SECRET in words]


def test_behind_an_old_button_there_is_nothing_of_hers_any_more(
    world: World, everybody: tuple[Cell, dict[int, Phone]]
) -> None:
    _, phones = everybody
    bob = phones[BOB]
    old = []
    for way in (
        ("/chibo",),
        ("/chibo", "nộp bản kiểm"),
        ("/chibo", "hẹn giúp"),
        ("/chibo", "Sổ theo dõi", "An"),
    ):
        bob.says(way[0]).taps(*way[1:])
        old += [
            (bob.last()["message_id"], b["callback_data"])
            for row in bob.last()["inline_keyboard"]
            for b in row
        ]
    _deletes(phones[ALICE])
    for message, data in dict.fromkeys(old):
        bob.taps_data(message, data, stale=True)
        said = bob.reads()
        assert said, data
        assert "trục trặc" not in said, data
        assert not any(words in said for words in (SECRET, "Xưởng mộc Aoki", "Osaka")), data
    # she is still on the roster, so the open campaign has an empty line for her again: made by nobody
    world.unnamed[:] = [one for one in world.unnamed if not one.startswith("'campaign:see:")]


def test_a_copy_that_is_put_back_brings_nobody_back(sqlite_url: str, tmp_path: Path) -> None:
    """Backup, deletion, the backup is restored: at the next start she is gone again, before anything is answered."""
    database, backup = Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "backup.db"
    with World.open(sqlite_url, beside=tmp_path) as world:
        cell = a_cell(world)
        alice, bob = phone_of(world, ALICE), phone_of(world, BOB)
        for user, phone in ((ALICE, alice), (BOB, bob)):
            register(world, cell.member_of(user), phone)
        _live(world, cell)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(backup)) as copy:
            source.backup(copy)
        _deletes(alice)
        world.run(world.app.tick())
        ledger = (tmp_path / "erasures.jsonl").read_text(encoding="utf-8")
        assert "Nguyễn Thị An" not in ledger
        assert (tmp_path / "erasures.jsonl").stat().st_mode & 0o077 == 0

        world.app.database.close()
        for leftover in database.parent.glob(f"{database.name}-*"):
            leftover.unlink()
        shutil.copy(backup, database)
        world.restart()
        assert world.db(lambda db: account_of(db, cell.alice)) is None
        held = world.db(lambda db: rows_about(db, cell.alice))
        assert not {"away", "request", "review", "task", "account"} & set(held)
        assert [row.ground for row in held["erasure"]] == ["restored"]
        assert world.db(lambda db: account_of(db, cell.bob)) is not None
        assert "theo lời mời" in alice.says("/dulieu").reads()
        world.restart()
        assert len(world.db(lambda db: rows_about(db, cell.alice))["erasure"]) == 1  # once is enough
