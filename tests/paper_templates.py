"""Make the house's templates anew: python -m tests.paper_templates

A template is plain Word: whoever knows Word can change one (README.md). This script exists so that all of them can
be changed at once, and so that what is in the repository can be made again from text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).parent.parent / "models" / "delivery" / "papers" / "templates"
FONT, SIZE = "Times New Roman", 14
SMALL = 11  # of tables that have to fit on one page
LEFT, RIGHT = Mm(85), Mm(80)  # together what lies between the margins; the left one holds the longer names
LINE, SMALL_LINE = 18, 14  # points, exactly (QĐ 399-QĐ/TW: from 18 to 22)
APART, INDENT = 6, 10  # points between paragraphs, millimetres before a first line


def make_all(folder: Path = FOLDER) -> None:
    for kind, make in TEMPLATES.items():
        document = blank()
        make(document)
        document.save(str(folder / f"{kind}.docx"))


# --- the bricks -----------------------------------------------------------------------------------------------------


def blank() -> Doc:
    """A4, margins 20/20/30/15 mm (top, bottom, left, right), Times New Roman 14, page numbers from the second page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    number_pages(document)
    core = document.core_properties
    core.author, core.title, core.comments = "", "", ""
    return document


def number_pages(document: Doc) -> None:
    """In the middle, above the text, and not on the first page."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind is None:
            code = OxmlElement("w:instrText")
            code.text = "PAGE"
        else:
            code = OxmlElement("w:fldChar")
            code.set(qn("w:fldCharType"), kind)
        run._r.append(code)


def write(
    where: Doc | Cell,
    text: str,
    *,
    align: int = ALIGN.CENTER,
    bold: bool = False,
    italic: bool = False,
    size: int = SIZE,
    after: int = 0,
) -> Paragraph:
    paragraph = where.add_paragraph()
    paragraph.alignment = align
    look = paragraph.paragraph_format
    look.space_after = Pt(after)
    look.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    look.line_spacing = Pt(SMALL_LINE if size < 12 else LINE)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def body(document: Doc, text: str, *, indent: bool = True) -> Paragraph:
    """A paragraph of the text: justified, first line indented."""
    paragraph = write(document, text, align=ALIGN.JUSTIFY, after=APART)
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(INDENT)
    return paragraph


def field(document: Doc, label: str, value: str) -> Paragraph:
    """- Label: value."""
    paragraph = body(document, f"- {label}: {value}")
    paragraph.alignment = ALIGN.LEFT
    return paragraph


def when(document: Doc, name: str, make: Callable[[], object]) -> None:
    """What `make` writes stands there only where `name` was given."""
    document.add_paragraph("{%p if " + name + "_given %}")
    make()
    document.add_paragraph("{%p endif %}")


def two_columns(document: Doc, left: int = LEFT, right: int = RIGHT) -> tuple[Cell, Cell]:
    """An invisible table of one row; its cells come with no paragraph to begin with."""
    table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, (left, right), strict=True):
        column.width = width
        column.cells[0].width = width
        _without_margins(column.cells[0])
    keep_rows_whole(table.rows[0]._tr)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _without_margins(cell: Cell) -> None:
    """The whole width for what is written: a name of usual length stays on one line."""
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    cell._tc.get_or_add_tcPr().append(margins)


def keep_rows_whole(row: object) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def first(cell: Cell, text: str, **look: object) -> Paragraph:
    """Like `write`, into the paragraph that every cell begins with."""
    paragraph = write(cell, text, **look)  # type: ignore[arg-type]
    empty = cell.paragraphs[0]._p
    empty.getparent().remove(empty)
    return paragraph


def underline(paragraph: Paragraph) -> None:
    """The line under “ĐẢNG CỘNG SẢN VIỆT NAM”: as long as the words, close beneath them."""
    for run in paragraph.runs:
        run.underline = True


def head(document: Doc, number: str = "") -> None:
    """Of an organisation's paper. `number`: what stands behind the number, -CV/CB."""
    left, right = two_columns(document)
    first(left, "{{ above_head }}")
    write(left, "{{ cell_head }}", bold=True)
    write(left, "*")
    if number:
        write(left, "Số {% if number_given %}{{ number }}{% else %}......." + number + "{% endif %}")
    title = first(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=15)
    underline(title)
    write(right, DAY_AND_PLACE, italic=True).paragraph_format.space_before = Pt(8)
    document.add_paragraph()


