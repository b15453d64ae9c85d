"""Words of being asked to agree: after registration, and once more when the wording has changed."""

from __future__ import annotations

from collections.abc import Sequence

from models.phrases.common import lines, paragraph
from models.phrases.people import member as people
from models.phrases.people.member import PURPOSES, Terms, consent_text
from models.phrases.text import Text, join, raw, say

ABOUT = say("câu hỏi đồng ý")
ANSWER = say("Trả lời câu hỏi đồng ý")
AS_BEFORE = say("Đồng ý như trước")
ONE_BY_ONE = say("Xem từng việc")
AGREE_TO_ALL = say("Đồng ý các việc trên")


def changed(*, abroad: bool) -> Text:
    """Say once, to everybody who answered an older wording, that it has changed. `abroad`: they are asked about Telegram.

    Two reminders follow in the same words.
    """
    added = (
        say("• Thêm hai việc: tin nhắn đi qua máy chủ Telegram ở nước ngoài; lần đi xa và giấy tờ.")
        if abroad
        else say("• Thêm một việc: lần đi xa và giấy tờ.")
    )
    return paragraph(
        say("<b>Lời hỏi đồng ý đã viết lại</b>"),
        lines(
            say("• Nói đúng việc đang làm: giữ gì, ai đọc, không đồng ý thì sao."),
            added,
            say(
                "• Cấp trên thấy kèm tên những gì, nay ghi rõ: đơn phải giải quyết, việc nhờ giúp chưa ai nhận, mức xếp loại."
            ),
        ),
        say("Chưa trả lời thì điều đã trả lời trước vẫn giữ, nhưng chỉ cho những gì lời hỏi cũ đã nói."),
    )


def still_open() -> Text:
    return say(
        "Còn câu hỏi đồng ý đồng chí chưa trả lời. Chưa trả lời tính là không đồng ý; trả lời mất một phút."
    )


def as_before(*, yes: Sequence[str], new: Sequence[str], no: Sequence[str]) -> Text:
    """Say by name what the second tap agrees to. What was never asked before is marked as new."""
    parts = [
        say("Bấm nút dưới là đồng ý với:"),
        lines(
            *(say("• {what}", what=PURPOSES[one]) for one in yes if one not in new),
            *(say("• Mới: {what}", what=PURPOSES[one]) for one in new),
        ),
    ]
    if no:
        kept = lines(*(say("• {what}", what=PURPOSES[one]) for one in no))
        parts += [say("Vẫn không đồng ý, như trước:"), kept]
    parts.append(say("Muốn đọc đủ lời từng việc trước: Xem từng việc."))
    return paragraph(*parts)


def question(*, purpose: str, number: int, of: int, office: bool, terms: Terms) -> Text:
    return paragraph(
        say("Việc {number}/{of}", number=number, of=of),
        consent_text(purpose=purpose, office=office, terms=terms),
    )


def answered(*, given: Sequence[str], refused: Sequence[str]) -> Text:
    """Say what was just answered, by purpose."""
    return paragraph(
        say("Đã ghi lại, cảm ơn đồng chí."),
        _listed(given=given, refused=refused),
        say("Xem lại hoặc đổi bất cứ lúc nào: /dulieu, mục Đồng ý của tôi."),
    )


def _listed(*, given: Sequence[str], refused: Sequence[str]) -> Text:
    return lines(
        *(say("• Đồng ý: {what}", what=PURPOSES[one]) for one in given),
        *(say("• Không đồng ý: {what}", what=PURPOSES[one]) for one in refused),
    )


# What follows when it is taken back: said before it is done.
FOLLOWS: dict[str, Text] = {
    "abroad": say(
        "Nếu rút lại: cuộc trò chuyện này đóng ngay, không còn tin nào gửi tới đây; bí thư được báo để liên lạc bằng giấy "
        "hoặc gọi điện. Nơi có trang web thì đồng chí nhận đường dẫn để dùng trang. Những gì đã lưu vẫn còn: muốn lấy về hoặc "
        "xóa, mời làm trước khi rút. Dùng lại Telegram thì xin lời mời mới."
    ),
    "zalo": say(
        "Nếu rút lại: cuộc trò chuyện này đóng ngay, không còn tin nào gửi tới đây; bí thư được báo để liên lạc bằng giấy "
        "hoặc gọi điện. Nơi có trang web thì đồng chí nhận đường dẫn để dùng trang. Những gì đã lưu vẫn còn. Dùng lại Zalo thì "
        "xin lời mời mới."
    ),
    "contact": say(
        "Nếu rút lại: mọi câu hỏi theo kỳ dừng ngay, không còn tin nhắc và thông báo; bí thư được báo để liên lạc bằng giấy "
        "hoặc gọi điện. Báo cáo đã gửi vẫn còn đến hết thời hạn lưu, hoặc đến khi đồng chí xóa. Cần giúp vẫn gõ /hotro được."
    ),
    "away": say(
        "Nếu rút lại: chương trình không nhận khai báo mới; bí thư, phó bí thư và cấp trên không mở được lý do, đơn, giấy tờ "
        "đã gửi nữa, lần đi xa không còn trong sổ xuất ra từ đây. Bản đã in, đã tải thì vẫn còn. Đơn đang chờ giải quyết, "
        "mời nộp bằng giấy. Chính đồng chí vẫn xem và lấy về được."
    ),
    "review": say(
        "Nếu rút lại: bí thư, phó bí thư không mở được bản đã nộp nữa, cả chữ lẫn tệp; bản ấy không có trong trọn bộ tài "
        "liệu làm từ lúc này. Bản đã in, đã tải thì vẫn còn. Không ai nhắc nữa, bí thư được báo là đồng chí nộp bản giấy. "
        "Chính đồng chí vẫn đọc và lấy về được."
    ),
    "meeting": say(
        "Nếu rút lại: không còn giấy mời, đường dẫn và lời nhắc về cuộc họp, nhiệm vụ; bí thư được báo để mời và giao việc "
        "bằng giấy hoặc gọi điện. Biên bản đã lập vẫn còn."
    ),
    "counts": say(
        "Nếu rút lại: từ lần xem tới, cấp trên không đếm đồng chí; tên đang cho xem thì ẩn ngay. Không ai được báo."
    ),
}


