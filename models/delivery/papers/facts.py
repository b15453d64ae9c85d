"""What stands on each paper, as plain values. What is left out becomes a dotted line.

PrintedPaper ── CallSheet, PocketSheet: to work with
Paper ── the head: organisations, place, date
  ├─ Application ── the member, where to, from when to when: ExcuseApplication, TransferApplication,
  │                 AbroadApplication, ExtensionApplication
  └─ Letter ── from the home cell to the place of stay: CommentRequest, IntroductionLetter, ThanksLetter
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from models.delivery.papers.writing import line_of, lines_of
from models.ground.part_date import PartDate


@dataclass(frozen=True, slots=True)
class Blank:
    """How many dots stand where nothing is known: enough to write on."""

    dots: int

    def __str__(self) -> str:
        return "\u200b".join(["....."] * (self.dots // 5))  # a line may end after every five


Line = Annotated[str, AfterValidator(line_of), Blank(60)]
Short = Annotated[str, AfterValidator(line_of), Blank(15)]
Medium = Annotated[str, AfterValidator(line_of), Blank(35)]
Lines = Annotated[str, AfterValidator(lines_of), Blank(170)]  # keeps its paragraphs


class PaperFacts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PaperPerson(PaperFacts):
    """A member as papers name one; no ID number, no street (product.md, principle 1)."""

    name: Medium = Field("", description="họ và tên")
    birth_year: Short = Field("", description="năm sinh")
    joined_on: PartDate | date | None = Field(None, description="ngày vào Đảng")
    official_on: PartDate | date | None = Field(None, description="ngày chính thức")
    phone: Medium = Field("", description="điện thoại")


class PrintedPaper(PaperFacts):
    """What is printed. `kind` names its template: templates/<kind>.docx."""

    kind: ClassVar[str] = ""


class Paper(PrintedPaper):
    """The head of a paper."""

    above: Medium = Field("", description="tổ chức đảng cấp trên, góc trái")
    cell: Medium = Field("", description="chi bộ")
    place: Short = Field("", description="nơi làm giấy")
    signed_on: date | None = Field(None, description="ngày làm giấy")
    member: PaperPerson = PaperPerson()


class Application(Paper):
    """Signed by the member."""

    to: Line = Field("", description="kính gửi; trống: chi bộ, và cấp ủy quyết định")
    decider: Medium = Field("", description="cấp ủy quyết định; trống: chi bộ quyết định")
    place_away: Line = Field("", description="nơi đến: tỉnh, thành phố hoặc nước")
    work: Line = Field("", description="công việc")
    employer: Line = Field("", description="nơi làm việc")
    from_on: date | None = Field(None, description="từ ngày")
    until_on: date | None = Field(None, description="đến ngày")
    reason: Lines = Field("", description="lý do")
    contact_phone: Line = Field("", description="điện thoại tại nơi đến")


class ExcuseApplication(Application):
    kind: ClassVar[str] = "don-xin-tam-mien"


class TransferApplication(Application):
    kind: ClassVar[str] = "don-xin-chuyen-tam-thoi"

    receiving: Line = Field("", description="tổ chức đảng nơi đến")


class AbroadApplication(Application):
    kind: ClassVar[str] = "don-ra-nuoc-ngoai"

    purpose: Line = Field("", description="mục đích: lao động, học tập, …")


class ExtensionApplication(Application):
    """`from_on` and `until_on`: the time that is asked for."""

    kind: ClassVar[str] = "don-xin-gia-han"

    what: Medium = Field("", description="được phép: tạm miễn sinh hoạt đảng, …")
    decision: Short = Field("", description="số quyết định hoặc biên bản đã cho phép")
    decided_on: date | None = Field(None, description="ngày của quyết định ấy")
    ended_on: date | None = Field(None, description="thời hạn cũ đến ngày")
    changes: Lines = Field("", description="thay đổi về nơi ở, việc làm, điện thoại")


class LetterPaper(Paper):
    """Signed by the secretary, to a committee or an authority at the place of stay."""

    number: Short = Field("", description="số công văn")
    to: Line = Field("", description="kính gửi")
    place_away: Line = Field("", description="nơi đến: tỉnh, thành phố hoặc nước")
    cell_contact: Line = Field("", description="người giữ liên lạc của chi bộ, điện thoại")
    signer: Medium = Field("", description="người ký")
    signer_role: Line = Field("Bí thư", description="chức vụ người ký")


class StayLetter(LetterPaper):
    """Says what the member does there, and for how long."""

    work: Line = Field("", description="công việc")
    from_on: date | None = Field(None, description="từ ngày")
    until_on: date | None = Field(None, description="đến ngày")
    reply_address: Line = Field("", description="trang để nơi nhận trả lời; mã QR là reply_qr")
    reply_code: Short = Field("", description="mã mở trang ấy")
    reply_until: date | None = Field(None, description="mã dùng đến ngày")


class CommentRequest(StayLetter):
    kind: ClassVar[str] = "de-nghi-nhan-xet"

    answer_by: date | None = Field(None, description="xin nhận trả lời trước ngày")
    note: Lines = Field("", description="nội dung chi bộ muốn biết thêm")


class IntroductionLetter(StayLetter):
    kind: ClassVar[str] = "gioi-thieu"

    note: Lines = Field("", description="nội dung đề nghị giúp đỡ")


class ThanksLetter(LetterPaper):
    kind: ClassVar[str] = "cam-on"

    answered_on: date | None = Field(None, description="ngày của bản nhận xét đã nhận")
    note: Lines = Field("", description="lời cảm ơn riêng")


class TimelineRow(PaperFacts):
    on: date | None = Field(None, description="ngày")
    what: Line = Field("", description="việc đã diễn ra")


class Timeline(Paper):
    """What happened to one member, on one page; signed by nobody, kept in the cell's book."""

    kind: ClassVar[str] = "qua-trinh"

    rows: tuple[TimelineRow, ...] = Field((), description="các việc, theo thứ tự thời gian")
    left_out: Line = Field("", description="nói rõ nếu có việc cũ hơn không in")


