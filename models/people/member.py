"""People, how to reach them, what they agreed to, and who looked at them.

    unit 1──n member 1──n account      an address that speaks for them (channel.py); of the open ones, one is told
                     1──n consent      purpose × version × given or withdrawn; the newest row counts
                     1──n look         who read whose details, when (trail.py)
                     1──n appointment  (rights.py)

    open accounts ──choose_account──> the one that is told: what arrives before what does not, then the one that they
                                      prefer, then one that rings on the phone, then the newest

All open accounts may speak, and are answered where they spoke. How an account can be reached moves by the table in
reachability.py; a person is out of reach when the account that is told is, because then all of them are.

A member is a person on a cell's roster; an officer whose own cell does not use the program has no cell here.
Nothing about place is kept but the province or the country.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    SmallInteger,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, aliased, mapped_column

from models.delivery.conversation import drop_conversations
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import enqueue, move_outbox
from models.delivery.page import clear_page
from models.ground.base import Base, Identified, Json, partial_index
from models.ground.channel import LIMITS, Address, Channel
from models.ground.clock import HOME_ZONE, NIGHT, Night, decent, is_night, local_date
from models.ground.errors import Refused
from models.ground.names import fold, sort_key, tidy_name
from models.ground.part_date import PartDate
from models.ground.phones import same_phone
from models.ground.places import place
from models.ground.rhythm import Rhythm
from models.ground.sealing import Sealed
from models.people.trail import (
    Look as Look,  # as part of this room, too
    write_look,
)
from models.phrases.people import member as phrases
from models.phrases.text import Lang


class Standing(StrEnum):
    OFFICIAL = "official"  # đảng viên chính thức
    PROBATIONARY = "probationary"  # đảng viên dự bị


class Reachability(StrEnum):
    OK = "ok"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NEVER_STARTED = "never started"
    NETWORK = "network"
    QUIET = "quiet"  # a page, and nothing that rings: what is said waits until its person comes
    UNASKED = "unasked"  # its person has yet to answer about its company: nothing is said there before


class Proof(StrEnum):
    """How it was proved that a chat is somebody's. What comes first is what the desk holds, too."""

    ROSTER_PHONE = "roster phone"  # the number that the roster had before they were invited
    INVITER = "inviter"  # who sent the invite said so, after a call; only of one who was nobody here before
    SECOND_PERSON = "second person"  # somebody else of the cell said so
    OPERATOR = "operator"  # the operator invited them, or said so at the command line
    COMMITTEE = "committee"  # an officer above said so
    OLD_ACCOUNT = "old account"  # the chat that they had said so
    RETURN_CODE = "return code"
    PASSKEY = "passkey"  # a key on a device of theirs, made after their PIN


class Purpose(StrEnum):
    """What a person agrees to, one by one, in the order of asking; the wording's version is kept with the answer.

    What each covers stands in docs/decisions/0026, which thing asks for which purpose.
    """

    ABROAD = "abroad"  # messages pass through a foreign company's servers
    ZALO = (
        "zalo"  # messages pass through a company that reads along, and keeps what nobody here can take back
    )
    CONTACT = "contact"  # check-ins, reminders, notices, requests for help, calls to who stays silent
    AWAY = "away"  # absences and their papers
    REVIEW = "review"  # year-end text, commitment, rating
    MEETING = "meeting"  # meetings and tasks
    COUNTS = "counts"  # counts for the committee above, names on its request


THROUGH_COMPANY = (
    Purpose.ABROAD,
    Purpose.ZALO,
)  # each asked of whoever has an account there, and of nobody else
BEFORE_PROOF = (*THROUGH_COMPANY, Purpose.CONTACT)  # without these nothing can be asked at all
# Not of Telegram: who came before it was asked about has been asked by a message, and what they agreed to then still holds.
_ASKED_FIRST = frozenset({Purpose.ZALO})


