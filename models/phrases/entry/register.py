"""Words of registration: from an invite's link to the first main screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.people.member import CHANNELS, Terms, consent_text
from models.phrases.text import Text, join, moment, month, say, say_as

ABOUT = say("đăng ký theo lời mời")
THAT_IS_ME = say("Đúng, liên kết tại đây")
NOT_ME = say("Không phải tôi")
UNDERSTOOD = say("Đã hiểu, tiếp tục")
AGREE = say("Đồng ý")
REFUSE = say_as("register", "Không đồng ý")
BEGIN_OFFICE = say("Bắt đầu việc của bí thư")
SHARE_PHONE = say("Gửi số điện thoại của tôi")
NO_PHONE = say("Nhờ người phụ trách xác nhận")
RIGHT_PLACE = say("Đúng")
OTHER_PLACE = say("Tôi ở nơi khác")
AT_HOME = say("Tôi đang ở nhà, tại địa phương")
HOME_PLACE = say("ở nhà, tại địa phương")  # the same as a fact
RIGHT_CLOCK = say("Đúng giờ này")
OTHER_CLOCK = say("Máy tôi chỉ giờ khác")
CHOOSE_PLACE_AGAIN = say("Chọn lại nơi đang ở")
VIETNAM_CLOCK = say("Dùng giờ Việt Nam")
IT_IS_THEM = say("Đúng là đồng chí ấy")
CONFIRM_THEM = say("Xác nhận người đã mở lời mời")
NOT_THEM = say("Không phải")
NOT_THEM_SURE = say("Không phải đồng chí ấy")
INVITE_AGAIN = say("Tạo lời mời mới")
THINK_AGAIN = say("Tôi nghĩ lại, đăng ký tiếp")
CALL_THEM = say("Xem số để gọi")


def still_registering() -> Text:
    """Answer a command in the middle of registering, in neutral words, for nobody is anybody yet."""
    return say("Việc đăng ký theo lời mời còn dở. Mời trả lời câu dưới đây; muốn dừng, gõ /huy.")


def who() -> Text:
    """Ask who they are. Before anything is proved there is no name, no organisation, no inviter."""
    return paragraph(
        say("Bạn nhận được một lời mời riêng. Người mời đã gọi hoặc nhắn cho bạn trước chưa?"),
        say("Nếu rồi, và lời mời đúng là gửi cho bạn: liên kết tại đây?"),
    )


def not_me() -> Text:
    return say(
        "Cảm ơn bạn đã cho biết. Chưa có gì được ghi lại. Mời báo giúp người đã gửi đường dẫn cho bạn."
    )


def what_it_is() -> Text:
    """Say what it is, before anybody has proved who they are: it names no organisation."""
    return paragraph(
        say("<b>Chương trình này là gì</b>"),
        lines(
            say(
                "• Chỉ hỏi, bạn trả lời. Không theo dõi vị trí, không xin ảnh giấy tờ tùy thân, không hỏi sức khỏe hay gia đình."
            ),
            say(
                "• Nơi ở chỉ ghi tên tỉnh hoặc tên nước, không ghi địa chỉ. Thành phố và nơi làm việc chỉ có khi bạn tự khai."
            ),
            say(
                "• Người phụ trách nhóm và người thay đọc được câu trả lời của bạn. Cấp trên thấy con số; kèm tên thì chỉ thấy đơn "
                "phải lên cấp trên giải quyết, việc nhờ giúp mà chưa ai nhận, mức xếp loại do cấp đó quyết định, và họ tên khi "
                "người phụ trách cho xem. Ai mở xem, bạn đều biết."
            ),
            say("• Chương trình không chấm điểm, không đánh giá ai. Không gửi tài liệu mật vào đây."),
            say("• Gõ /dulieu bất cứ lúc nào để xem, sửa, lấy về, rút lại đồng ý hoặc xóa."),
        ),
        say("Tiếp theo là câu hỏi đồng ý hay không, từng việc một."),
    )


def consent(*, purpose: str, number: int, of: int, office: bool, terms: Terms) -> Text:
    return paragraph(
        say("Việc {number}/{of}", number=number, of=of),
        consent_text(purpose=purpose, office=office, terms=terms),
    )


def declined() -> Text:
    return say(
        "Đã rõ, bạn không đăng ký ở đây. Chỉ ghi là đã từ chối, không giữ gì thêm. Mời bạn tiếp tục liên lạc bằng giấy hoặc "
        "gọi điện như trước. Nếu đổi ý khi lời mời còn hạn, bấm nút dưới đây hoặc mở lại đường dẫn. Chúc bạn mạnh khỏe."
    )


def rather_by_page(*, page: str) -> Text:
    """Give the page to who does not want what they say to pass through this messenger."""
    return say(
        "Đã rõ, bạn không dùng Zalo ở đây, không có tin nào gửi tới đây nữa. Bạn vẫn dùng được trang web, không qua Zalo: mời "
        "mở đường dẫn này bằng trình duyệt, rồi bấm Bắt đầu:\n{page}\n\nĐường dẫn thay cho lời mời cũ. Không muốn dùng "
        "thì bỏ qua, giữ liên lạc bằng giấy hoặc gọi điện như trước.",
        page=page,
    )


def has_declined(*, name: str, stay: Sequence[str], channel: str) -> Text:
    """Say that they would rather not. `stay`: the channels on which they are registered already, and remain so."""
    if stay:
        return say(
            "Đồng chí {name} chọn không liên kết thêm {channel}. Đồng chí ấy vẫn dùng {places} như trước.",
            name=name,
            channel=CHANNELS[channel],
            places=join([CHANNELS[one] for one in stay], ", "),
        )
    return say(
        "Đồng chí {name} chọn không đăng ký qua điện thoại. Đó là quyền của mỗi người; mời tiếp tục giữ liên lạc bằng "
        "giấy hoặc gọi điện.",
        name=name,
    )


def share_phone() -> Text:
    return say(
        "Để biết đúng là bạn, mời bấm nút <b>Gửi số điện thoại của tôi</b> ở cuối màn hình. Số được so với số mà người "
        "mời đã có."
    )


def type_phone() -> Text:
    """Ask for a number where no messenger can share it: it helps whoever calls, and proves nothing."""
    return say(
        "Mời gõ <b>số điện thoại của bạn</b>. Người phụ trách sẽ gọi số đã có trong sổ để xác nhận đúng là bạn."
    )


def no_phone_number() -> Text:
    return say(
        "Chưa đọc được số này. Mời gõ lại, ví dụ 0912 345 678; số nước ngoài thì bắt đầu bằng dấu + và mã nước."
    )


def use_the_button() -> Text:
    return say("Mời bấm nút ở cuối màn hình thay vì gõ số; hoặc chọn nhờ người phụ trách xác nhận.")


def not_your_number() -> Text:
    return say(
        "Đó là số trong danh bạ, không phải số của chính Telegram này. Mời bấm đúng nút ở cuối màn hình; hoặc chọn nhờ "
        "người phụ trách xác nhận."
    )


def nobody_to_confirm(*, shares: bool) -> Text:
    """Say that it ends here. `shares`: a messenger could still say whose number it is."""
    if not shares:
        return say("Chưa có ai xác nhận được đúng là bạn. Mời báo người đã gửi lời mời.")
    return say(
        "Chưa khớp với số mà người mời đã ghi, và chưa có ai khác xác nhận được. Mời gửi số của chính Telegram này; nếu "
        "vẫn chưa được, mời báo người đã gửi lời mời."
    )


def phone_matches() -> Text:
    return say("Cảm ơn đồng chí, đúng số trong danh sách.")


def will_be_confirmed() -> Text:
    return say("Đã ghi nhận. Người phụ trách sẽ xác nhận giúp; mời trả lời nốt vài câu, nếu có.")


def waits(*, pushes: bool) -> Text:
    """Say that somebody will confirm them. `pushes`: the news comes by itself."""
    if not pushes:
        return say(
            "Đã ghi lại. Người phụ trách sẽ xác nhận đúng là bạn. Mời mở lại trang này sau, trên máy này, để xem kết quả."
        )
    return say(
        "Đã ghi lại. Người phụ trách sẽ xác nhận đúng là bạn, rồi bạn sẽ nhận tin ở đây. Không cần làm gì thêm."
    )


def is_it_them(
    *,
    name: str,
    ending: str,
    roster_has_phone: bool,
    differs: bool,
    owner: tuple[str, int | None] | None = None,
    is_anothers: bool = False,
    typed_on: str = "",
) -> Text:
    """Ask whether it is them. `typed_on`: the channel on which a number was typed, which no messenger vouches for.

    `differs`: the number shared is not the roster's as it stands now. `owner`: whose it is, and born when.
    `is_anothers`: it is somebody else's of the cell, and the reader may not read the roster.
    """
    if owner is not None:
        why = number_of(owner=owner[0], birth_year=owner[1], ending=ending)
    elif is_anothers:
        why = say(
            "Số điện thoại đã gửi (đuôi …{ending}) là của một người khác trong danh sách chi bộ.",
            ending=ending,
        )
    elif ending and not differs:
        why = say(
            "Số điện thoại đã gửi (đuôi …{ending}) giống số trong danh sách, nhưng số ấy chưa đủ để xác nhận.",
            ending=ending,
        )
    elif not ending:
        why = say("Người mở lời mời chưa gửi số điện thoại.")
    elif roster_has_phone:
        why = say("Số điện thoại đã gửi (đuôi …{ending}) khác số trong danh sách.", ending=ending)
    else:
        why = say("Danh sách chưa có số của đồng chí ấy; số đã gửi có đuôi …{ending}.", ending=ending)
    typed = say(
        "Người ấy vào bằng {channel} và tự gõ số, nên số không chứng minh được ai đang gõ.",
        channel=CHANNELS.get(typed_on, EMPTY),
    )
    return paragraph(
        say("<b>Cần xác nhận: đồng chí {name}</b>", name=name),
        why,
        *([typed] if typed_on else []),
        say("Mời gọi cho đồng chí ấy để hỏi trước khi bấm."),
    )


def number_of(*, owner: str, birth_year: int | None, ending: str) -> Text:
    """Say that the opener of one person's invite has the number of another of the cell."""
    born = say(", sinh {year}", year=birth_year) if birth_year else EMPTY
    return say(
        "<b>Chú ý: số này (đuôi …{ending}) là của {owner}{born}</b> trong danh sách. Có thể lời mời đã đưa nhầm người: "
        "mời hỏi họ tên và năm sinh trước khi bấm.",
        owner=owner,
        born=born,
        ending=ending,
    )


