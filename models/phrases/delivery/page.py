"""Words of the page that a browser opens. Nothing on it says whose program it is before somebody is let in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, fitted, moment, raw, say, span

TITLE = say("Sổ tay")
MENU = say("Màn hình chính")
REFRESH = say("Tin mới")
LEAVE = say("Thoát")
OLDER = say("Xem tin cũ hơn")
NEWEST = say("Về tin mới nhất")
YOU_SENT = say("Bạn đã gửi:")
WRITE = say("Gõ ở đây")
FILE = say("Gửi kèm tệp hoặc ảnh")
SEND = say("Gửi đi")
CODE = say("Mã trở lại, 16 số")
COME_IN = say("Vào")
BEGIN = say("Bắt đầu")
OPEN_HERE = say("Mở trên máy này")
BACK_HERE = say("Về trang chính")
WAITS_FOR_NET = say("Chưa có mạng. Chữ đã gõ được giữ trên máy này và tự gửi khi có mạng lại.")
SENT_NOW = say("Đã gửi.")
WORKING = say("Chương trình đang xử lý, câu trả lời sẽ hiện ở đây.")
SEND_AGAIN = say(
    "Mạng bị ngắt, tệp chưa gửi xong. Tệp vẫn ở ô trên: có mạng lại, mời bấm Gửi đi, máy sẽ gửi tiếp phần còn lại."
)
CLOCK_HERE = say("ở đây")
CLOCK_HOME = say("Việt Nam")

LEAVE_ANYWAY = say("Vẫn thoát")
RING = say("Báo tin mới trên máy này")
RING_NO_MORE = say("Không báo trên máy này nữa")
NOT_RUNG = say("Máy này chưa cho phép báo tin. Mời xem phần cài đặt thông báo của trình duyệt.")
KEY = say("Khóa trên máy")
ENTER_BY_KEY = say("Vào bằng khóa trên máy")
PROVE_BY_KEY = say("Dùng khóa để mở phần việc")
MAKE_KEY = say("Tạo khóa trên máy này")
KEY_FAILED = say("Chưa dùng được khóa. Mời thử lại, hoặc vào bằng mã trở lại.")
NO_KEY = say("Trình duyệt này chưa dùng được khóa. Mời vào bằng mã trở lại, hoặc bằng đường dẫn riêng.")
PIN_FIRST = say(
    "Muốn tạo khóa: mời về trang chính, vào Dữ liệu của tôi, An toàn tài khoản, Các máy đang mở trang, Tạo khóa trên máy này."
)

TO_SHARE = say("Lời để gửi đi")
SHARE = say("Chia sẻ")
COPY = say("Chép")
COPIED = say("Đã chép")
NOT_COPIED = say("Mời chép tay")
BESIDE = say("Để xem kèm")

# a form on one page
WHOLE = say("Điền cả phiếu một lần")
NOT_SENT = say("Chưa có mạng, trang này chưa gửi được. Những gì đã gõ vẫn còn: có mạng lại, mời bấm lần nữa.")
RECORD = say("Ghi các câu trả lời")
ONE_BY_ONE = say("Trả lời từng câu")
TYPE_BELOW = say("Gõ ở ô dưới")
NOT_CHOSEN = say("(chưa chọn)")
TO_MEND = say("Có một câu cần sửa")
NOT_SENT_YET = say("Chữ vừa gõ, chưa gửi được: mời chép lại, vào lại rồi gửi")
TYPED_BEFORE = say("Đã gõ ở trang cũ")


def begin() -> Text:
    return say(
        "Đường dẫn này gửi riêng cho một người.\n\nNgười gửi đã gọi hoặc nhắn trước cho bạn: mời bấm Bắt đầu.\nChưa ai báo "
        "trước: đừng bấm, hãy hỏi lại người gửi."
    )


def open_here() -> Text:
    return say(
        "Bấm nút dưới đây để mở trang của bạn trên máy này. Đường dẫn chỉ dùng được một lần.\n\nMáy dùng chung: khi xong, mời "
        "bấm Thoát."
    )


def way_in() -> Text:
    return say(
        "Máy này chưa được mở trang.\n\n• Lần đầu: bấm vào đường dẫn riêng đã gửi cho bạn.\n• Đã từng vào: dùng khóa trên máy, hoặc "
        "gõ mã trở lại, 16 số bạn đã ghi ra giấy.\n• Không còn mã: gọi cho người đã gửi đường dẫn, xin đường dẫn mới."
    )


def wrong_code() -> Text:
    return say("Mã chưa đúng. Mời xem lại từng số rồi gõ lại.")


def too_many() -> Text:
    return say("Đã thử quá nhiều lần. Mời chờ một lúc rồi thử lại.")


def useless_link() -> Text:
    return say("Đường dẫn này đã dùng, đã hết hạn hoặc chép thiếu. Mời xin đường dẫn mới.")


def no_way_back() -> Text:
    return say(
        "Đồng chí chưa có mã trở lại. Thoát bây giờ thì muốn vào lại phải xin đường dẫn mới. Nên tạo mã trước: về trang chính, "
        "vào Dữ liệu của tôi, An toàn tài khoản, Tạo mã trở lại, rồi ghi ra giấy."
    )


def page_is_closed() -> Text:
    return say(
        "Trang trên máy này đã đóng: lâu không dùng, hoặc đã được đóng từ máy khác. Muốn dùng tiếp, mời vào lại như dưới đây."
    )


def kept_here() -> Text:
    return say(
        "Chữ đã gõ mà chưa gửi vẫn còn trên máy này. Người đã gõ vào lại thì chữ hiện ra để gửi; người khác vào thì máy xóa "
        "đi. Tệp đã chọn thì phải chọn lại."
    )


def look_over() -> Text:
    return say("Ô trên có chữ gõ từ trước, chưa gửi được. Mời xem lại rồi bấm Gửi đi, hoặc xóa đi.")


def tap_again() -> Text:
    return say(
        "Nút đã bấm lúc chưa có mạng chưa được nhận: mời bấm lại. Chữ chưa gửi, nếu có, đang ở ô trên."
    )


def loses_words() -> Text:
    return say("Trên máy này còn chữ chưa gửi được. Thoát bây giờ thì chữ ấy mất. Vẫn thoát?")


def you_left() -> Text:
    return say("Đã thoát. Máy này không còn giữ gì của bạn.")


def no_file() -> Text:
    return say("Tệp này không còn trên trang. Mời mở lại từ màn hình chính.")


def busy() -> Text:
    return say(
        "Trang đang bận, chưa nhận được. Mời đợi ít phút, bấm quay lại rồi thử lại: những gì đã gõ còn trên máy này."
    )


def too_large(*, megabytes: int) -> Text:
    return say("Tệp lớn hơn {megabytes} MB nên chưa nhận được. Mời gửi tệp nhỏ hơn.", megabytes=megabytes)


def proof_waits(*, count: int) -> Text:
    return say(
        "{count} tin về chi bộ đang chờ. Để đọc, mời bấm Màn hình chính, rồi Mở phần việc của chi bộ.",
        count=count,
    )


def whole(*, count: int) -> Text:
    return say("Điền cả phiếu một lần ({count} câu)", count=count)


def about_whole(*, looked_over: bool) -> Text:
    """Say how the page is answered. `looked_over`: nothing is done before a last look."""
    if looked_over:
        return say(
            "Câu nào để trống thì được hỏi lại sau. Ghi xong, mời xem lại toàn bộ rồi mới xác nhận gửi."
        )
    return say("Câu nào để trống thì được hỏi lại sau.")


def mended_first() -> Text:
    """Say below what is wrong with the first answer that the others are kept."""
    return say("Các câu trước đã ghi. Những gì đã gõ ở các câu sau vẫn còn bên dưới.")


def asked_back() -> Text:
    return say("Câu đầu dưới đây cần hỏi lại cho rõ. Những gì đã gõ ở các câu sau vẫn còn.")


def more_to_answer() -> Text:
    return say("Đã ghi. Còn các câu dưới đây; những gì đã gõ vẫn còn.")


def answered_elsewhere() -> Text:
    return say(
        "Phiếu này đã được trả lời tiếp, hoặc đã kết thúc, sau khi mở trang này, nên trang vừa gửi chưa được ghi. Những gì đã gõ vẫn "
        "còn dưới đây."
    )


def answer_this() -> Text:
    return say("Câu này chưa có câu trả lời.")


def one_way() -> Text:
    return say("Vừa chọn, vừa gõ: mời giữ một cách. Muốn dùng chữ đã gõ thì chọn “Gõ ở ô dưới”.")


def about_key() -> Text:
    return say(
        "Khóa nằm trong máy, mở bằng vân tay, khuôn mặt hoặc mã màn hình; không phải nhớ gì. Chỉ nên tạo trên máy của riêng mình."
    )


def key_made() -> Text:
    return say("Đã tạo khóa. Lần sau mời chọn “Vào bằng khóa trên máy”.")


def too_many_keys() -> Text:
    return say("Đã có mười khóa. Mời xóa bớt khóa không dùng trong An toàn tài khoản.")


# --- on every channel -------------------------------------------------------------------------------------------------

OPEN_ELSEWHERE = say("Mở trang trên máy khác")
BROWSERS = say("Các máy đang mở trang")
PROVE = say("Mở phần việc của chi bộ")
KEYS = say("Khóa đã tạo")
USE_KEY = say("Dùng khóa trên máy")
_UNKNOWN = say("máy chưa rõ loại")


def no_page() -> Text:
    return say("Chương trình ở đây chưa có trang web. Mời dùng như trước.")


def link(*, lasts: timedelta, link: str, proves: bool) -> Text:
    """Give the link that opens the page once. `proves`: it opens an office's screens, too."""
    return paragraph(
        say("Mời mở đường dẫn này trên máy kia, trong {lasts}. Chỉ dùng được một lần.", lasts=span(lasts)),
        raw(link),
        say("Ai mở đường dẫn này sẽ thấy phần riêng của đồng chí: đừng chuyển cho người khác.")
        if not proves
        else say(
            "Ai mở đường dẫn này sẽ thấy phần riêng và phần việc của đồng chí: đừng chuyển cho người khác."
        ),
    )