class Member(Identified, Base):
    __tablename__ = "member"

    # active_history, here and of `folded`: namesakes.py has to know the value before a change
    cell_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), active_history=True)
    own_name: Mapped[str] = mapped_column("full_name")  # for papers, and for themselves; else `full_name`
    apart: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # "1988", where two share a name (namesakes.py)
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)  # by given name, in Vietnamese order
    folded: Mapped[str] = mapped_column(active_history=True)  # for search without diacritics
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    standing: Mapped[str] = mapped_column(default=Standing.OFFICIAL)
    joined_on: Mapped[PartDate | None]  # ngày vào Đảng, as far as it is known
    official_on: Mapped[PartDate | None]  # ngày chính thức
    phone_sealed: Mapped[bytes | None]
    place_code: Mapped[str | None]  # where they work away from home; None: at home, not asked to check in
    zone: Mapped[str] = mapped_column(default=HOME_ZONE)
    lang: Mapped[str] = mapped_column(default=Lang.VI)
    discreet: Mapped[bool] = mapped_column(default=False)
    rhythm: Mapped[Rhythm | None] = mapped_column(Json(Rhythm))  # theirs, where it differs from the cell's
    grace_days: Mapped[int | None] = mapped_column(SmallInteger)  # theirs, on top of the rhythm's
    phone_changed_at: Mapped[datetime | None]  # None: as it was when they came onto the roster
    phone_changed_by: Mapped[int | None]  # whose doing that was
    phone_proved_at: Mapped[datetime | None]  # shown to be their own number; None: only said to be
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]  # no longer on the roster
    joined_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id")
    )  # the same person's row, which goes on
    heard_at: Mapped[datetime | None]  # the last sign of life (sign_of_life.py); None: never any
    heard_how: Mapped[str | None]  # which kind of sign that was

    phone = Sealed("phone_sealed")

    __table_args__ = (
        Index("ix_member_cell_id", "cell_id", "sort_key"),
        Index("ix_member_folded", "folded", "cell_id"),
        partial_index("ix_member_joined_id", "joined_id", where="joined_id IS NOT NULL"),
    )

    @hybrid_property
    def full_name(self) -> str:
        """Return the name as others read it: with what tells namesakes of the unit apart."""
        return f"{self.own_name} ({self.apart})" if self.apart else self.own_name

    @full_name.inplace.setter
    def _set_full_name(self, name: str) -> None:
        self.own_name = name

    @full_name.inplace.expression
    @classmethod
    def _full_name(cls) -> ColumnElement[str]:
        return case((cls.apart == "", cls.own_name), else_=cls.own_name + " (" + cls.apart + ")")

    @property
    def heard_on(self) -> date | None:
        """The day of the last word of them, by Vietnam's calendar."""
        return local_date(self.heard_at, HOME_ZONE) if self.heard_at is not None else None

    def days_unheard(self, now: datetime) -> int | None:
        """Return the whole days since then; None: there never was any word."""
        on = self.heard_on
        return None if on is None else max((local_date(now, HOME_ZONE) - on).days, 0)


class Account(Identified, Base):
    __tablename__ = "account"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    address: Mapped[Address]
    linked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    proof: Mapped[str | None]  # None: linked before this was written down
    confirmed_by: Mapped[int | None]  # the person who said that it is them, if one did
    trusted_at: Mapped[datetime | None]  # None: what is theirs alone is held back from this chat
    reachability: Mapped[str] = mapped_column(default=Reachability.OK)
    reachability_at: Mapped[datetime]
    menu: Mapped[str | None]  # which command menu Telegram was last told to show here
    proved_at: Mapped[datetime | None]  # when the PIN was given here last (secret.py)
    told_since: Mapped[datetime | None]  # of their open accounts this is the one that is told; since when
    preferred_at: Mapped[datetime | None]  # when they last said that they prefer to be told here

    __table_args__ = (
        partial_index("uq_account_open_address", "address", where="closed_at IS NULL", unique=True),
        partial_index("uq_account_told", "member_id", where="told_since IS NOT NULL", unique=True),
        partial_index("ix_account_open_member", "member_id", where="closed_at IS NULL"),
    )


TOLD = Account.told_since.is_not(None)  # one account a member: for joins that must not count anybody twice


