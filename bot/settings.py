"""What an operator may set: read once from the environment (and `.env`), frozen, explained by `python -m bot check`.

Every policy of every room can be set too: BOT_CHECKIN__ALERT_HOUR=7, BOT_OUTBOX__RATE=100.
"""

from __future__ import annotations

import difflib
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url

from bot.rulefile import UsedRules, used_rules
from models.ground.sealing import Keyring
from models.policies import Policies

ENV_FILE = ".env"
PREFIX = "BOT_"


class WrongSettings(Exception):
    """A setting cannot be used; the message is one sentence and a hint."""


class ZaloSettings(BaseModel):
    """Zalo Bot, beside Telegram; nothing of it runs without a token."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    token: SecretStr = Field(
        SecretStr(""), description="The Zalo bot's token, from Zalo Bot Manager; empty: no Zalo."
    )
    api_url: str = Field(
        "https://bot-api.zaloplatforms.com", description="Zalo's server; calls go to <url>/bot<token>/…."
    )
    webhook_url: str = Field("", description="Public https address that Zalo calls; empty: polling.")
    webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="The header that proves a call is Zalo's, 8 to 256 characters; empty: made of the token.",
    )
    rate: int = Field(
        5, ge=1, le=100, description="Messages a second to all together; what Zalo allows is not known."
    )

    @field_validator("webhook_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not 8 <= len(value.get_secret_value()) <= 256:
            raise ValueError("a secret of 8 to 256 characters")
        return value

    @field_validator("api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _is_address(value)

    @field_validator("webhook_url")
    @classmethod
    def _outside(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("Zalo calls an address that begins with https://")
        return _is_address(value)

    @property
    def is_on(self) -> bool:
        return bool(self.token.get_secret_value())


class MailSettings(BaseModel):
    """The mail server that takes our letters; no letter is written without a host."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = Field("", description="The mail server that takes our letters; empty: no letters.")
    port: int = Field(587, ge=1, le=65_535, description="Its port.")
    tls: Literal["starttls", "implicit", "none"] = Field(
        "starttls", description="starttls, implicit (port 465), or none: on this machine only."
    )
    user: str = Field("", description="The name with which we log in there; empty: none is asked for.")
    password: SecretStr = Field(SecretStr(""), description="Its password.")
    sender: str = Field("", description="The address from which our letters come; it must betray nothing.")
    seconds: float = Field(20, gt=0, le=120, description="How long the mail server is waited for.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.host and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", self.sender):
            raise ValueError("with a host there is a sender, an e-mail address")
        if self.tls == "none" and self.host not in ("", "127.0.0.1", "localhost", "::1"):
            raise ValueError("letters go unencrypted on this machine only")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.host)


