"""People's hands in the playground: they find a button by its words or its data, tap it, type, and the program answers."""

from __future__ import annotations

import re

from bot.app import App
from bot.standin import StandIn

PIN = "274915"  # whoever is asked to choose one, chooses this
_ASKS_PIN = re.compile(
    "Mời tự chọn sáu chữ số|Mời gõ lại đúng sáu chữ số|Mời gõ mã PIN|Please choose six|Please type"
)


class Hands:
    """What a person would do on a phone, one thing after the other."""

    def __init__(self, app: App, telegram: StandIn) -> None:
        self.telegram, self._app = telegram, app

    async def does(self, user_id: int, *what: str) -> None:
        """Tap the newest button that begins with each, in its label or its data; a word without a button is typed.

        `[Words]` must be a button: LookupError where there is none.
        """
        for one in what:
            found = self.button(user_id, one.strip("[]"))
            if found is not None:
                self.telegram.taps(user_id, *found)
            elif one.startswith("["):
                raise LookupError(f"no button {one}")
            else:
                self.telegram.says(user_id, one)
            await self._app.pump()
            await self._gives_pin(user_id)

    async def _gives_pin(self, user_id: int) -> None:
        for _ in range(2):
            said = [one for one in self.telegram.history(user_id) if one["from"] == "bot"]
            if not said or not _ASKS_PIN.search(said[-1]["text"]):
                return
            self.telegram.says(user_id, PIN)
            await self._app.pump()

    def button(self, user_id: int, what: str) -> tuple[int, str] | None:
        """Return message and data of the newest button whose label or data begins so."""
        for message in reversed(self.telegram.history(user_id)):
            for row in message["inline_keyboard"]:
                for button in row:
                    data = button.get("callback_data", "")
                    if data and (data.startswith(what) or button["text"].startswith(what)):
                        return message["message_id"], data
        return None