class Consent(Identified, Base):
    __tablename__ = "consent"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    purpose: Mapped[str]
    version: Mapped[int] = mapped_column(SmallInteger)
    given: Mapped[bool]
    at: Mapped[datetime]
    paper_on: Mapped[date | None]  # they are not registered and agreed on a paper of this day
    noted_by: Mapped[int | None]  # who has that paper

    __table_args__ = (Index("ix_consent_member_id", "member_id", "purpose", "at"),)


class ChatTaken(Refused):
    """This chat speaks for another member already."""

    def __init__(self, address: Address) -> None:
        super().__init__(phrases.chat_taken(channel=address.channel))


# --- rules ----------------------------------------------------------------------------------------------------------


def purposes_of(db: Session, member: Member, here: Address | None = None) -> list[Purpose]:
    """Return what a person is asked to agree to, in the order of asking. `here`: where they are registering.

    A person without a cell is asked only what comes first. That messages pass through a company is asked of whose they do:
    of who has, or is about to have, an account on such a channel.
    """
    addresses = [one.address for one in open_accounts(db, member.id)] + ([here] if here is not None else [])
    companies = {address.limits.company for address in addresses}
    asked = list(Purpose) if member.cell_id else list(BEFORE_PROOF)
    return [one for one in asked if one in companies or one not in THROUGH_COMPANY]


# --- acts -----------------------------------------------------------------------------------------------------------


def add_member(
    db: Session,
    *,
    cell_id: int | None,
    full_name: str,
    now: datetime,
    birth_year: int | None = None,
    phone: str | None = None,
    joined_on: PartDate | None = None,
    official_on: PartDate | None = None,
    standing: Standing = Standing.OFFICIAL,
    place_code: str | None = None,
) -> Member:
    """Put a new person on the cell's roster; `phone` in E.164, `place_code` from places.py."""
    member = Member(cell_id=cell_id, created_at=now)
    db.add(member)
    change_member(
        member,
        full_name=full_name,
        birth_year=birth_year,
        phone=phone,
        joined_on=joined_on,
        official_on=official_on,
        standing=standing,
        place_code=place_code,
    )
    db.flush()
    return member


def change_member(
    member: Member,
    *,
    full_name: str,
    birth_year: int | None,
    phone: str | None,
    joined_on: PartDate | None,
    official_on: PartDate | None,
    standing: Standing,
    place_code: str | None,
) -> None:
    """Correct what the roster says. A new place sets the zone where the place has one clock only."""
    member.own_name = tidy_name(full_name)
    member.sort_key = sort_key(member.own_name)
    member.folded = fold(member.own_name)
    member.birth_year, member.standing = birth_year, standing
    member.joined_on, member.official_on = joined_on, official_on
    set_member_phone(member, phone)
    if member.place_code != place_code:
        set_member_place(member, place_code)


def set_member_phone(member: Member, phone: str | None) -> None:
    """Set what the roster says. A number that stands there is changed by `change_phone`."""
    member.phone = phone


def change_phone(
    member: Member, phone: str | None, *, by_id: int, now: datetime, proved: bool = False
) -> bool:
    """Put another number in its place and write down whose doing it was; False: it is the same number.

    `proved`: the messenger has just said that it is their own.
    """
    if (member.phone or "") == (phone or "") or (phone and has_phone(member, phone)):
        member.phone_proved_at = now if proved else member.phone_proved_at
        return False
    set_member_phone(member, phone)
    member.phone_changed_at, member.phone_changed_by = now, by_id
    member.phone_proved_at = now if proved else None
    return True


def set_member_place(member: Member, place_code: str | None, *, zone: str | None = None) -> None:
    """Set where the member works now. Abroad the discreet mode goes on by default (product.md §2.8)."""
    where = place(place_code) if place_code else None
    was_abroad = _is_abroad(member.place_code)
    member.place_code = place_code
    member.zone = zone or (where.zones[0] if where else HOME_ZONE)
    # not again from country to country: who has switched it off stays so
    if _is_abroad(place_code) and not was_abroad:
        member.discreet = True


