"""Every command and button, in order, on one screen."""

from __future__ import annotations

from handlers import menu
from handlers.context import Audience, Command
from handlers.conversation import AnyFlow
from handlers.routing import Routes, Tap
from models.phrases import commands as words

COMMANDS: list[Command] = [
    # name       what it does       step                audience
    Command("start", words.START, menu.show_menu, Audience.EVERYONE, public=True),
    Command("menu", words.MENU, menu.show_menu),
    Command("trogiup", words.HELP, menu.show_help),
    Command("huy", words.CANCEL, menu.cancel, public=True),
    Command("ngonngu", words.LANGUAGE, menu.ask_language),
]

TAPS: list[Tap] = [
    Tap("nav:menu", menu.to_menu),
    Tap("nav:cancel", menu.cancel_tapped, public=True),
    Tap("menu:go", menu.go),
    Tap("menu:lang", menu.set_language),
]

FLOWS: list[AnyFlow] = []

ROUTES = Routes(
    commands={command.name: command for command in COMMANDS},
    taps={tap.address: tap for tap in TAPS},
    flows={flow.room: flow for flow in FLOWS},
    menu=menu.show_menu,
    stranger=menu.greet_stranger,
    reachability=lambda ctx: None,
    public_flows=frozenset(),
)