class BackupSettings(BaseModel):
    """Where copies are kept, for how long, and under which key."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    key: SecretStr = Field(
        SecretStr(""), description="The key of backups; empty: data/backup.key is made with the first one."
    )
    folder: Path | None = Field(
        None,
        description="Where `python -m bot backup` puts its files, each named by its moment; empty: data/backups.",
    )
    keep: timedelta = Field(
        timedelta(days=14),
        ge=timedelta(days=1),
        description="How long a file stands there before a later backup deletes it.",
    )


def _is_address(value: str) -> str:
    if value and not re.match(r"https?://[^/\s]+", value):
        raise ValueError("an address begins with https:// (or http:// on this machine)")
    return value.rstrip("/")


def _host_and_port(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)


class Settings(Policies, BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=ENV_FILE,
        env_ignore_empty=True,  # BOT_OPERATOR_CHAT= says nothing
        frozen=True,
        extra="ignore",  # unknown BOT_ variables are named by `unknown_variables`
        hide_input_in_errors=True,
    )

    token: SecretStr = Field(SecretStr(""), description="The bot's token, from @BotFather.")
    api_url: str = Field(
        "https://api.telegram.org", description="The Bot API server; calls go to <url>/bot<token>/…."
    )
    database_url: str = Field(
        "sqlite:///data/xanha.db", description="sqlite:///path or postgresql://user:password@host/name."
    )
    webhook_url: str = Field("", description="Public https address that Telegram calls; empty: polling.")
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="The header that proves a call is Telegram's."
    )
    listen: str = Field("127.0.0.1:8081", description="host:port on which webhook calls are received.")
    health: str = Field(
        "127.0.0.1:8082",
        description="host:port of /healthz, /readyz and /metrics, for watchers of machines; off: none.",
    )
    secret_keys: Annotated[list[SecretStr], NoDecode] = Field(
        [],
        description="Keys of sealed fields, newest first, comma-separated; empty: data/secret.key is made.",
    )
    heartbeat_url: str = Field(
        "", description="https address that is asked after each audit that finds all well; empty: none."
    )
    operator_chat: int | None = Field(
        None, description="Telegram id of the operator's chat, which alarms go to."
    )
    words: Path | None = Field(
        None, description="Folder with a vi.po or en.po of your own, whose sentences replace the program's."
    )
    handbook: Path | None = Field(
        None, description="A handbook.toml of your own, in place of the program's (/sotay)."
    )
    rules: Path | None = Field(
        None, description="A rules.toml of your own: values that hold from a day on, each with its document."
    )
    zalo: ZaloSettings = ZaloSettings()
    mail: MailSettings = MailSettings()
    backup: BackupSettings = BackupSettings()
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    _used_rules: UsedRules = PrivateAttr(UsedRules())

    @field_validator("secret_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [part for part in value.replace("\n", ",").split(",") if part.strip()]
            if isinstance(value, str)
            else value
        )

    @field_validator("secret_keys")
    @classmethod
    def _usable(cls, value: list[SecretStr]) -> list[SecretStr]:
        if value:
            Keyring([key.get_secret_value() for key in value])
        return value

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _is_address(value)

    @field_validator("heartbeat_url")
    @classmethod
    def _outward(cls, value: str) -> str:
        if value and not re.match(r"https://[^/\s]+|http://(127\.0\.0\.1|localhost|\[::1\])([:/]|$)", value):
            raise ValueError("an address begins with https:// (http:// only on this machine)")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not re.match(r"(sqlite:///|postgres(ql)?(\+psycopg)?://)", value):
            raise ValueError("a database is sqlite:///path or postgresql://user:password@host/name")
        return value

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        if not re.fullmatch(r".+:\d{1,5}", value):
            raise ValueError("host:port, for example 127.0.0.1:8081")
        return value

    @field_validator("health")
    @classmethod
    def _health(cls, value: str) -> str:
        if value != "off" and not re.fullmatch(r".+:\d{1,5}", value):
            raise ValueError("host:port, for example 127.0.0.1:8082, or off")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @model_validator(mode="after")
    def _read_rules(self) -> Self:
        """Read them once: a file that is being written is not read in the middle of a day."""
        if self.rules is not None:
            self._used_rules = used_rules(self.rules, self.data_directory, self)
            self._rules = self._used_rules.rules
        return self

    @property
    def used_rules(self) -> UsedRules:
        """The rules that hold, and what is wrong with the file in place."""
        return self._used_rules

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file; None: it is on a server."""
        url = make_url(self.database_url)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def data_directory(self) -> Path:
        """Where the key file is kept: beside the SQLite file, else data/."""
        path = self.database_url.removeprefix("sqlite:///")
        return Path(path).parent if path != self.database_url else Path("data")

    @property
    def backup_folder(self) -> Path:
        """Where backups are kept."""
        return self.backup.folder or self.data_directory / "backups"

    @property
    def address(self) -> tuple[str, int]:
        return _host_and_port(self.listen)

    @property
    def health_address(self) -> tuple[str, int] | None:
        """Where machines are told how we are; None: nowhere."""
        return None if self.health == "off" else _host_and_port(self.health)

    @property
    def serves(self) -> bool:
        """Whether we listen on BOT_LISTEN: for a messenger's calls, for people at the door, or both."""
        zalo_calls = self.zalo.is_on and self.zalo.webhook_url
        return bool(self.webhook_url or self.attendance.door or zalo_calls)

    def policies(self) -> Policies:
        """Return the policies, with the rules of BOT_RULES; what one of them takes from another is put there."""
        values = {name: getattr(self, name) for name in Policies.model_fields}
        off = self.checkin.days_off.model_copy(update={"calendar": self.workday})
        values["checkin"] = self.checkin.model_copy(update={"days_off": off})
        values["digest"] = self.digest.model_copy(update={"days_off": off})
        values["knock"] = self.knock.model_copy(update={"mail": self.mail.is_on})
        behind = urlsplit(self.webhook_url)
        if not self.attendance.door and behind.scheme == "https":
            values["attendance"] = self.attendance.model_copy(update={"door": f"https://{behind.netloc}"})
        return Policies(**values).with_rules(self._rules)


