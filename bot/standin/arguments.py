"""The arguments of a call: they may come as form fields, as JSON text, or as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.standin.limits import bad_request
from bot.standin.links import checked_link
from bot.standin.markup import Entity, MarkupError, joined, parse_html, tidied, utf16_len, with_found
from bot.standin.records import UploadedFile

_ENTITY_TYPES = {
    *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic"),
    *("underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre"),
    *("text_link", "text_mention", "custom_emoji"),
}


class Arguments:
    def __init__(self, params: Mapping[str, Any], files: Mapping[str, UploadedFile]) -> None:
        self._params = params
        self.files = files

    def text(self, name: str) -> str:
        """Return a string; empty when it was not given."""
        value = self._params.get(name)
        if value is None:
            return ""
        text = value if isinstance(value, str) else str(value)
        if not text.isascii():
            _check_unicode(text)
        return text

    def integer(self, name: str) -> int | None:
        value = self._params.get(name)
        if isinstance(value, int):
            return int(value)
        try:
            return int(str(value)) if value is not None else None
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        value = self._params.get(name)
        return value.lower() in ("true", "yes", "1") if isinstance(value, str) else bool(value)

    def nested(self, name: str, what: str) -> Any:
        """Return an object or a list, whichever way it travelled; None when it was not given."""
        value = self._params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def words(self, text_name: str, entities_name: str) -> tuple[str, list[Entity]]:
        """Return a text and its entities, parsed and tidied as Telegram does it."""
        text, entities = self._formatted(self.text(text_name), entities_name)
        if not entities and text.isascii() and text.isprintable() and "/" not in text:
            return text.strip(), entities  # the common case, spared the long way
        text, entities = tidied(text, entities)
        return text, with_found(text, entities)

    def _formatted(self, text: str, entities_name: str) -> tuple[str, list[Entity]]:
        mode = self.text("parse_mode").lower()
        if mode in ("", "none"):
            return text, self._given_entities(text, entities_name)
        if mode == "html":
            try:
                return parse_html(text)
            except MarkupError as error:
                raise bad_request(f"can't parse entities: {error}") from None
        if mode in ("markdown", "markdownv2"):
            raise bad_request("the stand-in reads no Markdown; use parse_mode HTML or entities")
        raise bad_request("unsupported parse_mode")

    def _given_entities(self, text: str, name: str) -> list[Entity]:
        given = self.nested(name, "message entities") or []
        if not isinstance(given, list):
            raise bad_request("can't parse entities: Expected an Array of MessageEntity")
        return joined([_checked_entity(entity, utf16_len(text)) for entity in given]) if given else []


def _check_unicode(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _checked_entity(entity: Any, length: int) -> Entity:
    trouble = "can't parse MessageEntity: "
    if not isinstance(entity, dict) or entity.get("type") not in _ENTITY_TYPES:
        raise bad_request(trouble + "Unsupported type specified")
    begin, size = entity.get("offset"), entity.get("length")
    if not isinstance(begin, int) or not isinstance(size, int):
        raise bad_request(trouble + 'Fields "offset" and "length" must be of type Number')
    if begin < 0 or size <= 0 or begin + size > length:
        raise bad_request("entity beginning or end is outside of the message text")
    if entity["type"] == "text_link" and checked_link(str(entity.get("url", ""))) is None:
        raise bad_request("Entity URL is invalid")
    return dict(entity)
