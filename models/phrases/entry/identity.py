"""Words about who somebody is: another chat that is to become theirs, offices that sleep, what is held back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import LABEL, Text, fitting, join, moment, raw, say

NOT_ME_STOP = say("Không phải tôi, chặn lại", "Not me: stop it")
IT_IS_ME = say("Đúng là tôi", "It is me")
SAFETY = say("An toàn tài khoản", "Account safety")
RETURN_CODE = say("Tạo mã trở lại", "Make a return code")
END_SESSION = say("Ngừng dùng ở Telegram này", "End this session")
END_NOW = say("Ngừng ngay", "End it now")
WRITTEN_DOWN = say("Đã ghi ra giấy, ẩn mã", "Written down: hide it")
VOUCH = say("Xác nhận đúng người", "Confirm that it is them")

PROOFS: dict[str, Text] = {
    "roster phone": say("số điện thoại khớp với danh sách", "the phone number is the roster's"),
    "inviter": say("được người mời xác nhận", "confirmed by who sent the invite"),
    "second person": say(
        "được người thứ hai trong chi bộ xác nhận", "confirmed by a second person of the cell"
    ),
    "operator": say("do quản trị viên", "by the operator"),
    "committee": say("được cấp trên xác nhận", "confirmed by the committee above"),
    "old account": say("do tài khoản cũ đồng ý", "agreed to by the former account"),
    "return code": say("bằng mã trở lại", "by the return code"),
}
OPERATOR = say("quản trị viên", "the operator")


def person(name: str) -> Text:
    """The actor of an act; without a name it is the operator."""
    return say("đồng chí {name}", "{name}", name=name) if name else OPERATOR


def proved(*, proof: str, by: str) -> Text:
    """How a chat was proved, and by whom: a fact, not a sentence."""
    how = PROOFS[proof]
    return say("{how} (đồng chí {by})", "{how} ({by})", how=how, by=by) if by else how


# --- another chat is to become theirs --------------------------------------------------------------------------------


def somebody_comes(*, inviter: str, until: datetime | None, zone: str) -> Text:
    """To the chat that they have, at once."""
    return paragraph(
        say(
            "<b>Có người đang xin chuyển tài khoản của đồng chí sang một Telegram khác.</b>",
            "<b>Somebody asks to move your account to another Telegram.</b>",
        ),
        say("Người gửi lời mời: {by}.", "Sent by: {by}.", by=person(inviter)),
        _when(until, zone),
    )


def _when(until: datetime | None, zone: str) -> Text:
    if until is None:
        return say(
            "Chưa có gì thay đổi: còn chờ người có trách nhiệm xác nhận. Không phải đồng chí thì chặn ngay.",
            "Nothing has changed yet: somebody in charge has to confirm first. If it is not you, stop it now.",
        )
    return say(
        "Nếu đồng chí không bấm gì, tài khoản sẽ chuyển lúc <b>{until}</b>. Không phải đồng chí thì chặn ngay.",
        "If you do nothing, it moves at <b>{until}</b>. If it is not you, stop it now.",
        until=moment(until, zone),
    )


def comes_to_desk(*, name: str, inviter: str, until: datetime | None, zone: str) -> Text:
    """To the desk and the office above: who asked for what."""
    words = say(
        "Có người xin chuyển tài khoản của đồng chí <b>{name}</b> sang một Telegram khác. Người gửi lời mời: {by}.",
        "Somebody asks to move the account of <b>{name}</b> to another Telegram. Sent by: {by}.",
        name=name,
        by=person(inviter),
    )
    if until is None:
        return words
    return lines(
        words,
        say(
            "Nếu tài khoản cũ không chặn, sẽ chuyển lúc {until}.",
            "Unless the former account stops it, it moves at {until}.",
            until=moment(until, zone),
        ),
    )


def is_held(*, until: datetime, zone: str) -> Text:
    """To the chat that waits; still neutral: the former account may say that this is somebody else."""
    return say(
        "Đã xác nhận được. Vì đã có một Telegram khác, để phòng người lạ chiếm chỗ, việc chuyển có hiệu lực lúc "
        "<b>{until}</b>. Còn dùng được máy cũ thì bấm “Đúng là tôi” ở đó để chuyển ngay; có mã trở lại thì gõ mã vào đây.",
        "That could be confirmed. As another Telegram is linked already, and so that nobody takes your place, it takes "
        "effect at <b>{until}</b>. If you still have the former phone, tap “It is me” there and it moves at once; if "
        "you have a return code, type it here.",
        until=moment(until, zone),
    )


def stopped() -> Text:
    """To the chat that stopped it."""
    return say(
        "Đã chặn. Tài khoản của đồng chí vẫn ở đây. Chi bộ và cấp trên sẽ được báo.",
        "Stopped. Your account stays here. The cell and the committee above will be told.",
    )


def was_stopped(*, name: str, inviter: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã chặn việc chuyển tài khoản của mình sang một Telegram khác: không phải đồng chí ấy. "
        "Người gửi lời mời: {by}. Mời làm rõ.",
        "<b>{name}</b> has stopped the move of their account to another Telegram: that was not them. Sent by: {by}. "
        "Please find out what happened.",
        name=name,
        by=person(inviter),
    )


def agreed() -> Text:
    return say(
        "Đã chuyển. Cuộc trò chuyện ở đây đóng lại.",
        "It has moved. This chat is closed.",
    )


def has_moved(
    *, name: str, inviter: str, proof: str, by: str, held_back: bool, asleep: Sequence[Text]
) -> Text:
    """To the desk and the office above: it has happened, by whose doing."""
    parts = [
        say(
            "Tài khoản của đồng chí <b>{name}</b> đã chuyển sang một Telegram khác: {how}.",
            "The account of <b>{name}</b> has moved to another Telegram: {how}.",
            name=name,
            how=proved(proof=proof, by=by),
        )
    ]
    if inviter or proof != "return code":
        parts.append(say("Người gửi lời mời: {by}.", "Sent by: {by}.", by=person(inviter)))
    if asleep:
        parts.append(
            say(
                "Tạm nghỉ đến khi cấp trên xác nhận: {offices}.",
                "Asleep until the office above confirms: {offices}.",
                offices=join(list(asleep), "; "),
            )
        )
    if held_back:
        parts.append(
            say(
                "Kiến nghị riêng, bản nháp và bản kiểm điểm chưa nộp chưa mở trên máy mới.",
                "Private requests, drafts and reviews not handed in are not shown there yet.",
            )
        )
    return paragraph(parts[0], lines(*parts[1:])) if parts[1:] else parts[0]


def registered_by_inviter(*, name: str, inviter: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã đăng ký. Số điện thoại chưa khớp với danh sách; được chính người mời, đồng chí {by}, "
        "xác nhận.",
        "<b>{name}</b> has registered. The number was not shown to be the roster's; {by}, who sent the invite, confirmed.",
        name=name,
        by=inviter,
    )


def you_were_confirmed_by(*, inviter: str) -> Text:
    return say(
        "Người xác nhận: đồng chí {by}, cũng là người mời. Nếu chưa nói chuyện với đồng chí {by}, mời báo cấp trên.",
        "Confirmed by {by}, who also sent the invite. If you have not spoken with {by}, please tell the committee above.",
        by=inviter,
    )


# --- who may say so --------------------------------------------------------------------------------------------------


def another_has_to(*, names: Sequence[str]) -> Text:
    """To who sent the invite, or changed the number, and would confirm as well."""
    why = say(
        "Đồng chí đã gửi lời mời hoặc đã đổi số điện thoại nên không tự xác nhận được: cần người thứ hai.",
        "You sent the invite, or changed the number, so you cannot confirm it yourself: a second person has to.",
    )
    if not names:
        return lines(why, nobody_yet())
    who = say(
        "Người xác nhận được: {names}. Các đồng chí ấy sẽ được báo.",
        "Who can: {names}. They will be told.",
        names=join([raw(one) for one in names], ", "),
    )
    return lines(why, who)


def nobody_yet() -> Text:
    return say(
        "Hiện chưa có ai khác dùng chương trình: mời báo quản trị viên.",
        "Nobody else uses the program yet: please tell the operator.",
    )


def you_confirmed_held(*, name: str, until: datetime, zone: str) -> Text:
    return say(
        "Đã ghi: đúng là đồng chí {name}. Tài khoản cũ còn quyền chặn đến {until}; không chặn thì khi ấy mới chuyển.",
        "Noted: it is {name}. The former account may stop it until {until}; unless it does, it moves then.",
        name=name,
        until=moment(until, zone),
    )


def sure_it_is_them(*, inviter: str, own: bool) -> Text:
    """Below the question to somebody who may confirm."""
    by = person(inviter)
    if own:
        return say(
            "Đồng chí là người mời: lời xác nhận sẽ được ghi là “người mời xác nhận”, cấp trên được báo.",
            "You sent the invite: it will be noted as “confirmed by who invited”, and the committee above is told.",
        )
    return say("Người gửi lời mời: {by}.", "Sent by: {by}.", by=by)


def account_exists(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã đăng ký ở một Telegram khác. Người xác nhận không được là người gửi lời mời.",
        "{name} is registered on another Telegram. Who confirms must not be who sent the invite.",
        name=name,
    )


# --- offices that sleep, what is held back ---------------------------------------------------------------------------


def held_by_another(*, names: Sequence[str], unit: str) -> Text:
    return say(
        "{unit} đang có bí thư là đồng chí {names}. Mời kết thúc phân công ấy trước.",
        "{unit} has a secretary, {names}. Please end that appointment first.",
        unit=unit,
        names=", ".join(names),
    )


def vouched(*, name: str, offices: Sequence[Text]) -> Text:
    words = say(
        "Đã xác nhận đúng đồng chí {name}.",
        "Confirmed: it is {name}.",
        name=name,
    )
    if not offices:
        return words
    return lines(
        words,
        say(
            "Có hiệu lực trở lại: {offices}.", "In force again: {offices}.", offices=join(list(offices), "; ")
        ),
    )


def you_are_vouched(*, by: str, offices: Sequence[Text]) -> Text:
    words = say(
        "Đã xác nhận đúng là đồng chí: mọi phần của đồng chí đã mở trên máy này. Người xác nhận: {by}.",
        "It is confirmed that it is you: all that is yours is shown on this phone. Confirmed by {by}.",
        by=person(by),
    )
    if not offices:
        return words
    return lines(
        words,
        say(
            "Có hiệu lực trở lại: {offices}.", "In force again: {offices}.", offices=join(list(offices), "; ")
        ),
    )


def others_vouched(*, name: str, by: str, offices: Sequence[Text]) -> Text:
    words = say(
        "Đã xác nhận Telegram mới đúng là của đồng chí <b>{name}</b>. Người xác nhận: {by}.",
        "It is confirmed that the new Telegram is <b>{name}</b>’s. Confirmed by {by}.",
        by=person(by),
        name=name,
    )
    if not offices:
        return words
    return lines(
        words,
        say(
            "Có hiệu lực trở lại: {offices}.", "In force again: {offices}.", offices=join(list(offices), "; ")
        ),
    )


def asleep(*, offices: Sequence[Text], wakers: Sequence[str]) -> Text:
    """On the main screen of whose office sleeps."""
    who = join([raw(one) for one in wakers], ", ") if wakers else OPERATOR
    return say(
        "Đang tạm nghỉ vì vừa đổi Telegram: {offices}. Người xác nhận: {who}.",
        "Asleep, as the Telegram has just changed: {offices}. Who can confirm: {who}.",
        offices=join(list(offices), "; "),
        who=who,
    )


def sleeps(*, name: str) -> Text:
    """On the screens of others: the card, the committee's."""
    return say(
        "Chức vụ của đồng chí {name} đang tạm nghỉ: vừa đổi Telegram, chờ cấp trên xác nhận.",
        "The office of {name} is asleep: their Telegram has just changed, the committee above has to confirm.",
        name=name,
    )


