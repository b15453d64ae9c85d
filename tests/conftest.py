"""What every test may ask for: a database of each kind, a world with a bot in it, people with phones."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.handbook import take_handbook
from bot.serve import spare_the_collector
from models.ground.db import Database
from models.ground.sealing import Keyring, new_key, use_keys
from models.migrations import migrate
from tests import botapi, postgres
from tests.cheap import make_cheap
from tests.compiled import shared_engine
from tests.fakes import World
from tests.people import Cell, a_cell
from tests.sizes import begin_night, sized

gc.disable()  # while the tests are read: they all stay
os.environ.setdefault("BOT_HEALTH", "off")  # many programs run here side by side

_HOUSE = settings(
    deadline=None,
    database=None,  # what failed is found again by its printed example, not by a file of this machine
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("night", _HOUSE, max_examples=100)
settings.register_profile("day", _HOUSE, max_examples=25)

_numbers = itertools.count(1)
_left: list[str] = []  # databases on the server to be dropped


@pytest.fixture(scope="session", autouse=True)
def keys() -> None:
    use_keys(Keyring([new_key()]))


@pytest.fixture(scope="session", autouse=True)
def quick(sqlite_template: Path) -> Iterator[None]:
    """What would be slow in each test anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.ground.db.create_engine", shared_engine)
        make_cheap(patch, sqlite_template)
        spare_the_collector()
        gc.enable()
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate(f"sqlite:///{path}")
    take_handbook(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.running_server() as server:
        template = postgres.create_database(server, f"template_{os.getpid()}")
        migrate(template)
        take_handbook(template)
        yield server
        for name in [f"template_{os.getpid()}", *_left]:
            postgres.drop_database(server, name)


MakeUrl = Callable[[], str]


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="xn-", dir=postgres.memory()) as folder:
        path = Path(folder) / "xanha.db"
        shutil.copy(sqlite_template, path)
        yield f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database; each test that asks runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    server = postgres_server
    name = f"test_{os.getpid()}_{next(_numbers)}"
    yield postgres.create_database(server, name, template=f"template_{os.getpid()}")
    while _left:  # those before: a server that is just hanging up would let us wait for 100 ms
        postgres.drop_database(server, _left.pop())
    _left.append(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The whole program in front of a stand-in for Telegram, on 1 December 2026, 08:00 in Vietnam."""
    with World.open(database_url) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    """Everybody on the roster, nobody registered."""
    return a_cell(world)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everything", action="store_true", help="each test on PostgreSQL too, and at its full size"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Decide, before any test is read, how much it tries."""
    if config.getoption("everything"):
        begin_night()
    settings.load_profile(sized("day", "night"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are cores: while one waits for a process, another works."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what is long, and leave seven of eight tests on PostgreSQL to other days.

    All of them run on SQLite every time; what is about the database itself runs on both. `make test-all` leaves nothing out.
    """
    items.sort(key=lambda one: one.get_closest_marker("long") is None)  # else all wait for it at the end
    if config.getoption("everything") or any(Path(one.partition("::")[0]).is_file() for one in config.args):
        return  # whoever names a file means all of it
    today = int(os.environ.get("TESTS_OF_DAY") or datetime.now(UTC).toordinal())
    left_out = {one for one in items if _has_its_day_on_postgres(one) and _day_of(one) != today % 8}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [one for one in items if one not in left_out]


# rows, locks, claims, keys, processes: what a database may do in its own way
_ABOUT_THE_DATABASE = ("tests/bot/", "tests/models/ground/", "tests/models/delivery/", "tests/models/people/")


def _has_its_day_on_postgres(item: pytest.Item) -> bool:
    """Whether the same test runs on SQLite every day, and on PostgreSQL asks for nothing but the same SQL."""
    on = (
        item.callspec.params.get("database_url")
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else None
    )
    about_it = item.nodeid.startswith(_ABOUT_THE_DATABASE) or item.get_closest_marker("both")
    return on == "postgres" and not about_it


def _day_of(item: pytest.Item) -> int:
    return zlib.crc32(item.nodeid.encode()) % 8


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    checked = "ran" if botapi.available() else "did not run: ../shared/botapi/api.json is not at hand"
    terminalreporter.write_line(f"Bot API check of every call: {checked}")