def link_account(
    db: Session,
    member: Member,
    *,
    address: Address,
    now: datetime,
    proof: Proof = Proof.ROSTER_PHONE,
    confirmed_by: int | None = None,
    trusted: bool = True,
) -> Account:
    """Let this address speak for the member from now on.

    An older one on the same channel is closed and told; one on another channel stays, and is told of the new one.
    `trusted`: they see at once what is theirs alone. Raises `ChatTaken` for an address that is another's.
    """
    taken = account_at(db, address)
    if taken is not None and taken.member_id == member.id:
        return taken
    if taken is not None:
        raise ChatTaken(address)
    for old in open_accounts(db, member.id):
        is_moved = old.address.channel is address.channel
        channel = address.channel
        words = phrases.moved_away(channel=channel) if is_moved else phrases.also_linked(channel=channel)
        key = f"member.{'moved' if is_moved else 'also'}:{old.id}:{address}"
        tell_account(
            db, member, old, Message(words, owed=True), key=key, now=now
        )  # it may be a thief's doing
        if is_moved:
            _close(db, old, now=now)
    db.flush()
    account = Account(
        member_id=member.id,
        address=address,
        linked_at=now,
        reachability_at=now,
        proof=proof,
        confirmed_by=confirmed_by,
        trusted_at=now if trusted else None,
    )
    if proof is Proof.ROSTER_PHONE:
        member.phone_proved_at = now
    if member.heard_at is None:
        member.heard_at, member.heard_how = now, "message"
    db.add(account)
    db.flush()
    choose_account(db, member.id, now=now)
    return account


def _close(db: Session, account: Account, *, now: datetime) -> None:
    account.closed_at, account.told_since = now, None
    clear_page(db, [account.address])  # nobody reads there any more what was said to them


def choose_account(db: Session, member_id: int, *, now: datetime) -> Account | None:
    """Let the best of the member's open accounts be the one that is told; return it. None: they have none.

    What still waits at the one that was told goes with it: it is said once, where they are told now.
    """
    accounts = open_accounts(db, member_id)
    best = max(accounts, key=_rank, default=None)
    for account in accounts:
        if account is not best:
            if account.told_since is not None and best is not None:
                move_outbox(db, account.address, best.address)
            account.told_since = None
    db.flush()  # before the next is told: of one member there are never two
    if best is not None and best.told_since is None:
        best.told_since = now
        db.flush()
    return best


def _rank(account: Account) -> tuple[int, datetime, bool, datetime, int]:
    state = Reachability(account.reachability)
    arrives = 2 if state is Reachability.OK else int(state not in UNREACHABLE)
    rings = account.address.limits.pushes
    return arrives, account.preferred_at or _NEVER, rings, account.linked_at, account.id


_NEVER = datetime.min.replace(tzinfo=UTC)


def prefer_account(db: Session, account: Account, *, now: datetime) -> None:
    """Note that the person wants to be told here, as long as what is said here arrives."""
    account.preferred_at = now
    choose_account(db, account.member_id, now=now)


def is_trusted(account: Account) -> bool:
    """Return whether the chat may be shown its person's private rows: it was proved by more than the desk holds."""
    return account.trusted_at is not None


def is_held_back(db: Session, member_id: int) -> bool:
    """Return whether the account at which the member is told has yet to be trusted."""
    account = account_of(db, member_id)
    return account is not None and not is_trusted(account)


def close_account(db: Session, account: Account, *, now: datetime) -> None:
    """Close it: this address is nobody's from now on, and what was being filled in there is forgotten."""
    _close(db, account, now=now)
    drop_conversations(db, account.address)
    choose_account(db, account.member_id, now=now)


def close_accounts(db: Session, member_id: int, *, now: datetime) -> None:
    """Close all that the member has open."""
    for account in open_accounts(db, member_id):
        close_account(db, account, now=now)


def set_reachability(account: Account, state: Reachability, *, now: datetime) -> None:
    """Note how the account can be reached; which moves there are, and what follows, says reachability.py."""
    account.reachability, account.reachability_at = state, now