def held_back(*, who: Sequence[str]) -> Text:
    """In place of what is somebody's alone."""
    return paragraph(
        say(
            "Phần riêng của đồng chí chưa mở trên máy này: tài khoản vừa chuyển sang đây, cần chắc chắn đúng là đồng chí.",
            "What is yours alone is not shown on this phone yet: the account has just moved here, and it must be sure that it is you.",
        ),
        say(
            "Để mở: gõ mã trở lại (16 chữ số) vào đây, hoặc nhờ cấp trên xác nhận: {who}.",
            "To open it, type your return code (16 digits) here, or ask the committee above to confirm: {who}.",
            who=join([raw(one) for one in who], ", ") if who else OPERATOR,
        ),
    )


def to_confirm(*, name: str) -> Text:
    return say("Ai mở lời mời: {name}", "Who opened it: {name}", name=fitting(name, LABEL - 16))


def to_vouch(*, name: str) -> Text:
    return say("Đúng người: {name}", "The right person: {name}", name=fitting(name, LABEL - 18))


def waiting(*, count: int) -> Text:
    if not count:
        return say("Không còn ai chờ xác nhận.", "Nobody waits to be confirmed.")
    return say(
        "<b>Chờ xác nhận đúng người</b>\n\nMời gọi điện cho từng người trước khi bấm. “Đúng người” có hiệu lực ngay: chức vụ đang "
        "tạm nghỉ hoạt động lại, phần riêng mở trên máy mới.",
        "<b>Waits to be confirmed</b>\n\nPlease call each of them before you tap a button. “The right person” takes effect at once: an "
        "office that sleeps is in force again, what is theirs alone is shown on the new phone.",
    )