DAY_AND_PLACE = "{{ place }}, {{ signed_on_long }}"


def own_head(document: Doc) -> None:
    """Of a member's own application: it is no paper of the cell, so no organisation stands above it."""
    underline(write(document, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=15))
    write(
        document, DAY_AND_PLACE, align=ALIGN.RIGHT, italic=True, after=12
    ).paragraph_format.space_before = Pt(8)


def title(document: Doc, text: str, about: str = "") -> None:
    write(document, text, bold=True, size=16, after=0 if about else 12)
    if about:
        write(document, about, bold=True, after=12)


def dear(document: Doc, to: str) -> None:
    paragraph = write(document, f"Kính gửi: {to}", after=12)
    paragraph.runs[0].italic = False


def signature(
    document: Doc,
    left: str,
    role: str,
    name: str,
    hint: str = "(Ký, ghi rõ họ tên)",
    align: int = ALIGN.CENTER,
) -> None:
    """Left: who else has a say; right: who signs, with room for the hand."""
    _keep_together(document)
    cell, signer = two_columns(document, Mm(80), Mm(85))
    lines = left.split("\n")
    first(cell, lines[0], bold=True, align=align)
    for line in lines[1:]:
        write(cell, line, italic=True, size=12, align=align)
    first(signer, role, bold=True)
    _room_to_sign(signer, hint, name)


