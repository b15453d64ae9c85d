"""Words about people, their accounts and what they agree to."""

from __future__ import annotations

from models.phrases.text import Text, say

CONSENT_VERSION = (
    1  # raise it when a wording below changes: everybody is asked again, old answers keep their version
)

PURPOSES: dict[str, Text] = {
    "contact": say("Giữ liên lạc và báo cáo tình hình", "Keeping contact and checking in"),
    "review": say("Bản tự kiểm điểm cuối năm", "Year-end self-criticism"),
    "meeting": say("Họp chi bộ", "Cell meetings"),
    "counts": say("Số liệu tổng hợp gửi cấp trên", "Counts for the committee above"),
}

# What is agreed to, in full. Nothing is agreed to unless said; each no has its way on paper.
CONSENTS: dict[str, Text] = {
    "contact": say(
        "<b>Giữ liên lạc và báo cáo tình hình</b>\n\nChương trình giữ số điện thoại, tỉnh hoặc nước đồng chí đang làm "
        "việc, gửi tin nhắc theo kỳ và giữ câu trả lời. Bí thư, phó bí thư và người được phân công giữ liên lạc đọc "
        "được; mỗi lần đọc đều được ghi lại để đồng chí biết.\n\nNếu không đồng ý: không đăng ký qua điện thoại, đồng "
        "chí vẫn giữ liên lạc với bí thư bằng giấy hoặc gọi điện.",
        "<b>Keeping contact and checking in</b>\n\nThe program keeps your phone number and the province or country "
        "where you work, sends reminders and keeps your answers. The secretary, the deputy and your assigned contact "
        "can read them; every look is recorded and shown to you.\n\nIf you refuse: you are not registered by phone, "
        "and you keep in touch with the secretary on paper or by telephone.",
    ),
    "review": say(
        "<b>Bản tự kiểm điểm cuối năm</b>\n\nKhi chương trình có phần này: đồng chí viết và gửi bản kiểm điểm tại đây; chỉ "
        "chi bộ của đồng chí đọc được.\n\nNếu không đồng ý: đồng chí gửi bản giấy như trước.",
        "<b>Year-end self-criticism</b>\n\nOnce the program has this part: you write and hand in the text here; only your "
        "cell can read it.\n\n"
        "If you refuse: you hand it in on paper, as before.",
    ),
    "meeting": say(
        "<b>Họp chi bộ</b>\n\nKhi chương trình có phần này: chương trình gửi lời mời họp, đường dẫn họp trực "
        "tuyến và ghi việc dự họp của đồng chí.\n\nNếu không đồng ý: bí thư mời họp bằng giấy hoặc gọi điện.",
        "<b>Cell meetings</b>\n\nOnce the program has this part: it sends invitations and links to meetings and "
        "notes whether you took part."
        "\n\nIf you refuse: the secretary invites you on paper or by telephone.",
    ),
    "counts": say(
        "<b>Số liệu tổng hợp gửi cấp trên</b>\n\nĐồng chí được tính vào các con số của chi bộ (bao nhiêu người đi "
        "làm ăn xa, bao nhiêu người đã báo cáo). Không kèm tên.\n\nNếu không đồng ý: chi bộ báo cáo bằng giấy theo quy "
        "định, chương trình không tính đồng chí.",
        "<b>Counts for the committee above</b>\n\nYou are counted in the cell's figures (how many work away, how many "
        "have checked in). No names.\n\nIf you refuse: the cell reports on paper as the rules ask, and the program "
        "leaves you out.",
    ),
}

REACHABILITY: dict[str, Text] = {
    "ok": say("tin tới được", "messages arrive"),
    "blocked": say("đã chặn bot", "has blocked the bot"),
    "deactivated": say("tài khoản Telegram không còn", "Telegram account is gone"),
    "never started": say("chưa mở trò chuyện với bot", "has not opened the chat yet"),
    "network": say("mạng trục trặc, tin chưa tới", "network trouble, messages do not arrive"),
}

STANDINGS: dict[str, Text] = {
    "official": say("chính thức", "official"),
    "probationary": say("dự bị", "probationary"),
}


def moved_away() -> Text:
    return say(
        "Tài khoản này vừa được chuyển sang một Telegram khác nên cuộc trò chuyện ở đây đã đóng. Nếu không phải bạn "
        "làm việc đó, mời báo ngay cho người đã gửi lời mời.",
        "This account was just moved to another Telegram, so this chat is closed. If that was not you, please tell "
        "the person who invited you at once.",
    )


def chat_taken() -> Text:
    return say(
        "Telegram này đang gắn với một người khác, nên không dùng được lời mời này ở đây. Mời mở lời mời trên điện "
        "thoại của chính người được mời.",
        "This Telegram belongs to somebody else already, so the invite cannot be used here. Please open it on the "
        "invited person's own phone.",
    )