def browsers(found: Sequence[Text]) -> Text:
    if not found:
        return say("Trang web chưa mở trên máy nào.")
    return paragraph(
        say("<b>Trang web đang mở trên:</b>"),
        lines(*found),
        say("Thấy máy lạ: mời đóng máy ấy ngay, rồi tạo mã trở lại mới."),
    )


def browser(*, device: str, since: datetime, seen: datetime, here: bool, proved: bool, zone: str) -> Text:
    words = say(
        "• {device}, từ {since}, dùng gần nhất {seen}",
        device=device or _UNKNOWN,
        since=moment(since, zone),
        seen=moment(seen, zone),
    )
    if proved:
        words = words + say("; đang mở phần việc của chi bộ")
    return words + say(" (máy này)") if here else words


def end_browser(*, device: str, number: int) -> Text:
    return fitted(say("Đóng máy {number}: {device}", number=number, device=device or _UNKNOWN))


def how_to_prove(*, linked: bool) -> Text:
    """Say how the second proof is given. `linked`: they have Telegram, too."""
    other = (
        say(
            "• Có Telegram đã liên kết: ở đó chọn Dữ liệu của tôi → An toàn tài khoản → Mở trang trên máy khác, rồi mở đường dẫn ấy "
            "trên máy này."
        )
        if linked
        else say(
            "• Chưa có khóa: chọn Dữ liệu của tôi → An toàn tài khoản → Các máy đang mở trang → Tạo khóa trên máy này."
        )
    )
    return paragraph(
        say(
            "<b>Phần việc của chi bộ có thông tin của người khác</b>, nên cần chắc chắn đúng là đồng chí đang ngồi trước máy này."
        ),
        lines(say("• Có khóa trên máy này: bấm Dùng khóa trên máy."), other),
    )


def key_ready() -> Text:
    return say("Đã đúng mã PIN. Trong mười phút tới, mời bấm nút dưới đây rồi tạo khóa.")


def keys(found: Sequence[Text]) -> Text:
    if not found:
        return say("Chưa có khóa nào.")
    return paragraph(say("<b>Khóa đã tạo:</b>"), lines(*found))


def passkey(*, device: str, since: datetime, used: datetime | None, zone: str) -> Text:
    words = say("• {device}, tạo {since}", device=device or _UNKNOWN, since=moment(since, zone))
    return words + say(", dùng gần nhất {used}", used=moment(used, zone)) if used is not None else words


def drop_key(*, device: str, number: int) -> Text:
    return fitted(say("Xóa khóa {number}: {device}", number=number, device=device or _UNKNOWN))
