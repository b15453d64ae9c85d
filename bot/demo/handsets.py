"""The phones of the playground: most have Telegram, one a messenger of words, one a browser alone.

The page shows them alike. What is typed on the one goes to Zalo's stand-in, and what the program says there stands in its chat. The
browser's shows the way to its page, which the visitor opens in their own (bot/demo/door.py).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.standin import StandIn
from bot.standin.records import Json
from bot.standin.zalo import ZaloMessage, ZaloStandIn
from models.ground.channel import Address, Channel


def words_address(user_id: int) -> Address:
    """Return the address of a phone with a messenger of words."""
    return Address(Channel.TEXT, str(user_id))


class Handsets(StandIn):
    """`words`: whose phone has a messenger of words in Telegram's place."""

    def __init__(self, *, words: Collection[int], **of_telegram: Any) -> None:
        super().__init__(**of_telegram)
        self._pages: frozenset[int] = frozenset()
        self.zalo = ZaloStandIn(now=of_telegram["now"], token=self.token, told=self._shows)
        self._words = frozenset(words)

    def has_words_alone(self, user_id: int) -> bool:
        return user_id in self._words

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """Return the menu that this chat sees; only Telegram has one."""
        is_telegram = chat_id not in self._words | self._pages
        return super().commands_for(chat_id, language) if is_telegram else []

    def has_browser_alone(self, user_id: int) -> None:
        """Take the messenger from a phone, and what stood in it."""
        self._pages |= {user_id}
        self.chats[user_id].messages.clear()

    def shows_page(self, user_id: int, words: str, label: str, link: str) -> None:
        """Put the way to a page onto a phone that has a browser alone, once."""
        chat = self.chats[user_id]
        if not chat.messages:
            button = [[{"text": label, "url": link}]]
            self._add(chat, by_bot=True, user_id=user_id, text=words, inline=button)

    async def wait_updates(self, timeout: float) -> bool:  # noqa: ASYNC109 - a wait that ends is no error
        """Wait until an update can be fetched on either; return False when the time ran out."""
        return await self._updates_bell.until(lambda: bool(self._updates) or self.zalo.has_news, timeout)

    def _tell(self, chat: Any, user_id: int, **content: Any) -> int:
        if user_id in self._pages:  # there is nobody to write to but on the page
            raise LookupError("this phone has no messenger")
        if not self.has_words_alone(user_id):
            return super()._tell(chat, user_id, **content)
        message_id = self._add(chat, by_bot=False, user_id=user_id, **content).message_id
        self.zalo.add_user(str(user_id), self.users[user_id].first_name)
        if content.get("file") is not None or not content.get("text"):
            self.zalo.sends(str(user_id), "image")
        else:
            self.zalo.says(str(user_id), content["text"])
        self._updates_bell.ring()
        return message_id

    def _shows(self, chat_id: str, message: ZaloMessage) -> None:
        if message.by == "bot":
            self._add(self.chats[int(chat_id)], by_bot=True, user_id=int(chat_id), text=message.text)
