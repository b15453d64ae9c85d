"""Every column of every table, said in words: what for, who reads it, how long, sealed or why not.

To add a column, write its name behind its kind in `models/ground/fields.toml`, for example

    columns = { moment = "begun_at closed_at" }             a kind that explains itself (`KINDS`)
    sealed.city_sealed = ["thành phố", "the city"]          a text that only the program can read
    clear.place_code = ["tỉnh hoặc nước", "province or country", "counted"]   about a person, with the reason: one of [why]

To add a table, add a `[table.<name>]`. `make fields` writes the page anew;
`tests/models/ground/test_fields.py` names a column that is missing, a column that is no more, and a page that is old.

    field_table()        table -> About, in the order of docs/data.md
    Fate                 what deletion by the member does with the rows about them
    Term                 how long a row is kept; its days are `RetentionPolicy`'s (models/trust/retention.py)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class ColumnWords(NamedTuple):
    """The same in both languages."""

    vi: str
    en: str


class Clear(NamedTuple):
    """What a column holds about a person in clear, and why it is not sealed."""

    vi: str
    en: str
    why: ColumnWords


class Term(StrEnum):
    """How long; each has its words in `TERMS` and its days in the policy that `models/trust/retention.py` names."""

    STRUCTURE = "structure"  # as long as the unit exists
    MEMBERSHIP = "membership"  # as long as on the roster, and the years after
    OFFICE = "office"  # years after the office ended
    CONSENT = "consent"  # proof of what was agreed to
    TRAIL = "trail"  # who looked, who decided
    CHECKIN = "checkin"  # words for two years; state and month longer, as counts
    CONTACT = "contact"  # notes, ladders, pauses, offers
    ABSENCE = "absence"  # after the absence was closed
    REQUEST = "request"  # after it was closed
    REVIEW = "review"  # whole review years
    FIGURES = "figures"  # counts without names
    MEETING = "meeting"  # after the meeting
    NOTICE = "notice"  # after it was said
    ROLL_CALL = "roll_call"  # after its end
    TASK = "task"  # after it was closed
    PROBATION = "probation"  # after it ended
    INVITE = "invite"  # after it was made
    NAMES = "names"  # names asked for by the committee, visits
    SECRET = "secret"  # a code or a number: until it is used, replaced or past its day  # noqa: S105
    INBOX = "inbox"
    OUTBOX = "outbox"
    DRAFT = "draft"
    RUN = "run"
    AUDIT = "audit"
    STATE = "state"  # one row that is written over again and again


class Fate(StrEnum):
    """What becomes of the rows about a member when the member has their data deleted."""

    GONE = "gone"  # the rows are deleted
    EMPTIED = "emptied"  # the row stays, without its sealed columns and without those that it names
    STAYS = "stays"  # a record of the cell, or proof that the law asks for
    NOBODY = "nobody"  # it holds nothing about a member


class ColumnKind(StrEnum):
    """What stands in a column in clear that explains itself."""

    ID = "id"
    REF = "ref"  # another row
    WHO = "who"  # a member: whom it is about, or who acted
    MOMENT = "moment"
    DAY = "day"
    STATE = "state"  # one of a few words of the program
    COUNT = "count"
    FLAG = "flag"
    SETTING = "setting"
    KEY = "key"  # the program's own address of a thing
    HASH = "hash"  # a fingerprint that nothing is read from
    NAME = "name"  # the name of an organisation
    LOG = "log"  # the program's own words about itself
    CHAT = "chat"  # by what a channel knows a person, a message or an update
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One table."""

    table: str
    purpose: ColumnWords
    readers: tuple[str, ...]  # of READERS
    term: Term
    fate: Fate
    ground: ColumnWords  # of the fate
    kinds: Mapping[str, ColumnKind]
    sealed: Mapping[str, ColumnWords]
    clear: Mapping[str, Clear]
    empties: frozenset[str] = field(default_factory=frozenset)  # in clear, and empty after deletion

    @property
    def columns(self) -> set[str]:
        return {*self.kinds, *self.sealed, *self.clear}