def _keep_together(document: Doc) -> None:
    """A signature never stands alone on a page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    gap.paragraph_format.line_spacing = Pt(12)


def _room_to_sign(signer: Cell, hint: str, name: str) -> None:
    write(signer, hint, italic=True, size=12)
    for _ in range(3):
        write(signer, "")
    write(signer, name, bold=True)


# --- the papers -----------------------------------------------------------------------------------------------------

TO_THE_CELL = "{% if to_given %}{{ to }}{% else %}{{ cell }}{% if decider_given %} và {{ decider }}{% endif %}{% endif %}"


WHO = "chi bộ{% if decider_given %} và cấp ủy{% endif %}"


def who(document: Doc) -> None:
    body(document, "Tôi tên là: {{ member.name }}; sinh năm: {{ member.birth_year }}.").alignment = ALIGN.LEFT
    body(
        document,
        "Ngày vào Đảng: {{ member.joined_on }}; ngày chính thức: {{ member.official_on }}.",
    ).alignment = ALIGN.LEFT
    body(document, "Hiện đang sinh hoạt tại: {{ cell }}.").alignment = ALIGN.LEFT


def where_to(document: Doc) -> None:
    field(document, "Nơi đến", "{{ place_away }}")
    field(document, "Công việc", "{{ work }}")
    field(document, "Nơi làm việc", "{{ employer }}")
    field(document, "Thời gian", "từ ngày {{ from_on }} đến ngày {{ until_on }}")
    field(document, "Điện thoại liên hệ", "{{ contact_phone }}")


def promise(document: Doc, *duties: str) -> None:
    body(document, "Trong thời gian đi xa, tôi xin cam kết:")
    for duty in duties:
        body(document, f"- {duty}")


def by_the_member(document: Doc, role: str = "NGƯỜI LÀM ĐƠN") -> None:
    signature(document, "Ý KIẾN CỦA CHI BỘ\n(Ngày họp, kết quả biểu quyết)", role, "{{ member.name }}")


def excuse(document: Doc) -> None:
    own_head(document)
    title(document, "ĐƠN XIN TẠM MIỄN SINH HOẠT ĐẢNG")
    dear(document, TO_THE_CELL)
    who(document)
    body(
        document,
        f"Nay tôi làm đơn này báo cáo và đề nghị {WHO} xem xét cho tôi được tạm miễn sinh hoạt đảng "
        "trong thời gian đi làm ăn xa:",
    )
    where_to(document)
    body(document, "Lý do: {{ reason }}")
    promise(
        document,
        "Chấp hành pháp luật, giữ gìn tư cách đảng viên; đăng ký tạm trú tại nơi đến;",
        "Giữ liên lạc, báo cáo tình hình với chi bộ đều đặn; đóng đảng phí đầy đủ;",
        "Báo cáo chi bộ ngay khi thay đổi nơi ở, việc làm hoặc số điện thoại;",
        "Khi trở về, nộp bản nhận xét của nơi tạm trú để tiếp tục sinh hoạt.",
    )
    body(document, f"Kính mong {WHO} xem xét. Tôi xin trân trọng cảm ơn.")
    by_the_member(document)


def transfer(document: Doc) -> None:
    own_head(document)
    title(document, "ĐƠN XIN CHUYỂN SINH HOẠT ĐẢNG TẠM THỜI")
    dear(document, TO_THE_CELL)
    who(document)
    body(
        document,
        f"Nay tôi làm đơn này đề nghị {WHO} xem xét, làm thủ tục cho tôi được chuyển sinh hoạt đảng "
        "tạm thời đến: {{ receiving }}.",
    )
    where_to(document)
    body(document, "Lý do: {{ reason }}")
    promise(
        document,
        "Nộp hồ sơ chuyển sinh hoạt đúng thời hạn cho tổ chức đảng nơi đến; sinh hoạt và đóng đảng phí đầy đủ;",
        "Giữ mối liên hệ với chi bộ; báo cáo ngay khi thay đổi nơi ở, việc làm hoặc số điện thoại;",
        "Hết thời hạn, trở về chi bộ kèm nhận xét của tổ chức đảng nơi sinh hoạt tạm thời.",
    )
    body(document, f"Kính mong {WHO} xem xét. Tôi xin trân trọng cảm ơn.")
    by_the_member(document)


def abroad(document: Doc) -> None:
    own_head(document)
    title(document, "BÁO CÁO", "về việc ra nước ngoài")
    dear(document, TO_THE_CELL)
    who(document)
    body(
        document,
        f"Tôi xin báo cáo {WHO} về việc tôi ra nước ngoài, và xin ý kiến về hình thức sinh "
        "hoạt đảng trong thời gian đó:",
    )
    field(document, "Mục đích", "{{ purpose }}")
    where_to(document)
    body(document, "Lý do: {{ reason }}")
    promise(
        document,
        "Chấp hành pháp luật Việt Nam và nước sở tại; giữ gìn tư cách đảng viên;",
        "Không mang theo, không làm lộ tài liệu, bí mật của Đảng và Nhà nước;",
        "Giữ liên lạc, báo cáo tình hình với chi bộ; đóng đảng phí theo quy định;",
        "Khi trở về, báo cáo chi bộ và nộp bản tự kiểm điểm thời gian ở nước ngoài.",
    )
    body(document, f"Kính mong {WHO} xem xét. Tôi xin trân trọng cảm ơn.")
    by_the_member(document, "NGƯỜI BÁO CÁO")


def extension(document: Doc) -> None:
    own_head(document)
    title(document, "ĐƠN XIN GIA HẠN")
    dear(document, TO_THE_CELL)
    who(document)
    body(
        document,
        "Tôi đã được phép: {{ what }}, theo văn bản số {{ decision }} ngày {{ decided_on }}, đến hết ngày "
        "{{ ended_on }}.",
    )
    body(document, f"Nay tôi làm đơn này đề nghị {WHO} xem xét cho tôi được gia hạn:")
    where_to(document)
    body(document, "Lý do: {{ reason }}")
    when(document, "changes", lambda: body(document, "Những thay đổi từ lần báo cáo trước: {{ changes }}"))
    body(document, "Tôi xin tiếp tục thực hiện những điều đã cam kết với chi bộ. Tôi xin trân trọng cảm ơn.")
    by_the_member(document)


def by_the_secretary(document: Doc, to: str = "- Như trên,") -> None:
    """«T/M CHI BỘ» is bold, the post below it is not; a cell has no stamp."""
    _keep_together(document)
    cell, signer = two_columns(document, Mm(80), Mm(85))
    underline(first(cell, "Nơi nhận:", align=ALIGN.LEFT))
    for line in (to, "- Lưu Chi bộ."):
        write(cell, line, size=12, align=ALIGN.LEFT)
    first(signer, "T/M CHI BỘ", bold=True)
    write(signer, "{{ signer_role_upper }}")
    _room_to_sign(signer, "(Ký, ghi rõ họ tên)", "{{ signer }}")


def about_the_member(document: Doc) -> None:
    field(document, "Họ và tên", "{{ member.name }}; sinh năm: {{ member.birth_year }}")
    field(document, "Ngày vào Đảng", "{{ member.joined_on }}; ngày chính thức: {{ member.official_on }}")
    field(document, "Đang sinh sống, làm việc tại", "{{ place_away }}")
    field(document, "Công việc", "{{ work }}")
    field(document, "Thời gian", "từ ngày {{ from_on }} đến ngày {{ until_on }}")


def ask_for_comment(document: Doc) -> None:
    head(document, "-CV/CB")
    title(document, "GIẤY ĐỀ NGHỊ NHẬN XÉT", "về đảng viên đi làm ăn xa")
    dear(document, "{{ to }}")
    body(document, "{{ cell }} có đồng chí đảng viên đang sinh sống, làm việc tại địa bàn của quý cơ quan:")
    about_the_member(document)
    body(
        document,
        "Để quản lý và giúp đỡ đảng viên đi làm ăn xa, chi bộ trân trọng đề nghị quý cơ quan cho nhận xét về việc "
        "đăng ký tạm trú, chấp hành pháp luật và quan hệ với nhân dân nơi cư trú của đồng chí trong thời gian trên.",
    )
    when(document, "note", lambda: body(document, "{{ note }}"))
    body(
        document,
        "Văn bản trả lời xin gửi về {{ cell }} trước ngày {{ answer_by }}. Người liên hệ: {{ cell_contact }}.",
    ).alignment = ALIGN.LEFT
    reply_by_page(document)
    body(document, "Chi bộ xin trân trọng cảm ơn.")
    by_the_secretary(document)


def reply_by_page(document: Doc) -> None:
    """The QR and beside it the code: only where a page is served."""
    document.add_paragraph("{%p if reply_code_given %}")
    picture, words = two_columns(document, Mm(32), Mm(133))
    first(picture, "{{ reply_qr }}").paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    first(words, "Trả lời trước qua mạng: quét mã bên, hoặc mở", align=ALIGN.LEFT, size=12)
    write(words, "{{ reply_address }}", align=ALIGN.LEFT, size=12)
    write(words, "rồi gõ mã: {{ reply_code }}", align=ALIGN.LEFT, bold=True)
    write(
        words,
        "Mã dùng một lần, đến ngày {{ reply_until }}. Trang hỏi bốn dòng; văn bản có ký xin gửi sau.",
        align=ALIGN.LEFT,
        italic=True,
        size=12,
    )
    document.add_paragraph("{%p endif %}")


def introduce(document: Doc) -> None:
    head(document, "-CV/CB")
    title(document, "THƯ GIỚI THIỆU", "đảng viên đi làm ăn xa")
    dear(document, "{{ to }}")
    body(document, "{{ cell }} trân trọng giới thiệu đồng chí:")
    about_the_member(document)
    body(
        document,
        "Đề nghị quý cơ quan giúp đỡ đồng chí trong việc đăng ký tạm trú, ổn định cuộc sống và giữ mối liên hệ với "
        "chi bộ.",
    )
    when(document, "note", lambda: body(document, "{{ note }}"))
    body(document, "Khi cần trao đổi, xin liên hệ: {{ cell_contact }}.")
    reply_by_page(document)
    note = body(
        document,
        "Thư này dùng để giữ mối liên hệ, không thay giấy giới thiệu sinh hoạt đảng; việc chuyển sinh hoạt đảng "
        "làm theo thủ tục trên Cổng Dịch vụ công quốc gia.",
    )
    note.runs[0].italic, note.runs[0].font.size = True, Pt(12)
    by_the_secretary(document)


def thank(document: Doc) -> None:
    head(document, "-CV/CB")
    title(document, "THƯ CẢM ƠN")
    dear(document, "{{ to }}")
    body(
        document,
        "{{ cell }} đã nhận được bản nhận xét ngày {{ answered_on }} của quý cơ quan về đồng chí "
        "{{ member.name }}, đảng viên của chi bộ, đang sinh sống, làm việc tại {{ place_away }}.",
    )
    when(document, "note", lambda: body(document, "{{ note }}"))
    body(
        document,
        "Chi bộ trân trọng cảm ơn sự quan tâm, phối hợp của quý cơ quan, và mong tiếp tục nhận được sự giúp đỡ đối "
        "với đồng chí trong thời gian tới.",
    )
    body(document, "Khi cần trao đổi, xin liên hệ: {{ cell_contact }}.")
    by_the_secretary(document)


def timeline(document: Doc) -> None:
    head(document)
    title(document, "QUÁ TRÌNH LIÊN HỆ, BÁO CÁO", "của đảng viên đi làm ăn xa")
    about = body(
        document,
        "Họ và tên: {{ member.name }}; sinh năm: {{ member.birth_year }}; ngày vào Đảng: {{ member.joined_on }}.",
        indent=False,
    )
    about.alignment = ALIGN.LEFT
    table = document.add_table(rows=4, cols=2)
    table.style, table.autofit = "Table Grid", False
    texts = [
        ("Ngày", "Việc"),
        ("{%tr for row in rows %}", ""),
        ("{{ row.on }}", "{{ row.what }}"),
        ("{%tr endfor %}", ""),
    ]
    table.columns[0].width, table.columns[1].width = Mm(30), Mm(135)
    for row, (on, what) in zip(table.rows, texts, strict=True):
        keep_rows_whole(row._tr)
        row.cells[0].width, row.cells[1].width = Mm(30), Mm(135)
        first(row.cells[0], on, bold=on == "Ngày", size=SMALL)
        first(row.cells[1], what, bold=on == "Ngày", size=SMALL, align=ALIGN.LEFT)
    when(document, "left_out", lambda: write(document, "{{ left_out }}", italic=True, size=SMALL))
    write(
        document,
        "Bản này chỉ ghi việc và ngày, không ghi nội dung; giữ trong sổ của chi bộ.",
        italic=True,
        size=SMALL,
        align=ALIGN.LEFT,
    )


def bearings(document: Doc) -> None:
    head(document)
    title(document, "TÔI ĐANG ĐỨNG Ở ĐÂU?", "Tình hình của đảng viên, như chương trình đang ghi")
    _in_chapters(
        document,
        "Bản này in cho chính đồng chí, không có giá trị thay quyết định. Chỗ nào chưa đúng, mời báo bí thư chi bộ.",
        "{{ summary }}",
    )


def year_sheet(document: Doc) -> None:
    head(document)
    title(document, "PHIẾU MỘT NĂM CỦA ĐẢNG VIÊN", "Năm {{ year }}, như chương trình đang ghi")
    _in_chapters(
        document,
        "Đồng chí có tên xem phiếu này trước. Phiếu chỉ ghi lại, không chấm điểm, không có giá trị thay quyết định.",
    )


def resolution(document: Doc) -> None:
    head(document, "-NQ/CB")
    title(document, "NGHỊ QUYẾT", "Cuộc họp chi bộ {{ held_on_long }}")
    for heading, name in (
        ("I. ĐÁNH GIÁ KẾT QUẢ THÁNG QUA", "review"),
        ("II. NHIỆM VỤ THÁNG TỚI", "tasks"),
        ("III. TỔ CHỨC THỰC HIỆN", "doing"),
        ("IV. CHI BỘ TỰ CHẤM ĐIỂM BUỔI SINH HOẠT", "score"),
    ):
        _chapter(document, heading)
        body(document, "{{ " + name + " }}")
    by_the_secretary(document, "- Các đảng viên của chi bộ,")


def _in_chapters(document: Doc, below: str, summary: str = "") -> None:
    about = body(
        document,
        "Họ và tên: {{ member.name }}; ngày vào Đảng: {{ member.joined_on }}.",
        indent=False,
    )
    about.alignment = ALIGN.LEFT
    if summary:
        write(document, summary, bold=True, align=ALIGN.LEFT, after=6)
    table = document.add_table(rows=3, cols=2)
    table.style, table.autofit = "Table Grid", False
    texts = [
        ("{%tr for row in rows %}", ""),
        ("{{ row.heading }}", "{{ row.text }}"),
        ("{%tr endfor %}", ""),
    ]
    table.columns[0].width, table.columns[1].width = Mm(38), Mm(127)
    for row, (heading, text) in zip(table.rows, texts, strict=True):
        keep_rows_whole(row._tr)
        row.cells[0].width, row.cells[1].width = Mm(38), Mm(127)
        first(row.cells[0], heading, bold=True, size=SMALL, align=ALIGN.LEFT)
        first(row.cells[1], text, size=SMALL, align=ALIGN.LEFT)
    write(
        document,
        below,
        italic=True,
        size=SMALL,
        align=ALIGN.LEFT,
    )


BOXES = ("☐ Gặp được\t☐ Không nghe máy", "☐ Nhắn người thân\t☐ Hẹn gọi lại")
LARGE, LARGE_LINE = 16, 21  # of the call sheet, which is read at arm's length
CARD, CARD_LINE = 11, 14


def call_sheet(document: Doc) -> None:
    """A4 in 16 point: a number to be typed back, and beside it all that one needs on the phone."""
    _narrow(document, Mm(15))
    _large(write(document, "PHIẾU GỌI ĐIỆN", bold=True, size=20, align=ALIGN.LEFT), 26)
    _large(
        write(document, "Lập ngày {{ made_on }}, {{ count }} người", align=ALIGN.LEFT, after=6, size=LARGE)
    )
    table = document.add_table(rows=3, cols=2)
    table.style, table.autofit = "Table Grid", False
    for row, text in zip(table.rows, ("{%tr for row in rows %}", "", "{%tr endfor %}"), strict=True):
        keep_rows_whole(row._tr)
        row.cells[0].width, row.cells[1].width = Mm(15), Mm(165)
        if text:
            first(row.cells[0], text)
    table.columns[0].width, table.columns[1].width = Mm(15), Mm(165)
    number, about = table.rows[1].cells
    _large(first(number, "{{ row.number }}", bold=True, size=24), 30)
    lines = [
        _large(first(about, "{{ row.name }}", bold=True, align=ALIGN.LEFT, size=LARGE)),
        *(
            _large(write(about, text, align=ALIGN.LEFT, size=LARGE))
            for text in (
                "Điện thoại: {{ row.phone }}",
                "{% if row.place_given %}Ở {{ row.place }}. {% endif %}{{ row.hours }}",
                "Lần trước: {{ row.last }}",
                "Hỏi: {{ row.ask }}",
                *BOXES,
                "Ghi: " + "....." * 17,
            )
        ),
    ]
    lines[1].runs[0].bold = True
    for line in lines[-3:]:
        line.paragraph_format.tab_stops.add_tab_stop(Mm(80))
        line.paragraph_format.space_before = Pt(3)
    _large(
        write(
            document,
            "Gọi xong: mở chương trình, bấm “Ghi kết quả theo phiếu”, chọn số, chọn kết quả.",
            italic=True,
            size=LARGE,
            align=ALIGN.LEFT,
        )
    )


def pocket_sheet(document: Doc) -> None:
    """Cards on A4, two beside each other: folded twice it fits a breast pocket."""
    _narrow(document, Mm(10))
    write(
        document, "PHIẾU GỌI, ngày {{ made_on }}, {{ count }} người", bold=True, size=CARD, align=ALIGN.LEFT
    )
    table = document.add_table(rows=3, cols=2)
    table.style, table.autofit = "Table Grid", False
    for row in table.rows:
        keep_rows_whole(row._tr)
        row.cells[0].width = row.cells[1].width = Mm(95)
    table.columns[0].width = table.columns[1].width = Mm(95)
    first(table.rows[0].cells[0], "{%tr for pair in rows|batch(2) %}")
    first(table.rows[2].cells[0], "{%tr endfor %}")
    for at, cell in enumerate(table.rows[1].cells):
        first(cell, "{%p if pair|length > " + str(at) + " %}", size=CARD)
        one = f"pair[{at}]"
        texts = (
            "{{ " + one + ".number }}. {{ " + one + ".name }}",
            "{{ " + one + ".phone }}",
            "{% if " + one + ".place_given %}Ở {{ " + one + ".place }}. {% endif %}{{ " + one + ".hours }}",
            "Lần trước: {{ " + one + ".last }}",
            "Hỏi: {{ " + one + ".ask }}",
            *BOXES,
            "Ghi: " + "....." * 8,
        )
        for place, text in enumerate(texts):
            line = write(cell, text, bold=place < 2, size=CARD, align=ALIGN.LEFT)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(45))
        write(cell, "{%p endif %}", size=CARD)
        write(cell, "", size=CARD)


def _narrow(document: Doc, sides: Mm) -> None:
    """A working paper, and no paper of the Party's: it may use the whole sheet."""
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = sides
    section.header_distance = Mm(5)


