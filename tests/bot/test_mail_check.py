"""What the check says of the mail server and of the services that ring browsers; nothing is sent."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.finding import Finding, Verdict
from bot.mailcheck import check_mail
from bot.settings import MailSettings, Settings
from bot.web.check import check_push
from models.meeting.policy import AttendancePolicy
from tests.mailserver import MailServer

DOOR = "https://so.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer(offers=("AUTH PLAIN",)).open() as opened:
        yield opened
    assert opened.letters == []


def settings(*, door: str = DOOR, **mail: Any) -> Settings:
    given = (
        MailSettings(host="127.0.0.1", tls="none", sender="so@so.example", seconds=5)
        if mail
        else MailSettings()
    )
    return Settings(
        _env_file=None,
        token=SecretStr("1:a"),
        attendance=AttendancePolicy(door=door),
        mail=given.model_copy(update=mail),
    )


def found(**mail: Any) -> Finding:
    (one,) = asyncio.run(check_mail(settings(**mail)))
    return one


def test_without_letters_it_is_said_who_tells_people_then() -> None:
    assert asyncio.run(check_mail(settings(door=""))) == []
    assert found().verdict is Verdict.NOTE
    assert "passes it on" in found().said


def test_letters_without_a_page_lead_nowhere() -> None:
    assert "no page is served" in found(port=25, door="").said


def test_a_server_that_takes_our_letters_is_well(server: MailServer) -> None:
    one = found(port=server.port, user="so", password=SecretStr("geheim"))
    assert (one.verdict, one.said) == (
        Verdict.GOOD,
        f"127.0.0.1:{server.port} takes letters from so@so.example, unencrypted, on this machine; none was sent",
    )


def test_a_refused_login_is_said_without_name_and_password(server: MailServer) -> None:
    server.says["login"] = "535 so:geheim is wrong"
    one = found(port=server.port, user="so", password=SecretStr("geheim"))
    assert one.verdict is Verdict.WRONG
    assert "refuses our name or password (535)" in one.said
    assert "geheim" not in one.said + one.hint


def test_a_sender_that_is_not_its_own_is_named(server: MailServer) -> None:
    server.says["from so@so.example"] = "553"
    one = found(port=server.port)
    assert one.verdict is Verdict.WRONG
    assert "takes no letters from so@so.example (553" in one.said


def test_a_server_without_encryption_is_not_talked_to(server: MailServer) -> None:
    one = found(port=server.port, tls="starttls", user="so", password=SecretStr("geheim"))
    assert one.verdict is Verdict.WRONG
    assert "offers no such encryption" in one.said
    assert "does not speak this kind of TLS" in found(port=server.port, tls="implicit").said


def test_a_server_that_is_not_there_is_named_with_its_settings() -> None:
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    one = found(port=port)
    assert one.verdict is Verdict.WRONG
    assert f"127.0.0.1:{port} gives no answer (ConnectionRefusedError)" in one.said
    assert "BOT_MAIL__HOST" in one.hint


@pytest.mark.parametrize(
    ("away", "verdict"),
    [
        ((), Verdict.GOOD),
        (("apple",), Verdict.NOTE),
        (("apple", "google", "mozilla", "windows"), Verdict.WRONG),
    ],
)
def test_push_services_that_are_not_reached_are_named(away: tuple[str, ...], verdict: Verdict) -> None:
    def answers(request: httpx.Request) -> httpx.Response:
        if any(one in request.url.host for one in away):
            raise httpx.ConnectTimeout("away")
        return httpx.Response(404)

    (one,) = asyncio.run(check_push(settings(), transport=httpx.MockTransport(answers)))
    assert one.verdict is verdict
    assert all(name in one.said for name in away)
    assert asyncio.run(check_push(settings(door=""))) == []
