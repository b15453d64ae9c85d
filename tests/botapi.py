"""Checks the bot's calls against the machine-readable description of the Bot API, where it is at hand.

The description is not part of the repository; `available()` says whether the check can run.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.standin import BotCall, StandIn

DESCRIPTION = Path(__file__).resolve().parents[2] / "shared" / "botapi" / "api.json"

_ARRAY = "Array of "
_FIXED = re.compile(r"(?:must be|always) [“\"]?(\w+)[”\"]?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TAG_FIELDS = ("type", "status", "source")


@cache
def _api() -> dict[str, dict[str, Any]]:
    described: dict[str, dict[str, Any]] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def available() -> bool:
    return DESCRIPTION.is_file()


def watch(standin: StandIn) -> list[str]:
    """Checks every call from now on; the misfits gather in the list."""
    misfits: list[str] = []
    if available():
        standin.observers.append(lambda call: misfits.extend(check_call(call)))
    return misfits


def check_call(call: BotCall) -> list[str]:
    """What in a call the Bot API does not know; nothing when all is well, or cannot be checked."""
    if not available():
        return []
    method = _api()["methods"].get(call.method)
    if method is None:
        return [f"{call.method}: no such method"]
    fields = method.get("fields", [])
    attached = _attached(call.params)
    uploads = {part: _UPLOAD for part in call.files if part not in attached}
    missing = [f"{call.method}: no file {part}" for part in attached if part not in call.files]
    return _check_fields(call.method, {**call.params, **uploads}, fields, loose=True) + missing


_UPLOAD = object()


def _attached(params: Mapping[str, Any]) -> list[str]:
    """Parts that a parameter points to as attach://name: their names are free."""
    return re.findall(r"attach://(\w+)", json.dumps(dict(params), default=str))


def _decoded(value: Any) -> Any:
    """Nested objects may travel as JSON text."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _check_fields(
    where: str, given: Mapping[str, Any], fields: list[dict[str, Any]], *, loose: bool = False
) -> list[str]:
    known = {field["name"]: field for field in fields}
    misfits = [f"{where}: unknown {name}" for name in given if name not in known]
    for name, field in known.items():
        if name in given:
            misfits += _check_field(f"{where}.{name}", given[name], field, loose=loose)
        elif field["required"]:
            misfits.append(f"{where}: {name} is missing")
    return misfits


def _check_field(where: str, value: Any, field: dict[str, Any], *, loose: bool) -> list[str]:
    """A field may have one of several types: the nearest one speaks."""
    fixed = _FIXED.search(field["description"]) if where.rpartition(".")[2] in _TAG_FIELDS else None
    if fixed and isinstance(value, str) and value != fixed.group(1):
        return [f"{where}: {value!r} instead of {fixed.group(1)!r}"]
    return min((_check(where, value, kind, loose=loose) for kind in field["types"]), key=len)


def _check(where: str, value: Any, kind: str, *, loose: bool) -> list[str]:
    if loose and kind not in _PLAIN:
        value = _decoded(value)
    if kind.startswith(_ARRAY):
        if not isinstance(value, list | tuple):
            return [f"{where}: {_said(value)} instead of {kind}"]
        inner = kind.removeprefix(_ARRAY)
        return [m for at, one in enumerate(value) for m in _check(f"{where}[{at}]", one, inner, loose=False)]
    if kind in _PLAIN:
        fits = _PLAIN[kind](value) or (loose and isinstance(value, str) and _PLAIN_TEXT[kind](value))
        return [] if fits else [f"{where}: {_said(value)} instead of {kind}"]
    return _check_object(where, value, kind)


def _check_object(where: str, value: Any, kind: str) -> list[str]:
    if kind == "InputFile":
        fits = value is _UPLOAD or (isinstance(value, str) and value.startswith("attach://"))
        return [] if fits else [f"{where}: {_said(value)} instead of a file"]
    described = _api()["types"][kind]
    if subtypes := described.get("subtypes"):
        likely = [subtype for subtype in subtypes if _is_tagged(value, subtype)] or subtypes
        return min((_check_object(where, value, subtype) for subtype in likely), key=len)
    if not isinstance(value, Mapping):
        return [f"{where}: {_said(value)} instead of {kind}"]
    return _check_fields(where, value, described.get("fields", []))


def _is_tagged(value: Any, kind: str) -> bool:
    """Whether the object says of itself that it is of this kind."""
    for field in _api()["types"][kind].get("fields", []):
        fixed = _FIXED.search(field["description"]) if field["name"] in _TAG_FIELDS else None
        if fixed and isinstance(value, Mapping):
            return bool(value.get(field["name"]) == fixed.group(1))
    return False


def _said(value: Any) -> str:
    return "a file" if value is _UPLOAD else repr(value)[:60]


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_PLAIN: dict[str, Callable[[Any], bool]] = {
    "String": lambda value: isinstance(value, str),
    "Integer": _is_integer,
    "Float": lambda value: _is_integer(value) or isinstance(value, float),
    "Boolean": lambda value: isinstance(value, bool),
}
# a form carries words only
_PLAIN_TEXT: dict[str, Callable[[str], bool]] = {
    "String": lambda text: True,
    "Integer": lambda text: text.lstrip("-").isdecimal(),
    "Float": lambda text: bool(_NUMBER.fullmatch(text)),
    "Boolean": lambda text: text.lower() in ("true", "false"),
}