def _large(paragraph: Paragraph, line: int = LARGE_LINE) -> Paragraph:
    paragraph.paragraph_format.line_spacing = Pt(line)
    return paragraph


def year_review(document: Doc) -> None:
    """One loop over the lines of the form: another form needs no other template."""
    write(document, "{{ code }}", align=ALIGN.RIGHT, italic=True, size=12, after=4)
    head(document)
    title(document, "{{ title }}", "Năm {{ year }}")
    when(document, "audience", lambda: write(document, "{{ audience }}", italic=True, after=12))
    document.add_paragraph("{%p for line in lines %}")
    for kind, make in LINES.items():
        document.add_paragraph("{%p if line.kind == '" + kind + "' %}")
        make(document)
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


def _one_field(document: Doc) -> None:
    body(document, "{{ line.heading }}: {{ line.text }}").alignment = ALIGN.LEFT


def _part(document: Doc) -> None:
    paragraph = write(document, "{{ line.heading }}", bold=True, after=4)
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True


def _section(document: Doc) -> None:
    _heading(document, bold=True)


def _item(document: Doc) -> None:
    _heading(document, italic=True)


def _heading(document: Doc, *, bold: bool = False, italic: bool = False) -> None:
    paragraph = body(document, "{{ line.heading }}")
    paragraph.runs[0].bold, paragraph.runs[0].italic = bold, italic
    paragraph.paragraph_format.keep_with_next = True