def read_settings() -> Settings:
    """Return the settings. Raises WrongSettings with a sentence for each misfit."""
    try:
        return Settings(_secrets_dir=_credentials())
    except UnicodeDecodeError:
        raise WrongSettings(
            f"{ENV_FILE} is not written in UTF-8. Hint: save it as UTF-8, without a BOM."
        ) from None
    except ValidationError as error:
        raise WrongSettings("\n".join(_explain(e) for e in error.errors(include_input=False))) from None


def _credentials() -> str | None:
    """Return the folder of a service manager's or container's credentials: files named bot_token, bot_secret_keys and the like."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    return folder if folder and Path(folder).is_dir() else None


def unknown_variables() -> list[tuple[str, str | None]]:
    """Return the BOT_ variables that no setting reads, each with the nearest name that one does."""
    known = known_variables()
    return [
        (name, next(iter(difflib.get_close_matches(name, known, n=1)), None))
        for name in sorted({*os.environ, *_env_file_names()})
        if name.upper().startswith(PREFIX) and name.upper() not in known
    ]


def given_variables() -> dict[str, str]:
    """Return every BOT_ variable that is set here, by the environment or by `.env`, with its value."""
    given = {**dotenv_values(ENV_FILE), **os.environ}
    return {name.upper(): value for name, value in given.items() if name.upper().startswith(PREFIX) and value}


def known_variables() -> dict[str, str]:
    """Return every variable and what it is, nested policies included."""
    known: dict[str, str] = {}

    def walk(model: type, prefix: str) -> None:
        for name, field in model.model_fields.items():  # type: ignore[attr-defined]
            variable = f"{prefix}{name}".upper()
            if hasattr(field.annotation, "model_fields"):
                walk(field.annotation, f"{variable}__")
            else:
                known[variable] = field.description or ""

    walk(Settings, PREFIX)
    return known


def _env_file_names() -> list[str]:
    try:
        lines = Path(ENV_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [
        line.split("=", 1)[0].strip() for line in lines if "=" in line and not line.lstrip().startswith("#")
    ]


def _explain(error: object) -> str:
    """One sentence and a hint: what the setting is, or which one was meant."""
    details = dict(error)  # type: ignore[call-overload]
    known = known_variables()
    name = PREFIX + "__".join(str(part) for part in details["loc"]).upper()
    if details["type"] == "extra_forbidden":
        near = next(iter(difflib.get_close_matches(name, known, n=1)), None)
        return f"{name} is no setting. Hint: " + (f"did you mean {near}?" if near else "remove it.")
    setting = next((known[n] for n in known if name == n or name.startswith(f"{n}__")), "")
    said = str(details["msg"]).removeprefix("Value error, ").rstrip(".")
    return (
        f"{name} cannot be used: {said}. Hint: {setting or '`python -m bot check --settings` explains them.'}"
    )
