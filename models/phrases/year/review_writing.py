"""Words of /kiemdiem for whoever writes: the overview, one section at a time, files, handing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, join, moment, named, raw, say
from models.phrases.year.review import DOCX as DOCX
from models.phrases.year.review import SEND_SIGNED as SEND_SIGNED
from models.phrases.year.review import STATES, listed, named_year, points, title_of_year

Points = int | Decimal
WRITING = say("viết bản kiểm điểm", "writing your review")
PREVIEW = say("Xem trước cả bản", "See it as a whole")
FILE_INSTEAD = say("Gửi tệp hoặc ảnh thay cho gõ", "Send a file or photos instead")
FILES_SENT = say("Xem lại các tệp đã gửi", "See the files again")
SUBMIT = say("Nộp cho chi bộ", "Hand it in")
REALLY_SUBMIT = say("Đúng, nộp", "Yes, hand it in")
WITHDRAW = say("Rút lại để viết thêm", "Take it back to write more")
CHANGES = say("Xem chỗ đã đổi", "See what has changed")
LOOKS = say("Ai đã mở bản của tôi", "Who opened it")
COMMENTED = say("Tới mục có góp ý", "To the commented sections")
NEXT_COMMENT = say("Mục có góp ý tiếp theo", "Next commented section")
NEXT = say("Mục tiếp theo", "Next section")
OVERVIEW = say("Xem tất cả các mục", "All sections")
MORE = say("Việc khác", "More")
EXAMPLES = say("Xem ví dụ", "See an example")
OWN_YEAR = say("Gợi ý từ năm của tôi", "From my own year")
TAKE_OWN_YEAR = say("Đưa các câu này vào mục", "Put these sentences in")
BESIDE = say("Xem bản cam kết đầu năm", "See this year's commitment")
WHOLE_SECTION = say("Xem cả mục", "See the whole section")
CLEAR = say("Xóa để viết lại", "Clear and write anew")
REALLY_CLEAR = say("Đúng, xóa để viết lại", "Yes, clear it")
NOT_NOW = say("Thôi, tôi tự viết", "No, I write it myself")
POINTS = say("Tự chấm điểm", "Points")
LEVEL = say("Tự đề xuất mức", "Proposed level")
KEEP = say("Thôi, giữ nguyên", "No, keep it")
AGREE = say("Đồng ý", "I agree")
OTHERS = say("Các bản của tôi", "All of mine")
DONE = say("Xong", "Done")
TAKE_ALL = say("Đúng, ghi vào các mục", "Right, put it into the sections")
TAKE_INSTEAD = say("Thay chữ cũ bằng chữ trong tệp", "Replace what is there by the file")
TAKE_BESIDES = say("Nối vào sau chữ cũ", "Add it behind what is there")
FILE_ONLY = say("Không tách, chỉ giữ tệp", "Do not split, keep the file only")
LEAVE_OUT = say("Bỏ qua đoạn này", "Leave it out")
PLACE_PIECES = say("Xếp các đoạn còn lại vào mục", "Place the remaining pieces")
DROP_FILES = say("Bỏ bớt tệp", "Remove a file")
DROP_ALL = say("Bỏ tất cả tệp chưa nộp", "Remove all not handed in")

_SHOWN = 700  # characters of a section that stand in its screen
_PIECE = 1_200  # characters of a loose piece


# --- where things stand ---------------------------------------------------------------------------------------------


def nothing_open() -> Text:
    return say(
        "Hiện chi bộ chưa mở đợt kiểm điểm hoặc cam kết nào có tên đồng chí. Khi mở, đồng chí sẽ được báo.",
        "The cell has not opened a review or commitment with your name yet. You will be told when it does.",
    )


def mine(*, count: int) -> Text:
    return say("Các bản của đồng chí: {n}.", "Yours: {n}.", n=count)


def one_of_mine(*, kind: str, year: int, state: str) -> Text:
    return say(
        "• {what}: {state}",
        "• {what}: {state}",
        what=title_of_year(kind=kind, year=year),
        state=STATES[state],
    )


def needs_consent() -> Text:
    return say(
        "Để viết tại đây cần đồng chí đồng ý với việc dưới đây. Không đồng ý thì nộp bản giấy cho chi bộ; phần đã viết ở đây "
        "chính đồng chí vẫn đọc và lấy về được.",
        "To write here you have to agree to what stands below. If not, you hand it in on paper; what you wrote here you still "
        "read and take out.",
    )


def being_written(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đang tự viết và chưa nộp phần mới viết, nên bí thư, phó bí thư chưa xem được. Có bản giấy gửi về thì mời chờ "
        "đồng chí ấy nộp, hoặc nhắn đồng chí ấy gửi ảnh bản giấy tại đây.",
        "{name} is writing and has not handed that in yet, so it is not for the desk to see. If a paper has come, please "
        "wait for it to be handed in, or ask them to send photos of the paper here.",
        name=name,
    )


@dataclass(frozen=True, slots=True)
class Heading:
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
    headings: Sequence[Heading],
    scores: Text | None,
    level: Text | None,
    files: int,
    signed: int,
    version: int,
    note: str,
    rated: Text | None,
) -> Text:
    """`name`: of its author, for whoever types on their behalf. `scores`, `level`: None where the form has none.

    `signed`: pages of the signed paper that the cell has and has not noted yet.

    `moved_from`: the deadline before our own silence moved it.
    """
    head = say(
        "<b>{what}</b> · {state}",
        "<b>{what}</b> · {state}",
        what=title_of_year(kind=kind, year=year),
        state=STATES[state],
    )
    lacks = sum(one.missing for one in headings)
    facts = [head, *([raw(name)] if name else [])]
    if state == "accepted" and signed:
        state = "signed pages"
    facts.append(_NEXT.get(state) or _until(deadline, moved_from, late=late, voluntary=voluntary))
    if version:
        facts.append(say("Đã nộp: bản {n}.", "Handed in: version {n}.", n=version))
    if files:
        facts.append(say("Tệp, ảnh đã gửi: {n}.", "Files and photos sent: {n}.", n=files))
    if files and lacks:
        facts.append(
            say(
                "Mục chưa gõ được coi như có trong tệp, ảnh.",
                "What is not typed is taken to be in the files and photos.",
            )
        )
    said = say(
        "Góp ý chung: <blockquote>{note}</blockquote>",
        "In general: <blockquote>{note}</blockquote>",
        note=note,
    )
    rows = [_heading(one, in_files=bool(files)) for one in headings]
    rows += [one for one in (scores, level) if one is not None]
    return paragraph(lines(*facts), *([rated] if rated else []), *([said] if note else []), lines(*rows))


_NEXT: dict[str, Text] = {  # what follows once it is accepted; before that, its deadline
    "accepted": say(
        "Mời tải bản .docx, in, ký tên, rồi bấm “Gửi bản đã ký”, hoặc gửi giấy về chi bộ.",
        "Please download the .docx, print and sign it, then choose “Send the signed paper”, or send the paper to the cell.",
    ),
    "signed pages": say(
        "Đã gửi chi bộ các trang bản ký; chờ chi bộ ghi nhận. Còn thiếu trang thì bấm “Gửi bản đã ký”.",
        "The pages of your signed paper are with the cell, which has not noted them yet. If one is missing, choose “Send the "
        "signed paper”.",
    ),
    "signed": say("Chi bộ đã nhận bản có chữ ký.", "The cell has your signed paper."),
    "filed": say(
        "Bản có chữ ký đã nằm trong hồ sơ; đồng chí không phải làm gì thêm.",
        "Your signed paper is in the file; there is nothing more to do.",
    ),
}


def rated(*, level: Text, number: str, on: date, by: str) -> Text:
    """What was decided, as it was recorded."""
    return say(
        "Kết quả xếp loại: <b>{level}</b> (văn bản số {number} ngày {on}, {by}).",
        "Rating: <b>{level}</b> (paper {number} of {on}, {by}).",
        level=level,
        number=number,
        on=day(on),
        by=by,
    )


def _until(deadline: date, moved_from: date | None, *, late: bool, voluntary: bool) -> Text:
    until = say("Hạn nộp: <b>{on}</b>", "To be handed in by <b>{on}</b>", on=day(deadline))
    if moved_from:
        until += say(
            " (dời từ {on} vì chương trình bị gián đoạn)",
            " (moved from {on}, since the program was down)",
            on=day(moved_from),
        )
    if late:
        until += say(" (đã qua; nộp muộn vẫn được nhận)", " (over; it is taken all the same)")
    if voluntary:
        until += say(" · tự nguyện", " · voluntary")
    return until


def _heading(one: Heading, *, in_files: bool) -> Text:
    """`in_files`: something was sent that stands for what is not typed."""
    done = say("{n} ký tự", "{n} characters", n=one.chars)
    open_ = say("để trống được", "may stay empty")
    if one.missing:
        open_ = _lacking(in_files)
    named_ = whole_title(label=one.label, title=short(one.title))
    line = say("{what}: {how}", "{what}: {how}", what=named_, how=done if one.chars else open_)
    if one.comments:
        line += say(" · <b>{n} góp ý</b>", " · <b>{n} comments</b>", n=one.comments)
    return line


def whole_title(*, label: Text, title: Text) -> Text:
    """I.2 Việc thực hiện …; one without a number is its own label."""
    return say("{label} {title}", "{label} {title}", label=label, title=title) if title.vi else label


def short(title: Text, limit: int = 48) -> Text:
    """The beginning of a long heading."""
    return named(*(_cut(title.to_plain(lang).rstrip("."), limit) for lang in ("vi", "en")))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def scores_line(
    *, general: Points | None, results: Points | None, most: tuple[int, int], in_files: bool
) -> Text:
    """`in_files`: a file stands for what is not typed."""
    if general is None and results is None:
        return say("Tự chấm điểm: {how}", "Points: {how}", how=_lacking(in_files))
    shown = [raw("…") if one is None else points(one) for one in (general, results)]
    total = raw("…") if general is None or results is None else points(general + results)
    return say(
        "Tự chấm điểm: {a}/{most_a} + {b}/{most_b} = <b>{total}/{most}</b>",
        "Points: {a}/{most_a} + {b}/{most_b} = <b>{total}/{most}</b>",
        a=shown[0],
        b=shown[1],
        most_a=most[0],
        most_b=most[1],
        total=total,
        most=sum(most),
    )


def level_line(*, level: Text | None, in_files: bool) -> Text:
    if level is None:
        return say("Tự đề xuất mức xếp loại: {how}", "Proposed level: {how}", how=_lacking(in_files))
    return say("Tự đề xuất mức xếp loại: <b>{level}</b>", "Proposed level: <b>{level}</b>", level=level)


def _lacking(in_files: bool) -> Text:
    return say("trong tệp", "in the files") if in_files else say("<b>còn thiếu</b>", "<b>missing</b>")


def choose_first() -> Text:
    return say(
        "Mời bấm vào một mục rồi gõ; tin vừa gửi chưa được ghi vào mục nào và vẫn còn ở trên để sao chép.",
        "Please choose a section first; what you sent went into none and is still above to copy.",
    )


def heading_button(*, label: Text, title: Text, done: bool, commented: bool) -> Text:
    """✓ I.2 Việc thực hiện …; "!" where a comment waits."""
    mark = raw("!" if commented else "✓" if done else "○")
    return say("{mark} {what}", "{mark} {what}", mark=mark, what=in_short(label=label, title=title))


def in_short(*, label: Text, title: Text, limit: int = 24) -> Text:
    """A number and the first words of its heading, for a button."""
    return whole_title(label=label, title=short(title, limit))


def write_next(*, what: Text) -> Text:
    return say("Viết {what}", "Write {what}", what=what)


def all_sections(*, done: int, every: int) -> Text:
    return say("Tất cả các mục ({n}/{all})", "Every section ({n}/{all})", n=done, all=every)


def more_sections(*, page: int, pages: int) -> Text:
    return say(
        "Các mục sau ({page}/{pages}) ›", "More sections ({page}/{pages}) ›", page=page + 1, pages=pages
    )


def which_section(*, done: int, every: int) -> Text:
    return say(
        "Đã viết {n}/{all} mục. Mời chọn mục để viết hoặc xem lại (✓ đã viết, ! có góp ý).",
        "{n} of {all} sections are written. Choose one to write or to read (✓ written, ! commented on).",
        n=done,
        all=every,
    )


def more() -> Text:
    return say("Việc khác với bản này:", "What else can be done with it:")


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
    """`advised`: characters that the form advises at most; 0: says nothing."""
    head = _bold(whole_title(label=label, title=title))
    said = [
        say("Góp ý: <blockquote>{text}</blockquote>", "Comment: <blockquote>{text}</blockquote>", text=one)
        for one in comments
    ]
    if not text:
        points = [say("• {point}", "• {point}", point=one) for one in prompts]
        extra = say(
            "Có thể bắt đầu từ những việc trong năm của đồng chí (nút bên dưới).",
            "You may begin from your own year (button below).",
        )
        begin = say("Mời gõ nội dung, gửi nhiều tin cũng được.", "Please type; several messages are fine.")
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
    body = say("<blockquote>{text}</blockquote>", "<blockquote>{text}</blockquote>", text=shown)
    count = say("Đã ghi {n} ký tự.", "{n} characters are kept.", n=len(text))
    if advised and len(text) > advised:
        count += say(
            " Mẫu gợi ý tối đa {n}; dài hơn vẫn được giữ đủ.",
            " The form advises {n} at most; all of it is kept.",
            n=advised,
        )
    return lines(body, count)


def more_or_next() -> Text:
    return say(
        "Gõ tiếp thì được nối vào sau; sửa tin đã gửi thì mục này được sửa theo.",
        "What you type next is added; when you edit a message you sent, this section follows.",
    )


def examples(*, label: Text, examples: Sequence[str]) -> Text:
    head = say(
        "Ví dụ cho mục <b>{label}</b> (xin viết việc của mình):",
        "Examples for <b>{label}</b> (please write your own):",
        label=label,
    )
    return paragraph(
        head,
        *[
            say("<blockquote>{one}</blockquote>", "<blockquote>{one}</blockquote>", one=one)
            for one in examples
        ],
    )


def years_own(*, sentences: Text) -> Text:
    head = say("Những việc trong năm mà chương trình đang ghi:", "What is on record of your year:")
    free = say(
        "Dùng hay không tùy đồng chí; đưa vào rồi vẫn sửa được.",
        "Use it or not, as you like; it can be changed afterwards.",
    )
    return paragraph(
        head, say("<blockquote>{s}</blockquote>", "<blockquote>{s}</blockquote>", s=sentences), free
    )


def no_records() -> Text:
    return say(
        "Chưa có việc nào trong năm được ghi lại cho mục này.",
        "Nothing of this year is on record for this section.",
    )


def whole_section(*, title: Text, text: str) -> Text:
    return _part(title, text)


def beside(*, year: int, parts: Sequence[tuple[Text, str]]) -> Text:
    """The commitment, heading by heading."""
    head = say("<b>Bản cam kết năm {year} của đồng chí</b>", "<b>Your commitment of {year}</b>", year=year)
    return paragraph(head, *[_part(title, text) for title, text in parts])


def _part(title: Text, text: str) -> Text:
    return lines(_bold(title), raw(text))


def _bold(title: Text) -> Text:
    return say("<b>{title}</b>", "<b>{title}</b>", title=title)


def really_clear(*, label: Text, chars: int) -> Text:
    return say(
        "Xóa {n} ký tự của mục <b>{label}</b> để viết lại? Các tin đồng chí đã gửi vẫn còn trong khung chat này.",
        "Clear the {n} characters of <b>{label}</b> to write it anew? The messages you sent stay in this chat.",
        n=chars,
        label=label,
    )


def edit_taken(*, label: Text) -> Text:
    return say(
        "Đã sửa mục {label} theo tin vừa sửa.",
        "Section {label} follows the message you changed.",
        label=label,
    )


def text_or_file() -> Text:
    return say(
        "Mời gõ chữ, hoặc gửi tệp .docx, .pdf, ảnh chụp bản viết tay.",
        "Please type, or send a .docx, a .pdf, or photos of the handwritten text.",
    )


# --- points and level -----------------------------------------------------------------------------------------------


def ask_score(*, title: Text, guidance: Text, most: int, now: Points | None) -> Text:
    head = _bold(title)
    kept = say("Đang ghi: {n}.", "Now: {n}.", n=points(now)) if now is not None else None
    how = say("Mời gõ một số từ 0 đến {most}.", "Please type a number from 0 to {most}.", most=most)
    return paragraph(head, guidance, *([kept] if kept else []), how)


@dataclass(frozen=True, slots=True)
class Threshold:
    level: Text
    least: int
    below: int  # 0: no upper bound


def ask_level(*, title: Text, guidance: Text, total: Points | None, thresholds: Sequence[Threshold]) -> Text:
    head = _bold(title)
    rows = [_threshold(one) for one in thresholds]
    mine = (
        say("Tổng điểm tự chấm: <b>{n}</b>.", "Your points together: <b>{n}</b>.", n=points(total))
        if total is not None
        else None
    )
    own = say(
        "Đồng chí tự chọn; chương trình không xếp loại, cấp có thẩm quyền quyết định.",
        "The choice is yours; the program rates nobody, the competent level decides.",
    )
    first = [guidance] if guidance.vi else [own]
    return paragraph(head, *first, lines(*rows), *([mine] if mine else []))


def _threshold(one: Threshold) -> Text:
    if one.below:
        return say(
            "{level}: từ {a} đến dưới {b} điểm",
            "{level}: {a} to below {b} points",
            level=one.level,
            a=one.least,
            b=one.below,
        )
    return say("{level}: từ {a} điểm", "{level}: from {a} points", level=one.level, a=one.least)


# --- a file instead -------------------------------------------------------------------------------------------------


def ask_files(*, names: Sequence[str]) -> Text:
    ask = say(
        "Mời gửi bản đã viết: tệp Word <b>.docx</b> (chương trình đọc vào từng mục để đồng chí xem lại), tệp <b>.pdf</b>, "
        "hoặc <b>ảnh chụp</b> bản viết tay (nhiều ảnh cũng được, theo thứ tự trang).",
        "Please send what you wrote: a Word file <b>.docx</b> (it is read into the sections for you to check), a "
        "<b>.pdf</b>, or <b>photos</b> of the handwritten text (several are fine, in the order of the pages).",
    )
    if not names:
        return ask
    return paragraph(ask, got_files(names=names))


def got_files(*, names: Sequence[str]) -> Text:
    rows = [
        say("• {name}", "• {name}", name=name) if name else say("• ảnh {n}", "• photo {n}", n=number)
        for number, name in enumerate(names, start=1)
    ]
    return lines(say("Đã nhận {n}:", "Received, {n}:", n=len(names)), *rows)


def drop_which() -> Text:
    return say(
        "Bỏ tệp nào? Chỉ bỏ được tệp chưa nộp.", "Remove which? Only what is not handed in can be removed."
    )


def drop_one(*, name: str, number: int) -> Text:
    """A file by its name, a photo by its number."""
    what = raw(_cut_name(name)) if name else say("ảnh {n}", "photo {n}", n=number)
    return say("Bỏ {what}", "Remove {what}", what=what)


def _cut_name(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:16]}…{name[-9:]}"


def too_many_files(*, limit: int) -> Text:
    return say(
        "Đã đủ {limit} tệp. Mời gộp các trang vào một tệp .pdf.",
        "There are {limit} files already. Please put the pages into one .pdf.",
        limit=limit,
    )


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
    """How a document was understood; nothing is in the sections yet."""
    if not parts:
        return paragraph(nothing_recognised(), *_left(pieces, pictures))
    head = say("Đã đọc tệp. Mời xem các mục có đúng không:", "The file was read. Please check the sections:")
    rows = [_read_part(one) for one in parts]
    lacks = (
        [
            say(
                "Chưa thấy trong tệp: mục {what}.",
                "Not found in the file: {what}.",
                what=listed(list(missing)),
            )
        ]
        if missing
        else []
    )
    given = (
        [say("Điểm tự chấm: {n}", "Points: {n}", n=join([points(one) for one in points_given], " + "))]
        if points_given
        else []
    )
    given += [say("Mức tự đề xuất: {level}", "Level proposed: {level}", level=level)] if level else []
    return paragraph(head, *rows, *given, *lacks, *_left(pieces, pictures))


def kept_unread() -> Text:
    return say(
        "Đã giữ nguyên tệp .doc và gửi kèm khi nộp. Chương trình không đọc chữ trong tệp .doc vào từng mục; muốn vậy, mời lưu "
        "thành .docx rồi gửi lại.",
        "The .doc file is kept as it is and goes along when you hand in. Its text is not read into the sections; for that, "
        "please save it as .docx and send it again.",
    )


def nothing_recognised() -> Text:
    return say(
        "Chưa nhận ra đề mục nào của mẫu trong tệp. Có thể chỉ giữ tệp, hoặc xếp từng đoạn vào mục.",
        "No heading of the form was recognised in the file. You can keep the file alone, or put the pieces into sections.",
    )


def _read_part(one: ReadPart) -> Text:
    line = say(
        "<b>{what}</b> ({n} ký tự)",
        "<b>{what}</b> ({n} characters)",
        what=whole_title(label=one.label, title=short(one.title)),
        n=len(one.text),
    )
    if one.clashes:
        line += say(" · mục này đang có chữ", " · something is written there already")
    return lines(line, say("<i>{text}</i>", "<i>{text}</i>", text=_cut(one.text.replace("\n", " "), 160)))


def _left(pieces: Sequence[str], pictures: int) -> list[Text]:
    left = []
    if pieces:
        left.append(
            say(
                "Còn {n} đoạn chưa thuộc mục nào (thường là phần đầu trang, phần ký).",
                "{n} pieces belong to no section (mostly the letterhead and the signature).",
                n=len(pieces),
            )
        )
    if pictures:
        left.append(
            say(
                "Trong tệp có {n} hình; hình không vào các mục, nhưng tệp vẫn được giữ nguyên.",
                "There are {n} pictures; they go into no section, but the file is kept as it is.",
                n=pictures,
            )
        )
    return left


def place_piece(*, text: str, left: int) -> Text:
    head = say("Đoạn này thuộc mục nào? (còn {n})", "Where does this piece belong? ({n} left)", n=left)
    return paragraph(
        head,
        say("<blockquote>{text}</blockquote>", "<blockquote>{text}</blockquote>", text=_cut(text, _PIECE)),
    )


def taken_over(*, count: int) -> Text:
    return say("Đã ghi {n} mục từ tệp.", "{n} sections were taken from the file.", n=count)


# --- handing in and after -------------------------------------------------------------------------------------------


def ask_submit(*, kind: str, year: int, missing: Sequence[Text], files: int, late: bool) -> Text:
    head = say(
        "Nộp <b>{what}</b> cho chi bộ?", "Hand in your <b>{what}</b>?", what=named_year(kind=kind, year=year)
    )
    parts = [head]
    if files:
        parts.append(say("Kèm {n} tệp, ảnh.", "With {n} files or photos.", n=files))
    if missing and files:
        parts.append(
            say(
                "Chưa gõ mục {what}: coi như có trong tệp.",
                "Not typed: {what}; taken to be in the files.",
                what=listed(list(missing)),
            )
        )
    if late:
        parts.append(
            say("Đã qua hạn nộp; nộp muộn vẫn được nhận.", "The deadline is over; it is taken all the same.")
        )
    parts.append(
        say(
            "Trước khi chi bộ chấp nhận, đồng chí vẫn rút lại được.",
            "Until it is accepted you can take it back.",
        )
    )
    return paragraph(*parts)


def sent(*, kind: str, year: int, version: int) -> Text:
    return say(
        "Đã nộp {what} (bản {version}). Chi bộ đọc xong đồng chí sẽ được báo.",
        "Your {what} is handed in (version {version}). You will be told when it has been read.",
        what=named_year(kind=kind, year=year),
        version=version,
    )


def taken_back() -> Text:
    return say(
        "Đã rút lại. Viết thêm xong mời nộp lại.", "Taken back. Please hand it in again when you are done."
    )


def preview(
    *,
    kind: str,
    year: int,
    name: str,
    parts: Sequence[tuple[Text, str]],
    scores: Text | None,
    level: Text | None,
) -> Text:
    """The whole, to be read in the chat; long ones go out as several messages."""
    head = say(
        "<b>{what}</b>\n{name}", "<b>{what}</b>\n{name}", what=title_of_year(kind=kind, year=year), name=name
    )
    rest = [one for one in (scores, level) if one is not None]
    empty = say("(Chưa viết gì.)", "(Nothing is written yet.)")
    return paragraph(
        head, *([_part(title, text) for title, text in parts] or [empty]), *([lines(*rest)] if rest else [])
    )


def docx_here() -> Text:
    return say(
        "Bản theo mẫu để xem, in và ký. Tin nhắn và bản trong máy không thay chữ ký.",
        "In official form, to read, print and sign. Neither chat nor file replaces your signature.",
    )


@dataclass(frozen=True, slots=True)
class Change:
    label: Text
    runs: Sequence[tuple[str, str]]  # (same | removed | added, text)


def changes(*, before: int, after: int, parts: Sequence[Change]) -> Text:
    """`after` 0: what stands there now. Removed words are struck out, new ones underlined."""
    newer = say("bản {n}", "version {n}", n=after) if after else say("bản đang viết", "what stands there now")
    head = say(
        "Từ bản {before} đến {after}:", "From version {before} to {after}:", before=before, after=newer
    )
    if not parts:
        return paragraph(head, say("Không có chữ nào khác.", "No word differs."))
    return paragraph(head, *[_change(one) for one in parts])


def _change(one: Change) -> Text:
    return lines(_bold(one.label), join([_run(*run) for run in one.runs], ""))


def _run(did: str, text: str) -> Text:
    if did == "removed":
        return say("<s>{text}</s>", "<s>{text}</s>", text=text)
    if did == "added":
        return say("<u>{text}</u>", "<u>{text}</u>", text=text)
    return raw(text if len(text) <= 400 else f"{text[:200]} … {text[-200:]}")


def no_changes_yet() -> Text:
    return say("Chưa có bản nào đã nộp để so.", "Nothing was handed in yet to compare with.")


@dataclass(frozen=True, slots=True)
class Looked:
    name: str
    version: int
    at: datetime


def looked(*, looks: Sequence[Looked], zone: str) -> Text:
    if not looks:
        return say("Chưa ai mở bản của đồng chí.", "Nobody has opened it yet.")
    rows = [
        say(
            "• {name}: bản {n}, {at}",
            "• {name}: version {n}, {at}",
            name=one.name,
            n=one.version,
            at=moment(one.at, zone),
        )
        for one in looks
    ]
    return lines(say("Đã mở bản của đồng chí:", "Opened by:"), *rows)


# --- the signed paper -----------------------------------------------------------------------------------------------

SENDING_SIGNED = say("gửi bản đã ký", "sending the signed paper")
ANEW = say("Bỏ các trang này, gửi lại", "Drop these pages, begin anew")


def ask_pages(*, kind: str, year: int, waiting: int, sent: int) -> Text:
    """`waiting`: pages that are here and not sent to the cell; `sent`: those that the cell has."""
    ask = say(
        "Mời gửi ảnh từng trang {what} đã ký, theo thứ tự trang; tệp PDF cũng được.",
        "Please send photos of the pages of your signed {what}, in their order; a PDF is fine too.",
        what=named_year(kind=kind, year=year),
    )
    parts = [ask]
    if waiting:
        parts = [
            say(
                "Đã nhận <b>{n}</b> trang, <b>chưa gửi chi bộ</b>. Còn trang nữa thì gửi tiếp; đủ rồi mời bấm “Gửi chi bộ”.",
                "Pages received: <b>{n}</b>, <b>not sent to the cell yet</b>. Send the next one, or choose “Send to the cell”.",
                n=waiting,
            )
        ]
    if sent:
        parts.append(say("Chi bộ đã có {n} trang.", "Pages that the cell has: {n}.", n=sent))
    return lines(*parts)


def send_pages(*, pages: int) -> Text:
    return say("Gửi chi bộ ({n} trang)", "Send to the cell, pages: {n}", n=pages)


def pages_sent(*, pages: int) -> Text:
    return say(
        "Đã gửi {n} trang vào màn hình của bí thư, phó bí thư. Chi bộ ghi nhận xong đồng chí sẽ được báo.",
        "Pages on the screens of secretary and deputy: {n}. You will be told when the cell has noted them.",
        n=pages,
    )


def a_file(*, name: str) -> Text:
    return raw(name) if name else say("Ảnh đã gửi", "A photo you sent")