def has_registered(*, name: str) -> Text:
    return say("Đồng chí {name} đã đăng ký xong.", name=name)


def you_confirmed(*, name: str, heard: bool, looks_in: bool, later: datetime | None, zone: str) -> Text:
    """Say that it is confirmed. `looks_in`: they read it when they look; `later`: in their morning."""
    done = say("Đã xác nhận đồng chí {name}.", name=name)
    if not heard:
        told = say("Chưa báo được cho đồng chí ấy: mời gọi.")
    elif looks_in:
        told = say("Đồng chí ấy chỉ thấy khi mở lại trang: mời gọi hoặc nhắn để đồng chí ấy mở.")
    elif later is not None:
        told = say("Nơi đồng chí ấy đang là đêm: tin tới lúc {when}.", when=moment(later, zone))
    else:
        told = say("Tin báo cho đồng chí ấy đang được gửi.")
    return say("{done} {told}", done=done, told=told)


def really_not_them(*, name: str) -> Text:
    return say(
        "Người mở lời mời không phải đồng chí <b>{name}</b>? Những điều người ấy đã trả lời sẽ bị xóa, và đường dẫn này "
        "không dùng được nữa.",
        name=name,
    )


def you_rejected(*, name: str) -> Text:
    return say("Đã ghi: không phải đồng chí {name}. Không có gì được liên kết.", name=name)


