"""Words about people, their accounts and what they agree to."""

from __future__ import annotations

from typing import NamedTuple

from models.phrases.common import lines
from models.phrases.text import Text, both, raw, say, say_as

CONSENT_VERSION = (
    2  # raise it when a wording below changes: all are asked again, old answers keep their version
)

PURPOSES: dict[str, Text] = {
    "abroad": say("Tin nhắn đi qua Telegram"),
    "zalo": say("Tin nhắn đi qua Zalo"),
    "contact": say("Giữ liên lạc"),
    "away": say("Lần đi làm ăn xa và giấy tờ"),
    "review": say("Kiểm điểm, cam kết, xếp loại"),
    "meeting": say("Họp chi bộ và nhiệm vụ"),
    "counts": say("Số liệu gửi cấp trên"),
}

# What is agreed to, in full. Nothing is agreed to unless said; each no has its way on paper.
# ⟨kept⟩: for how long, as the policies say it (`Terms`). The first three are read by whoever holds an invite: they name no
# organisation and nobody as one of it.
_WORDINGS: dict[str, Text] = {
    "abroad": say(
        "<b>Tin nhắn đi qua Telegram</b>\n\nMọi tin bạn gửi và nhận ở đây đi qua máy chủ của Telegram, một công ty nước "
        "ngoài, đặt ngoài Việt Nam. Telegram biết tài khoản và số điện thoại Telegram của bạn, và có thể đọc tin.\n\nGiữ "
        "bao lâu: tin nằm trong cuộc trò chuyện này đến khi bạn xóa trên máy mình.\n\nNếu không đồng ý: không đăng ký ở "
        "đây; bạn giữ liên lạc bằng giấy hoặc gọi điện như trước."
    ),
    "zalo": say(
        "<b>Tin nhắn đi qua Zalo</b>\n\nMọi tin bạn gửi và nhận ở đây đi qua máy chủ của Zalo, một công ty khác. Zalo biết "
        "tài khoản và số điện thoại Zalo của bạn, đọc được các tin và giữ bản riêng mà ở đây không xóa được.\n\nGiữ bao "
        "lâu: theo quy định của Zalo.\n\nNếu không đồng ý: không đăng ký bằng Zalo. Nơi có trang web thì bạn nhận đường "
        "dẫn để dùng trang; không có thì giữ liên lạc bằng giấy hoặc gọi điện như trước."
    ),
    "contact": say(
        "<b>Giữ liên lạc</b>\n\nĐược giữ: họ tên, số điện thoại, tỉnh hoặc nước bạn đang ở; câu trả lời khi được hỏi tình "
        "hình; việc bạn nhờ giúp; thông báo bạn nhận và câu trả lời; ghi chép của người đã gọi cho bạn.\n\nAi đọc: người "
        "phụ trách nhóm và người thay. Người được giao gọi cho bạn chỉ thấy nơi ở, số điện thoại và việc cần gọi, không đọc "
        "câu trả lời. Lâu không có tin của bạn, họ được nhắc gọi, rồi cấp trên biết là có một người lâu chưa có tin, không "
        "kèm tên. Việc bạn nhờ mà chưa ai nhận thì chuyển lên cấp trên, kèm tên và nội dung; việc riêng thì chỉ người bạn "
        "chọn xem được. Ai mở xem câu trả lời, số điện thoại của bạn, bạn đều biết.\n\n⟨kept⟩\n\nNếu không đồng ý: không đăng ký ở đây; bạn giữ liên lạc bằng giấy hoặc gọi điện "
        "như trước."
    ),
    "away": say(
        "<b>Lần đi làm ăn xa và giấy tờ</b>\n\nĐược giữ: nơi đến, ngày đi, ngày về, công việc, lý do, người có thể hỏi tin, "
        "đơn, bản chụp giấy tờ, kết quả giải quyết.\n\nAi đọc: bí thư, phó bí thư; đơn phải lên cấp trên thì cán bộ cấp ủy "
        "giải quyết đơn đọc được. Có trong sổ theo dõi đi làm ăn xa của chi bộ.\n\n⟨kept⟩\n\nNếu không đồng ý: đồng chí khai và nộp đơn bằng giấy tại chi bộ; chương trình không "
        "nhận và không cho ai xem."
    ),
    "review": say(
        "<b>Kiểm điểm, cam kết, xếp loại</b>\n\nĐược giữ: bản tự kiểm điểm, bản cam kết, điểm và mức tự nhận, tệp đồng chí "
        "gửi, nhận xét, mức xếp loại chi bộ đề xuất và cấp ủy quyết định.\n\nAi đọc: phần chưa nộp chỉ mình đồng chí. Bản "
        "đã nộp: bí thư, phó bí thư; có trong trọn bộ tài liệu của chi bộ. Mức đề xuất và mức đã quyết định: thêm cán bộ "
        "của cấp ủy có quyền quyết định, kèm tên; cấp trên nữa chỉ thấy con số.\n\n⟨kept⟩\n\nNếu không đồng ý: đồng chí nộp bản giấy; chương trình không nhắc, không ai nhập hộ, kết quả "
        "xếp loại ghi trên giấy."
    ),
    "meeting": say(
        "<b>Họp chi bộ và nhiệm vụ</b>\n\nĐược giữ: giấy mời, đường dẫn riêng, câu trả lời, lý do vắng, ý kiến đồng chí "
        "gửi, việc có dự họp hay không; nhiệm vụ được giao và kết quả đồng chí ghi.\n\nAi đọc: bí thư, phó bí thư. Ý kiến "
        "gửi để đọc thì cuộc họp nghe; ai dự, ai vắng có trong biên bản.\n\n⟨kept⟩\n\nNếu không đồng ý: bí thư mời họp, giao việc bằng giấy hoặc gọi điện; ở đây không gửi "
        "giấy mời, không giao nhiệm vụ. Ai dự họp vẫn ghi vào biên bản."
    ),
    "counts": say(
        "<b>Số liệu gửi cấp trên</b>\n\nCấp trên thấy số người đi làm ăn xa, đã đăng ký, đã báo cáo, chưa báo cáo, lâu chưa "
        "có tin, sắp hết hạn miễn, đang nhờ hỗ trợ; dưới 5 người thì gộp với nơi khác. Không kèm tên; khi cấp trên nêu lý do "
        "và bí thư đồng ý thì họ tên hiện trong một số ngày cho người đã hỏi, mỗi lần xem đều ghi lại cho đồng chí biết."
        "\n\nGiữ bao lâu: con số được đếm lúc xem, không lưu.\n\nNếu không đồng ý: đồng chí không được đếm trong các số đó "
        "và không ai ở cấp trên được cho xem tên; chi bộ báo cáo bằng giấy theo quy định."
    ),
}

