"""One member, two channels: what one does not take the other says, and neither mends the other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import Checkin, CheckinState
from models.delivery.body import WireBody
from models.delivery.conversation import Conversation
from models.delivery.inbox import Inbox
from models.delivery.message import Attachment, Button, Lane, Message, Recipient
from models.delivery.outbox import Outbox, drop_old_outbox, enqueue
from models.entry.reachability import Signal, hear
from models.ground.channel import LIMITS, Address, Channel
from models.people.member import (
    Account,
    Member,
    Reachability,
    account_at,
    account_of,
    close_account,
    hears,
    open_accounts,
    prefer_account,
    tell,
)
from models.phrases.text import raw
from models.trust.audit import audit
from tests.fakes import World
from tests.page import Page
from tests.people import BOB, DAN, Cell, settle_in
from tests.phone import Phone


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, Bình."""
    return settle_in(world, cell, DAN, BOB)


@pytest.fixture
def page(world: World, cell: Cell, phones: list[Phone]) -> Page:
    """Dân's, beside his phone, which has been told of it."""
    page = Page(world, "dan").is_of(cell.dan)
    world.settle()
    phones[0].reads()
    return page


def told_at(world: World, member_id: int) -> Address | None:
    def work(db: Session) -> Address | None:
        account = account_of(db, member_id)
        return account.address if account is not None else None

    return world.db(work)


def states(world: World, member_id: int) -> dict[Channel, str]:
    return world.db(lambda db: {a.address.channel: a.reachability for a in open_accounts(db, member_id)})


def says(world: World, member_id: int, words: str, **how: object) -> bool:
    """Something comes unasked."""
    return world.db(
        lambda db: tell(
            db,
            db.get_one(Member, member_id),
            Message(raw(words)),
            key=words,
            lane=Lane.REMINDER,
            now=world.clock(),
            **how,  # type: ignore[arg-type]
        )
    )


def signals(world: World, address: Address, signal: Signal) -> None:
    def work(db: Session) -> None:
        account, policies = account_at(db, address), world.settings.policies()
        assert account is not None
        hear(db, account, signal, policies.reachability, policies.checkin, now=world.clock())

    world.db(work)


def test_who_has_blocked_telegram_reports_and_reads_on_the_page(
    world: World, cell: Cell, phones: list[Phone], page: Page
) -> None:
    dan, bob = phones
    dan.blocks()
    world.until(at(5, 9))
    assert "Đã đến kỳ báo cáo" in page.reads()
    assert "Tin không tới đồng chí Phạm Văn Dân" not in bob.reads()
    page.taps("Mọi việc vẫn ổn", "Gửi")
    mine = select(Checkin).where(Checkin.member_id == cell.dan, Checkin.period == date(2026, 12, 1))
    assert world.db(lambda db: db.scalars(mine).one().state) == CheckinState.ANSWERED
    assert "Phạm Văn Dân" in page.says("/dulieu").reads()
    assert states(world, cell.dan) == {Channel.WEB: Reachability.OK, Channel.TELEGRAM: Reachability.BLOCKED}


def test_what_telegram_refuses_and_what_waits_behind_it_is_said_on_the_page(
    world: World, cell: Cell, phones: list[Phone], page: Page
) -> None:
    _, bob = phones
    assert told_at(world, cell.dan) == chat_address(DAN)  # it rings
    world.telegram.users[DAN].blocked = True  # nobody has heard of it yet
    assert says(world, cell.dan, "thứ nhất")
    assert says(world, cell.dan, "thứ hai", not_before=world.clock() + timedelta(hours=1))
    world.settle()
    assert page.reads() == "thứ nhất"
    world.wait(timedelta(hours=3))
    assert page.reads() == "thứ hai"
    assert "Tin không tới" not in bob.reads()
    assert told_at(world, cell.dan) == page.address
    assert says(world, cell.dan, "thứ ba")
    assert page.reads() == "thứ ba"


def test_a_person_is_out_of_reach_when_no_account_works_and_heard_when_one_does(
    world: World, cell: Cell, phones: list[Phone], page: Page
) -> None:
    dan, bob = phones
    dan.blocks()
    bob.reads()
    signals(world, page.address, Signal.DEACTIVATED)
    assert not world.db(lambda db: hears(db, cell.dan))
    assert not says(world, cell.dan, "không tới")
    world.wait(timedelta(hours=2))
    assert "Tin không tới đồng chí Phạm Văn Dân" in bob.reads()
    page.says("/menu")
    world.settle()
    assert states(world, cell.dan) == {Channel.WEB: Reachability.OK, Channel.TELEGRAM: Reachability.BLOCKED}
    assert "Đồng chí Phạm Văn Dân lại nhận được tin." in bob.reads()
    dan.unblocks()
    assert told_at(world, cell.dan) == chat_address(DAN)
    assert "lại nhận được tin" not in bob.reads()  # he never ceased to be