class BearingsLine(PaperFacts):
    heading: Line = Field("", description="đề mục")
    text: Lines = Field("", description="các câu, như trên màn hình")


class BearingsPaper(Paper):
    """Where one member stands, as their screen says it; for themselves, signed by nobody."""

    kind: ClassVar[str] = "toi-dang-o-dau"

    summary: Lines = Field("", description="câu quan trọng nhất")
    rows: tuple[BearingsLine, ...] = Field((), description="các phần, theo thứ tự trên màn hình")


class ResolutionPaper(Paper):
    """The cell's resolution of a meeting in four parts; the last is its own score, as typed."""

    kind: ClassVar[str] = "nghi-quyet"

    number: Short = Field("", description="số nghị quyết")
    held_on: date | None = Field(None, description="ngày họp")
    review: Lines = Field("", description="đánh giá kết quả tháng qua")
    tasks: Lines = Field("", description="nhiệm vụ tháng tới")
    doing: Lines = Field("", description="tổ chức thực hiện")
    score: Lines = Field("", description="chi bộ tự chấm điểm buổi sinh hoạt, đúng như đã gõ")
    signer: Medium = Field("", description="người ký")
    signer_role: Line = Field("Bí thư", description="chức vụ người ký")


class YearPaper(Paper):
    """A member's year, as their screen says it; signed by nobody."""

    kind: ClassVar[str] = "phieu-mot-nam"

    year: Short = Field("", description="năm")
    rows: tuple[BearingsLine, ...] = Field((), description="các phần, theo thứ tự trên màn hình")


class CallSheetLine(PaperFacts):
    """One person to be called; what comes of it is ticked and written by hand."""

    number: Short = Field("", description="số trên phiếu")
    name: Medium = Field("", description="họ và tên")
    phone: Medium = Field("", description="số điện thoại để gọi")
    place: Line = Field("", description="tỉnh, thành phố hoặc nước")
    hours: Line = Field("", description="nên gọi lúc mấy giờ, ở đây và bên đó")
    last: Lines = Field("", description="tin lần trước: ngày nào, nói gì")
    ask: Lines = Field("", description="cần hỏi gì")


class CallSheet(PrintedPaper):
    """Whom to call this week, in large print. It lies on tables, so no organisation heads it."""

    kind: ClassVar[str] = "phieu-goi"

    made_on: date | None = Field(None, description="ngày lập phiếu")
    count: Short = Field("", description="số người")
    rows: tuple[CallSheetLine, ...] = Field((), description="mỗi người một ô, theo thứ tự cần gọi")


class PocketSheet(CallSheet):
    """The same as small cards, two beside each other, to be folded into a pocket."""

    kind: ClassVar[str] = "phieu-bo-tui"