def record_consent(
    db: Session,
    member_id: int,
    purpose: Purpose,
    *,
    given: bool,
    now: datetime,
    version: int = phrases.CONSENT_VERSION,
    paper_on: date | None = None,
    noted_by: int | None = None,
) -> None:
    """Keep an answer; `paper_on`, `noted_by`: it was given on a paper of that day, which somebody at the desk has."""
    answer = Consent(member_id=member_id, purpose=purpose, version=version, given=given, at=now)
    answer.paper_on, answer.noted_by = paper_on, noted_by
    db.add(answer)
    db.flush()


def record_look(db: Session, *, reader_id: int, member_id: int, what: str, now: datetime) -> None:
    """Leave a row that `reader_id` read details of `member_id`; looking at oneself leaves none."""
    if reader_id != member_id:
        write_look(db, reader_id=reader_id, member_id=member_id, what=what, now=now)


def night_of(member: Member) -> Night:
    """Return the hours in which this member is left alone; everybody's are the same until a member has their own."""
    return NIGHT


def decent_for(member: Member, moment: datetime) -> datetime:
    """Return `moment`, or the end of the member's night that it falls into."""
    return decent(moment, member.zone, night_of(member))


def tell(
    db: Session,
    member: Member,
    message: Message,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    about: str | None = None,
    at_once: bool = False,
    quietly: bool = False,
) -> bool:
    """Say something to a member, in their language; False when nobody can be reached there, or it was said before.

    At night, on their clock, it waits for the morning; `at_once`: it does not; `quietly`: it does not either, and comes
    without a sound.
    """
    account = account_of(db, member.id)
    if account is None or not _takes(account, message):
        return False
    to = recipient(member, account)
    if at_once or quietly:
        # without a zone the sender keeps no night either, however late the message comes out
        to = replace(to, zone=None)
        if quietly and is_night(not_before or now, member.zone, night_of(member)):
            message = replace(message, silent=True)
    else:
        not_before = decent_for(member, not_before or now)
    said = partial(enqueue, db, lane=lane, now=now, not_before=not_before, not_after=not_after, about=about)
    if (whole := _shows_whole(db, account, message)) is not None:
        said(replace(to, address=whole.address), message, key=f"{key}@{whole.address.channel.value}")
    return said(to, message, key=key)


def _shows_whole(db: Session, account: Account, message: Message) -> Account | None:
    """The member's account that shows what the one where they are told may not, or cannot: it is said there as well."""
    limits = account.address.limits
    if (limits.guards or not message.guarded) and (limits.files or message.attachment is None):
        return None
    others = [one for one in open_accounts(db, account.member_id) if is_within_reach(one)]
    able = [one for one in others if one.address.limits.guards and one.address.limits.files]
    return max(able, key=_rank, default=None)


def tell_account(
    db: Session, member: Member, account: Account, message: Message, *, key: str, now: datetime
) -> bool:
    """Say something at once to one of a member's accounts, and to no other: it is about that account."""
    if not _takes(account, message):
        return False
    to = replace(recipient(member, account), zone=None)
    return enqueue(db, to, message, key=key, lane=Lane.ALERT, now=now)


# --- questions ------------------------------------------------------------------------------------------------------

UNREACHABLE = frozenset(
    {Reachability.BLOCKED, Reachability.DEACTIVATED, Reachability.NEVER_STARTED, Reachability.UNASKED}
)


def recipient(member: Member, account: Account) -> Recipient:
    return Recipient(account.address, Lang(member.lang), member.discreet, member.zone)


def hears(db: Session, member_id: int) -> bool:
    """Return whether something said to the member now would reach them."""
    account = account_of(db, member_id)
    return account is not None and is_within_reach(account)


def is_within_reach(account: Account) -> bool:
    """Return whether something said to this account now would be tried."""
    return account.reachability not in UNREACHABLE


def _takes(account: Account, message: Message) -> bool:
    return is_within_reach(account) or (message.owed and account.reachability == Reachability.UNASKED)


def to_ask_first(db: Session, account: Account) -> Purpose | None:
    """Return what has to be answered before anything passes through the account's company; None: nothing."""
    company = account.address.limits.company
    asked = Purpose(company) if company in _ASKED_FIRST else None
    return asked if asked is not None and asked not in consents(db, account.member_id) else None