def not_confirmed() -> Text:
    return say(
        "Người gửi lời mời chưa xác nhận được, nên chưa có gì được liên kết; những điều đã trả lời đã được xóa. Mời liên "
        "hệ trực tiếp người gửi."
    )


def confirmed(*, next_at: datetime | None, zone: str, waiting: date | None) -> Text:
    return paragraph(
        say("Đã xác nhận. Từ nay đồng chí dùng được chương trình ở đây."),
        *([_waiting(waiting)] if waiting else []),
        _next_checkin(next_at, zone),
    )


# --- place and clock ------------------------------------------------------------------------------------------------


def still_there(*, place: Text) -> Text:
    return say("Theo danh sách, đồng chí đang làm việc tại <b>{place}</b>. Đúng không?", place=place)


def which_place() -> Text:
    return say("Hiện đang ở đâu? Chọn bên dưới; nơi khác thì gõ tên tỉnh, thành phố hoặc nước.")


def which_of_these() -> Text:
    return say("Ý là nơi nào? Mời chọn, hoặc gõ lại rõ hơn.")


def now_part_of(*, former: str, place: Text) -> Text:
    return say("“{former}” nay thuộc <b>{place}</b>: ghi là {place}.", former=former, place=place)


def place_not_found() -> Text:
    return say(
        "Chưa tìm thấy nơi này. Mời gõ tên tỉnh của Việt Nam (ví dụ: Đồng Nai) hoặc tên nước (ví dụ: Nhật Bản)."
    )


