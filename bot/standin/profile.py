"""How the bot presents itself: commands by scope and language, name, descriptions, menu button."""

from __future__ import annotations

import re
from typing import Any

from bot.standin.arguments import Arguments
from bot.standin.limits import bad_request
from bot.standin.records import Json
from bot.standin.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_COMMANDS = 100
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", *_CHAT_SCOPES}

Scope = tuple[str, int, int]  # kind, chat, user


class Profile(World):
    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._commands: dict[tuple[Scope, str], list[Json]] = {}
        self.texts: dict[tuple[str, str], str] = {}  # (name | description | …, language) -> text
        self.menu_buttons: dict[int, Json] = {}

    def set_my_commands(self, args: Arguments) -> bool:
        commands = args.nested("commands", "commands")
        if not isinstance(commands, list):
            raise bad_request("can't parse commands: expected an Array of BotCommand")
        if len(commands) > _COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        checked = [_checked_command(command) for command in commands]
        self._commands[self._scope(args), args.text("language_code")] = checked
        return True

    def get_my_commands(self, args: Arguments) -> list[Json]:
        return self._commands.get((self._scope(args), args.text("language_code")), [])

    def delete_my_commands(self, args: Arguments) -> bool:
        self._commands.pop((self._scope(args), args.text("language_code")), None)
        return True

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """Return the menu that this chat sees: the narrowest scope first, its language before none."""
        general = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (("chat", chat_id, 0), (general, 0, 0), ("default", 0, 0)):
            for code in (language, ""):
                if commands := self._commands.get((scope, code)):
                    return commands
        return []

    def _scope(self, args: Arguments) -> Scope:
        scope = args.nested("scope", "BotCommandScope") or {"type": "default"}
        if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
            raise bad_request("can't parse BotCommandScope: Unsupported type specified")
        kind = str(scope["type"])
        if kind not in _CHAT_SCOPES:
            return kind, 0, 0
        chat_id = str(scope.get("chat_id"))
        if not chat_id.lstrip("-").isdecimal() or int(chat_id) not in self.chats:
            raise bad_request("chat not found")
        return kind, int(chat_id), int(scope.get("user_id", 0))

    def set_my_name(self, args: Arguments) -> bool:
        return self._set_text(args, "name", 64)

    def set_my_description(self, args: Arguments) -> bool:
        return self._set_text(args, "description", 512)

    def set_my_short_description(self, args: Arguments) -> bool:
        return self._set_text(args, "short_description", 120)

    def _set_text(self, args: Arguments, what: str, limit: int) -> bool:
        text = args.text(what)
        if len(text) > limit:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")
        self.texts[what, args.text("language_code")] = text
        return True

    def set_chat_menu_button(self, args: Arguments) -> bool:
        button = args.nested("menu_button", "MenuButton") or {"type": "default"}
        if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
            raise bad_request("can't parse menu button: MenuButton has unsupported type")
        chat_id = args.integer("chat_id") or 0
        if chat_id and chat_id not in self.chats:
            raise bad_request("chat not found")
        self.menu_buttons[chat_id] = button
        return True


def _checked_command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    name, description = str(command.get("command", "")).removeprefix("/"), command.get("description")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
