"""Words of /dulieu: what is held, who looked, and how to change, take out, withdraw and delete it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.contact.checkin import chosen
from models.phrases.people import member as people
from models.phrases.text import Text, dated, day, join, moment, month, raw, say, say_as, small

ABOUT = say("dữ liệu của tôi")
IN_FULL = say("Xem đầy đủ")
WHO_LOOKED = say("Ai đã xem, ai đã sửa")
CHANGE = say("Sửa")
AGREEMENTS = say("Đồng ý của tôi")
TAKE_OUT = say("Lấy về thành tệp")
DELETE = say("Xóa dữ liệu")
MY_DATA = say("Dữ liệu của tôi")

PLACE = say("Nơi ở và giờ")
PHONE = say("Số điện thoại")
NAME = say("Họ và tên")
BIRTH_YEAR = say("Năm sinh")
DISCREET_ON = say("Bật chế độ kín đáo")
DISCREET_OFF = say("Tắt chế độ kín đáo")

WITHDRAW = say_as("data", "Rút lại")
WITHDRAW_CONTACT = say("Rút lại, ngừng hỏi tôi")
WITHDRAW_CHAT = say("Rút lại, đóng cuộc trò chuyện")
KEEP = say("Không, giữ nguyên")
DELETE_GO_ON = say("Tôi muốn xóa")
DELETE_FOR_GOOD = say("Xóa hẳn")

NOTHING = say("(chưa có)")
AT_HOME = say("ở nhà, tại địa phương")
ON = say("bật")
OFF = say("tắt")
AS_CELL = say("theo chi bộ")

CELL = say("Chi bộ")
STANDING = say("Đảng viên")
JOINED = say("Ngày vào Đảng")
OFFICIAL = say("Ngày chính thức")
CLOCK = say("Đồng hồ")
LANGUAGE = say("Ngôn ngữ")
DISCREET = say("Chế độ kín đáo")
RHYTHM = say("Lịch báo cáo")
LINKED = say("Nơi đã liên kết")
OFFICES = say_as("data", "Phân công")
CHECKINS = say_as("data", "Báo cáo tình hình")
CONTACT = say_as("data", "Người giữ liên lạc")
REVIEWS = say("Kiểm điểm, cam kết")
RATINGS = say("Xếp loại")
TASKS = say("Việc được giao")
MEETINGS = say_as("data", "Họp chi bộ")
NOTICES = say("Thông báo đã nhận")
PROBATION = say("Thời gian dự bị")
OTHERS = say("Ghi chép khác (đủ trong tệp lấy về)")
FILES_APART = say(
    "Ảnh, ghi âm, tệp đã gửi được giữ riêng, không nằm trong các tệp lấy về. Muốn lấy lại, mời mở lại cuộc trò chuyện này."
)
NOTES = say("Ghi nhận liên hệ")
ABSENCES = say("Lần đi xa, đơn và thư")
PAUSES = say_as("data", "Tạm nghỉ báo cáo")
GRACE = say("Ngày dự phòng riêng")
REQUESTS = say("Đề nghị hỗ trợ")
DRAFTS = say("Việc đang làm dở")
INVITES = say("Lời mời")
LOOKS = say("Người đã xem")
DEEDS = say("Người đã sửa, đã quyết định")

LOOKED_AT: dict[str, Text] = {
    "pause.reason": say("lý do tạm nghỉ"),
    "member.phone": say("số điện thoại"),
    "member.timeline": say("quá trình liên hệ, báo cáo"),
    "checkin.report": say_as("data", "báo cáo"),
    "contact.note": say_as("data", "ghi nhận liên hệ"),
    "checkin.excuse": say("lý do hoãn báo cáo"),
    "request.see": say("đề nghị hỗ trợ"),
    "request.files": say("ảnh, ghi âm của đề nghị hỗ trợ"),
    "meeting.reason": say("lý do vắng họp"),
    "meeting.words": say("ý kiến gửi cho cuộc họp"),
    "probation.see": say("thời gian dự bị"),
    "roster.export": say("danh sách xuất ra Excel"),
    "absence.filing": say("hồ sơ đi làm ăn xa"),
    "absence.details": say("cách liên hệ nơi đến"),
    "absence.scans": say("bản scan giấy tờ"),
    "absence.letter": say("thư của nơi đến"),
    "absence.counts": say("số liệu theo dõi"),
    "task.words": say("kết quả nhiệm vụ"),
    "notice.answer": say("trả lời thông báo"),
    "rollcall.list": say("danh sách điểm danh an toàn"),
    "ladder.calls": say("danh sách cần gọi xuất ra Excel"),
    "member.year": say("phiếu một năm"),
    "member.papers": say("bộ giấy tờ, lấy ra tệp"),
    "sheet.print": say("phiếu gọi điện in ra giấy"),
    "committee.names": say("họ tên, theo đề nghị của cấp trên"),
    "absence.register": say("sổ theo dõi đi làm ăn xa"),
    "review.read": say("bản kiểm điểm, cam kết"),
    "review.bundle": say("bản kiểm điểm, trong trọn bộ của chi bộ"),
    "review.rating": say("kết quả xếp loại"),
    "review.summary": say("bảng tổng hợp xếp loại"),
    "review.files": say("tệp, ảnh của bản kiểm điểm, cam kết"),
    "roster.links": say("số điện thoại, trong tệp lời mời"),
}


def title() -> Text:
    return say("<b>Những gì được lưu về đồng chí</b>")


def title_of_visit() -> Text:
    """Say a title to somebody who may never have been asked by the program: it calls nobody anything."""
    return say("<b>Những gì được lưu về bạn</b>")


def nothing_of(*, labels: Sequence[Text]) -> Text:
    return say("Chưa có gì về: {labels}.", labels=join(list(labels), "; "))


def row(label: Text, value: Text) -> Text:
    return say("{label}: {value}", label=label, value=value)


def section(label: Text, entries: Sequence[Text]) -> Text:
    head = say("<b>{label}</b>", label=label)
    return lines(head, *(entries or [NOTHING]))


def place_follows(*, place: Text) -> Text:
    return say(
        "Nơi ở đang theo lần đi xa đã khai ({place}). Mời sửa ở lần đi xa: nơi cũ vẫn được lưu, chi bộ được báo.",
        place=place,
    )


def chapters(label: Text, entries: Sequence[Text]) -> Text:
    """Say a section whose entries are long, with an empty line between them."""
    head = say("<b>{label}</b>", label=label)
    return paragraph(head, *(entries or [NOTHING]))


def counts(*, rows: int, tables: int) -> Text:
    return say(
        "Ngoài ra: {rows} dòng trong {tables} loại ghi chép, xem ở [Xem đầy đủ] hoặc lấy về thành tệp.",
        rows=rows,
        tables=tables,
    )


def consent_line(*, purpose: Text, given: bool, at: datetime, zone: str, version: int) -> Text:
    what = say("đồng ý") if given else say("không đồng ý")
    return say(
        "• {purpose}: {what}, {when}, bản {version}",
        purpose=purpose,
        what=what,
        when=dated(at, zone),
        version=version,
    )


def account_line(*, since: datetime, until: datetime | None, zone: str) -> Text:
    if until is None:
        return say("• từ {since}", since=dated(since, zone))
    return say("• từ {since} đến {until}", since=dated(since, zone), until=dated(until, zone))


def linked_line(*, channel: str, since: datetime, until: datetime | None, zone: str) -> Text:
    name = people.CHANNELS[channel]
    if until is None:
        return say("• {channel}, từ {since}", channel=name, since=dated(since, zone))
    return say(
        "• {channel}, từ {since} đến {until}",
        channel=name,
        since=dated(since, zone),
        until=dated(until, zone),
    )


def office_line(*, role: Text, unit: str, since: datetime, until: datetime | None, zone: str) -> Text:
    held = account_line(since=since, until=until, zone=zone)
    return say("{held}: {role}, {unit}", held=held, role=role, unit=unit)


def checkin_line(*, period: date, state: Text, by: str | None, words: Sequence[Text]) -> Text:
    head = say("• {month}: {state}", month=month(period), state=state)
    if by:
        head += say(" (do đồng chí {by} ghi)", by=by)
    return lines(head, *(indented(part) for part in words))


def correct_note(*, on: date) -> Text:
    return say("Sửa ghi nhận ngày {day}", day=day(on))


def note_line(*, by: str, channel: Text, on: date, result: str, correction: str) -> Text:
    head = say(
        "• {day}, {by}, {channel}: {result}", day=day(on), by=by, channel=channel, result=result or NOTHING
    )
    if not correction:
        return head
    return lines(head, indented(say("sửa lại: {text}", text=correction)))


def request_line(*, at: datetime, zone: str, text: str, owner: str, replies: Sequence[Text]) -> Text:
    line = say("• {when}: {text}", when=dated(at, zone), text=text or NOTHING)
    taken = [say("người nhận: {owner}", owner=owner)] if owner else []
    return lines(line, *(indented(one) for one in [*taken, *replies]))


def reply_line(*, at: datetime, zone: str, by: str, text: str, files: int) -> Text:
    """Say what the member or a helper wrote about a request."""
    sent = say("(ảnh, ghi âm: {n})", n=files) if files else raw("")
    words = say("{text} {sent}", text=text, sent=sent) if text and files else raw(text) + sent
    return say("{when}, {by}: {words}", when=dated(at, zone), by=by, words=words)


def dated_line(*, what: Text, at: datetime, zone: str) -> Text:
    return say("• {what}, {when}", what=what, when=dated(at, zone))


def invite_line(*, state: Text, at: datetime, by: str, zone: str) -> Text:
    who = raw(by) if by else say("quản trị viên")
    return say("• {when}, người mời {who}: {state}", when=dated(at, zone), who=who, state=state)


def look_line(*, by: str, what: str, at: datetime, zone: str) -> Text:
    return say(
        "• {when}: đồng chí {by} xem {what}", when=dated(at, zone), by=by, what=LOOKED_AT.get(what, raw(what))
    )


def indented(text: Text) -> Text:
    return say("   {text}", text=text)


def report_facts(
    *,
    fine: bool,
    where: Text | None,
    choices: Mapping[str, str],
    note: str,
    help_: bool,
    files: int,
) -> list[Text]:
    """Return what was answered, a line each."""
    facts = [say("mọi việc vẫn ổn")] if fine else []
    facts += [say("nơi ở: {what}", what=where)] if where else []
    facts += [small(one) for one in chosen(choices)]
    facts += [say("“{note}”", note=note)] if note else []
    facts += [say("cần hỗ trợ")] if help_ else []
    facts += [say("{n} tệp gửi kèm", n=files)] if files else []
    return facts


def assignment_line(*, by: str, since: datetime, until: datetime | None, zone: str) -> Text:
    held = account_line(since=since, until=until, zone=zone)
    return say("{held}: đồng chí {by}", held=held, by=by)


def review_line(
    *, kind: Text, year: int, state: Text, level: Text | None, points: Text | None, files: int
) -> Text:
    """Say a self-criticism or commitment; its full text is in the file."""
    facts = [say("tự nhận: {level}", level=level)] if level else []
    facts += [say("tự chấm {n} điểm", n=points)] if points is not None else []
    facts += [say("{n} tệp, ảnh", n=files)] if files else []
    head = say("• {kind} năm {year}: {state}", kind=kind, year=year, state=state)
    return lines(head, *(indented(fact) for fact in facts))


def with_words(line: Text, words: Sequence[str]) -> Text:
    """Say a line, and below it what was written about it."""
    return lines(line, *(indented(say("“{x}”", x=x)) for x in words))


def words_of(*, label: Text, text: str) -> Text:
    return indented(say("{label}: “{text}”", label=label, text=text))


def rating_line(*, stage: Text, year: int, level: Text, number: str, on: date) -> Text:
    return say(
        "• Năm {year}, {stage}: {level} (số {number}, {day})",
        year=year,
        stage=stage,
        level=level,
        number=number or NOTHING,
        day=day(on),
    )


def task_line(*, due: date, state: Text, text: str, words: str) -> Text:
    head = say("• hạn {day}, {state}: {text}", day=day(due), state=state, text=text)
    return lines(head, *([words_of(label=say("kết quả"), text=words)] if words else []))


def meeting_line(
    *, at: datetime, zone: str, answer: Text | None, came: Text | None, words: Sequence[str]
) -> Text:
    facts = [say("trả lời: {answer}", answer=answer)] if answer else []
    facts += [say("dự họp: {came}", came=came)] if came else []
    head = say("• họp {when}", when=dated(at, zone))
    return with_words(lines(head, *(indented(fact) for fact in facts)), words)


def notice_line(*, at: datetime, zone: str, read: datetime | None, choice: str) -> Text:
    seen = say("đã đọc {when}", when=dated(read, zone)) if read else say("chưa báo đã đọc")
    head = say("• thông báo {when}: {seen}", when=dated(at, zone), seen=seen)
    return lines(head, *([words_of(label=say_as("data", "trả lời"), text=choice)] if choice else []))


def probation_line(*, admitted: date, state: Text, words: Sequence[str]) -> Text:
    head = say("• kết nạp {day}: {state}", day=day(admitted), state=state)
    return with_words(head, words)


def other_rows(*, what: Text, n: int) -> Text:
    """Say how many rows there are of a kind that has no lines of its own here."""
    return say("• {what}: {n} dòng", what=what, n=n)


def nobody_changed() -> Text:
    return say("Chưa ai sửa hoặc quyết định điều gì về đồng chí.")


def nobody_looked() -> Text:
    return say("Chưa ai xem chi tiết của đồng chí.")


# --- changing -------------------------------------------------------------------------------------------------------


def what_to_change() -> Text:
    return say("Đồng chí muốn sửa gì?")


def which_phone() -> Text:
    return say("Mời gõ số điện thoại mới. Số nước ngoài ghi cả mã nước, ví dụ +81 90 1234 5678.")


def phone_not_read() -> Text:
    return say("Số này chưa đúng. Mời gõ lại, ví dụ 0912 345 678 hoặc +81 90 1234 5678.")


def which_name() -> Text:
    return say("Mời gõ họ và tên đúng. Danh sách do chi bộ giữ, nên bí thư sẽ nhận được đề nghị và sửa.")


def which_birth_year() -> Text:
    return say("Mời gõ năm sinh đúng (bốn chữ số). Bí thư sẽ nhận được đề nghị và sửa.")


def which_joined() -> Text:
    return say("Mời gõ ngày vào Đảng đúng, ví dụ 03/02/2010. Bí thư sẽ nhận được đề nghị và sửa.")


def year_not_read() -> Text:
    return say("Mời gõ năm sinh bằng bốn chữ số, ví dụ 1985.")


def saved() -> Text:
    return say("Đã sửa.")


def moved(*, place: Text, next_at: datetime | None, zone: str) -> Text:
    done = say("Đã ghi nơi ở mới: {place}.", place=place)
    if next_at is None:
        return done
    return lines(done, say("Kỳ báo cáo tới: {when}.", when=moment(next_at, zone)))


def proposed(*, told: bool) -> Text:
    if told:
        return say("Đã gửi đề nghị tới bí thư. Danh sách đổi sau khi bí thư sửa.")
    return say("Hiện chưa có ai ở chi bộ nhận được tin, nên đề nghị chưa tới. Mời gọi điện cho bí thư.")


def correction_proposed(*, name: str, what: str, proposed: str) -> Text:
    return say(
        "Đồng chí {name} đề nghị sửa {what} thành: <b>{proposed}</b>\n\nĐồng chí ấy được trả lời khi bí thư sửa hoặc giữ.",
        name=name,
        what=_FACTS.get(what, raw(what)),
        proposed=proposed,
    )


CORRECT_IT = say("Sửa trong danh sách")
KEEP_IT = say_as("data", "Giữ như cũ")


def correction_answered(*, what: str, value: Text | None, by: str) -> Text:
    fact = _FACTS.get(what, raw(what))
    if value is None:
        return say(
            "Đồng chí {by} xem đề nghị của đồng chí và giữ {what} như trong danh sách. Chưa đúng thì mời trao đổi trực tiếp.",
            by=by,
            what=fact,
        )
    return say(
        "Theo đề nghị của đồng chí, đồng chí {by} đã sửa {what} trong danh sách: <b>{value}</b>.",
        by=by,
        what=fact,
        value=value,
    )


def correction_kept(*, name: str) -> Text:
    return say("Giữ như cũ. Tin trả lời được gửi tới đồng chí {name}.", name=name)


_FACTS: dict[str, Text] = {
    "name": say_as("data", "họ tên"),
    "birth_year": say_as("data", "năm sinh"),
    "joined_on": say_as("data", "ngày vào Đảng"),
}


# --- consents -------------------------------------------------------------------------------------------------------


def agreements() -> Text:
    return say(
        "<b>Đồng ý của tôi</b>\n\n✓ đang đồng ý, ✗ không đồng ý, ? chưa trả lời (tính là không). Chạm vào một việc để đọc và "
        "đổi, lúc nào cũng được."
    )


def agreement(*, purpose: Text, given: bool | None) -> Text:
    """Say whether it is agreed. `given` None: never answered."""
    mark = {True: say("✓"), False: say("✗"), None: say("?")}[given]
    return say("{mark} {purpose}", mark=mark, purpose=purpose)


def decide(*, wording: Text, given: bool | None, follows: Text) -> Text:
    """Show the wording, how it stands (None: never asked), and what follows when it is withdrawn."""
    if given is None:
        now = say("Hiện nay: <b>chưa trả lời</b>, tính là không đồng ý.")
    elif given:
        now = say("Hiện nay: đồng chí <b>đồng ý</b>.")
    else:
        now = say("Hiện nay: đồng chí <b>không đồng ý</b>.")
    return paragraph(now, follows, wording) if given else paragraph(wording, now)


# --- taking out -----------------------------------------------------------------------------------------------------

LEFT_OUT: dict[str, str] = {  # stands in the file for machines, so in both languages at once
    "acts": "Việc đồng chí đã làm với dữ liệu của người khác: chỉ có ngày giờ và loại việc; lời văn thuộc về người ấy. "
    "What you did with others' data: only when and what; the words belong to those others.",
    "outbox.body": "Lời các tin đã gửi cho đồng chí: xem trong chính cuộc trò chuyện; ở đây xóa sau khi gửi ít ngày. "
    "The words of messages to you: they stand in the chat, and are erased here soon after.",
    "secret.hash_sealed": "Mã PIN, mã trở lại: chỉ lưu dấu vân tay. PIN and return code: only a fingerprint is kept.",
    "review_bundle_part.data_sealed": "Tài liệu lập từ bản đã nộp; bản đã nộp có đủ ở trên. "
    "A document made from what was handed in, which stands above.",
    "files": "Ảnh, ghi âm, tệp: ở đây chỉ có mã; chúng còn trong cuộc trò chuyện. Photos, voice messages, files: here are "
    "only their ids; they stand in the chat.",
}


def taken_out(*, name: str, sha256: str) -> Text:
    """Say that a file to read is made, with its checksum, which shows later whether it was changed."""
    return say(
        "<b>{name}</b>: toàn bộ dữ liệu của đồng chí, mở bằng trình duyệt, in được trên giấy A4. Xin giữ kín.\n"
        "SHA-256: <code>{sha256}</code>",
        name=name,
        sha256=sha256,
    )


def taken_out_for_machines(*, name: str, sha256: str) -> Text:
    return say(
        "<b>{name}</b>: cũng dữ liệu ấy, cho máy đọc.\nSHA-256: <code>{sha256}</code>",
        name=name,
        sha256=sha256,
    )


PAGE_TITLE = say("Dữ liệu của tôi")
PAGE_ROWS = say("Từng dòng như được lưu")
PAGE_ACTS = say("Việc tôi đã làm liên quan đến người khác")
PAGE_CHATS = say("Trong cuộc trò chuyện này")
PAGE_LEFT_OUT = say("Không có trong tệp này")


YES, NO, MYSELF = say("có"), say("không"), say("tôi")


def page_made(*, at: datetime, zone: str) -> Text:
    return say("Lập {when}. Giờ trong các bảng là giờ UTC.", when=dated(at, zone))


# --- deleting -------------------------------------------------------------------------------------------------------


def taken_back() -> Text:
    """Say that it was taken back, in place of a message on somebody else's phone."""
    return say("Nội dung tin này đã được gỡ: người được nhắc tới đã xóa dữ liệu của mình.")