def is_withheld(db: Session, address: Address) -> bool:
    """Return whether nothing may be said at this address yet, but what is owed by law."""
    account = account_at(db, address) if address.limits.company in _ASKED_FIRST else None
    return account is not None and to_ask_first(db, account) is not None


def account_of(db: Session, member_id: int) -> Account | None:
    """Return the open account at which the member is told things; None: they have no open account at all."""
    return db.scalars(_TOLD_AT, {"whose": member_id}).first()


_TOLD_AT = select(Account).where(Account.member_id == bindparam("whose"), TOLD)  # asked with every message


def accounts_of(db: Session, member_ids: Collection[int]) -> dict[int, Account]:
    """Return the account at which each member is told things; who has none is not there."""
    rows = db.scalars(select(Account).where(Account.member_id.in_(member_ids), TOLD))
    return {account.member_id: account for account in rows}


def open_accounts(db: Session, member_id: int) -> list[Account]:
    """Return every account that speaks for the member now, the newest first."""
    rows = select(Account).where(Account.member_id == member_id, Account.closed_at.is_(None))
    return list(db.scalars(rows.order_by(Account.linked_at.desc(), Account.id.desc())))


def channels_of(db: Session, member_id: int) -> list[Channel]:
    """Return the channels of the accounts that speak for the member now, the newest first."""
    return [one.address.channel for one in open_accounts(db, member_id)]


def channels_without(db: Session, member_id: int, purpose: Purpose) -> list[Channel]:
    """Return the channels that stay with the member when they take back what passes through one company."""
    return [one for one in channels_of(db, member_id) if LIMITS[one].company != purpose]


def silent_chats(db: Session, addresses: Collection[Address]) -> list[Address]:
    """Return those of these addresses to which nothing seemed to get through.

    It is asked for every message, so it goes past the session.
    """
    return list(db.connection().execute(_SILENT, {"these": list(addresses)}).scalars())


_SILENT = select(Account.address).where(
    Account.address.in_(bindparam("these", expanding=True)),
    Account.closed_at.is_(None),
    Account.reachability != Reachability.OK.value,
)


def was_registered(db: Session, member_id: int) -> bool:
    """Return whether any chat ever spoke for the member."""
    return db.scalar(select(Account.id).where(Account.member_id == member_id).limit(1)) is not None


def accounts_ever(db: Session, member_id: int) -> list[Account]:
    """Return every chat that speaks, or spoke, for the member, the newest first."""
    rows = select(Account).where(Account.member_id == member_id)
    return list(db.scalars(rows.order_by(Account.linked_at.desc(), Account.id.desc())))


def account_at(db: Session, address: Address) -> Account | None:
    """Return the open account that a chat stands for."""
    return db.scalars(_AT, {"there": address}).first()


_AT = select(Account).where(Account.address == bindparam("there"), Account.closed_at.is_(None))
_SPEAKER = (  # asked with every update, so it is put together once
    select(Account, Member)
    .join(Member, Member.id == Account.member_id)
    .where(Account.address == bindparam("there"), Account.closed_at.is_(None))
)


def speaker(db: Session, address: Address) -> tuple[Account, Member] | None:
    """Return the open account of a chat, and its member."""
    found = db.execute(_SPEAKER, {"there": address}).first()
    return (found[0], found[1]) if found else None


def closed_at_of_chat(db: Session, address: Address) -> datetime | None:
    """Return when a chat stopped being somebody's account last."""
    return db.scalar(select(func.max(Account.closed_at)).where(Account.address == address))


def roster(db: Session, cell_id: int) -> list[Member]:
    """Return everybody on the cell's roster, by given name in Vietnamese order."""
    return list(
        db.scalars(
            select(Member)
            .where(Member.cell_id == cell_id, Member.left_at.is_(None))
            .order_by(Member.sort_key, Member.id)
        )
    )