def _written(document: Doc) -> None:
    body(document, "{{ line.text }}")


def _score(document: Doc) -> None:
    body(document, "{{ line.heading }}: {{ line.text }}/{{ line.of }} điểm").alignment = ALIGN.LEFT


def _option(document: Doc) -> None:
    body(document, "{{ line.mark }} {{ line.text }}").alignment = ALIGN.LEFT


def _signed_by_the_member(document: Doc) -> None:
    signature(document, "", "{{ line.heading }}", "{{ member.name }}", "{{ line.hint }}")


def _for_the_office(document: Doc) -> None:
    """Left to those who decide: room for words, the day, the hand; whole, but on no page of its own."""
    document.add_paragraph().paragraph_format.line_spacing = Pt(SMALL_LINE)
    table = document.add_table(rows=1, cols=1)
    table.autofit = False
    table.columns[0].width = table.rows[0].cells[0].width = LEFT + RIGHT
    keep_rows_whole(table.rows[0]._tr)
    box = table.rows[0].cells[0]
    _without_margins(box)
    first(box, "{{ line.heading }}:", bold=True, align=ALIGN.LEFT)
    write(box, "{{ line.text }}", align=ALIGN.LEFT, after=4)
    for words, size in ((".........., ngày ..... tháng ..... năm ........", SIZE), ("{{ line.hint }}", 12)):
        write(box, words, italic=True, size=size).paragraph_format.left_indent = LEFT
    for _ in range(3):
        write(box, "")