# Who is in an office and in no cell here: nothing is asked of them, and nothing in this says that they are in one.
OFFICE_CONTACT = say(
    "<b>Giữ liên lạc</b>\n\nĐược giữ: họ tên, số điện thoại của bạn; tin bạn gửi và nhận; việc bạn đã làm và đã mở xem ở "
    "đây, kèm giờ.\n\nBạn nhận: tin báo khi có việc chờ bạn.\n\nAi đọc: những người cùng phụ trách thấy tên bạn và việc "
    "bạn đã làm; người được bạn mở xem dữ liệu thấy là bạn đã xem.\n\n⟨kept⟩\n\nNếu không đồng ý: không đăng ký ở đây; việc của bạn làm bằng "
    "giấy hoặc gọi điện."
)


# A channel in the middle of a sentence, and another account on the same one.
CHANNELS: dict[str, Text] = {
    "telegram": say("Telegram"),
    "web": say("trang web"),
    "text": say("Zalo"),
}
OTHERS: dict[str, Text] = {
    "telegram": say("một Telegram khác"),
    "web": say("trang web trên một máy khác"),
    "text": say("một Zalo khác"),
}


class Terms(NamedTuple):
    """For how many years things are kept, as the policies say; the wordings name them."""

    words: int = 2  # answers to check-ins, requests for help and notices
    absences: int = 5  # from their end
    meetings: int = 5
    tasks: int = 2  # from their end
    reviews: int = 3  # whole years after their own
    acts: int = 5  # who looked, who did what


def consent_text(*, purpose: str, office: bool, terms: Terms) -> Text:
    """Give the wording of a purpose; `office`: for somebody who is in no cell here."""
    wording = OFFICE_CONTACT if office and purpose == "contact" else _WORDINGS[purpose]
    kept = _kept("office" if wording is OFFICE_CONTACT else purpose, terms)
    return both(wording.vi.replace("⟨kept⟩", kept.vi), wording.en.replace("⟨kept⟩", kept.en))