def what_is_deleted(
    *, offices: Sequence[Text], reviews: int, tasks: int, requests: int, absences: int
) -> Text:
    """Say before deletion what goes, what stays and on which ground, and what the program cannot reach."""
    return paragraph(
        say("<b>Xóa dữ liệu của tôi</b>"),
        say(
            "<b>Xóa hẳn:</b> mọi liên kết tài khoản, số điện thoại, nơi ở; lần đi xa, đơn và thư ({absences}); lời báo cáo, ghi nhận "
            "liên hệ, đề nghị hỗ trợ ({requests}); bản kiểm điểm, cam kết, điểm, xếp loại ({reviews}), cả bản đã được chấp "
            "nhận; việc được giao ({tasks}); câu trả lời, ý kiến về cuộc họp và thông báo; mã tệp; việc đang làm dở; tin còn "
            "lưu, kể cả tin gửi người khác về đồng chí.",
            absences=absences,
            requests=requests,
            reviews=reviews,
            tasks=tasks,
        ),
        say(
            "<b>Còn lại</b>, vì chi bộ phải giữ danh sách đảng viên: họ tên, năm sinh, ngày vào Đảng, chính thức hay dự bị; chức "
            "vụ đã giữ.\nCòn để đếm: kỳ nào đã trả lời, ngày nào được liên hệ, có dự họp hay không.\nCòn để làm căn cứ khi cần: "
            "ngày đã đồng ý, đã rút lại, ai đã xem.\nViệc đồng chí đã làm cho người khác thì thuộc về họ."
        ),
        say(
            "Tin trong 48 giờ qua ở máy người khác có nội dung riêng của đồng chí sẽ được gỡ. Tin cũ hơn, tệp họ đã tải về và "
            "giấy tờ của chi bộ thì chương trình không gọi về được."
        ),
        *([_offices_stay(offices)] if offices else []),
        say(
            "Người phụ trách được báo rằng đồng chí đã ngừng dùng. Đồng chí nhận biên nhận. Mời lấy dữ liệu về trước nếu cần."
        ),
    )


