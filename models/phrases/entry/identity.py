"""Words about who somebody is: another chat that is to become theirs, offices that sleep, what is held back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.phrases.common import lines, paragraph
from models.phrases.people.member import CHANNELS, OTHERS
from models.phrases.text import LABEL, Text, fitting, join, moment, raw, say

NOT_ME_STOP = say("Không phải tôi, chặn lại")
IT_IS_ME = say("Đúng là tôi")
SAFETY = say("An toàn tài khoản")
RETURN_CODE = say("Tạo mã trở lại")
END_SESSION = say("Ngừng dùng ở đây")
END_NOW = say("Ngừng ngay")
WRITTEN_DOWN = say("Đã ghi ra giấy, ẩn mã")
VOUCH = say("Xác nhận đúng người")

PROOFS: dict[str, Text] = {
    "roster phone": say("số điện thoại khớp với danh sách"),
    "inviter": say("được người mời xác nhận"),
    "second person": say("được người thứ hai trong chi bộ xác nhận"),
    "operator": say("do quản trị viên"),
    "committee": say("được cấp trên xác nhận"),
    "old account": say("do tài khoản cũ đồng ý"),
    "return code": say("bằng mã trở lại"),
    "passkey": say("bằng khóa trên máy"),
}
OPERATOR = say("quản trị viên")


def person(name: str) -> Text:
    """Name who acted; without a name it is the operator."""
    return say("đồng chí {name}", name=name) if name else OPERATOR


def proved(*, proof: str, by: str) -> Text:
    """Say how a chat was proved, and by whom, as a fact and no whole sentence."""
    how = PROOFS[proof]
    return say("{how} (đồng chí {by})", how=how, by=by) if by else how


# --- another chat is to become theirs --------------------------------------------------------------------------------


class Whereto(NamedTuple):
    """Where an account comes to be. `another`: there was one on this channel before; `moves`: what they had closes."""

    channel: str
    another: bool
    moves: bool

    @property
    def place(self) -> Text:
        return OTHERS[self.channel] if self.another else CHANNELS[self.channel]


def somebody_comes(*, to: Whereto, inviter: str, until: datetime | None, zone: str) -> Text:
    """Say at once, to the chat that they have, that somebody asks for another."""
    asked = (
        say("<b>Có người đang xin chuyển tài khoản của đồng chí sang {place}.</b>", place=to.place)
        if to.moves
        else say("<b>Có người đang xin liên kết thêm {place} với tên của đồng chí.</b>", place=to.place)
    )
    return paragraph(
        asked,
        say("Người gửi lời mời: {by}.", by=person(inviter)),
        _when(until, zone),
    )


def _when(until: datetime | None, zone: str) -> Text:
    if until is None:
        return say(
            "Chưa có gì thay đổi: còn chờ người có trách nhiệm xác nhận. Không phải đồng chí thì chặn ngay."
        )
    return say(
        "Nếu đồng chí không bấm gì, việc này có hiệu lực lúc <b>{until}</b>. Không phải đồng chí thì chặn ngay.",
        until=moment(until, zone),
    )


def comes_to_desk(*, name: str, to: Whereto, inviter: str, until: datetime | None, zone: str) -> Text:
    """Say to the desk and the office above who asked for what."""
    asked = (
        say(
            "Có người xin chuyển tài khoản của đồng chí <b>{name}</b> sang {place}.",
            name=name,
            place=to.place,
        )
        if to.moves
        else say(
            "Có người xin liên kết thêm {place} với tên đồng chí <b>{name}</b>.", name=name, place=to.place
        )
    )
    words = say("{asked} Người gửi lời mời: {by}.", asked=asked, by=person(inviter))
    if until is None:
        return words
    return lines(
        words, say("Nếu tài khoản đang dùng không chặn, có hiệu lực lúc {until}.", until=moment(until, zone))
    )


def is_held(*, until: datetime, zone: str) -> Text:
    """Say to the chat that waits that it is held.

    It stays neutral: the former account may say that this is somebody else.
    """
    return say(
        "Đã xác nhận được. Vì đã có một tài khoản khác, để phòng người lạ chiếm chỗ, việc liên kết có hiệu lực lúc "
        "<b>{until}</b>. Còn dùng được tài khoản ấy thì bấm “Đúng là tôi” ở đó để xong ngay; có mã trở lại thì gõ mã vào đây.",
        until=moment(until, zone),
    )


def stopped() -> Text:
    """Say to the chat that stopped it that it is stopped."""
    return say("Đã chặn. Tài khoản của đồng chí vẫn ở đây. Chi bộ và cấp trên sẽ được báo.")


def was_stopped(*, name: str, to: Whereto, inviter: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã chặn việc liên kết {place} với tên của mình: không phải đồng chí ấy. Người gửi lời mời: "
        "{by}. Mời làm rõ.",
        name=name,
        place=to.place,
        by=person(inviter),
    )


def agreed(*, closes: bool) -> Text:
    """Say that the new one is theirs. `closes`: the one in which it was said is closed by it."""
    if closes:
        return say("Đã chuyển. Cuộc trò chuyện ở đây đóng lại.")
    return say("Đã liên kết thêm. Ở đây vẫn dùng như trước.")


def has_moved(
    *,
    name: str,
    to: Whereto,
    inviter: str,
    proof: str,
    by: str,
    held_back: bool,
    asleep: Sequence[Text],
    is_own: bool = False,
) -> Text:
    """Say to the desk and the office above that it has happened, and by whose doing. `is_own`: nobody sent an invite."""
    how = proved(proof=proof, by=by)
    parts = [
        say(
            "Tài khoản của đồng chí <b>{name}</b> đã chuyển sang {place}: {how}.",
            name=name,
            place=to.place,
            how=how,
        )
        if to.moves
        else say("Đồng chí <b>{name}</b> nay dùng thêm {place}: {how}.", name=name, place=to.place, how=how)
    ]
    if not is_own and (inviter or proof != "return code"):
        parts.append(say("Người gửi lời mời: {by}.", by=person(inviter)))
    if asleep:
        parts.append(say("Tạm nghỉ đến khi cấp trên xác nhận: {offices}.", offices=join(list(asleep), "; ")))
    if held_back:
        parts.append(say("Kiến nghị riêng, bản nháp và bản kiểm điểm chưa nộp chưa mở trên máy mới."))
    return paragraph(parts[0], lines(*parts[1:])) if parts[1:] else parts[0]


def registered_by_inviter(*, name: str, inviter: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã đăng ký. Số điện thoại chưa khớp với danh sách; được chính người mời, đồng chí {by}, "
        "xác nhận.",
        name=name,
        by=inviter,
    )


def you_were_confirmed_by(*, inviter: str) -> Text:
    return say(
        "Người xác nhận: đồng chí {by}, cũng là người mời. Nếu chưa nói chuyện với đồng chí {by}, mời báo cấp trên.",
        by=inviter,
    )


# --- who may say so --------------------------------------------------------------------------------------------------


def another_has_to(*, names: Sequence[str]) -> Text:
    """Say to the one who sent the invite, or changed the number, that another person has to confirm."""
    why = say(
        "Đồng chí đã gửi lời mời hoặc đã đổi số điện thoại nên không tự xác nhận được: cần người thứ hai."
    )
    if not names:
        return lines(why, nobody_yet())
    who = say(
        "Người xác nhận được: {names}. Các đồng chí ấy sẽ được báo.",
        names=join([raw(one) for one in names], ", "),
    )
    return lines(why, who)


def nobody_yet() -> Text:
    return say("Hiện chưa có ai khác dùng chương trình: mời báo quản trị viên.")


def you_confirmed_held(*, name: str, until: datetime, zone: str) -> Text:
    return say(
        "Đã ghi: đúng là đồng chí {name}. Tài khoản cũ còn quyền chặn đến {until}; không chặn thì khi ấy mới chuyển.",
        name=name,
        until=moment(until, zone),
    )


def sure_it_is_them(*, inviter: str, own: bool) -> Text:
    """Ask somebody who may confirm whether they are sure."""
    by = person(inviter)
    if own:
        return say(
            "Đồng chí là người mời: lời xác nhận sẽ được ghi là “người mời xác nhận”, cấp trên được báo."
        )
    return say("Người gửi lời mời: {by}.", by=by)


def account_exists(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã đăng ký từ trước. Người xác nhận không được là người gửi lời mời.",
        name=name,
    )


# --- offices that sleep, what is held back ---------------------------------------------------------------------------


def held_by_another(*, names: Sequence[str], unit: str) -> Text:
    return say(
        "{unit} đang có bí thư là đồng chí {names}. Mời kết thúc phân công ấy trước.",
        unit=unit,
        names=", ".join(names),
    )


def vouched(*, name: str, offices: Sequence[Text]) -> Text:
    words = say("Đã xác nhận đúng đồng chí {name}.", name=name)
    if not offices:
        return words
    return lines(words, say("Có hiệu lực trở lại: {offices}.", offices=join(list(offices), "; ")))


def you_are_vouched(*, by: str, offices: Sequence[Text]) -> Text:
    words = say(
        "Đã xác nhận đúng là đồng chí: mọi phần của đồng chí đã mở trên máy này. Người xác nhận: {by}.",
        by=person(by),
    )
    if not offices:
        return words
    return lines(words, say("Có hiệu lực trở lại: {offices}.", offices=join(list(offices), "; ")))


def others_vouched(*, name: str, by: str, offices: Sequence[Text]) -> Text:
    words = say(
        "Đã xác nhận tài khoản mới đúng là của đồng chí <b>{name}</b>. Người xác nhận: {by}.",
        by=person(by),
        name=name,
    )
    if not offices:
        return words
    return lines(words, say("Có hiệu lực trở lại: {offices}.", offices=join(list(offices), "; ")))


def asleep(*, offices: Sequence[Text], wakers: Sequence[str]) -> Text:
    """Say on the main screen of an officer that the office sleeps."""
    who = join([raw(one) for one in wakers], ", ") if wakers else OPERATOR
    return say(
        "Đang tạm nghỉ vì vừa có tài khoản mới: {offices}. Người xác nhận: {who}.",
        offices=join(list(offices), "; "),
        who=who,
    )


def sleeps(*, name: str) -> Text:
    """Say on the screens of others (the card, the committee's) that the office sleeps."""
    return say(
        "Chức vụ của đồng chí {name} đang tạm nghỉ: vừa có tài khoản mới, chờ cấp trên xác nhận.", name=name
    )


def held_back(*, who: Sequence[str]) -> Text:
    """Say that something is held back, in place of what belongs to one person alone."""
    return paragraph(
        say(
            "Phần riêng của đồng chí chưa mở ở đây: tài khoản vừa được liên kết, cần chắc chắn đúng là đồng chí."
        ),
        say(
            "Để mở: gõ mã trở lại (16 chữ số) vào đây, hoặc nhờ cấp trên xác nhận: {who}.",
            who=join([raw(one) for one in who], ", ") if who else OPERATOR,
        ),
    )


def to_confirm(*, name: str) -> Text:
    return say("Ai mở lời mời: {name}", name=fitting(name, LABEL - 16))


def to_vouch(*, name: str) -> Text:
    return say("Đúng người: {name}", name=fitting(name, LABEL - 18))


def waiting(*, count: int) -> Text:
    if not count:
        return say("Không còn ai chờ xác nhận.")
    return say(
        "<b>Chờ xác nhận đúng người</b>\n\nMời gọi điện cho từng người trước khi bấm. “Đúng người” có hiệu lực ngay: chức vụ đang "
        "tạm nghỉ hoạt động lại, phần riêng mở trên máy mới."
    )


def waiting_button(*, count: int) -> Text:
    return say("Chờ xác nhận đúng người: {count}", count=count)


# --- the number on the roster ----------------------------------------------------------------------------------------


def your_phone_changed(*, by: str) -> Text:
    return say(
        "Số điện thoại của đồng chí trong danh sách vừa được đổi. Người đổi: {by}. Nếu không đúng, mời sửa trong /dulieu "
        "và báo cấp trên.",
        by=person(by),
    )


def phone_changed(*, name: str, by: str) -> Text:
    return say(
        "Số điện thoại của đồng chí <b>{name}</b> trong danh sách vừa được đổi. Người đổi: {by}.",
        name=name,
        by=person(by),
    )


def own_phone_changed(*, name: str) -> Text:
    return say("Đồng chí <b>{name}</b> vừa tự đổi số điện thoại của mình.", name=name)


# --- account safety, and the way back ----------------------------------------------------------------------------------


def safety(*, sessions: Sequence[Text], code: bool, pin: bool, held_back: bool) -> Text:
    """Show the safety of an account. `held_back`: no code can be made on this phone yet."""
    return paragraph(
        say("<b>An toàn tài khoản</b>"),
        lines(say("Nơi đang dùng và đã dùng:"), *sessions),
        lines(
            say("Mã trở lại: đã có.")
            if code
            else say("Mã trở lại: chưa có.")
            if held_back
            else say(
                "Mã trở lại: chưa có. Nên tạo và ghi ra giấy: mất máy vẫn tự vào lại được, không phải chờ ai."
            ),
            say("Mã PIN: đã đặt.") if pin else say("Mã PIN: chưa đặt."),
        ),
    )


def session(*, channel: str, since: datetime, until: datetime | None, how: Text | None, zone: str) -> Text:
    words = say("• {channel}, từ {since}", channel=CHANNELS[channel], since=moment(since, zone))
    if how is not None:
        words = words + say("; {how}", how=how)
    if until is None:
        return words + say(" · đang mở")
    return words + say(" · đã đóng {until}", until=moment(until, zone))


def end_there(*, channel: str) -> Text:
    return say("Ngừng dùng ở {place}", place=CHANNELS[channel])


def your_code(*, code: str) -> Text:
    parts = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    return paragraph(
        say("Mã trở lại: <tg-spoiler><code>{parts}</code></tg-spoiler>", parts=parts),
        say(
            "Chỉ hiện một lần. Mời ghi ra giấy và cất riêng, đừng chụp màn hình, đừng gửi cho ai, kể cả bí thư. Khi mất máy: mở "
            "chương trình trên máy khác rồi gõ mã. Mã cũ, nếu có, không dùng được nữa."
        ),
    )


def code_kept() -> Text:
    return say("Đã ẩn mã. Mất giấy thì tạo mã mới trong An toàn tài khoản.")


def end_session(*, code: bool, stay: Sequence[str]) -> Text:
    """Ask whether to end it here. `stay`: the channels on which they go on; with none, somebody is told."""
    words = say(
        "Ngừng dùng ở đây? Từ lúc ngừng, ở đây không còn là tài khoản của đồng chí, bản nháp ở đây bị xóa, không ai nhận "
        "hay đọc được gì ở đây nữa."
    )
    if stay:
        places = join([CHANNELS[one] for one in stay], ", ")
        return lines(words, say("Đồng chí vẫn dùng được trên {places}.", places=places))
    words = words + say(" Người phụ trách được báo.")
    if code:
        return lines(words, say("Trở lại: gõ mã trở lại."))
    return lines(
        words, say("Đồng chí chưa có mã trở lại: muốn vào lại phải có lời mời mới và người thứ hai xác nhận.")
    )


def session_ended() -> Text:
    return say("Đã ngừng. Tài khoản ở đây không còn gắn với ai.")


def ended_own_session(*, name: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã tự ngừng dùng chương trình. Mời liên hệ bằng điện thoại cho đến khi đồng chí "
        "ấy trở lại.",
        name=name,
    )


def session_closed(*, name: str) -> Text:
    return say(
        "Quản trị viên đã đóng tài khoản của đồng chí <b>{name}</b>. Mời liên hệ bằng điện thoại cho đến khi đồng chí ấy trở lại.",
        name=name,
    )


def _still_open(stay: Sequence[str]) -> Text:
    return say(
        "Còn mở: {places}. Máy ấy đã mất thì mời bấm Ngừng dùng dưới đây, rồi báo ngay người phụ trách.",
        places=join([CHANNELS[one] for one in stay], ", "),
    )


def you_are_back(*, name: str, channel: str, stay: Sequence[str]) -> Text:
    """Greet them. The account that they had on `channel` is closed; those on the channels of `stay` are not."""
    return paragraph(
        say("<b>Chào đồng chí {name} trở lại.</b>", name=name),
        say(
            "Máy cũ ({channel}), nếu có, đã bị đóng; chi bộ và cấp trên được báo. Chỉ muốn đóng máy cũ thì bấm “Ngừng dùng ở "
            "đây”. Mã vừa gõ nên đổi: /dulieu → An toàn tài khoản.",
            channel=CHANNELS[channel],
        ),
        *([_still_open(stay)] if stay else []),
    )
