"""The house keeps its own rules: floors, rooms, words and tables agree with the code."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given, strategies as st

from bot.demo.stage import HAPPENINGS
from bot.settings import known_variables
from handlers import COMMANDS, FLOWS, ROUTES, TAPS
from handlers.ground.secrecy import OPEN, PROTECTED, room_of
from jobs import TIMETABLE
from models.ground.markup import units
from models.phrases.catalogue import Lang, house, marks
from models.phrases.people.trail import DONE
from models.phrases.text import Text, say
from models.year.review.forms import every_form
from tests import words
from tests.measure import circles, imports

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
README_VI = (ROOT / "README.vi.md").read_text(encoding="utf-8")


def _python_files(*floors: str) -> Iterator[Path]:
    for floor in floors:
        yield from (path for path in (ROOT / floor).rglob("*.py") if "versions" not in path.parts)


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAP = {
    district: set(re.findall(r"`(\w+)`", rooms))
    for district, rooms in re.findall(r"^\| \*\*(\w+)\*\* \|[^|]+\|([^|]+)\|", CONTRIBUTING, re.MULTILINE)
}


def _rooms(folder: str) -> set[str]:
    """Those that hold code: where a room has moved away, its compiled files may still lie."""
    found = (ROOT / folder).iterdir() if (ROOT / folder).is_dir() else iter(())
    rooms = {path.stem for path in found if path.suffix == ".py" or next(path.rglob("*.py"), None)}
    return rooms - {"__init__", "fonts", "policy"}


def test_the_map_names_every_room_of_every_district() -> None:
    folders = {path.parent.name for path in (ROOT / "models").glob("*/*.py")}
    assert set(MAP) == folders - {"phrases", "migrations"}
    assert {district: _rooms(f"models/{district}") for district in MAP} == MAP


def test_every_room_upstairs_stands_on_a_room_below_in_the_same_district() -> None:
    frames = {
        "ground": {
            "arguments",
            "context",
            "conversation",
            "days",
            "form",
            "menu",
            "routing",
            "paging",
            "runner",
            "scans",
            "secrecy",
            "whole",
        },
        "delivery": {"housekeeping"},
        "people": {"whereabouts"},
        "away": {"stay"},  # asked by both sides of an absence
        "contact": {"rhythm"},  # a rhythm itself belongs to the ground: units, members and years have one
    }
    for floor in ("handlers", "jobs", "models/phrases"):
        assert _rooms(floor) - {"text", "common", "catalogue", "en"} <= set(MAP), floor
    for floor in ("handlers", "jobs"):
        for district, rooms in MAP.items():
            above = _rooms(f"{floor}/{district}")
            assert above <= rooms | frames.get(district, set()), (floor, district)


def test_no_imports_run_in_a_circle_nor_those_for_the_type_checker_nor_do_those_of_types() -> None:
    assert circles(imports(types=True)) == []


def test_no_class_name_means_two_things() -> None:
    """A form's own `Draft` and `Step` are read beside the form alone, and every conversation has them."""
    found: dict[str, list[str]] = {}
    for path in _python_files("models", "handlers", "jobs", "bot"):
        for node in ast.parse(path.read_text()).body:
            own = path.is_relative_to(ROOT / "handlers") and getattr(node, "name", "") in ("Draft", "Step")
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not own:
                found.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_a_policy_knows_nothing_but_the_ground_and_the_kinds_of_units() -> None:
    for name, known in imports(types=True).items():
        if name.endswith(".policy"):
            assert all(one.startswith("models.ground.") or one == "models.people.kinds" for one in known), (
                name
            )


def test_tests_stand_in_the_districts_of_what_they_test() -> None:
    for floor in ("models", "handlers", "jobs"):
        assert {path.name for path in (ROOT / "tests" / floor).iterdir() if path.is_dir()} <= {
            *MAP,
            "__pycache__",
        }
        assert [path.name for path in (ROOT / "tests" / floor).glob("test_*.py")] == []