def waiting_button(*, count: int) -> Text:
    return say("Chờ xác nhận đúng người: {count}", "Waits to be confirmed: {count}", count=count)


# --- the number on the roster ----------------------------------------------------------------------------------------


def your_phone_changed(*, by: str) -> Text:
    return say(
        "Số điện thoại của đồng chí trong danh sách vừa được đổi. Người đổi: {by}. Nếu không đúng, mời sửa trong /dulieu "
        "và báo cấp trên.",
        "Your phone number on the roster was just changed, by {by}. If that is wrong, please correct it in /dulieu and "
        "tell the committee above.",
        by=person(by),
    )


def phone_changed(*, name: str, by: str) -> Text:
    return say(
        "Số điện thoại của đồng chí <b>{name}</b> trong danh sách vừa được đổi. Người đổi: {by}.",
        "The phone number of <b>{name}</b> on the roster was just changed, by {by}.",
        name=name,
        by=person(by),
    )


def own_phone_changed(*, name: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> vừa tự đổi số điện thoại của mình.",
        "<b>{name}</b> has just changed their own phone number.",
        name=name,
    )


# --- account safety, and the way back ----------------------------------------------------------------------------------


def safety(*, sessions: Sequence[Text], code: bool, pin: bool, held_back: bool) -> Text:
    """`held_back`: no code can be made on this phone yet."""
    return paragraph(
        say("<b>An toàn tài khoản</b>", "<b>Account safety</b>"),
        lines(say("Telegram đang dùng và đã dùng:", "Sessions, open and closed:"), *sessions),
        lines(
            say("Mã trở lại: đã có.", "Return code: there is one.")
            if code
            else say("Mã trở lại: chưa có.", "Return code: none.")
            if held_back
            else say(
                "Mã trở lại: chưa có. Nên tạo và ghi ra giấy: mất máy vẫn tự vào lại được, không phải chờ ai.",
                "Return code: none. Better make one and write it down: after losing the phone you come back by yourself.",
            ),
            say("Mã PIN: đã đặt.", "PIN: set.") if pin else say("Mã PIN: chưa đặt.", "PIN: not set."),
        ),
    )


