"""What somebody sends is kept here: shown on any channel, and also when the one that it came by has lost it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from handlers.ground.context import FileKind
from models.contact.checkin import Checkin, CheckinState, Report
from models.delivery.conversation import Conversation
from models.delivery.file import File, FileState, file_bytes, keep_file, stored_file
from models.delivery.message import Attachment, Lane, Message, Method, Recipient, Writer
from models.delivery.outbox import enqueue
from models.ground.channel import Channel
from models.ground.sealing import CannotUnseal
from models.phrases.text import raw
from models.trust.loose_files import drop_loose_files
from tests.fakes import World
from tests.files import a_picture, a_voice
from tests.page import Page
from tests.people import BOB, DAN, Cell, settle_in
from tests.phone import Phone

S = FileState
ANSWERED = Checkin.state == CheckinState.ANSWERED


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, Bình; Dân has just been asked."""
    phones = settle_in(world, cell, DAN, BOB)
    world.wait(timedelta(days=4))
    for phone in phones:
        phone.reads()
    return phones


def files(world: World) -> list[File]:
    return world.db(lambda db: list(db.scalars(select(File).order_by(File.id))))


def report_of(world: World, member_id: int) -> Report:
    def work(db: Session) -> Report:
        row = db.scalars(select(Checkin).where(Checkin.member_id == member_id, ANSWERED)).one()
        assert row.report is not None
        return row.report

    return world.db(work)


def fetched(world: World) -> int:
    return int(world.run(world.app.keeper.fetch()))


def reports_with(phone: Phone | Page) -> None:
    phone.taps("Có việc cần báo", "Vẫn ở đó", "Ổn định", "Chưa đăng ký")


def sees(bob: Phone) -> list[str]:
    """The kinds of files that the secretary is shown with Dân's report."""
    seen = len(bob.messages())
    bob.says("/chibo").taps("Xem theo nhóm", "Đã báo cáo (1)", "Phạm Văn Dân")
    return [kind for m in bob.messages()[seen:] for kind in ("photo", "voice") if m.get(kind)]


# --- from a phone -------------------------------------------------------------------------------------------------------


