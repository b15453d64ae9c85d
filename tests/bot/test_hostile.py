"""The corpus of hostile files, through the front door and the real process, and readers given noise."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.files import ChildOpener
from bot.telegram.chats import chat_address
from models.delivery.conversation import Conversation
from models.delivery.foreign.content import PAPERS, ContentType, clean_file_name, ending_of, recognise
from models.delivery.policy import FilePolicy
from models.people.member import Member
from models.trust.opening import Order, Reads, Wanted, open_file
from models.year.review import ReviewFile
from models.year.review.forms import every_form
from tests.fakes import World
from tests.files import a_docx, a_package, a_pdf, a_picture
from tests.hostile import PAPER, REVIEW, ROSTER, corpus, mutated
from tests.people import ALICE, BOB, DEPUTY, a_cell, settle_in
from tests.phone import Phone
from tests.reviewing import a_campaign
from tests.sizes import sized

LOADED = 150  # megabytes of the process itself, before it opens anything


def draft_in(world: World, phone: Phone) -> str | None:
    """What the open question of this phone holds."""
    query = select(Conversation).where(
        Conversation.address == chat_address(phone.user_id), Conversation.active
    )
    draft = world.db(lambda db: db.scalars(query).one().draft)
    return draft and draft.strip()  # what stands behind it says only that the question was asked again


def doors(world: World) -> dict[str, Phone]:
    """Three people, each before a question that takes files."""
    cell = a_cell(world)
    alice, bob, deputy = settle_in(world, cell, ALICE, BOB, DEPUTY)
    a_campaign(world, cell)
    alice.says("/kiemdiem").taps("Gửi tệp")
    bob.says("/nhap")
    deputy.says("/thongbao").taps("Viết thông báo mới", "Tất cả đảng viên")
    return {REVIEW: alice, ROSTER: bob, PAPER: deputy}


def rows(db: Session) -> tuple[int, ...]:
    return tuple(db.scalar(select(func.count()).select_from(table)) or 0 for table in (Member, ReviewFile))


def test_the_corpus_is_large_and_the_same_in_every_run() -> None:
    files = corpus()
    assert len(files) >= 200
    assert len({one.what for one in files}) == len(files)
    assert {one.door for one in files} == {ROSTER, REVIEW, PAPER}
    assert set(mutated()) <= set(files)


@pytest.mark.long  # two hundred processes by night
def test_each_hostile_file_gets_a_sentence_and_nothing_of_it_is_kept(sqlite_url: str) -> None:
    ended: list[dict[str, Any]] = []
    policy = FilePolicy(cpu_seconds=2)
    with World.open(
        sqlite_url, file=policy, opener=lambda policy: ChildOpener(policy, seen=ended.append)
    ) as world:
        phones = doors(world)
        before = world.db(rows)
        for one in sorted(corpus()[:: sized(3, 1)], key=lambda one: one.may_pass):
            phone = phones[one.door]
            held = draft_in(world, phone)
            answer = phone.sends("document", one.name, one.data).reads()
            assert answer, one.what
            assert "lỗi" not in answer, (one.what, answer)
            if not one.may_pass:
                assert draft_in(world, phone) == held, one.what
                assert world.db(rows) == before, one.what
        assert not world.app.alarm.rung
        for phone in phones.values():
            assert phone.says("/menu").reads()
    assert max(one["mb"] for one in ended) <= policy.memory_mb + LOADED
    assert max(one["cpu_ms"] for one in ended) < (policy.cpu_seconds + 1) * 1_000
    assert sum(one["how"] == "time" for one in ended) >= sized(0, 1)


@pytest.mark.parametrize("name", ["hoa-don.pdf.exe", "giay\u202efdp.exe", "giay.pdf"])
def test_a_program_is_no_signed_paper(world: World, name: str) -> None:
    """At every door that takes a paper; here the desk's own."""
    deputy = doors(world)[PAPER]
    answer = deputy.sends("document", name, b"MZ\x90\0" + b"\0" * 100).reads()
    assert "có thể tự chạy" in answer
    assert "\u202e" not in deputy.chat()


def test_what_is_marked_secret_inside_is_refused_as_well(world: World) -> None:
    deputy = doors(world)[PAPER]
    assert "MẬT" in deputy.sends("document", "bao-cao.docx", a_docx("TỐI MẬT", "Báo cáo")).reads()
    assert draft_in(world, deputy) is not None
    assert "bao-cao.docx" not in deputy.reads()


# --- noise ----------------------------------------------------------------------------------------------------------

FORM = every_form()[0].code
GOOD = [a_docx("1. Về phẩm chất"), a_pdf("Bao cao"), *(a_picture(kind) for kind in ("jpeg", "png", "webp"))]
STARTS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\0\0\0\0WEBP",
    b"OggS\0",
    b"\0\0\0\x18ftypheic",
]


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """A good file of which a piece was cut out or replaced."""
    data = draw(st.sampled_from(GOOD))
    at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 200))
    return data[:at] + draw(st.binary(max_size=100)) + data[at + length :]


@settings(max_examples=sized(40, 150))
@given(
    data=st.one_of(changed(), st.tuples(st.sampled_from(STARTS), st.binary(max_size=400)).map(b"".join)),
    reads=st.sampled_from(Reads),
    name=st.text(max_size=20),
)
def test_no_bytes_make_a_reader_fail(data: bytes, reads: Reads, name: str) -> None:
    wanted = Wanted(types=PAPERS | {ContentType.OGG}, reads=reads, form=FORM)
    opened = open_file(Order(wanted=wanted, name=name), data)
    assert not opened.failed, opened
    assert (opened.refusal is None) or opened.vi


def test_what_office_programs_write_themselves_is_taken() -> None:
    """A note of theirs in UTF-16, a template on the writer's disk, a link; a scanner's empty line."""
    with zipfile.ZipFile(BytesIO(a_docx("Báo cáo"))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    outside = (
        "<Relationships>"
        "<Relationship Id='a' Type='x/attachedTemplate' Target='file:///C:\\Users\\An\\Normal.dotm' TargetMode='External'/>"
        "<Relationship Id='b' Type='x/hyperlink' Target='https://dangcongsan.vn' TargetMode='External'/>"
        "</Relationships>"
    )
    parts |= {"customXml/item1.xml": "<?xml version='1.0' encoding='utf-16'?><b/>".encode("utf-16")}
    parts |= {"word/_rels/settings.xml.rels": outside.encode()}
    opened = open_file(Order(wanted=Wanted(types=PAPERS), name="bao-cao.docx"), a_package(parts))
    assert opened.refusal is None, opened
    opened = open_file(Order(wanted=Wanted(types=PAPERS), name="quet.pdf"), b"\r\n" + a_pdf())
    assert opened.refusal is None, opened


@given(st.text(max_size=300))
def test_a_name_that_is_shown_has_nothing_unseen_and_an_end(name: str) -> None:
    shown = clean_file_name(name)
    assert len(shown) <= 120
    assert "\n" not in shown and "/" not in shown and "\u202e" not in shown  # noqa: PT018
    assert clean_file_name(shown) == shown
    assert ending_of(f"{name}.exe") == "exe"


@given(st.binary(max_size=300))
def test_everything_is_recognised_as_something(data: bytes) -> None:
    assert recognise(data) in ContentType