def session(*, since: datetime, until: datetime | None, how: Text | None, zone: str) -> Text:
    words = say("• Telegram, từ {since}", "• Telegram, since {since}", since=moment(since, zone))
    if how is not None:
        words = words + say("; {how}", "; {how}", how=how)
    if until is None:
        return words + say(" · đang mở", " · open")
    return words + say(" · đã đóng {until}", " · closed {until}", until=moment(until, zone))


def your_code(*, code: str) -> Text:
    parts = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    return paragraph(
        say(
            "Mã trở lại: <tg-spoiler><code>{parts}</code></tg-spoiler>",
            "Return code: <tg-spoiler><code>{parts}</code></tg-spoiler>",
            parts=parts,
        ),
        say(
            "Chỉ hiện một lần. Mời ghi ra giấy và cất riêng, đừng chụp màn hình, đừng gửi cho ai, kể cả bí thư. Khi mất máy: mở "
            "bot trên máy khác và gõ mã. Mã cũ, nếu có, không dùng được nữa.",
            "It is shown once. Please write it down on paper and keep it apart; take no picture of it and give it to nobody, "
            "not to the secretary either. When the phone is lost: open the program on another one and type the code. An older "
            "code is void.",
        ),
    )


def code_kept() -> Text:
    return say(
        "Đã ẩn mã. Mất giấy thì tạo mã mới trong An toàn tài khoản.",
        "The code is hidden. If the paper gets lost, make a new one under Account safety.",
    )