def _kept(purpose: str, terms: Terms) -> Text:
    match purpose:
        case "contact":
            return say(
                "Giữ bao lâu: câu trả lời, việc nhờ giúp, thông báo {words} năm; họ tên, số điện thoại, nơi ở đến khi bạn xóa "
                "hoặc rời danh sách.",
                words=terms.words,
            )
        case "away":
            return say(
                "Giữ bao lâu: {years} năm từ khi lần đi xa kết thúc, hoặc đến khi đồng chí xóa.",
                years=terms.absences,
            )
        case "review":
            return say(
                "Giữ bao lâu: {years} năm sau năm kiểm điểm rồi tự xóa, hoặc đến khi đồng chí xóa.",
                years=terms.reviews,
            )
        case "meeting":
            return say(
                "Giữ bao lâu: cuộc họp {meetings} năm; nhiệm vụ {tasks} năm từ khi xong.",
                meetings=terms.meetings,
                tasks=terms.tasks,
            )
        case "office":
            return say(
                "Giữ bao lâu: số điện thoại đến khi bạn xóa; việc đã làm và đã xem được giữ {years} năm làm chứng.",
                years=terms.acts,
            )
        case _:
            return raw("")  # said in the wording itself


REACHABILITY: dict[str, Text] = {
    "ok": say("tin tới được"),
    "blocked": say_as("member", "đã chặn chương trình"),
    "deactivated": say("tài khoản không còn"),
    "never started": say("chưa mở trò chuyện với chương trình"),
    "network": say("mạng trục trặc, tin chưa tới"),
    "quiet": say("tin chờ trên trang, chưa báo được"),
    "unasked": say("chưa trả lời có đồng ý nhận tin ở đó hay không"),
}

STANDINGS: dict[str, Text] = {"official": say("chính thức"), "probationary": say("dự bị")}


def moved_away(*, channel: str) -> Text:
    return say(
        "Tài khoản này vừa được chuyển sang {other} nên cuộc trò chuyện ở đây đã đóng. Nếu không phải bạn làm việc đó: gõ mã trở lại (16 "
        "chữ số) vào đây để lấy lại ngay; không có mã thì gọi cho một người phụ trách, đừng gọi người đã gửi lời mời.",
        other=OTHERS[channel],
    )


def also_linked(*, channel: str) -> Text:
    """Say where else they are linked now. Only the page can be closed from elsewhere."""
    if channel == "web":
        return say(
            "Ngoài ở đây, {channel} vừa được liên kết với tên bạn. Nếu không phải bạn làm việc đó: gõ /dulieu, chọn An toàn "
            "tài khoản, Các máy đang mở trang để đóng máy ấy, rồi gọi cho một người phụ trách.",
            channel=CHANNELS[channel],
        )
    return say(
        "Ngoài ở đây, {channel} vừa được liên kết với tên bạn. Nếu không phải bạn làm việc đó: gọi ngay cho một người phụ "
        "trách, đừng gọi người đã gửi lời mời.",
        channel=CHANNELS[channel],
    )


def chat_taken(*, channel: str) -> Text:
    """Say that the account is another's. `channel`: each has its own way for two people who share one."""
    taken = say("Tài khoản này đang gắn với một người khác, nên không dùng được lời mời này ở đây.")
    match channel:
        case "telegram":
            return lines(
                taken,
                say(
                    "Mời mở lời mời bằng tài khoản của chính người được mời. Hai người dùng chung một Telegram: người thứ hai thêm tài "
                    "khoản của mình (Cài đặt, Thêm tài khoản) rồi mở lời mời ở đó; không có số riêng thì giữ liên lạc bằng điện "
                    "thoại như trước."
                ),
            )
        case "web":
            return lines(
                taken,
                say(
                    "Mời mở lời mời trên máy của chính người được mời. Hai người dùng chung một máy: người trước bấm Thoát, rồi người "
                    "sau mở đường dẫn riêng của mình."
                ),
            )
        case _:
            return lines(taken, say("Mời mở lời mời bằng tài khoản của chính người được mời."))
