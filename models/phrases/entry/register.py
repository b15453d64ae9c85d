"""Words of registration: from an invite's link to the first main screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.people.member import Terms, consent_text
from models.phrases.text import Text, join, moment, month, say

ABOUT = say("đăng ký theo lời mời", "registration by invite")
THAT_IS_ME = say("Đúng, liên kết với Telegram này", "Yes, link it to this Telegram")
NOT_ME = say("Không phải tôi", "That is not me")
UNDERSTOOD = say("Đã hiểu, tiếp tục", "Understood, go on")
AGREE = say("Đồng ý", "I agree")
REFUSE = say("Không đồng ý", "I do not agree")
BEGIN_OFFICE = say("Bắt đầu việc của bí thư", "Begin as secretary")
SHARE_PHONE = say("Gửi số điện thoại của tôi", "Share my phone number")
NO_PHONE = say("Nhờ người phụ trách xác nhận", "Let somebody in charge confirm")
RIGHT_PLACE = say("Đúng", "That is right")
OTHER_PLACE = say("Tôi ở nơi khác", "I am somewhere else")
AT_HOME = say("Tôi đang ở nhà, tại địa phương", "I am at home")
HOME_PLACE = say("ở nhà, tại địa phương", "at home")  # the same as a fact
RIGHT_CLOCK = say("Đúng giờ này", "That is my clock")
OTHER_CLOCK = say("Máy tôi chỉ giờ khác", "My clock shows another time")
CHOOSE_PLACE_AGAIN = say("Chọn lại nơi đang ở", "Choose the place again")
VIETNAM_CLOCK = say("Dùng giờ Việt Nam", "Use Vietnam time")
IT_IS_THEM = say("Đúng là đồng chí ấy", "Yes, this is the person")
CONFIRM_THEM = say("Xác nhận người đã mở lời mời", "Confirm who opened the invite")
NOT_THEM = say("Không phải", "It is not")
NOT_THEM_SURE = say("Không phải đồng chí ấy", "It is not them")
INVITE_AGAIN = say("Tạo lời mời mới", "Make a new invite")
THINK_AGAIN = say("Tôi nghĩ lại, đăng ký tiếp", "I thought again: register")
CALL_THEM = say("Xem số để gọi", "See the number to call")


def still_registering() -> Text:
    """To a command in the middle of registering; neutral, for nobody is anybody yet."""
    return say(
        "Việc đăng ký theo lời mời còn dở. Mời trả lời câu dưới đây; muốn dừng, gõ /huy.",
        "Your registration is not finished. Please answer the question below; to stop, type /huy.",
    )


def who() -> Text:
    """Before anything is proved: no name, no organisation, no inviter."""
    return paragraph(
        say(
            "Bạn nhận được một lời mời riêng. Người mời đã gọi hoặc nhắn cho bạn trước chưa?",
            "You have received a personal invite. Did the sender call or write to you first?",
        ),
        say(
            "Nếu rồi, và lời mời đúng là gửi cho bạn: liên kết với Telegram này?",
            "If so, and if it is meant for you: link it to this Telegram?",
        ),
    )


def not_me() -> Text:
    return say(
        "Cảm ơn bạn đã cho biết. Chưa có gì được ghi lại. Mời báo giúp người đã gửi đường dẫn cho bạn.",
        "Thank you for saying so. Nothing was kept. Please tell the person who sent you the link.",
    )


def what_it_is() -> Text:
    """Read before anybody has proved who they are: it names no organisation."""
    return paragraph(
        say("<b>Chương trình này là gì</b>", "<b>What this is</b>"),
        lines(
            say(
                "• Chỉ hỏi, bạn trả lời. Không theo dõi vị trí, không xin ảnh giấy tờ tùy thân, không hỏi sức khỏe hay gia đình.",
                "• It asks, you answer. It does not track where you are, nor ask for pictures of identity papers, for health or family.",
            ),
            say(
                "• Nơi ở chỉ ghi tên tỉnh hoặc tên nước, không ghi địa chỉ. Thành phố và nơi làm việc chỉ có khi bạn tự khai.",
                "• Of where you are only the province or the country is kept, no address. Town and employer only if you state them.",
            ),
            say(
                "• Người phụ trách nhóm và người thay đọc được câu trả lời của bạn. Cấp trên thấy con số; kèm tên thì chỉ thấy đơn "
                "phải lên cấp trên giải quyết, việc nhờ giúp mà chưa ai nhận, mức xếp loại do cấp đó quyết định, và họ tên khi "
                "người phụ trách cho xem. Ai mở xem, bạn đều biết.",
                "• Whoever is in charge of the group, and their deputy, read your answers. The level above sees counts; with a name, "
                "only applications that it has to decide, requests for help that nobody has taken, ratings that it decides, and "
                "names that whoever is in charge lets it see. You can see who looked.",
            ),
            say(
                "• Chương trình không chấm điểm, không đánh giá ai. Không gửi tài liệu mật vào đây.",
                "• It scores and judges nobody. Secret papers are not to be sent here.",
            ),
            say(
                "• Gõ /dulieu bất cứ lúc nào để xem, sửa, lấy về, rút lại đồng ý hoặc xóa.",
                "• Type /dulieu at any time to see, correct, take out, withdraw or delete.",
            ),
        ),
        say(
            "Tiếp theo là câu hỏi đồng ý hay không, từng việc một.",
            "Next you are asked whether you agree, one thing at a time.",
        ),
    )


def consent(*, purpose: str, number: int, of: int, office: bool, terms: Terms) -> Text:
    return paragraph(
        say("Việc {number}/{of}", "Question {number} of {of}", number=number, of=of),
        consent_text(purpose=purpose, office=office, terms=terms),
    )


def declined() -> Text:
    return say(
        "Đã rõ, bạn không đăng ký ở đây. Chỉ ghi là đã từ chối, không giữ gì thêm. Mời bạn tiếp tục liên lạc bằng giấy hoặc "
        "gọi điện như trước. Nếu đổi ý khi lời mời còn hạn, bấm nút dưới đây hoặc mở lại đường dẫn. Chúc bạn mạnh khỏe.",
        "Understood: you do not register here. Only the refusal is noted, nothing else. Please keep in touch on paper or by "
        "telephone, as before. Should you change your mind while the invite is valid, tap below or open its link again. All the best.",
    )


def has_declined(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chọn không đăng ký qua điện thoại. Đó là quyền của mỗi người; mời tiếp tục giữ liên lạc bằng "
        "giấy hoặc gọi điện.",
        "{name} prefers not to register by phone. Everybody may choose; please go on by paper or telephone.",
        name=name,
    )


def share_phone() -> Text:
    return say(
        "Để biết đúng là bạn, mời bấm nút <b>Gửi số điện thoại của tôi</b> ở cuối màn hình. Số được so với số mà người "
        "mời đã có.",
        "So that we know it is you, please tap <b>Share my phone number</b> at the bottom of the screen. It is "
        "compared with the number that the sender has.",
    )


def use_the_button() -> Text:
    return say(
        "Mời bấm nút ở cuối màn hình thay vì gõ số; hoặc chọn nhờ người phụ trách xác nhận.",
        "Please use the button at the bottom of the screen instead of typing; or let somebody in charge confirm.",
    )


def not_your_number() -> Text:
    return say(
        "Đó là số trong danh bạ, không phải số của chính Telegram này. Mời bấm đúng nút ở cuối màn hình; hoặc chọn nhờ "
        "người phụ trách xác nhận.",
        "That is a number from the address book, not this Telegram's own. Please tap the button at the bottom of the "
        "screen; or let somebody in charge confirm.",
    )


def nobody_to_confirm() -> Text:
    return say(
        "Chưa khớp với số mà người mời đã ghi, và chưa có ai khác xác nhận được. Mời gửi số của chính Telegram này; nếu "
        "vẫn chưa được, mời báo người đã gửi lời mời.",
        "This does not match the number that the inviter noted, and there is nobody else to confirm. Please share this "
        "Telegram's own number; if that does not help, please tell the person who invited you.",
    )


def phone_matches() -> Text:
    return say("Cảm ơn đồng chí, đúng số trong danh sách.", "Thank you, that is the number on the roster.")


def will_be_confirmed() -> Text:
    return say(
        "Đã ghi nhận. Người phụ trách sẽ xác nhận giúp; mời trả lời nốt vài câu, nếu có.",
        "Noted. Somebody in charge will confirm; please answer the last few questions, if there are any.",
    )


def waits() -> Text:
    return say(
        "Đã ghi lại. Người phụ trách sẽ xác nhận đúng là bạn, rồi bạn sẽ nhận tin ở đây. Không cần làm gì thêm.",
        "Everything is noted. Somebody in charge will confirm that it is you; then you will be told here. "
        "There is nothing more to do.",
    )


def is_it_them(
    *,
    name: str,
    ending: str,
    roster_has_phone: bool,
    differs: bool,
    owner: tuple[str, int | None] | None = None,
    is_anothers: bool = False,
) -> Text:
    """`differs`: the number shared is not the roster's as it stands now. `owner`: whose it is, and born when.

    `is_anothers`: it is somebody else's of the cell, and the reader may not read the roster.
    """
    if owner is not None:
        why = number_of(owner=owner[0], birth_year=owner[1], ending=ending)
    elif is_anothers:
        why = say(
            "Số điện thoại đã gửi (đuôi …{ending}) là của một người khác trong danh sách chi bộ.",
            "The number shared (ending …{ending}) is somebody else's on the cell's roster.",
            ending=ending,
        )
    elif ending and not differs:
        why = say(
            "Số điện thoại đã gửi (đuôi …{ending}) giống số trong danh sách, nhưng số ấy chưa đủ để xác nhận.",
            "The number shared (ending …{ending}) is the roster's, but that is not enough here.",
            ending=ending,
        )
    elif not ending:
        why = say(
            "Người mở lời mời chưa gửi số điện thoại.",
            "Whoever opened the invite has not shared a phone number.",
        )
    elif roster_has_phone:
        why = say(
            "Số điện thoại đã gửi (đuôi …{ending}) khác số trong danh sách.",
            "The number shared (ending …{ending}) differs from the roster's.",
            ending=ending,
        )
    else:
        why = say(
            "Danh sách chưa có số của đồng chí ấy; số đã gửi có đuôi …{ending}.",
            "The roster has no number for them; the one shared ends …{ending}.",
            ending=ending,
        )
    return paragraph(
        say("<b>Cần xác nhận: đồng chí {name}</b>", "<b>To confirm: {name}</b>", name=name),
        why,
        say(
            "Mời gọi cho đồng chí ấy để hỏi trước khi bấm.",
            "Please call them and ask before you tap a button.",
        ),
    )


def number_of(*, owner: str, birth_year: int | None, ending: str) -> Text:
    """Whoever opened the invite of one person has the number of another of the cell."""
    born = say(", sinh {year}", ", born {year}", year=birth_year) if birth_year else say("", "")
    return say(
        "<b>Chú ý: số này (đuôi …{ending}) là của {owner}{born}</b> trong danh sách. Có thể lời mời đã đưa nhầm người: "
        "mời hỏi họ tên và năm sinh trước khi bấm.",
        "<b>Note: this number (ending …{ending}) is that of {owner}{born}</b> on the roster. The invite may have gone to "
        "the wrong person: please ask for name and year of birth first.",
        owner=owner,
        born=born,
        ending=ending,
    )


def has_registered(*, name: str) -> Text:
    return say("Đồng chí {name} đã đăng ký xong.", "{name} has finished registering.", name=name)


def you_confirmed(*, name: str, heard: bool, later: datetime | None, zone: str) -> Text:
    """`later`: it is night there, so they are told in their morning."""
    done = say("Đã xác nhận đồng chí {name}.", "{name} is confirmed.", name=name)
    if not heard:
        told = say("Chưa báo được cho đồng chí ấy: mời gọi.", "They cannot be told here: please call.")
    elif later is not None:
        told = say(
            "Nơi đồng chí ấy đang là đêm: tin tới lúc {when}.",
            "It is night where they are: they are told at {when}.",
            when=moment(later, zone),
        )
    else:
        told = say("Tin báo cho đồng chí ấy đang được gửi.", "They are being told now.")
    return say("{done} {told}", "{done} {told}", done=done, told=told)


def really_not_them(*, name: str) -> Text:
    return say(
        "Người mở lời mời không phải đồng chí <b>{name}</b>? Những điều người ấy đã trả lời sẽ bị xóa, và đường dẫn này "
        "không dùng được nữa.",
        "Whoever opened the invite is not <b>{name}</b>? Their answers will be erased, and this link works no more.",
        name=name,
    )


def you_rejected(*, name: str) -> Text:
    return say(
        "Đã ghi: không phải đồng chí {name}. Không có gì được liên kết.",
        "Noted: that was not {name}. Nothing was linked.",
        name=name,
    )


def not_confirmed() -> Text:
    return say(
        "Người gửi lời mời chưa xác nhận được, nên chưa có gì được liên kết; những điều đã trả lời đã được xóa. Mời liên "
        "hệ trực tiếp người gửi.",
        "The person who sent the invite could not confirm, so nothing was linked, and the answers were erased. Please "
        "contact the sender directly.",
    )


def confirmed(*, next_at: datetime | None, zone: str, waiting: date | None) -> Text:
    return paragraph(
        say(
            "Đã xác nhận. Từ nay đồng chí dùng được chương trình trên Telegram này.",
            "Confirmed. From now on you can use the program on this Telegram.",
        ),
        *([_waiting(waiting)] if waiting else []),
        _next_checkin(next_at, zone),
    )


# --- place and clock ------------------------------------------------------------------------------------------------


def still_there(*, place: Text) -> Text:
    return say(
        "Theo danh sách, đồng chí đang làm việc tại <b>{place}</b>. Đúng không?",
        "The roster says that you work in <b>{place}</b>. Is that right?",
        place=place,
    )


def which_place() -> Text:
    return say(
        "Hiện đang ở đâu? Chọn bên dưới; nơi khác thì gõ tên tỉnh, thành phố hoặc nước.",
        "Where are you? Choose below; for any other place type the name of the province, city or country.",
    )


def which_of_these() -> Text:
    return say(
        "Ý là nơi nào? Mời chọn, hoặc gõ lại rõ hơn.", "Which one do you mean? Choose, or type it in full."
    )


def now_part_of(*, former: str, place: Text) -> Text:
    return say(
        "“{former}” nay thuộc <b>{place}</b>: ghi là {place}.",
        "“{former}” is part of <b>{place}</b> now: that is what is noted.",
        former=former,
        place=place,
    )


def place_not_found() -> Text:
    return say(
        "Chưa tìm thấy nơi này. Mời gõ tên tỉnh của Việt Nam (ví dụ: Đồng Nai) hoặc tên nước (ví dụ: Nhật Bản).",
        "That place was not found. Please type a province of Vietnam (for example Đồng Nai) or a country (for example "
        "Japan).",
    )


def clock_shows(*, place: Text, clock: Text) -> Text:
    return say(
        "{place}. Đồng hồ trên máy đang chỉ <b>{clock}</b>?",
        "{place}. Does your clock show <b>{clock}</b>?",
        place=place,
        clock=clock,
    )


def which_clock(*, place: Text) -> Text:
    return say(
        "{place} có nhiều múi giờ. Đồng hồ trên máy đang chỉ mấy giờ?",
        "{place} has several clocks. What does yours show?",
        place=place,
    )


def or_type_a_city(*, city: str) -> Text:
    return say(
        "Không thấy giờ ấy thì gõ tên thành phố lớn gần nhất bằng chữ Latinh, ví dụ {city}.",
        "If it is not there, type the nearest large city, for example {city}.",
        city=city,
    )


def clock_differs(*, place: Text) -> Text:
    return say(
        "Có thể nơi đã chọn ({place}) chưa đúng, hoặc máy đang để giờ nơi khác. Tin nhắc sẽ theo giờ được chọn:",
        "Perhaps the place ({place}) is not right, or the phone keeps another clock. Reminders will follow the clock "
        "that you choose:",
        place=place,
    )


def keep_clock(*, place: Text) -> Text:
    return say("Dùng giờ {place}", "Use the clock of {place}", place=place)


def clock_choice(*, clock: Text, city: str) -> Text:
    return say("{clock} ({city})", "{clock} ({city})", clock=clock, city=city)


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
    """`away`: they have a cell, so a place and check-ins concern them. `waiting`: the month of a report they owe."""
    parts = [say("<b>Xong. Chào đồng chí {name}.</b>", "<b>Done. Welcome, {name}.</b>", name=name)]
    if offices:
        held = join(list(offices), "; ")
        parts.append(say("Phân công: {offices}.", "In charge as: {offices}.", offices=held))
        parts.append(
            say(
                "Đồng chí giữ dữ liệu của người khác: mời đặt mã PIN ngay, để ai nhặt được máy cũng không lấy được danh sách.",
                "You keep other people's data: please choose a PIN now, so that nobody who finds the phone can take lists.",
            )
        )
    if keeper:
        parts.append(say("Bí thư chi bộ: đồng chí {keeper}.", "Your secretary: {keeper}.", keeper=keeper))
    if waiting:
        parts.append(_waiting(waiting))
    if away:
        parts += [_next_checkin(next_at, zone), _in_trouble()]
    if hidden:
        parts.append(
            say(
                "Chế độ kín đáo đang bật: tin nhắc trên màn hình khóa không nói về việc gì. Đổi trong /dulieu.",
                "Discreet mode is on: a lock screen does not show what a message is about. Change it in /dulieu.",
            )
        )
    return paragraph(*parts)


def _waiting(period: date) -> Text:
    return say(
        "Kỳ {month} còn chờ tin của đồng chí: gõ /baocao.",
        "The report for {month} still waits for you: type /baocao.",
        month=month(period),
    )


def _in_trouble() -> Text:
    return say(
        "Khi gặp khó khăn, không cần đợi đến kỳ: gõ /hotro để nhờ chi bộ; ở đó có số khẩn cấp nơi đồng chí đang ở. Gõ thẳng vào "
        "đây cũng được: chương trình giữ lại và hỏi gửi cho ai.",
        "When you are in trouble, do not wait: type /hotro to ask your cell; it has the emergency numbers where you are. Or just "
        "type here: it is kept, and you are asked whom it is for.",
    )


def _next_checkin(next_at: datetime | None, zone: str) -> Text:
    if next_at is None:
        return say(
            "Đồng chí không phải báo cáo theo kỳ. Khi đi làm ăn xa, mời khai ở /khaibao.",
            "You are not asked to check in. When you go to work elsewhere, please declare it in /khaibao.",
        )
    return say("Kỳ báo cáo tới: {when}.", "Next check-in: {when}.", when=moment(next_at, zone))


def already_linked() -> Text:
    return say(
        "Telegram này đã được liên kết với đồng chí rồi, không cần lời mời nữa.",
        "This Telegram is linked to you already; no invite is needed.",
    )


def clock(*, time: str, weekday: Text) -> Text:
    return say("{time} {weekday}", "{time} {weekday}", time=time, weekday=weekday)


def name_expected(*, typed: str) -> Text:
    return say(
        "“{typed}” có vẻ là ngày hoặc số điện thoại. Mời gõ tên, hoặc bỏ qua câu này.",
        "“{typed}” looks like a day or a phone number. Please type a name, or skip this.",
        typed=typed,
    )
