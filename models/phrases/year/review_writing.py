"""Words of /kiemdiem for whoever writes: the overview, one section at a time, files, handing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, join, moment, named, raw, say
from models.phrases.year.review import (
    DOCX as DOCX,
    SEND_SIGNED as SEND_SIGNED,
    STATES,
    listed,
    named_year,
    points,
    title_of_year,
)

Points = int | Decimal
WRITING = say("viết bản kiểm điểm")
PREVIEW = say("Xem trước cả bản")
FILE_INSTEAD = say("Gửi tệp hoặc ảnh thay cho gõ")
FILES_SENT = say("Xem lại các tệp đã gửi")
SUBMIT = say("Nộp cho chi bộ")
REALLY_SUBMIT = say("Đúng, nộp")
WITHDRAW = say("Rút lại để viết thêm")
CHANGES = say("Xem chỗ đã đổi")
LOOKS = say("Ai đã mở bản của tôi")
COMMENTED = say("Tới mục có góp ý")
NEXT_COMMENT = say("Mục có góp ý tiếp theo")
NEXT = say("Mục tiếp theo")
OVERVIEW = say("Xem tất cả các mục")
MORE = say("Việc khác")
EXAMPLES = say("Xem ví dụ")
OWN_YEAR = say("Gợi ý từ năm của tôi")
TAKE_OWN_YEAR = say("Đưa các câu này vào mục")
BESIDE = say("Xem bản cam kết đầu năm")
WHOLE_SECTION = say("Xem cả mục")
CLEAR = say("Xóa để viết lại")
REALLY_CLEAR = say("Đúng, xóa để viết lại")
NOT_NOW = say("Thôi, tôi tự viết")
POINTS = say("Tự chấm điểm")
LEVEL = say("Tự đề xuất mức")
KEEP = say("Thôi, giữ nguyên")
AGREE = say("Đồng ý")
OTHERS = say("Các bản của tôi")
DONE = say("Xong")
TAKE_ALL = say("Đúng, ghi vào các mục")
TAKE_INSTEAD = say("Thay chữ cũ bằng chữ trong tệp")
TAKE_BESIDES = say("Nối vào sau chữ cũ")
FILE_ONLY = say("Không tách, chỉ giữ tệp")
LEAVE_OUT = say("Bỏ qua đoạn này")
PLACE_PIECES = say("Xếp các đoạn còn lại vào mục")
DROP_FILES = say("Bỏ bớt tệp")
DROP_ALL = say("Bỏ tất cả tệp chưa nộp")

_SHOWN = 700  # characters of a section that stand in its screen
_PIECE = 1_200  # characters of a loose piece


# --- where things stand ---------------------------------------------------------------------------------------------


def nothing_open() -> Text:
    return say(
        "Hiện chi bộ chưa mở đợt kiểm điểm hoặc cam kết nào có tên đồng chí. Khi mở, đồng chí sẽ được báo."
    )


def mine(*, count: int) -> Text:
    return say("Các bản của đồng chí: {n}.", n=count)


def one_of_mine(*, kind: str, year: int, state: str) -> Text:
    return say("• {what}: {state}", what=title_of_year(kind=kind, year=year), state=STATES[state])


def needs_consent() -> Text:
    return say(
        "Để viết tại đây cần đồng chí đồng ý với việc dưới đây. Không đồng ý thì nộp bản giấy cho chi bộ; phần đã viết ở đây "
        "chính đồng chí vẫn đọc và lấy về được."
    )


def being_written(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đang tự viết và chưa nộp phần mới viết, nên bí thư, phó bí thư chưa xem được. Có bản giấy gửi về thì mời chờ "
        "đồng chí ấy nộp, hoặc nhắn đồng chí ấy gửi ảnh bản giấy tại đây.",
        name=name,
    )


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """One line of the overview. `chars` 0: nothing is written."""

    label: Text
    title: Text
    chars: int
    missing: bool
    comments: int


def overview(
    *,
    name: str,
    kind: str,
    year: int,
    state: str,
    deadline: date,
    moved_from: date | None,
    late: bool,
    voluntary: bool,
    headings: Sequence[HeadingLine],
    scores: Text | None,
    level: Text | None,
    files: int,
    signed: int,
    version: int,
    note: str,
    rated: Text | None,
) -> Text:
    """Show a review to its writer.

    `name`: of its author, for somebody who types on their behalf. `scores`, `level`: None where the form has none.
    `signed`: pages of the signed paper that the cell has and has not noted yet. `moved_from`: the deadline before our own
    silence moved it.
    """
    head = say("<b>{what}</b> · {state}", what=title_of_year(kind=kind, year=year), state=STATES[state])
    lacks = sum(one.missing for one in headings)
    facts = [head, *([raw(name)] if name else [])]
    if state == "accepted" and signed:
        state = "signed pages"
    facts.append(_NEXT.get(state) or _until(deadline, moved_from, late=late, voluntary=voluntary))
    if version:
        facts.append(say("Đã nộp: bản {n}.", n=version))
    if files:
        facts.append(say("Tệp, ảnh đã gửi: {n}.", n=files))
    if files and lacks:
        facts.append(say("Mục chưa gõ được coi như có trong tệp, ảnh."))
    said = say("Góp ý chung: <blockquote>{note}</blockquote>", note=note)
    rows = [_heading(one, in_files=bool(files)) for one in headings]
    rows += [one for one in (scores, level) if one is not None]
    return paragraph(lines(*facts), *([rated] if rated else []), *([said] if note else []), lines(*rows))


_NEXT: dict[str, Text] = {  # what follows once it is accepted; before that, its deadline
    "accepted": say("Mời tải bản .docx, in, ký tên, rồi bấm “Gửi bản đã ký”, hoặc gửi giấy về chi bộ."),
    "signed pages": say(
        "Đã gửi chi bộ các trang bản ký; chờ chi bộ ghi nhận. Còn thiếu trang thì bấm “Gửi bản đã ký”."
    ),
    "signed": say("Chi bộ đã nhận bản có chữ ký."),
    "filed": say("Bản có chữ ký đã nằm trong hồ sơ; đồng chí không phải làm gì thêm."),
}


def rated(*, level: Text, number: str, on: date, by: str) -> Text:
    """Say what was decided, as it was recorded."""
    return say(
        "Kết quả xếp loại: <b>{level}</b> (văn bản số {number} ngày {on}, {by}).",
        level=level,
        number=number,
        on=day(on),
        by=by,
    )


def _until(deadline: date, moved_from: date | None, *, late: bool, voluntary: bool) -> Text:
    until = say("Hạn nộp: <b>{on}</b>", on=day(deadline))
    if moved_from:
        until += say(" (dời từ {on} vì chương trình bị gián đoạn)", on=day(moved_from))
    if late:
        until += say(" (đã qua; nộp muộn vẫn được nhận)")
    if voluntary:
        until += say(" · tự nguyện")
    return until


def _heading(one: HeadingLine, *, in_files: bool) -> Text:
    """`in_files`: something was sent that stands for what is not typed."""
    done = say("{n} ký tự", n=one.chars)
    open_ = say("để trống được")
    if one.missing:
        open_ = _lacking(in_files)
    named_ = whole_title(label=one.label, title=short(one.title))
    line = say("{what}: {how}", what=named_, how=done if one.chars else open_)
    if one.comments:
        line += say(" · <b>{n} góp ý</b>", n=one.comments)
    return line


def whole_title(*, label: Text, title: Text) -> Text:
    """Say: I.2 Việc thực hiện …; a heading without a number is its own label."""
    return say("{label} {title}", label=label, title=title) if title.vi else label


def short(title: Text, limit: int = 48) -> Text:
    """Shorten a long heading to its beginning."""
    return named(*(_cut(title.to_plain(lang).rstrip("."), limit) for lang in ("vi", "en")))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def scores_line(
    *, general: Points | None, results: Points | None, most: tuple[int, int], in_files: bool
) -> Text:
    """Say the points. `in_files`: a file stands for what is not typed."""
    if general is None and results is None:
        return say("Tự chấm điểm: {how}", how=_lacking(in_files))
    shown = [raw("…") if one is None else points(one) for one in (general, results)]
    total = raw("…") if general is None or results is None else points(general + results)
    return say(
        "Tự chấm điểm: {a}/{most_a} + {b}/{most_b} = <b>{total}/{most}</b>",
        a=shown[0],
        b=shown[1],
        most_a=most[0],
        most_b=most[1],
        total=total,
        most=sum(most),
    )


def level_line(*, level: Text | None, in_files: bool) -> Text:
    if level is None:
        return say("Tự đề xuất mức xếp loại: {how}", how=_lacking(in_files))
    return say("Tự đề xuất mức xếp loại: <b>{level}</b>", level=level)


def _lacking(in_files: bool) -> Text:
    return say("trong tệp") if in_files else say("<b>còn thiếu</b>")


def choose_first() -> Text:
    return say(
        "Mời bấm vào một mục rồi gõ; tin vừa gửi chưa được ghi vào mục nào và vẫn còn ở trên để sao chép."
    )


def heading_button(*, label: Text, title: Text, done: bool, commented: bool) -> Text:
    """Label the button: ✓ I.2 Việc thực hiện …; "!" where a comment waits."""
    mark = raw("!" if commented else "✓" if done else "○")
    return say("{mark} {what}", mark=mark, what=in_short(label=label, title=title))


def in_short(*, label: Text, title: Text, limit: int = 24) -> Text:
    """Shorten a heading for a button: its number and first words."""
    return whole_title(label=label, title=short(title, limit))


def write_next(*, what: Text) -> Text:
    return say("Viết {what}", what=what)


def all_sections(*, done: int, every: int) -> Text:
    return say("Tất cả các mục ({n}/{all})", n=done, all=every)


def more_sections(*, page: int, pages: int) -> Text:
    return say("Các mục sau ({page}/{pages}) ›", page=page + 1, pages=pages)


def which_section(*, done: int, every: int) -> Text:
    return say(
        "Đã viết {n}/{all} mục. Mời chọn mục để viết hoặc xem lại (✓ đã viết, ! có góp ý).", n=done, all=every
    )


def more() -> Text:
    return say("Việc khác với bản này:")


# --- one section ----------------------------------------------------------------------------------------------------


def section(
    *,
    label: Text,
    title: Text,
    guidance: Text,
    prompts: Sequence[str],
    comments: Sequence[str],
    text: str,
    advised: int,
    years_own: bool,
) -> Text:
    """Show a section. `advised`: characters that the form advises at most; 0: says nothing."""
    head = _bold(whole_title(label=label, title=title))
    said = [say("Góp ý: <blockquote>{text}</blockquote>", text=one) for one in comments]
    if not text:
        points = [say("• {point}", point=one) for one in prompts]
        extra = say("Có thể bắt đầu từ những việc trong năm của đồng chí (nút bên dưới).")
        begin = say("Mời gõ nội dung, gửi nhiều tin cũng được.")
        return paragraph(
            head,
            *said,
            guidance,
            *([lines(*points)] if points else []),
            *([extra] if years_own else []),
            begin,
        )
    begun = _bold(whole_title(label=label, title=short(title)))
    return paragraph(begun, *said, _written(text, advised), more_or_next())


def _written(text: str, advised: int) -> Text:
    shown = text if len(text) <= _SHOWN else "… " + text[-_SHOWN:]
    body = say("<blockquote>{text}</blockquote>", text=shown)
    count = say("Đã ghi {n} ký tự.", n=len(text))
    if advised and len(text) > advised:
        count += say(" Mẫu gợi ý tối đa {n}; dài hơn vẫn được giữ đủ.", n=advised)
    return lines(body, count)


def more_or_next() -> Text:
    return say("Gõ tiếp thì được nối vào sau; sửa tin đã gửi thì mục này được sửa theo.")


def examples(*, label: Text, examples: Sequence[str]) -> Text:
    head = say("Ví dụ cho mục <b>{label}</b> (xin viết việc của mình):", label=label)
    return paragraph(head, *[say("<blockquote>{one}</blockquote>", one=one) for one in examples])


def years_own(*, sentences: Text) -> Text:
    head = say("Những việc trong năm mà chương trình đang ghi:")
    free = say("Dùng hay không tùy đồng chí; đưa vào rồi vẫn sửa được.")
    return paragraph(head, say("<blockquote>{s}</blockquote>", s=sentences), free)


def no_records() -> Text:
    return say("Chưa có việc nào trong năm được ghi lại cho mục này.")


def whole_section(*, title: Text, text: str) -> Text:
    return _part(title, text)


def beside(*, year: int, parts: Sequence[tuple[Text, str]]) -> Text:
    """Show the commitment, heading by heading."""
    head = say("<b>Bản cam kết năm {year} của đồng chí</b>", year=year)
    return paragraph(head, *[_part(title, text) for title, text in parts])


def _part(title: Text, text: str) -> Text:
    return lines(_bold(title), raw(text))


def _bold(title: Text) -> Text:
    return say("<b>{title}</b>", title=title)


def really_clear(*, label: Text, chars: int) -> Text:
    return say(
        "Xóa {n} ký tự của mục <b>{label}</b> để viết lại? Các tin đồng chí đã gửi vẫn còn trong khung chat này.",
        n=chars,
        label=label,
    )


def edit_taken(*, label: Text) -> Text:
    return say("Đã sửa mục {label} theo tin vừa sửa.", label=label)


def text_or_file() -> Text:
    return say("Mời gõ chữ, hoặc gửi tệp .docx, .pdf, ảnh chụp bản viết tay.")


# --- points and level -----------------------------------------------------------------------------------------------


def ask_score(*, title: Text, guidance: Text, most: int, now: Points | None) -> Text:
    head = _bold(title)
    kept = say("Đang ghi: {n}.", n=points(now)) if now is not None else None
    how = say("Mời gõ một số từ 0 đến {most}.", most=most)
    return paragraph(head, guidance, *([kept] if kept else []), how)


@dataclass(frozen=True, slots=True)
class Threshold:
    level: Text
    least: int
    below: int  # 0: no upper bound


def ask_level(*, title: Text, guidance: Text, total: Points | None, thresholds: Sequence[Threshold]) -> Text:
    head = _bold(title)
    rows = [_threshold(one) for one in thresholds]
    mine = say("Tổng điểm tự chấm: <b>{n}</b>.", n=points(total)) if total is not None else None
    own = say("Đồng chí tự chọn; chương trình không xếp loại, cấp có thẩm quyền quyết định.")
    first = [guidance] if guidance.vi else [own]
    return paragraph(head, *first, lines(*rows), *([mine] if mine else []))


def _threshold(one: Threshold) -> Text:
    if one.below:
        return say("{level}: từ {a} đến dưới {b} điểm", level=one.level, a=one.least, b=one.below)
    return say("{level}: từ {a} điểm", level=one.level, a=one.least)


# --- a file instead -------------------------------------------------------------------------------------------------


def ask_files(*, names: Sequence[str]) -> Text:
    ask = say(
        "Mời gửi bản đã viết: tệp Word <b>.docx</b> (chương trình đọc vào từng mục để đồng chí xem lại), tệp <b>.pdf</b>, "
        "hoặc <b>ảnh chụp</b> bản viết tay (nhiều ảnh cũng được, theo thứ tự trang)."
    )
    if not names:
        return ask
    return paragraph(ask, got_files(names=names))


def got_files(*, names: Sequence[str]) -> Text:
    rows = [
        say("• {name}", name=name) if name else say("• ảnh {n}", n=number)
        for number, name in enumerate(names, start=1)
    ]
    return lines(say("Đã nhận {n}:", n=len(names)), *rows)


def drop_which() -> Text:
    return say("Bỏ tệp nào? Chỉ bỏ được tệp chưa nộp.")


def drop_one(*, name: str, number: int) -> Text:
    """Label the button that drops a file by its name, or a photo by its number."""
    what = raw(_cut_name(name)) if name else say("ảnh {n}", n=number)
    return say("Bỏ {what}", what=what)


def _cut_name(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:16]}…{name[-9:]}"


def too_many_files(*, limit: int) -> Text:
    return say("Đã đủ {limit} tệp. Mời gộp các trang vào một tệp .pdf.", limit=limit)


@dataclass(frozen=True, slots=True)
class ReadPart:
    label: Text
    title: Text
    text: str
    clashes: bool  # something is written there already


def was_read(
    *,
    parts: Sequence[ReadPart],
    points_given: Sequence[Points],
    level: Text | None,
    pieces: Sequence[str],
    pictures: int,
    missing: Sequence[Text],
) -> Text:
    """Show how a document was understood. Nothing is in the sections yet."""
    if not parts:
        return paragraph(nothing_recognised(), *_left(pieces, pictures))
    head = say("Đã đọc tệp. Mời xem các mục có đúng không:")
    rows = [_read_part(one) for one in parts]
    lacks = [say("Chưa thấy trong tệp: mục {what}.", what=listed(list(missing)))] if missing else []
    given = (
        [say("Điểm tự chấm: {n}", n=join([points(one) for one in points_given], " + "))]
        if points_given
        else []
    )
    given += [say("Mức tự đề xuất: {level}", level=level)] if level else []
    return paragraph(head, *rows, *given, *lacks, *_left(pieces, pictures))


def kept_unread() -> Text:
    return say(
        "Đã giữ nguyên tệp .doc và gửi kèm khi nộp. Chương trình không đọc chữ trong tệp .doc vào từng mục; muốn vậy, mời lưu "
        "thành .docx rồi gửi lại."
    )


def nothing_recognised() -> Text:
    return say("Chưa nhận ra đề mục nào của mẫu trong tệp. Có thể chỉ giữ tệp, hoặc xếp từng đoạn vào mục.")


def _read_part(one: ReadPart) -> Text:
    line = say(
        "<b>{what}</b> ({n} ký tự)",
        what=whole_title(label=one.label, title=short(one.title)),
        n=len(one.text),
    )
    if one.clashes:
        line += say(" · mục này đang có chữ")
    return lines(line, say("<i>{text}</i>", text=_cut(one.text.replace("\n", " "), 160)))


def _left(pieces: Sequence[str], pictures: int) -> list[Text]:
    left = []
    if pieces:
        left.append(
            say("Còn {n} đoạn chưa thuộc mục nào (thường là phần đầu trang, phần ký).", n=len(pieces))
        )
    if pictures:
        left.append(
            say("Trong tệp có {n} hình; hình không vào các mục, nhưng tệp vẫn được giữ nguyên.", n=pictures)
        )
    return left


def place_piece(*, text: str, left: int) -> Text:
    head = say("Đoạn này thuộc mục nào? (còn {n})", n=left)
    return paragraph(head, say("<blockquote>{text}</blockquote>", text=_cut(text, _PIECE)))


def taken_over(*, count: int) -> Text:
    return say("Đã ghi {n} mục từ tệp.", n=count)


# --- handing in and after -------------------------------------------------------------------------------------------


def ask_submit(*, kind: str, year: int, missing: Sequence[Text], files: int, late: bool) -> Text:
    head = say("Nộp <b>{what}</b> cho chi bộ?", what=named_year(kind=kind, year=year))
    parts = [head]
    if files:
        parts.append(say("Kèm {n} tệp, ảnh.", n=files))
    if missing and files:
        parts.append(say("Chưa gõ mục {what}: coi như có trong tệp.", what=listed(list(missing))))
    if late:
        parts.append(say("Đã qua hạn nộp; nộp muộn vẫn được nhận."))
    parts.append(say("Trước khi chi bộ chấp nhận, đồng chí vẫn rút lại được."))
    return paragraph(*parts)


def sent(*, kind: str, year: int, version: int) -> Text:
    return say(
        "Đã nộp {what} (bản {version}). Chi bộ đọc xong đồng chí sẽ được báo.",
        what=named_year(kind=kind, year=year),
        version=version,
    )


def taken_back() -> Text:
    return say("Đã rút lại. Viết thêm xong mời nộp lại.")


def preview(
    *,
    kind: str,
    year: int,
    name: str,
    parts: Sequence[tuple[Text, str]],
    scores: Text | None,
    level: Text | None,
) -> Text:
    """Show the whole, to be read in the chat. A long one goes out as several messages."""
    head = say("<b>{what}</b>\n{name}", what=title_of_year(kind=kind, year=year), name=name)
    rest = [one for one in (scores, level) if one is not None]
    empty = say("(Chưa viết gì.)")
    return paragraph(
        head, *([_part(title, text) for title, text in parts] or [empty]), *([lines(*rest)] if rest else [])
    )


def docx_here() -> Text:
    return say("Bản theo mẫu để xem, in và ký. Tin nhắn và bản trong máy không thay chữ ký.")


@dataclass(frozen=True, slots=True)
class Change:
    label: Text
    runs: Sequence[tuple[str, str]]  # (same | removed | added, text)


def changes(*, before: int, after: int, parts: Sequence[Change]) -> Text:
    """Show what changed. `after` 0: what stands there now. Removed words are struck out, new ones underlined."""
    newer = say("bản {n}", n=after) if after else say("bản đang viết")
    head = say("Từ bản {before} đến {after}:", before=before, after=newer)
    if not parts:
        return paragraph(head, say("Không có chữ nào khác."))
    return paragraph(head, *[_change(one) for one in parts])


def _change(one: Change) -> Text:
    return lines(_bold(one.label), join([_run(*run) for run in one.runs], ""))


def _run(did: str, text: str) -> Text:
    if did == "removed":
        return say("<s>{text}</s>", text=text)
    if did == "added":
        return say("<u>{text}</u>", text=text)
    return raw(text if len(text) <= 400 else f"{text[:200]} … {text[-200:]}")


def no_changes_yet() -> Text:
    return say("Chưa có bản nào đã nộp để so.")


@dataclass(frozen=True, slots=True)
class Looked:
    name: str
    version: int
    at: datetime


def looked(*, looks: Sequence[Looked], zone: str) -> Text:
    if not looks:
        return say("Chưa ai mở bản của đồng chí.")
    rows = [
        say("• {name}: bản {n}, {at}", name=one.name, n=one.version, at=moment(one.at, zone)) for one in looks
    ]
    return lines(say("Đã mở bản của đồng chí:"), *rows)


# --- the signed paper -----------------------------------------------------------------------------------------------

SENDING_SIGNED = say("gửi bản đã ký")
ANEW = say("Bỏ các trang này, gửi lại")


def ask_pages(*, kind: str, year: int, waiting: int, sent: int) -> Text:
    """Ask for the pages. `waiting`: pages that are here and not sent to the cell; `sent`: those that the cell has."""
    ask = say(
        "Mời gửi ảnh từng trang {what} đã ký, theo thứ tự trang; tệp PDF cũng được.",
        what=named_year(kind=kind, year=year),
    )
    parts = [ask]
    if waiting:
        parts = [
            say(
                "Đã nhận <b>{n}</b> trang, <b>chưa gửi chi bộ</b>. Còn trang nữa thì gửi tiếp; đủ rồi mời bấm “Gửi chi bộ”.",
                n=waiting,
            )
        ]
    if sent:
        parts.append(say("Chi bộ đã có {n} trang.", n=sent))
    return lines(*parts)


def send_pages(*, pages: int) -> Text:
    return say("Gửi chi bộ ({n} trang)", n=pages)


def pages_sent(*, pages: int) -> Text:
    return say(
        "Đã gửi {n} trang vào màn hình của bí thư, phó bí thư. Chi bộ ghi nhận xong đồng chí sẽ được báo.",
        n=pages,
    )


def a_file(*, name: str) -> Text:
    return raw(name) if name else say("Ảnh đã gửi")