class ReviewLine(PaperFacts):
    """One line of a form, as it stands on paper. `kind` says how it looks; the others are filled as that needs them.

    field   heading: text        part  section  item  heading alone      text    what the member wrote, or dots
    score   heading: text/of     option  mark text                       sign    heading, hint, the member's name
    office  heading, then room to write and to sign for those who decide
    """

    kind: Line = Field("", description="cách trình bày dòng này")
    heading: Line = Field("", description="đề mục, có số thứ tự")
    text: Lines = Field("", description="nội dung")
    of: Short = Field("", description="điểm tối đa")
    mark: Short = Field("", description="☐ hoặc ☒")
    hint: Line = Field("", description="(Ký, ghi rõ họ tên)")


class ReviewPaper(Paper):
    """A year-end self-review, heading by heading as its form has them. `above`: the organisation, not its committee."""

    kind: ClassVar[str] = "ban-kiem-diem"

    code: Line = Field("", description="số hiệu mẫu")
    title: Line = Field("", description="tên bản kiểm điểm")
    year: Short = Field("", description="năm")
    audience: Line = Field("", description="đối tượng dùng mẫu")
    lines: tuple[ReviewLine, ...] = Field((), description="các dòng của mẫu, theo thứ tự")


class Commitment(ReviewPaper):
    """The promise of the start of a year: the same page from its own form."""

    kind: ClassVar[str] = "ban-cam-ket"


class MinutesLine(PaperFacts):
    """One person in the minutes of a meeting: from when to when, why not, what they sent, what they are to do."""

    name: Line = Field("", description="họ và tên")
    note: Lines = Field("", description="ghi chú, ý kiến hoặc nội dung")


class Minutes(Paper):
    """The minutes of a cell's meeting in their usual order: attendance is filled in, the rest is left to the hand."""

    kind: ClassVar[str] = "bien-ban-hop"

    number: Short = Field("", description="số biên bản")
    about: Line = Field("", description="loại cuộc họp: sinh hoạt thường kỳ, …")
    held_on: date | None = Field(None, description="ngày họp")
    began: Short = Field("", description="giờ bắt đầu")
    ended: Short = Field("", description="giờ kết thúc")
    form: Line = Field("", description="hình thức: trực tiếp, trực tuyến, kết hợp")
    room: Line = Field("", description="địa điểm họp")
    approval: Line = Field("", description="văn bản cho phép họp trực tuyến")
    in_person: tuple[MinutesLine, ...] = Field((), description="có mặt trực tiếp")
    online: tuple[MinutesLine, ...] = Field((), description="có mặt trực tuyến, từ giờ nào đến giờ nào")
    excused: tuple[MinutesLine, ...] = Field((), description="vắng có lý do")
    unexcused: tuple[MinutesLine, ...] = Field((), description="vắng không lý do")
    unknown: tuple[MinutesLine, ...] = Field((), description="chưa xác định")
    exempt: tuple[MinutesLine, ...] = Field((), description="được miễn sinh hoạt, không dự")
    in_person_count: Short = Field("", description="số có mặt trực tiếp")
    online_count: Short = Field("", description="số có mặt trực tuyến")
    excused_count: Short = Field("", description="số vắng có lý do")
    unexcused_count: Short = Field("", description="số vắng không lý do")
    unknown_count: Short = Field("", description="số chưa xác định")
    exempt_count: Short = Field("", description="số được miễn, không dự")
    quorum: Lines = Field("", description="số có quyền biểu quyết, số có mặt, tỷ lệ")
    chair: Line = Field("", description="chủ trì")
    keeper: Line = Field("", description="thư ký")
    agenda: Lines = Field("", description="nội dung đã báo trước")
    sent_in: tuple[MinutesLine, ...] = Field((), description="ý kiến của người vắng mặt, đọc tại cuộc họp")
    tasks: tuple[MinutesLine, ...] = Field((), description="nhiệm vụ đã giao: ai, việc gì, hạn nào")
    conclusion: Lines = Field("", description="kết luận")


PAPERS: tuple[type[Paper], ...] = (
    ExcuseApplication,
    TransferApplication,
    AbroadApplication,
    ExtensionApplication,
    CommentRequest,
    IntroductionLetter,
    ThanksLetter,
    Timeline,
    BearingsPaper,
    YearPaper,
    ReviewPaper,
    Commitment,
    Minutes,
    ResolutionPaper,
)
SHEETS: tuple[type[PrintedPaper], ...] = (CallSheet, PocketSheet)  # to work with: no papers of the Party