def clock_shows(*, place: Text, clock: Text) -> Text:
    return say("{place}. Đồng hồ trên máy đang chỉ <b>{clock}</b>?", place=place, clock=clock)


def which_clock(*, place: Text) -> Text:
    return say("{place} có nhiều múi giờ. Đồng hồ trên máy đang chỉ mấy giờ?", place=place)


def or_type_a_city(*, city: str) -> Text:
    return say(
        "Không thấy giờ ấy thì gõ tên thành phố lớn gần nhất bằng chữ Latinh, ví dụ {city}.", city=city
    )


def clock_differs(*, place: Text) -> Text:
    return say(
        "Có thể nơi đã chọn ({place}) chưa đúng, hoặc máy đang để giờ nơi khác. Tin nhắc sẽ theo giờ được chọn:",
        place=place,
    )


def keep_clock(*, place: Text) -> Text:
    return say("Dùng giờ {place}", place=place)


def clock_choice(*, clock: Text, city: str) -> Text:
    return say("{clock} ({city})", clock=clock, city=city)


# --- the end --------------------------------------------------------------------------------------------------------


def done(
    *,
    name: str,
    keeper: str,
    offices: Sequence[Text],
    next_at: datetime | None,
    away: bool,
    zone: str,
    hidden: bool,
    waiting: date | None,
) -> Text:
    """Say that registering is done.

    `away`: they have a cell, so a place and check-ins concern them. `waiting`: the month of a report they owe.
    """
    parts = [say("<b>Xong. Chào đồng chí {name}.</b>", name=name)]
    if offices:
        held = join(list(offices), "; ")
        parts.append(say("Phân công: {offices}.", offices=held))
        parts.append(
            say(
                "Đồng chí giữ dữ liệu của người khác: mời đặt mã PIN ngay, để ai nhặt được máy cũng không lấy được danh sách."
            )
        )
    if keeper:
        parts.append(say("Bí thư chi bộ: đồng chí {keeper}.", keeper=keeper))
    if waiting:
        parts.append(_waiting(waiting))
    if away:
        parts += [_next_checkin(next_at, zone), _in_trouble()]
    if hidden:
        parts.append(
            say(
                "Chế độ kín đáo đang bật: tin nhắc trên màn hình khóa không nói về việc gì. Đổi trong /dulieu."
            )
        )
    return paragraph(*parts)


def _waiting(period: date) -> Text:
    return say("Kỳ {month} còn chờ tin của đồng chí: gõ /baocao.", month=month(period))


def _in_trouble() -> Text:
    return say(
        "Khi gặp khó khăn, không cần đợi đến kỳ: gõ /hotro để nhờ chi bộ; ở đó có số khẩn cấp nơi đồng chí đang ở. Gõ thẳng vào "
        "đây cũng được: chương trình giữ lại và hỏi gửi cho ai."
    )


def _next_checkin(next_at: datetime | None, zone: str) -> Text:
    if next_at is None:
        return say("Đồng chí không phải báo cáo theo kỳ. Khi đi làm ăn xa, mời khai ở /khaibao.")
    return say("Kỳ báo cáo tới: {when}.", when=moment(next_at, zone))


def already_linked() -> Text:
    return say("Ở đây đã liên kết với đồng chí rồi, không cần lời mời nữa.")


def clock(*, time: str, weekday: Text) -> Text:
    return say("{time} {weekday}", time=time, weekday=weekday)


def name_expected(*, typed: str) -> Text:
    return say("“{typed}” có vẻ là ngày hoặc số điện thoại. Mời gõ tên, hoặc bỏ qua câu này.", typed=typed)