_COMPANIES = {"abroad": "Telegram", "zalo": "Zalo"}


def follows(*, purpose: str, stay: Sequence[str]) -> Text:
    """Say what taking it back does. `stay`: the channels on which they go on without what passes through this company."""
    if purpose in _COMPANIES and stay:
        return say(
            "Nếu rút lại: {company} của đồng chí đóng ngay ở đây, không còn tin nào đi qua {company}; bí thư được báo. Đồng "
            "chí vẫn dùng {places} như trước. Muốn dùng lại {company} thì xin lời mời mới.",
            company=_COMPANIES[purpose],
            places=_places(stay),
        )
    return FOLLOWS[purpose]


def _places(channels: Sequence[str]) -> Text:
    return join([people.CHANNELS[one] for one in channels], ", ")


_WITHDRAWN: dict[str, Text] = {
    "abroad": say(
        "đã ngừng dùng Telegram ở đây, cuộc trò chuyện đã đóng. Mời giữ liên lạc bằng giấy hoặc gọi điện."
    ),
    "zalo": say(
        "đã ngừng dùng Zalo ở đây, cuộc trò chuyện đã đóng. Mời giữ liên lạc bằng giấy hoặc gọi điện."
    ),
    "contact": say(
        "đã rút lại đồng ý giữ liên lạc ở đây; chương trình không hỏi nữa. Mời giữ liên lạc bằng giấy hoặc gọi điện."
    ),
    "away": say("đã rút lại đồng ý lưu giấy tờ lần đi xa ở đây. Mời giải quyết bằng giấy tại chi bộ."),
    "review": say(
        "đã rút lại đồng ý với phần kiểm điểm, xếp loại ở đây; bản đã nộp không mở được nữa. Mời nhận bản giấy."
    ),
    "meeting": say(
        "đã rút lại đồng ý với phần họp và nhiệm vụ ở đây. Mời họp, giao việc bằng giấy hoặc gọi điện."
    ),
}


def told_keepers(*, name: str, purpose: str, given: bool, stay: Sequence[str]) -> Text | None:
    """Say one sentence to secretary and deputy; None for what concerns nobody at the desk (counts). `stay`: as above."""
    if purpose not in _WITHDRAWN:
        return None
    if given:
        return say("Đồng chí {name} đồng ý trở lại: {what}.", name=name, what=PURPOSES[purpose])
    if purpose in _COMPANIES and stay:
        return say(
            "Đồng chí {name} đã ngừng dùng {company} ở đây, vẫn dùng {places} như trước.",
            name=name,
            company=_COMPANIES[purpose],
            places=_places(stay),
        )
    return say("Đồng chí {name} {words}", name=name, words=_WITHDRAWN[purpose])


def chat_closed(*, stay: Sequence[str], page: str, door: str) -> Text:
    """Say that nothing comes here any more, and the way back. `stay`: the channels they still have.

    `page`: the link by which they go on there; `door`: where a return code is typed.
    """
    closed = say("<b>Cuộc trò chuyện này đã đóng</b>, từ nay không có tin nào gửi tới đây.")
    erase = say("Bạn có thể xóa cuộc trò chuyện trên máy mình.")
    if stay:
        places = say("Đồng chí vẫn dùng {places} như trước.", places=_places(stay))
        return paragraph(closed, lines(places, raw(page)) if page else places, erase)
    if not page:
        return paragraph(closed, say("Muốn dùng lại, mời xin lời mời mới."), erase)
    ways = lines(
        say("Muốn tiếp tục trên trang web, mời mở đường dẫn này bằng trình duyệt, rồi bấm Bắt đầu:"),
        raw(page),
        say(
            "Người phụ trách sẽ xác nhận đúng là bạn. Có mã trở lại (16 chữ số) thì không phải đợi: mở {door}/ rồi gõ mã.",
            door=door,
        ),
    )
    return paragraph(closed, ways, erase)


# --- asked before anything else -------------------------------------------------------------------------------------

LEAVE = say("Thôi nhận tin ở đây")


def asked_first(*, purpose: str, terms: Terms) -> Text:
    """Ask whoever came before it was asked. What they have just typed is not kept; nobody is called a comrade here."""
    return paragraph(
        say(
            "Trước khi nhắn tiếp ở đây, mời bạn trả lời một câu. Tin vừa gửi chưa được ghi: trả lời xong mời gửi lại."
        ),
        consent_text(purpose=purpose, office=False, terms=terms),
    )


def agreed_first() -> Text:
    return say("Đã ghi, cảm ơn đồng chí. Từ nay chương trình lại nhắn tin ở đây. Đổi ý thì gõ: dừng.")


def on_card(*, purposes: Sequence[str]) -> Text:
    """Say on a member's card at the desk what they do not want done here."""
    what = join([PURPOSES[one] for one in purposes], "; ")
    return say("Không đồng ý ở đây, làm bằng giấy hoặc gọi điện: {what}", what=what)
