"""Words of /dulieu: what is held, who looked, and how to change, take out, withdraw and delete it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, dated, day, join, moment, month, raw, say

ABOUT = say("dữ liệu của tôi", "my data")
IN_FULL = say("Xem đầy đủ", "See everything")
WHO_LOOKED = say("Ai đã xem", "Who looked")
CHANGE = say("Sửa", "Correct")
AGREEMENTS = say("Đồng ý của tôi", "My consents")
TAKE_OUT = say("Lấy về thành tệp", "Take it out as files")
DELETE = say("Xóa dữ liệu", "Delete")
MY_DATA = say("Dữ liệu của tôi", "My data")

PLACE = say("Nơi ở và giờ", "Place and clock")
PHONE = say("Số điện thoại", "Phone number")
NAME = say("Họ và tên", "Full name")
BIRTH_YEAR = say("Năm sinh", "Year of birth")
DISCREET_ON = say("Bật chế độ kín đáo", "Turn discreet mode on")
DISCREET_OFF = say("Tắt chế độ kín đáo", "Turn discreet mode off")

WITHDRAW = say("Rút lại", "Withdraw")
WITHDRAW_CONTACT = say("Rút lại, ngừng hỏi tôi", "Withdraw, stop asking me")
WITHDRAW_ABROAD = say("Rút lại, đóng cuộc trò chuyện", "Withdraw, close this chat")
KEEP = say("Không, giữ nguyên", "No, keep it")
DELETE_GO_ON = say("Tôi muốn xóa", "I want to delete")
DELETE_FOR_GOOD = say("Xóa hẳn", "Delete for good")

NOTHING = say("(chưa có)", "(none)")
AT_HOME = say("ở nhà, tại địa phương", "at home")
ON = say("bật", "on")
OFF = say("tắt", "off")
AS_CELL = say("theo chi bộ", "as the cell")

CELL = say("Chi bộ", "Cell")
STANDING = say("Đảng viên", "Standing")
JOINED = say("Ngày vào Đảng", "Joined on")
CLOCK = say("Đồng hồ", "Clock")
LANGUAGE = say("Ngôn ngữ", "Language")
DISCREET = say("Chế độ kín đáo", "Discreet mode")
RHYTHM = say("Nhịp báo cáo", "Rhythm")
LINKED = say("Liên kết Telegram từ", "Telegram linked since")
OFFICES = say("Phân công", "In charge as")
CHECKINS = say("Báo cáo tình hình", "Check-ins")
NOTES = say("Ghi nhận liên hệ", "Contact notes")
ABSENCES = say("Chuyến đi, đơn và thư", "Absences, papers and letters")
PAUSES = say("Tạm nghỉ báo cáo", "Pauses")
GRACE = say("Ngày dự phòng riêng", "Days of grace of your own")
REQUESTS = say("Đề nghị hỗ trợ", "Requests for help")
DRAFTS = say("Việc đang làm dở", "Unfinished drafts")
INVITES = say("Lời mời", "Invites")
LOOKS = say("Người đã xem", "Who looked")

LOOKED_AT: dict[str, Text] = {
    "pause.reason": say("lý do tạm nghỉ", "reason of a pause"),
    "member.phone": say("số điện thoại", "phone number"),
    "member.timeline": say("quá trình liên hệ, báo cáo", "timeline"),
    "checkin.report": say("báo cáo", "report"),
    "checkin.excuse": say("lý do được miễn báo cáo", "why you are excused"),
    "request.see": say("đề nghị hỗ trợ", "request for help"),
    "request.files": say("ảnh, ghi âm của đề nghị hỗ trợ", "photos and voice messages of a request for help"),
    "meeting.reason": say("lý do vắng họp", "reason of an absence from a meeting"),
    "meeting.words": say("ý kiến gửi cho cuộc họp", "words sent for a meeting"),
    "probation.see": say("thời gian dự bị", "probation"),
    "roster.export": say("danh sách xuất ra Excel", "roster exported to Excel"),
    "absence.filing": say("hồ sơ đi làm ăn xa", "papers of an absence"),
    "absence.details": say("cách liên hệ nơi đến", "how to reach you there"),
    "absence.scans": say("bản scan giấy tờ", "scans of papers"),
    "absence.letter": say("thư của nơi đến", "letters of the place of stay"),
    "absence.counts": say("số liệu theo dõi", "counts"),
    "task.words": say("kết quả nhiệm vụ", "how a task went"),
    "notice.answer": say("trả lời thông báo", "answer to a notice"),
    "ladder.calls": say("danh sách cần gọi xuất ra Excel", "call list exported to Excel"),
    "committee.names": say("họ tên, theo đề nghị của cấp trên", "name, at the committee's request"),
    "absence.register": say("sổ theo dõi đi làm ăn xa", "register of those away"),
    "review.read": say("bản kiểm điểm, cam kết", "self-criticism, commitment"),
    "review.bundle": say("bản kiểm điểm, trong trọn bộ của chi bộ", "self-criticism, in the cell's bundle"),
    "review.rating": say("kết quả xếp loại", "ratings"),
    "review.summary": say("bảng tổng hợp xếp loại", "the summary of ratings"),
    "review.files": say("tệp, ảnh của bản kiểm điểm, cam kết", "files of a self-criticism or commitment"),
    "roster.links": say("số điện thoại, trong tệp lời mời", "phone number, in the file of invites"),
}


def title() -> Text:
    return say("<b>Những gì được lưu về đồng chí</b>", "<b>What is held about you</b>")


def row(label: Text, value: Text) -> Text:
    return say("{label}: {value}", "{label}: {value}", label=label, value=value)


def section(label: Text, entries: Sequence[Text]) -> Text:
    head = say("<b>{label}</b>", "<b>{label}</b>", label=label)
    return lines(head, *(entries or [NOTHING]))


def place_follows(*, place: Text) -> Text:
    return say(
        "Nơi ở đang theo chuyến đi đã khai ({place}). Mời sửa ở chuyến đi: nơi cũ vẫn được lưu, chi bộ được báo.",
        "Your place follows the absence that you have declared ({place}). Please change it there: what was true before is "
        "kept, and the cell is told.",
        place=place,
    )


def chapters(label: Text, entries: Sequence[Text]) -> Text:
    """A section whose entries are long: an empty line between them."""
    head = say("<b>{label}</b>", "<b>{label}</b>", label=label)
    return paragraph(head, *(entries or [NOTHING]))


def counts(*, checkins: int, notes: int, requests: int, drafts: int) -> Text:
    return say(
        "Ngoài ra: {checkins} kỳ báo cáo, {notes} ghi nhận liên hệ, {requests} đề nghị hỗ trợ, {drafts} việc đang làm dở.",
        "Besides: {checkins} check-ins, {notes} contact notes, {requests} requests for help, {drafts} unfinished drafts.",
        checkins=checkins,
        notes=notes,
        requests=requests,
        drafts=drafts,
    )


def consent_line(*, purpose: Text, given: bool, at: datetime, zone: str, version: int) -> Text:
    what = say("đồng ý", "agreed") if given else say("không đồng ý", "refused")
    return say(
        "• {purpose}: {what}, {when} (bản {version})",
        "• {purpose}: {what}, {when} (wording {version})",
        purpose=purpose,
        what=what,
        when=dated(at, zone),
        version=version,
    )


def account_line(*, since: datetime, until: datetime | None, zone: str) -> Text:
    if until is None:
        return say("• từ {since}", "• since {since}", since=dated(since, zone))
    return say(
        "• từ {since} đến {until}",
        "• {since} until {until}",
        since=dated(since, zone),
        until=dated(until, zone),
    )


def office_line(*, role: Text, unit: str, since: datetime, until: datetime | None, zone: str) -> Text:
    held = account_line(since=since, until=until, zone=zone)
    return say("{held}: {role}, {unit}", "{held}: {role}, {unit}", held=held, role=role, unit=unit)


def checkin_line(*, period: date, state: Text, by: str | None, words: Sequence[Text]) -> Text:
    head = say("• {month}: {state}", "• {month}: {state}", month=month(period), state=state)
    if by:
        head += say(" (do đồng chí {by} ghi)", " (noted by {by})", by=by)
    return lines(head, *(indented(part) for part in words))


def correct_note(*, on: date) -> Text:
    return say("Sửa ghi nhận ngày {day}", "Correct the note of {day}", day=day(on))


def note_line(*, by: str, channel: Text, on: date, result: str, correction: str) -> Text:
    head = say(
        "• {day}, {by}, {channel}: {result}",
        "• {day}, {by}, {channel}: {result}",
        day=day(on),
        by=by,
        channel=channel,
        result=result or NOTHING,
    )
    if not correction:
        return head
    return lines(head, indented(say("sửa lại: {text}", "corrected: {text}", text=correction)))


def request_line(*, at: datetime, zone: str, text: str, owner: str, replies: Sequence[Text]) -> Text:
    line = say("• {when}: {text}", "• {when}: {text}", when=dated(at, zone), text=text or NOTHING)
    taken = [say("người nhận: {owner}", "taken by: {owner}", owner=owner)] if owner else []
    return lines(line, *(indented(one) for one in [*taken, *replies]))


def reply_line(*, at: datetime, zone: str, by: str, text: str, files: int) -> Text:
    """Something written about a request, by the member or a helper."""
    sent = say("(ảnh, ghi âm: {n})", "(photos, voice: {n})", n=files) if files else raw("")
    words = (
        say("{text} {sent}", "{text} {sent}", text=text, sent=sent) if text and files else raw(text) + sent
    )
    return say("{when}, {by}: {words}", "{when}, {by}: {words}", when=dated(at, zone), by=by, words=words)


def dated_line(*, what: Text, at: datetime, zone: str) -> Text:
    return say("• {what}, {when}", "• {what}, {when}", what=what, when=dated(at, zone))


def invite_line(*, state: Text, at: datetime, by: str, zone: str) -> Text:
    who = raw(by) if by else say("quản trị viên", "the operator")
    return say(
        "• {when}, người mời {who}: {state}",
        "• {when}, by {who}: {state}",
        when=dated(at, zone),
        who=who,
        state=state,
    )


def look_line(*, by: str, what: str, at: datetime, zone: str) -> Text:
    return say(
        "• {when}: đồng chí {by} xem {what}",
        "• {when}: {by} looked at {what}",
        when=dated(at, zone),
        by=by,
        what=LOOKED_AT.get(what, raw(what)),
    )


def indented(text: Text) -> Text:
    return say("   {text}", "   {text}", text=text)


def report_facts(
    *,
    fine: bool,
    where: Text | None,
    work: Text | None,
    residence: Text | None,
    note: str,
    help_: bool,
    files: int,
) -> list[Text]:
    """What was answered, a line each."""
    facts = [say("mọi việc vẫn ổn", "all is well")] if fine else []
    facts += [say("nơi ở: {what}", "place: {what}", what=where)] if where else []
    facts += [say("việc làm: {what}", "work: {what}", what=work)] if work else []
    facts += [say("tạm trú: {what}", "residence: {what}", what=residence)] if residence else []
    facts += [say("“{note}”", "“{note}”", note=note)] if note else []
    facts += [say("cần hỗ trợ", "needs help")] if help_ else []
    facts += [say("{n} tệp gửi kèm", "{n} files sent along", n=files)] if files else []
    return facts


def nobody_looked() -> Text:
    return say(
        "Chưa ai xem chi tiết của đồng chí.",
        "Nobody has looked at your details yet.",
    )


# --- changing -------------------------------------------------------------------------------------------------------


def what_to_change() -> Text:
    return say("Đồng chí muốn sửa gì?", "What would you like to correct?")


def which_phone() -> Text:
    return say(
        "Mời gõ số điện thoại mới. Số nước ngoài ghi cả mã nước, ví dụ +81 90 1234 5678.",
        "Please type the new phone number. A foreign one with its country code, for example +81 90 1234 5678.",
    )


def phone_not_read() -> Text:
    return say(
        "Số này chưa đúng. Mời gõ lại, ví dụ 0912 345 678 hoặc +81 90 1234 5678.",
        "That is not a phone number. Please type it again, for example 0912 345 678 or +81 90 1234 5678.",
    )


def which_name() -> Text:
    return say(
        "Mời gõ họ và tên đúng. Danh sách do chi bộ giữ, nên bí thư sẽ nhận được đề nghị và sửa.",
        "Please type your full name as it should be. The roster is the cell's, so the secretary gets your proposal and "
        "corrects it.",
    )


def which_birth_year() -> Text:
    return say(
        "Mời gõ năm sinh đúng (bốn chữ số). Bí thư sẽ nhận được đề nghị và sửa.",
        "Please type your year of birth (four digits). The secretary gets your proposal and corrects it.",
    )


def which_joined() -> Text:
    return say(
        "Mời gõ ngày vào Đảng đúng, ví dụ 03/02/2010. Bí thư sẽ nhận được đề nghị và sửa.",
        "Please type the date of joining, for example 03/02/2010. The secretary gets your proposal and corrects it.",
    )


def year_not_read() -> Text:
    return say("Mời gõ năm sinh bằng bốn chữ số, ví dụ 1985.", "Please type four digits, for example 1985.")


def saved() -> Text:
    return say("Đã sửa.", "Corrected.")


def moved(*, place: Text, next_at: datetime | None, zone: str) -> Text:
    done = say("Đã ghi nơi ở mới: {place}.", "Your new place is noted: {place}.", place=place)
    if next_at is None:
        return done
    return lines(done, say("Kỳ báo cáo tới: {when}.", "Next check-in: {when}.", when=moment(next_at, zone)))


def proposed(*, told: bool) -> Text:
    if told:
        return say(
            "Đã gửi đề nghị tới bí thư. Danh sách đổi sau khi bí thư sửa.",
            "Your proposal was sent to the secretary. The roster changes when they correct it.",
        )
    return say(
        "Hiện chưa có ai ở chi bộ nhận được tin, nên đề nghị chưa tới. Mời gọi điện cho bí thư.",
        "Nobody at the cell can be reached here now, so the proposal did not arrive. Please telephone the secretary.",
    )


def correction_proposed(*, name: str, what: str, proposed: str) -> Text:
    return say(
        "Đồng chí {name} đề nghị sửa {what} thành: <b>{proposed}</b>\n\nNếu đúng, mời sửa trong /danhsach.",
        "{name} proposes to correct {what} to: <b>{proposed}</b>\n\nIf that is right, please correct it in /danhsach.",
        name=name,
        what=_FACTS.get(what, raw(what)),
        proposed=proposed,
    )


_FACTS: dict[str, Text] = {
    "name": say("họ tên", "the name"),
    "birth_year": say("năm sinh", "the year of birth"),
    "joined_on": say("ngày vào Đảng", "the date of joining the Party"),
}


# --- consents -------------------------------------------------------------------------------------------------------


def agreements() -> Text:
    return say(
        "<b>Đồng ý của tôi</b>\n\n✓ đang đồng ý, ✗ không đồng ý, ? chưa trả lời (tính là không). Chạm vào một việc để đọc và "
        "đổi, lúc nào cũng được.",
        "<b>My consents</b>\n\n✓ agreed, ✗ not agreed, ? not answered (taken as no). Touch one to read and change it, at "
        "any time.",
    )


def agreement(*, purpose: Text, given: bool | None) -> Text:
    """`given` None: never answered."""
    mark = {True: say("✓", "✓"), False: say("✗", "✗"), None: say("?", "?")}[given]
    return say("{mark} {purpose}", "{mark} {purpose}", mark=mark, purpose=purpose)


def decide(*, wording: Text, given: bool | None, follows: Text) -> Text:
    """The wording, how it stands (None: never asked), and what follows when it is withdrawn."""
    if given is None:
        now = say(
            "Hiện nay: <b>chưa trả lời</b>, tính là không đồng ý.", "Now: <b>not answered</b>, taken as no."
        )
    elif given:
        now = say("Hiện nay: đồng chí <b>đồng ý</b>.", "Now: you <b>agree</b>.")
    else:
        now = say("Hiện nay: đồng chí <b>không đồng ý</b>.", "Now: you do <b>not agree</b>.")
    return paragraph(now, follows, wording) if given else paragraph(wording, now)


# --- taking out, deleting -------------------------------------------------------------------------------------------


def taken_out() -> Text:
    return say(
        "Toàn bộ dữ liệu của đồng chí: một tệp để đọc và một tệp để máy đọc. Xin giữ kín hai tệp này.",
        "All your data: a file to read and a file for machines. Please keep both private.",
    )


def what_is_deleted(*, offices: Sequence[Text]) -> Text:
    return paragraph(
        say("<b>Xóa dữ liệu của tôi</b>", "<b>Delete my data</b>"),
        say(
            "Sẽ xóa hẳn: liên kết với Telegram này, số điện thoại, nơi ở, nội dung các báo cáo, ghi nhận liên hệ và đề nghị "
            "hỗ trợ, việc đang làm dở, các tin đã gửi còn lưu.",
            "Deleted for good: the link to this Telegram, phone number, place, the words of reports, contact notes and "
            "requests, drafts, and the messages still stored.",
        ),
        say(
            "Còn lại trong danh sách của chi bộ: họ tên, năm sinh, ngày vào Đảng, chính thức hay dự bị, vì danh sách là của "
            "chi bộ theo Điều lệ; ngày giờ các kỳ, ngày đã đồng ý và rút lại, ai đã xem chi tiết của đồng chí và xem lúc "
            "nào, để chứng minh đã làm đúng. Tin đã tới máy của người khác thì chương trình không xóa được.",
            "Kept on the cell's own roster: name, year of birth, the date of joining, official or probationary, because the "
            "cell keeps it by statute; the dates of check-ins, of consents given and withdrawn, and who looked at your "
            "details when, as proof. Messages that have reached other people's phones cannot be deleted from here.",
        ),
        *([_offices_stay(offices)] if offices else []),
        say(
            "Bí thư được báo rằng đồng chí đã ngừng dùng. Mời lấy dữ liệu về trước khi xóa nếu cần.",
            "The secretary is told that you have stopped. Take your data out first if you want to keep it.",
        ),
    )


def _offices_stay(offices: Sequence[Text]) -> Text:
    return say(
        "<b>Phân công của đồng chí ({offices}) không tự kết thúc</b>: xóa rồi, ở đây không ai làm thay phần ấy. Mời bàn giao "
        "hoặc báo cấp trên trước; người phụ trách cấp trên sẽ được báo.",
        "<b>Your appointment ({offices}) does not end by itself</b>: once you delete, nobody does that work here. Please hand "
        "it over or tell the committee above first; the officers above will be told.",
        offices=join(list(offices), "; "),
    )


def office_unattended(*, name: str, unit: str) -> Text:
    return say(
        "Đồng chí {name}, được phân công ở {unit}, đã xóa tài khoản của mình trong chương trình. Phân công vẫn còn nhưng đồng "
        "chí ấy không nhận được tin ở đây nữa. Mời cử hoặc thay người trong /dangbo.",
        "{name}, in charge at {unit}, has deleted their account in the program. The appointment stands, but nothing reaches "
        "them here any more. Please name or replace somebody in /dangbo.",
        name=name,
        unit=unit,
    )


def really_delete() -> Text:
    return say(
        "Lần cuối: xóa hẳn? Việc này không lấy lại được.",
        "For the last time: delete for good? This cannot be undone.",
    )


def farewell() -> Text:
    return say(
        "Đã xóa. Telegram này không còn liên kết với ai. Khi muốn dùng lại, mời xin một lời mời mới. Chúc mọi điều tốt lành.",
        "Deleted. This Telegram is linked to nobody any more. To come back, please ask for a new invite. All the best.",
    )


def account_withdrawn(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã xóa tài khoản và dữ liệu của mình trong chương trình. Họ tên vẫn ở danh sách chi bộ. Mời giữ liên "
        "lạc bằng giấy hoặc gọi điện.",
        "{name} has deleted their account and data in the program. The name stays on the cell's roster. Please keep in "
        "touch by paper or telephone.",
        name=name,
    )