KINDS: dict[ColumnKind, ColumnWords] = {
    ColumnKind.ID: ColumnWords("mã của dòng", "the row's id"),
    ColumnKind.REF: ColumnWords("mã của dòng khác", "another row's id"),
    ColumnKind.WHO: ColumnWords("mã của người liên quan hoặc người làm", "a person's id"),
    ColumnKind.MOMENT: ColumnWords("thời điểm", "a moment"),
    ColumnKind.DAY: ColumnWords("ngày", "a day"),
    ColumnKind.STATE: ColumnWords("trạng thái, loại việc", "a state or kind"),
    ColumnKind.COUNT: ColumnWords("số đếm", "a count"),
    ColumnKind.FLAG: ColumnWords("có hay không", "yes or no"),
    ColumnKind.SETTING: ColumnWords("cài đặt", "a setting"),
    ColumnKind.KEY: ColumnWords("địa chỉ việc trong chương trình", "the program's address of a thing"),
    ColumnKind.HASH: ColumnWords(
        "dấu vân tay, không đọc ngược được", "a fingerprint that nothing is read from"
    ),
    ColumnKind.NAME: ColumnWords("tên tổ chức", "an organisation's name"),
    ColumnKind.LOG: ColumnWords("lời của chương trình về chính nó", "the program's words about itself"),
    ColumnKind.CHAT: ColumnWords("địa chỉ hoặc số của kênh liên lạc", "an address or number of a channel's"),
    ColumnKind.SEALED: ColumnWords("niêm phong", "sealed"),
}

READERS: dict[str, ColumnWords] = {
    "self": ColumnWords("chính người ấy", "the person"),
    "secretary": ColumnWords("bí thư", "secretary"),
    "deputy": ColumnWords("phó bí thư", "deputy"),
    "contact": ColumnWords("người giữ liên lạc", "contact"),
    "officer": ColumnWords("cán bộ cấp trên", "officer above"),
    "counts": ColumnWords("cấp trên: chỉ con số", "committee: counts only"),
    "follower": ColumnWords("người theo dõi chi bộ", "who follows the cell"),
    "helper": ColumnWords("người được giao giúp", "who helps"),
    "invited": ColumnWords("người được mời", "who is invited"),
    "cell": ColumnWords("chi bộ", "the cell"),
    "operator": ColumnWords("quản trị viên", "operator"),
    "program": ColumnWords("chỉ chương trình", "the program alone"),
}

TERMS: dict[Term, ColumnWords] = {
    Term.STRUCTURE: ColumnWords("chừng nào tổ chức còn ở đây", "as long as the unit exists"),
    Term.MEMBERSHIP: ColumnWords(
        "chừng nào còn trong danh sách, và thời hạn sau khi ra", "while on the roster, and a term after"
    ),
    Term.OFFICE: ColumnWords("sau khi thôi chức vụ", "after the office ended"),
    Term.CONSENT: ColumnWords(
        "chừng nào còn trong danh sách, và thời hạn sau khi ra", "while on the roster, and a term after"
    ),
    Term.TRAIL: ColumnWords("từ khi xem hoặc làm", "from the look or act"),
    Term.CHECKIN: ColumnWords("lời văn trước, con số sau", "words first, counts later"),
    Term.CONTACT: ColumnWords("sau khi xong việc", "after it was over"),
    Term.ABSENCE: ColumnWords("sau khi lần đi xa kết thúc", "after the absence was closed"),
    Term.REQUEST: ColumnWords("sau khi kết thúc", "after it was closed"),
    Term.REVIEW: ColumnWords("tròn số năm kiểm điểm", "whole review years"),
    Term.FIGURES: ColumnWords("con số không kèm tên", "counts without names"),
    Term.MEETING: ColumnWords("sau cuộc họp", "after the meeting"),
    Term.NOTICE: ColumnWords("sau khi ra thông báo", "after it was made"),
    Term.ROLL_CALL: ColumnWords("sau khi điểm danh kết thúc", "after the roll call ended"),
    Term.TASK: ColumnWords("sau khi kết thúc", "after it was closed"),
    Term.PROBATION: ColumnWords("sau khi xong thời gian dự bị", "after the probation ended"),
    Term.INVITE: ColumnWords("từ khi tạo lời mời", "from the making of the invite"),
    Term.NAMES: ColumnWords("từ khi hỏi hoặc tới", "from the question or visit"),
    Term.SECRET: ColumnWords("tới khi dùng, thay hoặc hết hạn", "until used, replaced or past its day"),
    Term.INBOX: ColumnWords("từ khi nhận", "from the receiving"),
    Term.OUTBOX: ColumnWords("từ khi gửi", "from the sending"),
    Term.DRAFT: ColumnWords("từ lần sửa cuối", "from the last change"),
    Term.RUN: ColumnWords("từ khi chạy", "from the run"),
    Term.AUDIT: ColumnWords("từ khi soát", "from the audit"),
    Term.STATE: ColumnWords("một dòng, ghi đè mãi", "one row, written over"),
}
