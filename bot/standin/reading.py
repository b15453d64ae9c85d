"""What a phone, a page or a test sees."""

from __future__ import annotations

from bot.standin.records import Json, history_entry
from bot.standin.world import World


class ReadingSide(World):
    def history(self, chat_id: int) -> list[Json]:
        """Return the chat as it stands, oldest first; deleted messages are gone."""
        return [history_entry(message) for message in self.chats[chat_id].messages.values()]

    def reply_keyboard(self, chat_id: int) -> Json | None:
        return self.chats[chat_id].reply_keyboard

    def revision(self, chat_id: int) -> int:
        """Return a number that grows with every change of the chat."""
        return self.chats[chat_id].revision

    def toast(self, callback_id: str) -> Json | None:
        """Return what the bot answered to a tap: text and show_alert; None while unanswered."""
        return self.callbacks[callback_id].toast

    def file(self, file_id: str) -> tuple[str, str, bytes]:
        """Name, type and content; LookupError when there is no such file."""
        file = self._find_file(file_id)
        if file is None:
            raise LookupError(f"no file {file_id}")
        return file.name, file.mime, file.data