def end_session(*, code: bool) -> Text:
    words = say(
        "Ngừng dùng ở Telegram này? Từ lúc này, Telegram này không còn là tài khoản của đồng chí, bản nháp ở đây bị xóa, không ai nhận "
        "hay đọc được gì nữa. Người phụ trách được báo.",
        "End this session? This Telegram is no longer your account from this moment: drafts here are deleted, nothing more "
        "comes here or can be read. Whoever is in charge is told.",
    )
    if code:
        return lines(words, say("Trở lại: gõ mã trở lại.", "To come back: type the return code."))
    return lines(
        words,
        say(
            "Đồng chí chưa có mã trở lại: muốn vào lại phải có lời mời mới và người thứ hai xác nhận.",
            "You have no return code: to come back you need a new invite, and a second person to confirm.",
        ),
    )


def session_ended() -> Text:
    return say("Đã ngừng. Telegram này không còn gắn với ai.", "Ended. This Telegram is linked to nobody.")


def ended_own_session(*, name: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã tự ngừng dùng ở Telegram của mình. Mời liên hệ bằng điện thoại cho đến khi đồng chí "
        "ấy trở lại.",
        "<b>{name}</b> has ended the session on their Telegram. Please reach them by telephone until they come back.",
        name=name,
    )


def session_closed(*, name: str) -> Text:
    return say(
        "Quản trị viên đã đóng Telegram của đồng chí <b>{name}</b>. Mời liên hệ bằng điện thoại cho đến khi đồng chí ấy trở lại.",
        "The operator has closed the Telegram of <b>{name}</b>. Please reach them by telephone until they come back.",
        name=name,
    )


def you_are_back(*, name: str) -> Text:
    return paragraph(
        say("<b>Chào đồng chí {name} trở lại.</b>", "<b>Welcome back, {name}.</b>", name=name),
        say(
            "Máy cũ, nếu có, đã bị đóng; chi bộ và cấp trên được báo. Chỉ muốn đóng máy cũ thì bấm “Ngừng dùng ở Telegram này”. Mã vừa "
            "gõ nên đổi: /dulieu → An toàn tài khoản.",
            "The former phone, if any, is closed; the cell and the committee above are told. If you only wanted to close it, "
            "tap “End this session”. Better change the code now: /dulieu → Account safety.",
        ),
    )