def search_members(db: Session, cell_ids: Sequence[int], words: str, *, limit: int = 20) -> list[Member]:
    """Return members of these cells whose name contains `words`; diacritics do not matter."""
    query = select(Member).where(Member.cell_id.in_(cell_ids), Member.left_at.is_(None))
    for word in fold(words).split():
        query = query.where(Member.folded.contains(word, autoescape=True))
    return list(db.scalars(query.order_by(Member.sort_key, Member.id).limit(limit)))


def consents(db: Session, member_id: int) -> dict[Purpose, Consent]:
    """Return the newest answer to each purpose that was ever asked."""
    rows = db.scalars(select(Consent).where(Consent.member_id == member_id).order_by(Consent.at, Consent.id))
    return {Purpose(row.purpose): row for row in rows}  # the last of a purpose stays: the newest


def agrees(db: Session, member_id: int, purpose: Purpose, *, since: int = 1) -> bool:
    """Return whether the newest answer is yes; `since`: the version of the wording that first spoke of what is meant."""
    answer = consents(db, member_id).get(purpose)
    return answer is not None and answer.given and answer.version >= since


def refuses(db: Session, member_id: int, purpose: Purpose) -> bool:
    """Return whether the newest answer is no; who was never asked has not refused."""
    answer = consents(db, member_id).get(purpose)
    return answer is not None and not answer.given


def may_keep(db: Session, member_id: int, purpose: Purpose, *, since: int = 1) -> bool:
    """Return whether others may keep something about a member here: they agreed, or were never here to be asked."""
    answer = consents(db, member_id).get(purpose)
    if answer is None:
        return account_of(db, member_id) is None
    return answer.given and answer.version >= since


def has_refused(
    member_id: ColumnElement[int] | InstrumentedAttribute[int], purpose: Purpose
) -> ColumnElement[bool]:
    """Return a condition for lists: the newest answer of this member is no."""
    newest = (
        select(_ANSWER.given)
        .where(_ANSWER.member_id == member_id, _ANSWER.purpose == purpose)
        .order_by(_ANSWER.at.desc(), _ANSWER.id.desc())
        .limit(1)
        .correlate_except(_ANSWER)
    )
    return func.coalesce(newest.scalar_subquery(), True).is_(False)


_ANSWER = aliased(Consent)  # one for all: SQLAlchemy works out the columns of each alias anew


def answers_of(db: Session, member_ids: Collection[int], purpose: Purpose) -> dict[int, bool]:
    """Return the newest answer of each member to a purpose; who was never asked is not there."""
    rows = db.execute(
        select(Consent.member_id, Consent.given)
        .where(Consent.member_id.in_(member_ids), Consent.purpose == purpose)
        .order_by(Consent.at, Consent.id)
    )
    return {row.member_id: row.given for row in rows}


def contact_answers(db: Session, member_ids: Collection[int]) -> dict[int, bool]:
    """Return the newest answer of each to being contacted. Members never asked are not there."""
    return answers_of(db, member_ids, Purpose.CONTACT)


def looks(db: Session, member_id: int, *, limit: int = 30) -> list[tuple[Look, str]]:
    """Return who read this member's details, newest first, with the readers' names."""
    rows = db.execute(
        select(Look, Member.full_name)
        .join(Member, Member.id == Look.reader_id)
        .where(or_(Look.member_id == member_id, Look.member_id.in_(_joined_into(member_id))))
        .order_by(Look.at.desc())
        .limit(limit)
    )
    return [(look, name) for look, name in rows]


def _joined_into(member_id: int) -> Select[int]:
    """Other rows of the same person, which are part of this one now (joining.py)."""
    other = aliased(Member)
    return select(other.id).where(other.joined_id == member_id)


def names_of(db: Session, member_ids: Collection[int]) -> dict[int, str]:
    """Return each one's full name by id."""
    rows = db.execute(select(Member.id, Member.full_name).where(Member.id.in_(member_ids)))
    return {row.id: row.full_name for row in rows}


def has_phone(member: Member, phone: str) -> bool:
    return bool(member.phone) and same_phone(member.phone or "", phone)


def _is_abroad(place_code: str | None) -> bool:
    where = place(place_code) if place_code else None
    return where is not None and where.abroad