LINES: dict[str, Callable[[Doc], None]] = {
    "field": _one_field,
    "part": _part,
    "section": _section,
    "item": _item,
    "text": _written,
    "score": _score,
    "option": _option,
    "sign": _signed_by_the_member,
    "office": _for_the_office,
}


def minutes(document: Doc) -> None:
    """The usual order: what is known is filled in, the rest has room for the minute-taker."""
    head(document, "-BB/CB")
    title(document, "BIÊN BẢN HỌP CHI BỘ", "{{ about }}")
    _chapter(document, "1. Thời gian, địa điểm, hình thức")
    field(document, "Thời gian", "bắt đầu {{ began }}, {{ held_on_long }}; kết thúc {{ ended }}")
    field(document, "Địa điểm", "{{ room }}")
    field(document, "Hình thức", "{{ form }}")
    when(document, "approval", lambda: field(document, "Văn bản cho phép họp trực tuyến", "{{ approval }}"))
    _chapter(document, "2. Điểm danh")
    body(document, "{{ quorum }}", indent=False)
    for name, label in (
        ("in_person", "Có mặt trực tiếp"),
        ("online", "Có mặt trực tuyến"),
        ("excused", "Vắng có lý do"),
        ("unexcused", "Vắng không lý do"),
        ("unknown", "Chưa xác định"),
        ("exempt", "Được miễn sinh hoạt, không dự (không tính là vắng)"),
    ):
        _people(document, label, name)
    _chapter(document, "3. Chủ trì, thư ký")
    field(document, "Chủ trì", "{{ chair }}")
    field(document, "Thư ký", "{{ keeper }}")
    when(document, "agenda", lambda: field(document, "Nội dung đã báo trước", "{{ agenda }}"))
    _room_to_write(document, "4. Thông tin thời sự, văn bản mới")
    _room_to_write(document, "5. Đánh giá công tác tháng; tự phê bình và phê bình")
    _room_to_write(document, "6. Nhiệm vụ tháng tới")
    _each(document, "tasks", "- {{ one.name }}: {{ one.note }}")
    _room_to_write(document, "7. Thảo luận")
    _each(
        document,
        "sent_in",
        "- Ý kiến gửi đến của {{ one.name }} (vắng mặt, đọc tại cuộc họp): {{ one.note }}",
    )
    _room_to_write(document, "8. Biểu quyết (ghi nội dung, số tán thành, không tán thành, ý kiến khác)")
    _chapter(document, "9. Kết luận, nghị quyết")
    # What was agreed stands above the names that sign it: not a formula alone on the last page.
    body(document, "{{ conclusion }}").paragraph_format.keep_with_next = True
    body(document, "Biên bản được thông qua tại cuộc họp. Cuộc họp kết thúc lúc {{ ended }} cùng ngày.")
    signature(document, "THƯ KÝ\n(Ký, ghi rõ họ tên)", "CHỦ TRÌ", "{{ chair }}")


