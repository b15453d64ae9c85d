"""Every command and button, in order, on one screen."""

from __future__ import annotations

from handlers import (
    absence,
    attendance,
    away,
    checkin,
    committee,
    consent,
    contact_note,
    data,
    desk,
    meeting,
    menu,
    notice,
    office,
    pause,
    probation,
    reachability,
    register,
    request,
    review,
    rhythm,
    roster,
    task,
    unit,
)
from handlers.context import Audience, Command
from handlers.conversation import AnyFlow
from handlers.routing import Routes, Tap
from models.phrases import commands as words
from models.rights import Right

COMMANDS: list[Command] = [
    # name       what it does       step                audience
    Command("start", words.START, register.start, Audience.EVERYONE, public=True),
    Command("menu", words.MENU, menu.show_menu),
    Command("trogiup", words.HELP, menu.show_help),
    Command("huy", words.CANCEL, menu.cancel, public=True),
    Command("ngonngu", words.LANGUAGE, menu.ask_language),
    Command("baocao", words.CHECKIN, checkin.start, Audience.MEMBER),
    Command("khaibao", words.AWAY, away.start, Audience.MEMBER),
    Command("hop", words.MEETINGS, meeting.start, Audience.CELL),
    Command("kiemdiem", words.REVIEW, review.start, Audience.CELL),
    Command("hotro", words.HELP_ME, request.start, Audience.MEMBER),
    Command("dulieu", words.DATA, data.start),
    Command("chibo", words.DESK, desk.show_desk, Audience.DESK),
    Command("thongbao", words.NOTICE, notice.start, Audience.SPEAKER, right=Right.ANNOUNCE),
    Command("danhsach", words.ROSTER, roster.listing.start, Audience.SECRETARY),
    Command("moi", words.INVITE, roster.adding.start, Audience.SECRETARY, right=Right.EDIT_ROSTER),
    Command("nhap", words.IMPORT, roster.importing.start, Audience.SECRETARY, right=Right.EDIT_ROSTER),
    Command("xuat", words.EXPORT, roster.listing.export, Audience.SECRETARY),
    Command("dangbo", words.COMMITTEE, unit.start, Audience.OFFICER),
]

TAPS: list[Tap] = [
    Tap("nav:menu", menu.to_menu),
    Tap("nav:cancel", menu.cancel_tapped, public=True),
    Tap("menu:go", menu.go),
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
    *attendance.TAPS,
    *away.TAPS,
    *committee.TAPS,
    *consent.TAPS,
    *data.TAPS,
    *desk.TAPS,
    *notice.TAPS,
    *meeting.TAPS,
    *office.TAPS,
    *pause.TAPS,
    *probation.TAPS,
    *register.TAPS,
    *request.TAPS,
    *review.TAPS,
    *rhythm.TAPS,
    *roster.TAPS,
    *task.TAPS,
    *unit.TAPS,
]

FLOWS: list[AnyFlow] = [
    checkin.FLOW,
    contact_note.FLOW,
    pause.FLOW,
    *absence.FLOWS,
    *attendance.FLOWS,
    *away.FLOWS,
    *committee.FLOWS,
    *consent.FLOWS,
    *data.FLOWS,
    *desk.FLOWS,
    *notice.FLOWS,
    *meeting.FLOWS,
    *office.FLOWS,
    *probation.FLOWS,
    *register.FLOWS,
    *request.FLOWS,
    *review.FLOWS,
    *roster.FLOWS,
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
    edits=(review.writing.take_later_edit,),
)
