"""Every command and button, in order, on one screen."""

from __future__ import annotations

from handlers.away import agreement, away, homecoming
from handlers.contact import checkin, contact_note, pause, request, rhythm, rollcall, unasked
from handlers.delivery import clock_doubt
from handlers.desk import (
    absence,
    bearings,
    call_sheet,
    committee,
    desk,
    law_request,
    office,
    reorganising,
    roster,
    screening,
    year_sheet,
)
from handlers.entry import own_link, reachability, register, waking
from handlers.ground import menu
from handlers.ground.context import Command, CommandAudience
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Routes, Tap
from handlers.meeting import attendance, handbook, meeting, notice, task
from handlers.people import browser, mailbox, secret, trail, unit
from handlers.trust import consent, data, member_papers
from handlers.year import probation, review
from models.people.rights import Right
from models.phrases.ground import commands as words

COMMANDS: list[Command] = [
    # name       what it does       step                audience
    Command("start", words.START, register.start, CommandAudience.EVERYONE, public=True),
    Command("menu", words.MENU, menu.show_menu),
    Command("trogiup", words.HELP, menu.show_help),
    Command("huy", words.CANCEL, menu.cancel, public=True),
    Command("ngonngu", words.LANGUAGE, menu.ask_language),
    Command("baocao", words.CHECKIN, checkin.start, CommandAudience.MEMBER),
    Command("khaibao", words.AWAY, away.start, CommandAudience.MEMBER),
    Command("hop", words.MEETINGS, meeting.start, CommandAudience.CELL),
    Command("kiemdiem", words.REVIEW, review.start, CommandAudience.CELL),
    Command("hotro", words.HELP_ME, request.start, CommandAudience.MEMBER),
    Command("dulieu", words.DATA, data.start),
    Command("sotay", words.HANDBOOK, handbook.start),
    Command("chibo", words.DESK, desk.show_desk, CommandAudience.DESK),
    Command("thongbao", words.NOTICE, notice.start, CommandAudience.SPEAKER, right=Right.ANNOUNCE),
    Command("diemdanh", words.ROLL_CALL, rollcall.start, CommandAudience.SPEAKER, right=Right.ANNOUNCE),
    Command("danhsach", words.ROSTER, roster.listing.start, CommandAudience.SECRETARY),
    Command("moi", words.INVITE, roster.adding.start, CommandAudience.SECRETARY, right=Right.EDIT_ROSTER),
    Command("nhap", words.IMPORT, roster.importing.start, CommandAudience.SECRETARY, right=Right.EDIT_ROSTER),
    Command("xuat", words.EXPORT, roster.listing.export, CommandAudience.SECRETARY),
    Command("dangbo", words.COMMITTEE, unit.start, CommandAudience.OFFICER),
]

TAPS: list[Tap] = [
    Tap("nav:menu", menu.to_menu),
    Tap("nav:cancel", menu.cancel_tapped, public=True),
    Tap("menu:go", menu.go),
    Tap("menu:more", menu.show_more),
    Tap("menu:lang", menu.set_language),
    Tap("checkin:see", checkin.see),
    Tap("checkin:ok", checkin.confirm_well),
    Tap("checkin:send", checkin.send_well),
    Tap("checkin:form", checkin.fill),
    Tap("checkin:correct", checkin.correct),
    Tap("checkin:volunteer", checkin.volunteer),
    Tap("checkin:anyway", checkin.report_anyway),
    Tap("contact_note:correct", contact_note.correct),
    *absence.TAPS,
    *agreement.TAPS,
    *attendance.TAPS,
    *away.TAPS,
    *bearings.TAPS,
    *call_sheet.TAPS,
    *clock_doubt.TAPS,
    *committee.TAPS,
    *consent.TAPS,
    *data.TAPS,
    *desk.TAPS,
    *handbook.TAPS,
    *homecoming.TAPS,
    *notice.TAPS,
    *law_request.TAPS,
    *meeting.TAPS,
    *member_papers.TAPS,
    *office.TAPS,
    *pause.TAPS,
    *probation.TAPS,
    *register.TAPS,
    *own_link.TAPS,
    *reorganising.TAPS,
    *request.TAPS,
    *review.TAPS,
    *rhythm.TAPS,
    *rollcall.TAPS,
    *roster.TAPS,
    *screening.TAPS,
    *browser.TAPS,
    *mailbox.TAPS,
    *secret.TAPS,
    *task.TAPS,
    *trail.TAPS,
    *unasked.TAPS,
    *unit.TAPS,
    *year_sheet.TAPS,
]

FLOWS: list[AnyFlow] = [
    checkin.FLOW,
    contact_note.FLOW,
    pause.FLOW,
    *absence.FLOWS,
    *agreement.FLOWS,
    *attendance.FLOWS,
    *away.FLOWS,
    *committee.FLOWS,
    *consent.FLOWS,
    *data.FLOWS,
    *desk.FLOWS,
    *handbook.FLOWS,
    *homecoming.FLOWS,
    *notice.FLOWS,
    law_request.FLOW,
    *meeting.FLOWS,
    *office.FLOWS,
    *probation.FLOWS,
    *register.FLOWS,
    own_link.FLOW,
    *reorganising.FLOWS,
    *request.FLOWS,
    *rollcall.FLOWS,
    *review.FLOWS,
    *roster.FLOWS,
    *screening.FLOWS,
    mailbox.FLOW,
    secret.FLOW,
    *task.FLOWS,
    *unit.FLOWS,
]

ROUTES = Routes(
    commands={command.name: command for command in COMMANDS},
    taps={tap.address: tap for tap in TAPS},
    flows={flow.room: flow for flow in FLOWS},
    menu=menu.show_menu,
    stranger=menu.greet_stranger,
    reachability=reachability.change,
    asks_first=consent.ask_first,
    returns=waking.take_code,
    is_back=consent.go_on_here,
    invites=register.takes_link,
    begun=register.still_asked,
    prove=secret.ask_for_proof,
    stops=unasked.stop,
    holds=unasked.hold,
    cries=unasked.take_cry,
    hears=unasked.hear_cry,
    wants=unasked.wanted,
    edits=(unasked.take_edit, review.writing.take_later_edit, request.mine.take_later_edit),
)