def _chapter(document: Doc, text: str) -> None:
    paragraph = body(document, text, indent=False)
    paragraph.runs[0].bold, paragraph.paragraph_format.keep_with_next = True, True
    paragraph.paragraph_format.space_before = Pt(6)


def _people(document: Doc, label: str, name: str) -> None:
    body(document, f"{label}: {{{{ {name}_count }}}}", indent=False).paragraph_format.left_indent = Mm(5)
    _each(document, name, "- {{ one.name }}{% if one.note_given %} ({{ one.note }}){% endif %}")


def _each(document: Doc, name: str, text: str) -> None:
    document.add_paragraph("{%p for one in " + name + " %}")
    body(document, text).alignment = ALIGN.LEFT
    document.add_paragraph("{%p endfor %}")


def _room_to_write(document: Doc, text: str) -> None:
    _chapter(document, text)
    for _ in range(3):
        write(document, "." * 160, align=ALIGN.LEFT, size=11, after=4)


TEMPLATES: dict[str, Callable[[Doc], None]] = {
    "don-xin-tam-mien": excuse,
    "don-xin-chuyen-tam-thoi": transfer,
    "don-ra-nuoc-ngoai": abroad,
    "don-xin-gia-han": extension,
    "de-nghi-nhan-xet": ask_for_comment,
    "gioi-thieu": introduce,
    "cam-on": thank,
    "qua-trinh": timeline,
    "toi-dang-o-dau": bearings,
    "phieu-mot-nam": year_sheet,
    "phieu-goi": call_sheet,
    "phieu-bo-tui": pocket_sheet,
    "ban-kiem-diem": year_review,
    "ban-cam-ket": year_review,
    "bien-ban-hop": minutes,
    "nghi-quyet": resolution,
}

if __name__ == "__main__":
    make_all()