def test_what_came_by_telegram_is_ours_after_it_was_fetched_once(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob = phones
    photo, voice = a_picture(), a_voice()
    reports_with(dan)
    dan.sends("voice", "v.ogg", voice).sends("photo", "", photo).taps("Gửi")
    report = report_of(world, cell.dan)
    spoken, shown = files(world)
    assert (report.voice_ids, report.photo_ids) == ([str(spoken.id)], [str(shown.id)])
    assert (spoken.state, spoken.type, spoken.by_id) == (S.HERE, "ogg", cell.dan)  # it was looked into
    assert (shown.state, shown.size) == (S.WANTED, None)
    assert fetched(world) == 1
    assert fetched(world) == 0
    shown = files(world)[1]
    assert (shown.state, shown.size) == (S.HERE, len(photo))
    assert shown.sha256 == hashlib.sha256(photo).digest()
    assert file_bytes(shown) == photo
    assert photo[:20] not in (shown.data_sealed or b"")
    for one in [m for m in world.telegram.history(DAN) if m.get("photo")]:
        world.telegram.forget_file(one["photo"]["file_id"])
    assert "photo" in sees(bob)
    assert "không chuyển được" not in bob.chat()


def test_bytes_are_bound_to_their_row(world: World, phones: list[Phone]) -> None:
    def work(db: Session) -> None:
        one, other = (
            keep_file(db, by_id=None, now=world.clock(), channel=Channel.WEB, data=data)
            for data in (b"1", b"2")
        )
        one.data_sealed = other.data_sealed
        with pytest.raises(CannotUnseal):
            file_bytes(one)
        db.rollback()

    world.db(work)


def test_what_telegram_has_no_longer_is_lost_and_says_so(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob = phones
    reports_with(dan)
    dan.sends("photo", "", a_picture()).taps("Gửi")
    (sent,) = [m for m in world.telegram.history(DAN) if m.get("photo")]
    world.telegram.forget_file(sent["photo"]["file_id"])
    assert fetched(world) == 1
    (lost,) = files(world)
    assert (lost.state, lost.next_at) == (S.LOST, None)
    assert fetched(world) == 0
    sees(bob)
    assert "Chưa chuyển được tệp này" in bob.chat()
    assert world.db(lambda db: stored_file(db, str(lost.id), Channel.WEB)) == ("", b"")


def test_what_does_not_come_is_asked_for_again_and_given_up_in_the_end(
    world: World, phones: list[Phone]
) -> None:
    dan, _ = phones
    reports_with(dan)
    dan.sends("photo", "", a_picture())
    world.telegram.fail("getFile", times=100, fault="connect")
    tries = world.settings.file.fetch_tries
    for _ in range(tries):
        assert fetched(world) == 1
        assert fetched(world) == 0  # not before its time
        world.clock.set(world.clock() + timedelta(days=1))
    assert [one.state for one in files(world)] == [S.LOST]


# --- from a page --------------------------------------------------------------------------------------------------------


def test_a_photo_from_the_page_is_seen_on_telegram_and_goes_there_as_bytes_once(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, bob = phones
    photo = a_picture()
    page = Page(world, "dan").is_of(cell.dan)
    page.says("/baocao")
    reports_with(page)
    page.sends(FileKind.PHOTO, photo).taps("Gửi")
    (kept,) = files(world)
    assert (kept.state, kept.shortcut, file_bytes(kept)) == (S.HERE, None, photo)
    assert sees(bob) == ["photo"]
    (kept,) = files(world)
    assert (kept.shortcut or "").startswith("telegram:photo-")
    assert sees(bob) == ["photo"]
    sent = [call for call in world.telegram.calls if call.method == "sendPhoto"]
    assert [bool(call.files) for call in sent] == [True, False]


def test_a_photo_from_telegram_is_seen_on_the_page(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _ = phones
    photo = a_picture()
    reports_with(dan)
    dan.sends("photo", "", photo).taps("Gửi")
    fetched(world)
    page = Page(world, "bob").is_of(cell.bob).proved()
    page.says("/chibo").taps("Xem theo nhóm", "Đã báo cáo (1)", "Phạm Văn Dân")
    (held,) = [body.file_id for body in page.shown.values() if body.file_id]
    assert world.db(lambda db: stored_file(db, held, Channel.WEB)) == ("", photo)


def test_a_photo_of_another_channel_that_nobody_looked_into_is_not_taken(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    page = Page(world, "dan").is_of(cell.dan)
    page.says("/baocao")
    reports_with(page)
    page.sends(FileKind.PHOTO, a_picture(), looked_into=False)
    assert files(world) == []


# --- what nothing points to ---------------------------------------------------------------------------------------------


def test_a_file_goes_with_the_last_that_points_to_it(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _ = phones
    reports_with(dan)
    dan.sends("photo", "", a_picture())
    assert world.db(drop_loose_files) == 0  # the draft has it
    assert world.db(lambda db: db.scalars(select(Conversation.draft_sealed)).first()) is not None
    dan.taps("Gửi")
    assert world.db(drop_loose_files) == 0  # the report has it
    world.db(lambda db: setattr(db.scalars(select(Checkin).where(ANSWERED)).one(), "report_json", None))
    waits = Message(raw("xem"), attachment=Attachment("a.jpg", file_id=str(files(world)[0].id)))
    to = Recipient(chat_address(BOB))
    later = world.clock() + timedelta(days=1)
    world.db(lambda db: enqueue(db, to, waits, key="w", lane=Lane.ALERT, now=world.clock(), not_before=later))
    assert world.db(drop_loose_files) == 0  # it is yet to be said
    world.wait(timedelta(days=2))
    assert files(world) == []  # the night


def test_a_file_that_only_passed_by_is_not_kept(world: World, phones: list[Phone]) -> None:
    dan, _ = phones
    reports_with(dan)
    dan.sends("video", "v.mp4", b"v")
    assert files(world) == []


def test_whoever_sent_a_lost_file_is_told(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _ = phones
    gone = Attachment("a.jpg", file_id="4711000000000000")
    message = Message(
        raw("xem"), attachment=gone, method=Method.PHOTO, writer=Writer(cell.dan, "request:write")
    )
    world.db(
        lambda db: enqueue(
            db, Recipient(chat_address(BOB)), message, key="x", lane=Lane.ALERT, now=world.clock()
        )
    )
    world.settle()
    assert "Tệp hoặc ảnh chưa xem được" in dan.reads()
