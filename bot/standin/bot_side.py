"""What the bot can ask of Telegram: one method here for each of the Bot API's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from bot.standin.arguments import Arguments
from bot.standin.faults import Fault, PlannedFault
from bot.standin.keyboards import check_logins, read_inline, read_keyboard
from bot.standin.limits import (
    CALLBACK_LIFE,
    CAPTION_UNITS,
    DELETABLE_FOR,
    DOWNLOAD_BYTES,
    TEXT_UNITS,
    TOAST_UNITS,
    UPDATES_AT_ONCE,
    Rejected,
    bad_request,
    conflict,
    forbidden,
)
from bot.standin.markup import Entity, is_blank, utf16_len
from bot.standin.profile import Profile
from bot.standin.records import BotCall, CallAnswer, Chat, ChatMessage, Json, StoredFile, UploadedFile
from bot.standin.uploads import checked_upload, measured
from bot.standin.webhook import Webhooks

_NO_FILES: Mapping[str, UploadedFile] = {}
_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
}
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_NEW_WEBHOOK = "terminated by setWebhook request"
_LONGEST_POLL = 50.0


class BotSide(Webhooks, Profile):
    """Answers the bot's calls."""

    # -- the door ---------------------------------------------------------------------------------

    def call(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile] = _NO_FILES
    ) -> CallAnswer:
        """Answer one call. Raises one of the losses in faults.py where a planned fault says so."""
        fault = self._next_fault(method, params) if self._faults else None
        if fault and not fault.arrives:
            if loss := fault.loss:
                self._record(method, params, files, 0)
                raise loss
            answer = _refusal(fault.refusal())
        else:
            answer = self._perform(method, params, files)
        self._record(method, params, files, answer.status)
        if fault and (loss := fault.loss):
            raise loss
        return _refusal(fault.refusal()) if fault and fault.arrives else answer

    async def poll(self, params: Mapping[str, Any]) -> CallAnswer:
        """Answer getUpdates, which waits for something to tell, `timeout` seconds at most.

        A later poll ends this one with 409, and so does a webhook, as at Telegram.
        """
        args = Arguments(params, _NO_FILES)
        self._polls += 1
        mine = self._polls
        self._updates_bell.ring()

        def over() -> bool:
            return self._polls != mine or self.webhook is not None or self._fails_poll(params)

        waits = not over()
        if waits:
            self._allow(args)
            self._forget_confirmed(args.integer("offset") or 0)
            patience = min(args.integer("timeout") or 0, _LONGEST_POLL)
            if patience > 0:
                await self._updates_bell.until(lambda: bool(self._updates) or over(), patience)
        if self._polls == mine and not (waits and self.webhook):
            return self.call("getUpdates", params)
        self._record("getUpdates", params, _NO_FILES, 409)
        return _refusal(conflict(_OTHER_POLL if self._polls != mine else _NEW_WEBHOOK))

    def _fails_poll(self, params: Mapping[str, Any]) -> bool:
        return any(planned.concerns("getUpdates", params) for planned in self._faults)

    def fail(self, method: str, *, chat_id: int | None = None, times: int = 1, fault: Fault | str) -> None:
        """Let the next calls of the method (`*`: of any), to this chat if one is given, meet the fault."""
        self._faults.append(PlannedFault(method, chat_id, times, Fault.of(fault)))
        self._updates_bell.ring()

    def download(self, file_path: str) -> bytes:
        """Return the bytes at a path that getFile gave. Raises LookupError when there are none."""
        return self._paths[file_path].data

    def _next_fault(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        for planned in self._faults:
            if planned.concerns(method, params):
                planned.times -= 1
                if planned.times <= 0:
                    self._faults.remove(planned)
                return planned.fault
        return None

    def _record(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile], status: int
    ) -> None:
        sizes = {part: (file.name, len(file.data)) for part, file in files.items()}
        call = BotCall(method, dict(params), sizes, status)
        self.calls.append(call)
        for observer in self.observers:
            observer(call)

    def _perform(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile]
    ) -> CallAnswer:
        perform = _METHODS.get(method) or _LOWER_METHODS.get(method.lower())
        if perform is None:
            return _refusal(Rejected(404, "Not Found"))
        try:
            result = perform(self, Arguments(params, files))
        except Rejected as rejected:
            return _refusal(rejected)
        return CallAnswer(200, {"ok": True, "result": result})

    # -- receiving --------------------------------------------------------------------------------

    def get_me(self, _: Arguments) -> Json:
        return self.bot | {
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def get_updates(self, args: Arguments) -> list[Json]:
        if self.webhook:
            raise conflict(_WEBHOOK_SET)
        self._allow(args)
        self._forget_confirmed(args.integer("offset") or 0)
        limit = args.integer("limit") or UPDATES_AT_ONCE
        limit = min(max(limit, 1), UPDATES_AT_ONCE)
        return [update for update, _ in zip(self._updates, range(limit), strict=False)]

    def _forget_confirmed(self, offset: int) -> None:
        if offset < 0:
            # counted from the end: all but the newest are forgotten, as the Bot API says
            while len(self._updates) > -offset:
                self._updates.popleft()
        while offset > 0 and self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()

    # -- sending ----------------------------------------------------------------------------------

    def send_message(self, args: Arguments) -> Json:
        text, entities = self._text(args)
        return self._send(args, text=text, entities=entities)

    def send_photo(self, args: Arguments) -> Json:
        caption, entities = self._caption(args)
        return self._send(args, text=caption, entities=entities, file_of="photo")

    def send_document(self, args: Arguments) -> Json:
        caption, entities = self._caption(args)
        return self._send(args, text=caption, entities=entities, file_of="document")

    def send_voice(self, args: Arguments) -> Json:
        caption, entities = self._caption(args)
        return self._send(args, text=caption, entities=entities, file_of="voice")

    def _send(self, args: Arguments, *, text: str, entities: list[Entity], file_of: str = "") -> Json:
        keyboard = read_keyboard(args.nested("reply_markup", "reply keyboard markup"))
        check_logins(keyboard.inline, self.domain)
        upload = checked_upload(file_of, args) if file_of else None
        chat = self._writable(args)
        self._check_reply(args, chat)
        user = self.users.get(chat.chat_id)
        if file_of == "voice" and user and user.forbids_voice:
            raise bad_request("VOICE_MESSAGES_FORBIDDEN")
        if self._pace:
            self._pace.pass_one(chat.chat_id, self.now())
        message = self._add(
            chat,
            by_bot=True,
            user_id=self.bot["id"],
            text=text,
            entities=entities,
            file=self._file_to_send(file_of, upload) if upload else None,
            inline=keyboard.inline,
            pinned=keyboard.pins_message,
            protected=args.flag("protect_content"),
            silent=args.flag("disable_notification"),
        )
        if keyboard.reply or keyboard.removes:
            chat.reply_keyboard = keyboard.reply
        return self._message_json(message)

    def _text(self, args: Arguments) -> tuple[str, list[Entity]]:
        if not args.text("text"):
            raise bad_request("message text is empty")
        text, entities = args.words("text", "entities")
        if is_blank(text):
            raise bad_request("message text is empty")
        # a character is two units at most: most texts need no counting
        if len(text) > TEXT_UNITS // 2 and utf16_len(text) > TEXT_UNITS:
            raise bad_request("message is too long")
        return text, self._with_known_users(entities)

    def _caption(self, args: Arguments) -> tuple[str, list[Entity]]:
        caption, entities = args.words("caption", "caption_entities")
        if utf16_len(caption) > CAPTION_UNITS:
            raise bad_request("message caption is too long")
        return caption, self._with_known_users(entities)

    def _with_known_users(self, entities: list[Entity]) -> list[Entity]:
        """Mentions of people whom the bot has never met are dropped, as at Telegram."""
        known = []
        for entity in entities:
            if entity["type"] != "text_mention":
                known.append(entity)
            elif user := self.users.get(entity.get("user", {}).get("id")):
                known.append(entity | {"user": user.json()})
        return known

    def _file_to_send(self, kind: str, upload: UploadedFile | str) -> StoredFile:
        if isinstance(upload, UploadedFile):
            return self._keep_file(kind, upload, size=measured(upload) if kind == "photo" else (0, 0))
        known = self._find_file(upload)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known

    def _writable(self, args: Arguments) -> Chat:
        """The chat that was meant, if the bot may write to it."""
        chat_id = args.integer("chat_id")
        if chat_id is None and not args.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id or 0)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to:
            moved = {"migrate_to_chat_id": chat.migrated_to}
            raise Rejected(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
        user = self.users.get(chat.chat_id)
        if user and user.deactivated:
            raise forbidden("user is deactivated")
        if user and user.blocked:
            raise forbidden("bot was blocked by the user")
        if user and not user.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def _check_reply(self, args: Arguments, chat: Chat) -> None:
        reply = args.nested("reply_parameters", "reply parameters")
        if not isinstance(reply, dict) or reply.get("allow_sending_without_reply"):
            return
        if reply.get("message_id") not in chat.messages:
            raise bad_request("message to be replied not found")

    def send_chat_action(self, args: Arguments) -> bool:
        if args.text("action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._writable(args)
        return True

    def answer_callback_query(self, args: Arguments) -> bool:
        callback = self.callbacks.get(args.text("callback_query_id"))
        if callback is None or callback.toast or self.now() - callback.made_at > CALLBACK_LIFE:
            raise bad_request(_TOO_OLD)
        text = args.text("text")
        if utf16_len(text) > TOAST_UNITS:
            raise bad_request("MESSAGE_TOO_LONG")
        if (url := args.text("url")) and not self._opens_this_bot(url):
            raise bad_request("URL_INVALID")
        callback.toast = {"text": text, "show_alert": args.flag("show_alert")}
        self._touch(self.chats[callback.chat_id])
        return True

    def _opens_this_bot(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.netloc == "t.me" and parts.path == f"/{self.bot['username']}"

    # -- changing ---------------------------------------------------------------------------------

    def edit_message_text(self, args: Arguments) -> Json:
        text, entities = self._text(args)
        message, inline = self._editable(args)
        if not message.is_text:
            raise bad_request("there is no text in the message to edit")
        return self._edit(message, text=text, entities=entities, inline=inline)

    def edit_message_caption(self, args: Arguments) -> Json:
        caption, entities = self._caption(args)
        message, inline = self._editable(args)
        if message.is_text:
            raise bad_request("there is no caption in the message to edit")
        return self._edit(message, text=caption, entities=entities, inline=inline)

    def edit_message_reply_markup(self, args: Arguments) -> Json:
        message, inline = self._editable(args)
        return self._edit(message, text=message.text, entities=message.entities, inline=inline)

    def _editable(self, args: Arguments) -> tuple[ChatMessage, list[list[Json]]]:
        """The message that was meant, and the buttons it is to have."""
        inline = read_inline(args.nested("reply_markup", "reply keyboard markup"))
        check_logins(inline, self.domain)
        chat = self._writable(args)
        message = self._named(args, chat, "message to edit not found")
        if not message.by_bot or message.pinned:
            raise bad_request("message can't be edited")
        return message, inline

    def _named(self, args: Arguments, chat: Chat, otherwise: str) -> ChatMessage:
        message_id = args.integer("message_id")
        if not message_id:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request(otherwise)
        return message

    def _edit(
        self, message: ChatMessage, *, text: str, entities: list[Entity], inline: list[list[Json]]
    ) -> Json:
        words_stay = (message.text, message.entities) == (text, entities)
        if words_stay and message.inline == inline:
            raise bad_request(_NOT_MODIFIED)
        message.text, message.entities, message.inline = text, entities, inline
        if not words_stay:  # Telegram shows no "edited" for a change of buttons
            message.edited_at = self.now().astimezone(UTC)
        self._touch(self.chats[message.chat_id])
        return self._message_json(message)

    def delete_message(self, args: Arguments) -> bool:
        chat = self._writable(args)
        message = self._named(args, chat, "message to delete not found")
        if chat.shape["type"] != "private" and not message.by_bot:
            raise bad_request("message can't be deleted")
        if self.now() - message.sent_at >= DELETABLE_FOR:
            raise bad_request("message can't be deleted for everyone")
        del chat.messages[message.message_id]
        self._touch(chat)
        return True

    def get_file(self, args: Arguments) -> Json:
        file = self._find_file(args.text("file_id"))
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if file.size > DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return {
            "file_id": file.file_id,
            "file_unique_id": file.unique_id,
            "file_size": file.size,
            "file_path": file.path,
        }

    def log_out(self, _: Arguments) -> bool:
        return True


def _refusal(rejected: Rejected) -> CallAnswer:
    body: Json = {"ok": False, "error_code": rejected.status, "description": rejected.description}
    if rejected.parameters:
        body["parameters"] = rejected.parameters
    return CallAnswer(rejected.status, body)


_METHODS: dict[str, Callable[[Any, Arguments], Any]] = {
    "getMe": BotSide.get_me,
    "getUpdates": BotSide.get_updates,
    "setWebhook": BotSide.set_webhook,
    "deleteWebhook": BotSide.delete_webhook,
    "getWebhookInfo": BotSide.get_webhook_info,
    "sendMessage": BotSide.send_message,
    "sendPhoto": BotSide.send_photo,
    "sendDocument": BotSide.send_document,
    "sendVoice": BotSide.send_voice,
    "sendChatAction": BotSide.send_chat_action,
    "answerCallbackQuery": BotSide.answer_callback_query,
    "editMessageText": BotSide.edit_message_text,
    "editMessageCaption": BotSide.edit_message_caption,
    "editMessageReplyMarkup": BotSide.edit_message_reply_markup,
    "deleteMessage": BotSide.delete_message,
    "getFile": BotSide.get_file,
    "setMyCommands": BotSide.set_my_commands,
    "getMyCommands": BotSide.get_my_commands,
    "deleteMyCommands": BotSide.delete_my_commands,
    "setMyName": BotSide.set_my_name,
    "setMyDescription": BotSide.set_my_description,
    "setMyShortDescription": BotSide.set_my_short_description,
    "setChatMenuButton": BotSide.set_chat_menu_button,
    "logOut": BotSide.log_out,
    "close": BotSide.log_out,
}
_LOWER_METHODS = {name.lower(): perform for name, perform in _METHODS.items()}
