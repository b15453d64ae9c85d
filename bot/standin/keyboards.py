"""Keyboards as Telegram checks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.standin.limits import BUTTONS, CALLBACK_DATA_BYTES, bad_request
from bot.standin.links import checked_link, linked_user

Button = dict[str, Any]
Rows = list[list[Button]]

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


@dataclass(frozen=True, slots=True)
class Keyboard:
    """What `reply_markup` asked for: buttons under the message, under the input field, or neither."""

    inline: Rows
    reply: dict[str, Any] | None = None
    removes: bool = False
    forces_reply: bool = False

    @property
    def pins_message(self) -> bool:
        """A message that brought anything but inline buttons cannot be edited any more."""
        return self.reply is not None or self.removes or self.forces_reply


NO_KEYBOARD = Keyboard(inline=[])


def read_keyboard(markup: Any) -> Keyboard:
    """Check a reply_markup and return what it is."""
    if markup is None:
        return NO_KEYBOARD
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return Keyboard(inline=_inline_rows(markup["inline_keyboard"]))
    if "keyboard" in markup:
        return Keyboard(inline=[], reply=_reply_keyboard(markup))
    return Keyboard(
        inline=[],
        removes=bool(markup.get("remove_keyboard")),
        forces_reply=bool(markup.get("force_reply")),
    )


def read_inline(markup: Any) -> Rows:
    """Return the same where only buttons under the message will do: an edit."""
    keyboard = read_keyboard(markup)
    if keyboard.pins_message:
        raise bad_request("inline keyboard expected")
    return keyboard.inline


def _rows(value: Any, field: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'Field "{field}" of the reply markup must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f'Field "{field}" of the reply markup must be an Array of Arrays')
    return [row for row in value if row]


def _inline_rows(value: Any) -> Rows:
    rows = [[_inline_button(button) for button in row] for row in _rows(value, "inline_keyboard")]
    if sum(len(row) for row in rows) > BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(button: Any) -> Button:
    trouble = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(trouble + "InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(trouble + 'Can\'t find field "text"')
    if not text.strip():
        raise bad_request(trouble + 'Field "text" must be non-empty')
    actions = [action for action in ACTIONS if button.get(action) is not None]
    if not actions:
        raise bad_request(trouble + "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(trouble + f"Exactly one action is expected, found {', '.join(actions)}")
    return _checked_action(dict(button), actions[0])


def _checked_action(button: Button, action: str) -> Button:
    value = button[action]
    if action == "callback_data" and not (
        isinstance(value, str) and 1 <= len(value.encode()) <= CALLBACK_DATA_BYTES
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "login_url":
        button["login_url"] = {"url": _login_link(value)}
    if action == "url":
        if not isinstance(value, str):
            raise bad_request('can\'t parse inline keyboard button: Field "url" must be of type String')
        link = value if linked_user(value) else checked_link(value)
        if link is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        button["url"] = link
    return button


def _login_link(value: Any) -> str:
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"url\"")
    link = checked_link(url)
    if link is None or urlsplit(link).scheme != "https":
        raise bad_request(f"inline keyboard button login URL '{url}' is invalid: Wrong HTTP URL")
    return link


def check_logins(rows: Rows, domain: str) -> None:
    """Refuse login buttons that lead elsewhere than to the bot's own domain."""
    for button in (button for row in rows for button in row if "login_url" in button):
        if not domain or urlsplit(button["login_url"]["url"]).hostname != domain:
            raise bad_request("BOT_DOMAIN_INVALID")


def _reply_keyboard(markup: dict[str, Any]) -> dict[str, Any] | None:
    rows = [[_reply_button(button) for button in row] for row in _rows(markup["keyboard"], "keyboard")]
    if not rows:
        return None
    return {"keyboard": rows, "one_time": bool(markup.get("one_time_keyboard"))}


def _reply_button(button: Any) -> Button:
    shape = {"text": button} if isinstance(button, str) else button
    if not isinstance(shape, dict) or not isinstance(shape.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not shape["text"].strip():
        raise bad_request('can\'t parse keyboard button: Field "text" must be non-empty')
    return {"text": shape["text"], "request_contact": bool(shape.get("request_contact"))}