def test_who_prefers_the_page_is_told_there_as_long_as_it_works(
    world: World, cell: Cell, phones: list[Phone], page: Page
) -> None:
    dan, _ = phones
    now = world.clock()
    world.db(lambda db: prefer_account(db, db.scalars(of(page.address)).one(), now=now))
    assert says(world, cell.dan, "tin")
    world.settle()
    assert (page.reads(), dan.reads()) == ("tin", "")
    signals(world, page.address, Signal.FAILING)
    assert says(world, cell.dan, "tin khác")
    world.settle()
    assert "tin khác" in dan.reads()
    signals(world, page.address, Signal.ARRIVED)
    assert told_at(world, cell.dan) == page.address
    world.db(lambda db: close_account(db, db.scalars(of(page.address)).one(), now=now))
    assert told_at(world, cell.dan) == chat_address(DAN)


def of(address: Address) -> Select[Account]:
    return select(Account).where(Account.address == address, Account.closed_at.is_(None))


def test_a_new_account_on_another_channel_leaves_the_old_one_and_tells_it(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, _ = phones
    dan.reads()
    Page(world, "dan").is_of(cell.dan)
    world.settle()
    assert "vừa được liên kết với tên bạn" in dan.reads()
    Page(world, "dan again").is_of(cell.dan)
    assert set(states(world, cell.dan)) == {Channel.WEB, Channel.TELEGRAM}
    assert len(world.db(lambda db: open_accounts(db, cell.dan))) == 2


def test_a_question_that_is_open_on_one_channel_is_not_answered_by_what_is_said_on_the_other(
    world: World, cell: Cell, phones: list[Phone], page: Page
) -> None:
    dan, _ = phones
    world.until(at(5, 9))
    page.says("/baocao").taps("Có việc cần báo")
    open_ones = select(Conversation.address, Conversation.step).where(Conversation.active)
    before = world.db(lambda db: db.execute(open_ones).all())
    dan.says("xin chào")
    assert [address for address, _ in before] == [page.address]
    assert world.db(lambda db: db.execute(open_ones).all()) == before


def test_updates_of_two_channels_with_one_number_are_two(
    world: World, phones: list[Phone], page: Page
) -> None:
    page.says("/menu")
    other = Page(world, "somebody", Channel.TEXT)
    other.says("/menu")
    keys = world.db(lambda db: [(row.channel, row.external_id) for row in db.scalars(select(Inbox))])
    assert {("web", "1"), ("text", "1")} <= set(keys)
    assert "Phạm" not in other.reads()


def test_what_waits_for_a_page_that_nobody_opens_alarms_nobody_and_goes_in_the_end(
    world: World, cell: Cell, phones: list[Phone], page: Page
) -> None:
    dan, _ = phones
    dan.blocks()
    assert says(world, cell.dan, "không ai mở")
    world.wait(timedelta(days=3))
    policies = world.settings.policies()
    run = world.db(lambda db: audit(db, policies, {}, now=world.clock()))
    assert "outbox.waiting" not in run.findings.model_dump_json()
    policy = world.settings.outbox.model_copy(update={"keep": timedelta(days=2)})
    world.db(lambda db: drop_old_outbox(db, policy, now=world.clock()))
    assert "không ai mở" not in page.reads()


# --- what a channel can do ----------------------------------------------------------------------------------------------


def said(
    world: World, address: Address, message: Message, *, discreet: bool = False
) -> list[tuple[str, WireBody]]:
    def work(db: Session) -> list[tuple[str, WireBody]]:
        enqueue(
            db,
            Recipient(address, discreet=discreet),
            message,
            key=str(address),
            lane=Lane.ALERT,
            now=world.clock(),
        )
        rows = db.scalars(select(Outbox).where(Outbox.address == address).order_by(Outbox.id)).all()
        return [(row.method, WireBody.model_validate_json(row.body or "")) for row in rows]

    return world.db(work)


def test_a_channel_of_words_gets_words(world: World) -> None:
    there = Address(Channel.TEXT, "7")
    long = Message(raw("chữ " * 900), [[Button(raw("Về"), "nav:menu")]], attachment=Attachment("a.pdf", b"x"))
    parts = said(world, there, long)
    assert {method for method, _ in parts} == {"text"}
    assert all(len(body.text) <= LIMITS[Channel.TEXT].text for _, body in parts)
    assert parts[-1][1].buttons == [[("Về", "nav:menu")]]
    assert all(not body.file_name for _, body in parts)


def test_what_a_lock_screen_may_not_show_is_not_said_where_nothing_can_be_covered(world: World) -> None:
    assert (
        "riêng"
        not in said(world, Address(Channel.TEXT, "7"), Message(raw("riêng")), discreet=True)[0][1].text
    )
    assert said(world, Address(Channel.WEB, "7"), Message(raw("riêng")), discreet=True)[0][1].text == "riêng"