def _offices_stay(offices: Sequence[Text]) -> Text:
    return say(
        "<b>Phân công của đồng chí ({offices}) không tự kết thúc</b>: sau khi xóa, chưa có người thay đồng chí. Mời bàn giao "
        "hoặc báo cấp trên trước; người phụ trách cấp trên sẽ được báo.",
        offices=join(list(offices), "; "),
    )


def office_unattended(*, name: str, unit: str) -> Text:
    return say(
        "Đồng chí {name}, được phân công ở {unit}, đã xóa tài khoản của mình trong chương trình. Phân công vẫn còn nhưng đồng "
        "chí ấy không nhận được tin ở đây nữa. Mời ghi nhận người khác trong /dangbo.",
        name=name,
        unit=unit,
    )


def really_delete() -> Text:
    return say("Lần cuối: xóa hẳn? Việc này không lấy lại được.")


def farewell(*, number: str, at: datetime, zone: str) -> Text:
    return say(
        "Đã xóa, {when}. Biên nhận số <b>{number}</b> ở tệp dưới đây, xin giữ lại.\n\nTài khoản ở đây không còn liên kết với ai. Khi "
        "muốn dùng lại, mời xin một lời mời mới. Chúc mọi điều tốt lành.",
        number=number,
        when=dated(at, zone),
    )