def test_who_keeps_a_desk_is_asked_by_right_not_by_the_names_of_roles() -> None:
    pair = re.compile(r"Role\.SECRETARY,\s*Role\.DEPUTY")
    found = [
        path.name
        for floor in ("models", "handlers")
        for path in _python_files(floor)
        if pair.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []  # models.people.rights: DESK, desk_of


def test_no_change_of_the_page_of_changes_touches_more_than_five_places() -> None:
    page = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    rows = [row for row in page.splitlines() if row.startswith("| ") and "`" in row]
    assert len(rows) == 10
    for row in rows:
        paths = [one for one in re.findall(r"`([\w./]+/[\w./]+|README[\w.]*)`", row)]
        assert 3 <= len(paths) <= 5, row
        assert [one for one in paths if not (ROOT / one).exists()] == []


def test_only_the_sender_sends() -> None:
    sending = re.compile(
        r"\.(send_message|send_document|send_photo|send_voice|edit_message_text|delete_message)\("
    )
    senders = {path.name for path in _python_files("bot") if sending.search(path.read_text(encoding="utf-8"))}
    assert senders == {"wire.py"}  # and to members sending.py alone has it send
    callers = {
        p.name for p in _python_files("bot") if "bot.telegram.wire import" in p.read_text(encoding="utf-8")
    }
    assert callers == {"app.py", "check.py"}  # which tries a button on the operator and takes it back


def test_only_the_telegram_channel_and_its_stand_in_know_telegram() -> None:
    knows = re.compile(r"^\s*(from|import) telegram\b", re.MULTILINE)
    found = {
        path.relative_to(ROOT / "bot").parts[0]
        for path in _python_files("bot")
        if knows.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"telegram", "standin"}


def test_nobody_below_the_roof_reads_a_clock_or_the_environment() -> None:
    forbidden = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|os\.environ|getenv\(")
    found = [
        f"{path.relative_to(ROOT)}"
        for path in _python_files("handlers", "models", "jobs")
        if forbidden.search(path.read_text(encoding="utf-8")) and path.name not in ("clock.py", "sealing.py")
    ]
    assert found == []


@pytest.mark.parametrize("readme", [README, README_VI], ids=["README.md", "README.vi.md"])
def test_the_readme_names_every_command(readme: str) -> None:
    named = set(re.findall(r"^\| `/(\w+)`", readme, re.MULTILINE))
    assert named == {command.name for command in COMMANDS}


def test_the_readme_names_every_job() -> None:
    named = set(re.findall(r"^\| `(\w+\.\w+)` \|", README, re.MULTILINE))
    assert named == {job.name for job in TIMETABLE}


def test_the_readme_names_every_setting_that_is_no_policy() -> None:
    named = set(re.findall(r"^\| `(BOT_\w+)`", README, re.MULTILINE))
    assert named == {name for name in known_variables() if "__" not in name}


def test_every_setting_is_explained() -> None:
    assert [name for name, about in known_variables().items() if not about] == []


def test_addresses_are_unique_and_short_enough_for_a_button() -> None:
    addresses = [tap.address for tap in TAPS]
    assert len(addresses) == len(set(addresses))
    assert all(re.fullmatch(r"[a-z_]+:[a-z_]+", address) for address in addresses)
    for flow in FLOWS:
        for step in flow.steps:
            assert len(f"{flow.room}:{step}:".encode()) <= 40


def test_no_question_shares_its_address_with_a_tap() -> None:
    questions = {f"{flow.room}:{step}" for flow in FLOWS for step in flow.steps}
    assert questions & set(ROUTES.taps) == set()


def test_what_time_does_visibly_has_words_for_the_playground() -> None:
    assert {job.name for job in TIMETABLE if job.next_at is not None} <= set(HAPPENINGS)


# --- prose ----------------------------------------------------------------------------------------------------------

# What the docstring of a public function may begin with. A verb that is missing is added here.
VERBS = frozenset(
    [
        "accept",
        "add",
        "agree",
        "announce",
        "answer",
        "append",
        "apply",
        "appoint",
        "ask",
        "assign",
        "attach",
        "begin",
        "bring",
        "call",
        "cancel",
        "change",
        "check",
        "choose",
        "claim",
        "close",
        "comment",
        "compare",
        "compose",
        "compute",
        "conclude",
        "confirm",
        "connect",
        "correct",
        "count",
        "create",
        "cut",
        "decide",
        "declare",
        "delete",
        "dismiss",
        "do",
        "drop",
        "empty",
        "end",
        "erase",
        "extend",
        "fetch",
        "file",
        "find",
        "fold",
        "follow",
        "forget",
        "free",
        "give",
        "go",
        "grant",
        "greet",
        "group",
        "hand",
        "hide",
        "hold",
        "hurry",
        "insert",
        "invite",
        "join",
        "judge",
        "jump",
        "keep",
        "label",
        "lay",
        "leave",
        "let",
        "link",
        "list",
        "listen",
        "live",
        "load",
        "lock",
        "look",
        "make",
        "mark",
        "merge",
        "move",
        "name",
        "note",
        "number",
        "offer",
        "open",
        "park",
        "pin",
        "plan",
        "postpone",
        "press",
        "print",
        "promise",
        "propose",
        "put",
        "raise",
        "read",
        "receive",
        "record",
        "refuse",
        "reject",
        "remember",
        "remind",
        "remove",
        "rename",
        "reopen",
        "replace",
        "require",
        "return",
        "run",
        "say",
        "seal",
        "see",
        "send",
        "serve",
        "set",
        "settle",
        "share",
        "shorten",
        "show",
        "skip",
        "sort",
        "spare",
        "split",
        "start",
        "stop",
        "store",
        "submit",
        "take",
        "tap",
        "tell",
        "test",
        "tick",
        "trust",
        "try",
        "turn",
        "type",
        "update",
        "vouch",
        "wait",
        "wake",
        "walk",
        "welcome",
        "withdraw",
        "write",
        "yield",
    ]
)


def _documented(tree: ast.AST) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """Yield the public functions and methods of a module with their docstrings."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _documented(node)
        elif not node.name.startswith("_") and (words := ast.get_docstring(node)):
            yield node, words


def _is_property(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("property" in ast.unparse(one) for one in function.decorator_list)


def test_the_docstring_of_a_public_function_begins_with_an_imperative_verb() -> None:
    # a property is a thing, so its docstring is a noun phrase
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {words.splitlines()[0]}"
        for path in _python_files("bot", "handlers", "jobs", "models")
        for function, words in _documented(ast.parse(path.read_text(encoding="utf-8")))
        if not _is_property(function) and words.split()[0].strip(",.:;").lower() not in VERBS
    ]
    assert found == []


MOST = 9  # values that a function takes; what belongs together is one of them (`FilingAct`, `PausePlan`)
TAKES_MORE = {  # each value can be left out, and hardly ever two come together
    "tell", "enqueue", "say",  # how and when a message goes
    "build", "__init__",  # the whole program, with what stands in for its parts in tests
    "posted", "add_member",  # the fields of a form, of a card
}  # fmt: skip


def test_what_belongs_together_is_handed_down_as_one() -> None:
    # phrases take what they say by name, however much it is
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in _python_files("bot", "handlers", "jobs", "models")
        if "phrases" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in TAKES_MORE
        if len({one.arg for one in [*node.args.args, *node.args.kwonlyargs]} - {"self", "cls"}) > MOST
    ]
    assert found == []


# --- words ----------------------------------------------------------------------------------------------------------


def _phrase_modules() -> list[Any]:
    return [
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for path in sorted(_python_files("models/phrases"))
        if path.stem not in ("__init__", "text", "catalogue")
    ]


def _constants() -> list[tuple[str, Text]]:
    return [
        (f"{module.__name__}.{name}", value)
        for module in _phrase_modules()
        for name, value in vars(module).items()
        if isinstance(value, Text)
    ]


def test_every_phrase_exists_in_both_languages() -> None:
    assert [name for name, text in _constants() if bool(text.vi) != bool(text.en)] == []


def test_every_sentence_has_its_english_and_the_catalogue_no_other() -> None:
    """`make words` brings the two together."""
    catalogue = house(Lang.EN)
    assert words.written(catalogue) == words.FILE.read_bytes()
    held = {(one.context, one.id): one for one in catalogue if one.id}
    code = {(one.context, one.id) for one in words.said() if one.id}
    assert code == set(held)
    assert [one.id for one in held.values() if one.fuzzy or not one.string] == []
    assert [one.id for one in held.values() if marks(str(one.id)) != marks(str(one.string))] == []


def test_every_act_in_the_trail_has_words_in_both_languages() -> None:
    written = {
        name
        for path in _python_files("bot", "handlers", "jobs", "models")
        for name in re.findall(
            r'(?:record_act|record_change|_record)\(\s*(?:ctx\.)?db,\s*"([a-z]+\.[a-z_]+)"',
            path.read_text(encoding="utf-8"),
        )
    }
    assert {"roster.change", "right.end", "task.withdraw", "rhythm.grace"} <= written
    assert written - set(DONE) == set()
    assert all(words.vi and words.en for words in DONE.values())


def test_words_are_spelt_as_the_house_spells_them() -> None:
    """Kind 12: “xóa, ủy, hóa”, never “xoá, uỷ, hoá”; NFC; no emoji alone on a button."""
    wrong = re.compile(r"xoá|uỷ|\bhoá\b|hoà\b|thuỷ|\bkhoá", re.IGNORECASE)
    found = []
    for path in _python_files("models/phrases"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and wrong.search(node.value):
                found.append(f"{path.name}:{node.lineno} {node.value[:40]}")
    assert found == []


_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "with",
        "for",
        "from",
        "this",
        "that",
        "these",
        "those",
        "your",
        "you",
        "they",
        "their",
        "which",
        "who",
        "what",
        "when",
        "where",
        "not",
        "has",
        "have",
        "will",
        "would",
        "should",
        "must",
        "at",
        "by",
        "its",
    ]
)


def _english_in(words: str) -> list[str]:
    """The English words that hold a sentence together; what is filled in, markup, addresses and commands aside."""
    plain = re.sub(r"\{[^}]*\}|<[^>]*>|https?://\S+|/\w+|\b\w+\.\w+\b", " ", words)
    return [word for word in re.findall(r"[^\W\d_]+", plain.lower()) if word in _ENGLISH]


def _vietnamese_in_code() -> Iterator[tuple[str, str]]:
    """What the templates of `say` and `named` say in Vietnamese, however the first argument is put together."""
    for path in _python_files("models", "handlers", "jobs"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and getattr(call.func, "id", "") in ("say", "named"):
                for part in ast.walk(call.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{path.relative_to(ROOT)}:{call.lineno}", part.value


def _texts_in(where: str, value: object) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts_in(f"{where}[{key}]", inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _texts_in(where, inner)


def _vietnamese_in_data(where: str, value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _vietnamese_in_data(f"{where}/{name}", inner, name)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _vietnamese_in_data(f"{where}/{at}", inner, key)
    elif isinstance(value, str) and (key == "vi" or key.endswith("_vi")):
        yield where, value


def _form_files() -> list[tuple[str, Any]]:
    files = sorted((ROOT / "models").rglob("*.json"))
    return [(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in files]


def test_no_english_sentence_stands_in_a_vietnamese_text() -> None:
    assert _english_in("The annex was not seen. Item I.2 is as three writing guides…") != []
    assert (
        _english_in("Mở “Chat với Telegram”, gửi /hotro hay xem https://t.me/the_of {of}, <b>Word</b>.") == []
    )
    modules = [vars(module).items() for module in _phrase_modules()]
    said = [
        *_vietnamese_in_code(),
        *((where, str(text.vi)) for names in modules for n, v in names for where, text in _texts_in(n, v)),
        *(found for name, form in _form_files() for found in _vietnamese_in_data(name, form)),
        *(
            (form.code, str(text.vi))
            for form in every_form()
            for text in (form.name, form.audience, form.note)
        ),
        *(
            (form.code, str(text.vi))
            for form in every_form()
            for one in form.headings
            for text in (one.title, one.guidance)
        ),
    ]
    assert len(said) > 3000  # it looks where the words are
    assert [(where, words) for where, words in said if _english_in(words)] == []


def test_what_a_form_says_in_vietnamese_it_says_in_english_too() -> None:
    def lone(where: str, value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                twin = "en" if name == "vi" else f"{name[:-3]}_en" if name.endswith("_vi") else None
                if twin in value and bool(inner) and not value[twin]:
                    yield f"{where}/{name}"
                yield from lone(f"{where}/{name}", inner)
        elif isinstance(value, list):
            for at, inner in enumerate(value):
                yield from lone(f"{where}/{at}", inner)

    assert [found for name, form in _form_files() for found in lone(name, form)] == []


def test_every_phrase_function_says_what_it_takes() -> None:
    for module in _phrase_modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                assert "return" in get_type_hints(function), f"{module.__name__}.{name}"


@given(st.text(max_size=50))
def test_what_people_write_never_becomes_markup(words: str) -> None:
    text = say("<b>{x}</b>", x=words)
    inner = text.to_plain("vi").removeprefix("<b>").removesuffix("</b>")
    assert inner == words
    assert "<" not in str(text.vi)[3:-4]


def test_every_command_is_one_that_telegram_takes() -> None:
    for command in COMMANDS:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name)
        assert all(1 <= units(command.about.to_plain(lang)) <= 256 for lang in ("vi", "en"))


def test_of_every_room_it_is_said_whether_its_screens_are_protected_and_why_not() -> None:
    heads = {room_of(name) for name in [*(tap.address for tap in TAPS), *(flow.room for flow in FLOWS)]}
    assert heads | {room_of(command.room) for command in COMMANDS} == {*PROTECTED, *OPEN}
    assert not {*PROTECTED} & {*OPEN}
    assert all(len(why) > 10 for why in [*PROTECTED.values(), *OPEN.values()])


def test_what_the_threats_page_names_is_there() -> None:
    """Each harm names the test that shows the measure; a page that points to nothing would comfort for nothing."""
    for page in ("SECURITY.md", "docs/threats.md", "docs/dpia.md", "docs/breach.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = re.findall(r"`((?:tests|docs|models|bot)/[\w/.-]+\.(?:py|md))`", text)
        assert [path for path in named if not (ROOT / path).exists()] == [], page
