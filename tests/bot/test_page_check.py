"""What the check says of the page's address."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from pydantic import SecretStr

from bot.finding import Finding, Verdict
from bot.settings import Settings
from bot.web.check import check_page
from models.meeting.policy import AttendancePolicy

OURS = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}


def found(answers: httpx.MockTransport | None, door: str = "https://so.example") -> list[Finding]:
    settings = Settings(_env_file=None, token=SecretStr("1:a"), attendance=AttendancePolicy(door=door))
    return asyncio.run(check_page(settings, transport=answers))


def by_scheme(https: httpx.Response, http: httpx.Response) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: https if request.url.scheme == "https" else http)


def test_where_no_page_is_served_that_is_worth_knowing_and_not_wrong() -> None:
    assert [one.verdict for one in found(None, door="")] == [Verdict.NOTE]


def test_an_address_that_leads_here_is_well() -> None:
    there = by_scheme(httpx.Response(200, headers=OURS), httpx.Response(301))
    assert [(one.verdict, one.said) for one in found(there)] == [
        (Verdict.GOOD, "https://so.example leads here")
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(502), "the program behind it is not"),
        (httpx.Response(200, text="Welcome to nginx"), "something else answers"),
        (httpx.Response(404), "something else answers"),
    ],
)
def test_what_stands_in_the_way_is_named_with_what_mends_it(answer: httpx.Response, said: str) -> None:
    (one,) = found(by_scheme(answer, httpx.Response(301)))
    assert one.verdict is Verdict.WRONG
    assert said in one.said
    assert "127.0.0.1:8081" in one.hint


def test_a_page_without_encryption_is_wrong() -> None:
    there = by_scheme(httpx.Response(200, headers=OURS), httpx.Response(200, headers=OURS))
    assert "without https" in found(there)[-1].said


def test_a_certificate_that_does_not_hold_is_named() -> None:
    def refuses(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired")

    (one,) = found(httpx.MockTransport(refuses))
    assert (one.verdict, one.hint) == (Verdict.WRONG, "renew the certificate")