RECEIPT = say("Biên nhận xóa dữ liệu")


def receipt(
    *,
    number: str,
    name: str,
    at: datetime,
    zone: str,
    rows: Sequence[Text],
    counts: Sequence[Text],
    stays: Sequence[Text],
) -> Text:
    """Write the receipt: what was erased, by kind; what stays, and on which ground. It is a plain text file."""
    return paragraph(
        say("BIÊN NHẬN XÓA DỮ LIỆU số {number}", number=number),
        say("{name}, {when}", name=name, when=dated(at, zone)),
        lines(say("ĐÃ XÓA"), *rows, *counts),
        lines(say("CÒN LẠI VÀ VÌ SAO"), *stays),
        say(
            "Tin cũ hơn 48 giờ ở máy người khác, tệp họ đã tải về và giấy tờ của chi bộ thì chương trình không gọi về được. Bản "
            "sao lưu cũ tự hết hạn; nếu phải dùng lại bản ấy, việc xóa này được làm lại ngay khi chương trình khởi động."
        ),
    )


def receipt_row(*, what: Text, n: int) -> Text:
    return say("- {what}: {n}", what=what, n=n)


def receipt_counts(*, said: int, drafts: int, forgotten: int, recalled: int) -> list[Text]:
    return [
        say("- tin còn lưu trong cuộc trò chuyện này: {n}", n=said),
        say("- việc đang làm dở: {n}", n=drafts),
        say("- lời các tin gửi người khác, xóa ở đây: {n}", n=forgotten),
        say("- tin được gỡ khỏi máy người khác: {n}", n=recalled),
    ]


def receipt_stays(*, what: Text, why: Text) -> Text:
    return say("- {what}: {why}", what=what, why=why)


def receipt_acts(*, n: int) -> Text:
    return say("- {n} việc đã làm liên quan đến người khác: thuộc dữ liệu của những người ấy", n=n)


def account_withdrawn(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã xóa tài khoản và dữ liệu của mình trong chương trình, cả lần đi xa, đơn và bản kiểm điểm. Họ tên vẫn "
        "ở danh sách chi bộ; giấy tờ thì theo bản giấy. Mời giữ liên lạc bằng giấy hoặc gọi điện.",
        name=name,
    )
