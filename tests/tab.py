"""A person's browser without scripts: opens, says, taps, sends, reads. It keeps cookies and posts forms as browsers do.

    tab = Tab(world)
    tab.opens(f"/i/{token}").enters().taps("Đúng, liên kết", "Đã hiểu")

It knows the page by what stands in it: a button that is not shown cannot be tapped.
"""

from __future__ import annotations

import re
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import lxml.html
from starlette.applications import Starlette

from bot.web.webpush import from_base64
from tests.fakes import World
from tests.pushservice import FakeBrowserPush, PushService

DOOR = "https://so.example"
ANDROID = "Mozilla/5.0 (Linux; Android 7.0; SM-J710) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
_ASKS_PIN = re.compile("Mời tự chọn sáu chữ số|Mời gõ lại đúng sáu chữ số|Mời gõ mã PIN")


class Tab:
    """One browser. `pin`: what is typed when it is asked for; None: nothing is."""

    pin: str | None = "274915"

    def __init__(
        self, world: World, *, agent: str = ANDROID, language: str = "vi", ip: str = "203.0.113.7"
    ) -> None:
        self.world, self.ip = world, ip
        self.headers = {"User-Agent": agent, "Accept-Language": language}
        self.cookies = httpx.Cookies()
        self.status, self.url, self.html = 0, "/", ""
        self.answer: httpx.Response | None = None
        self._seen: set[str] = set()
        self._forms: list[Any] = []

    # --- what a person does -----------------------------------------------------------------------------------------

    def opens(self, path: str = "/", *, site: str = "none") -> Self:
        """Open an address; `site`: where the link stood, as browsers say it."""
        return self._asks("GET", path.removeprefix(DOOR), site=site)

    def enters(self) -> Self:
        """Tap the one button of a page that lets in."""
        (form,) = self._page().forms
        return self._posts(form, {})

    def says(self, *texts: str) -> Self:
        for text in texts:
            self._posts(self._form("/say"), {"text": text})
            self._gives_pin()
        return self

    def sends(self, name: str, data: bytes, type_: str, text: str = "") -> Self:
        return self._posts(self._form("/say"), {"text": text}, (name, data, type_))

    def taps(self, *labels: str) -> Self:
        """Tap the newest button whose label contains each of `labels` in turn."""
        for label in labels:
            form, button = self._find(label)
            self._posts(form, {"to": button.get("value")})
            self._gives_pin()
        return self

    def goes(self, *labels: str) -> Self:
        """As `taps`, where a label may stand behind “Việc khác”."""
        for label in labels:
            for _ in range(4):
                if self.shows(label) or not self.shows("Việc khác"):
                    break
                self.taps("Việc khác")
            self.taps(label)
        return self

    def fills(self, **fields: Any) -> Self:
        """Fill in and send the one form of a page that is no conversation; `file`: name, bytes, type."""
        (form,) = self._page().forms
        file = fields.pop("file", None)
        return self._posts(form, fields, file)

    def answers(self, **given: str) -> Self:
        """Answer questions of a form on one page, by their names: by a choice whose words begin so, else by typing; and send it."""
        form = self._form("/whole")
        fields = _standing(form)
        for name, said in given.items():
            keys = [key for key, words in _choices(form, name) if words.startswith(said)]
            fields[f"c.{name}" if keys else f"t.{name}"] = keys[0] if keys else said
        return self._posts(form, fields)

    def asked(self) -> list[str]:
        """The names of the questions on a form's page."""
        return [str(name) for name in self._page().xpath("//form[@action='/whole']//input[@name='f']/@value")]

    def stands(self, name: str) -> str:
        """What stands in a field of it."""
        fields = _standing(self._form("/whole"))
        return fields.get(f"t.{name}") or fields.get(f"c.{name}", "")

    def comes_back(self, code: str) -> Self:
        return self._posts(self._form("/in"), {"code": code})

    def leaves(self) -> Self:
        return self._posts(self._form("/out"), {})

    def _gives_pin(self) -> None:
        for _ in range(2):
            shown = self._texts()
            if self.pin is None or not shown or not _ASKS_PIN.search(shown[-1]):
                return
            self._posts(self._form("/say"), {"text": self.pin})

    def allows_push(self, service: PushService, browser: FakeBrowserPush | None = None) -> FakeBrowserPush:
        """Let this browser be rung, as the page's script does it."""
        browser = browser or FakeBrowserPush()
        self._asks("GET", "/push/key", site="same-origin")
        assert self.answer is not None
        service.subscribe(browser, from_base64(self.answer.json()["key"]))
        self.posts_push(browser.as_json())
        assert self.status == 204, self.html
        return browser

    def posts_push(self, subscription: object, *, key: str | None = None, site: str = "same-origin") -> Self:
        """Bring a subscription, or None: not to be rung any more."""
        given = key if key is not None else self.opens()._page().xpath("//input[@name='k']/@value")[0]
        return self._asks("POST", "/push", site=site, json={"k": given, "subscription": subscription})

    # --- what a person sees -----------------------------------------------------------------------------------------

    def reads(self) -> str:
        """All that has come onto the page since this was asked last."""
        self.opens("/")
        fresh = [text for text in self._texts() if text not in self._seen]
        self._seen = set(self._texts())
        return "\n\n".join(fresh)

    def text(self) -> str:
        """The whole page, as it stands."""
        return " ".join(self._page().text_content().split())

    def buttons(self) -> list[str]:
        return [
            _words(one) for one in self._page().xpath("//main//li//button|//main//li//a[@class='button']")
        ]

    def shows(self, label: str) -> bool:
        return any(label.lower() in one.lower() for one in self.buttons())

    def messages(self) -> list[dict[str, Any]]:
        """The messages that the page shows, oldest first, as tests/phone.py has them."""
        found = []
        for one in self._page().xpath("//main//li[contains(@class,'theirs')]"):
            words = " ".join(_words(part) for part in one.xpath("./div[@class='words']"))
            keys = [
                [{"text": _words(key), "callback_data": key.get("value")} for key in row.xpath("./button")]
                for row in one.xpath(".//div[@class='row']")
            ]
            row = one.xpath(".//input[@name='row']/@value")
            found.append({"message_id": int(row[0]) if row else 0, "text": words, "inline_keyboard": keys})
        return found

    def taps_data(self, message_id: int, data: str) -> Self:
        """A particular button of a particular message."""
        form = next(f for f in self._page().forms if f.xpath(f".//input[@name='row'][@value='{message_id}']"))
        self._posts(form, {"to": data})
        self._gives_pin()
        return self

    def columns(self) -> list[str]:
        """The headings of the newest table."""
        return [_words(one) for one in self._page().xpath("(//table)[last()]/thead//th")]

    def rows(self) -> list[list[str]]:
        """The cells of the newest table."""
        found = self._page().xpath("(//table)[last()]/tbody/tr")
        return [[_words(cell) for cell in row.xpath("./*")] for row in found]

    def beside(self) -> str:
        """What stands beside the newest."""
        return " ".join(_words(one) for one in self._page().xpath("//aside"))

    def shared(self) -> list[str]:
        """What the newest message hands on, to be copied."""
        last = self._page().xpath("(//main//li[contains(@class,'theirs')])[last()]")
        return [str(one.text).removeprefix("\n") for li in last for one in li.xpath(".//textarea[@readonly]")]

    def hidden_ways_to_share(self) -> bool:
        """Whether the buttons that want scripts are there, and hidden without them."""
        rows = self._page().xpath("//div[@class='share']/div[@class='row']")
        return bool(rows) and all("hidden" in row.attrib and row.xpath(".//button") for row in rows)

    def asks(self, label: str) -> bool:
        """Whether the newest message has this button."""
        last = self._page().xpath("(//main//li[contains(@class,'theirs')])[last()]//button")
        return any(_words(one) == label for one in last)

    def link(self, label: str) -> str:
        """Where a link leads whose words contain the label."""
        return str(next(one.get("href") for one in self._page().xpath("//a") if label in _words(one)))

    def _texts(self) -> list[str]:
        return [
            _words(one)
            for one in self._page().xpath("//main//li[contains(@class,'theirs')]/div[@class='words']")
        ]

    # --- as browsers do ---------------------------------------------------------------------------------------------

    def _page(self) -> Any:
        return lxml.html.fromstring(self.html or "<html></html>")

    def _form(self, action: str) -> Any:
        return next(form for form in self._page().forms if form.get("action") == action)

    def _find(self, label: str) -> tuple[Any, Any]:
        for form in reversed(self._page().forms):
            for button in form.xpath(".//button[@name='to']"):
                if label.lower() in _words(button).lower():
                    return form, button
        raise AssertionError(f"no button {label!r} among {self.buttons()}")

    def _posts(self, form: Any, fields: dict[str, str], file: tuple[str, bytes, str] | None = None) -> Self:
        hidden: dict[str, Any] = {}
        for one in form.xpath(".//input[@type='hidden']"):
            hidden.setdefault(one.get("name"), []).append(one.get("value"))
        how: dict[str, Any] = {"data": {**hidden, **fields}}
        if form.get("enctype"):
            how["files"] = {"file": file or ("", b"", "application/octet-stream")}
        return self._asks("POST", form.get("action"), site="same-origin", **how)

    def posts(self, path: str, fields: dict[str, str], **headers: str) -> Self:
        """Whatever a page that is not ours would have it post."""
        return self._asks("POST", path, site=headers.pop("site", "same-origin"), headers=headers, data=fields)

    def _asks(
        self, method: str, path: str, *, site: str, headers: dict[str, str] | None = None, **how: Any
    ) -> Self:
        said = {**self.headers, "Sec-Fetch-Site": site, **(headers or {})}
        if method == "POST":
            said.setdefault("Origin", DOOR)
        self.answer = self.world.run(self._fetch(method, path, said, how))
        self.status, self.html = self.answer.status_code, self.answer.text
        self.url = urlsplit(str(self.answer.url)).path
        self.world.settle()
        return self

    async def _fetch(
        self, method: str, path: str, headers: dict[str, str], how: dict[str, Any]
    ) -> httpx.Response:
        app = Starlette(routes=self.world.app.web_routes)
        transport = httpx.ASGITransport(app, client=(self.ip, 40_000))
        async with httpx.AsyncClient(
            transport=transport, base_url=DOOR, cookies=self.cookies, follow_redirects=True
        ) as client:
            answer = await client.request(method, path, headers=headers, **how)
            self.cookies = client.cookies
            return answer


def _choices(form: Any, name: str) -> list[tuple[str, str]]:
    """What can be chosen for a question: what is posted, its words."""
    radios = form.xpath(f".//input[@type='radio'][@name='c.{name}']")
    options = form.xpath(f".//select[@name='c.{name}']/option")
    return [(one.get("value"), _words(one.getparent())) for one in radios] + [
        (one.get("value"), _words(one)) for one in options
    ]


def _standing(form: Any) -> dict[str, str]:
    """What stands in the fields of a form, as a browser posts it."""
    typed = {one.get("name"): one.get("value", "") for one in form.xpath(".//input[not(@type)]")}
    texts = {one.get("name"): (one.text or "").removeprefix("\n") for one in form.xpath(".//textarea")}
    chosen = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='radio'][@checked]")}
    options = {one.getparent().get("name"): one.get("value") for one in form.xpath(".//option[@selected]")}
    return {**typed, **texts, **chosen, **options}


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())
