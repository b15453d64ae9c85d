"""Whatever is wrong is one item with what mends it: in `check`, in `status`, and once a day in the operator's chat."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.__main__ import app
from bot.finding import Finding, Verdict
from bot.repairs import NEEDED, check_backup, repairs, status, to_tell
from bot.settings import Settings
from handlers.ground.context import Context
from models.delivery.inbox import Inbox
from models.delivery.job_run import record_job_run
from models.delivery.outbox import Outbox, OutboxState
from models.ground.sealing import keyring, use_keys
from models.phrases.text import raw
from models.phrases.trust import repair as phrases
from models.trust.audit import AuditFinding
from models.trust.trouble import Trouble, see_trouble
from tests.bot.steps import echo, routes
from tests.fakes import World

ANN, OPERATOR, GROUP = 101, 900, -500
NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
WELL = Trouble(NOW, NOW, [], 0, 0, [], 0, 0)


def breaks(ctx: Context) -> None:
    if ctx.incoming.text == "hỏng":
        raise ValueError("bí mật")
    echo(ctx)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, routes=routes(breaks), operator_chat=OPERATOR) as opened:
        opened.telegram.add_user(OPERATOR, "Trực máy")
        opened.telegram.users[OPERATOR].started = True
        opened.telegram.add_user(ANN, "An Bí Mật")
        yield opened


def passes(world: World, by: timedelta) -> None:
    """Time goes by, and each job has its tick."""
    world.wait(by)
    world.run(world.app.tick())


def told(world: World, chat: int = OPERATOR) -> list[str]:
    return [m["text"] for m in world.telegram.history(chat) if m["text"].startswith("Việc cần xem hôm nay")]


def test_the_operator_reads_once_a_day_what_is_to_be_put_right(world: World) -> None:
    passes(world, timedelta(hours=3))
    assert told(world) == []  # nothing is wrong, nothing is said
    for words in ("một", "hỏng", "hỏng"):
        world.telegram.says(ANN, words)
    world.settle()
    world.db(lambda db: db.execute(update(Outbox).values(state=OutboxState.UNCERTAIN)))
    passes(world, timedelta(minutes=10))
    [words] = told(world)
    passes(world, timedelta(hours=2))
    assert told(world) == [words]  # once a day
    passes(world, timedelta(hours=19))  # 08:10
    assert len(told(world)) == 2
    assert "số tin nhắn mà chương trình gặp lỗi khi xử lý: 2" in words
    assert "không rõ đã tới nơi hay chưa" in words
    assert "python -m bot status" in words
    assert "Bí Mật" not in words
    assert "bí mật" not in words
    assert str(ANN) not in words


def test_a_group_that_became_a_supergroup_is_followed(database_url: str) -> None:
    with World.open(database_url, routes=routes(breaks), operator_chat=GROUP) as world:
        world.telegram.add_user(ANN, "An")
        world.telegram.says_in_group(GROUP, ANN, "chào")
        world.settle()
        moved = world.telegram.becomes_supergroup(GROUP)
        world.telegram.says(ANN, "hỏng")
        world.settle()
        passes(world, timedelta(minutes=10))
        assert told(world, moved)


def test_a_job_that_goes_on_failing_is_named_and_one_that_recovered_is_not(world: World) -> None:
    now = world.clock()

    def work(db):  # type: ignore[no-untyped-def]
        for job, errors in (("away.move", [None, "ValueError"]), ("letter.call", ["ValueError", None])):
            for minute, error in enumerate(errors):
                at = now + timedelta(minutes=minute)
                record_job_run(db, job, started_at=at, ended_at=at, items=0, error=error)

    world.db(work)
    trouble = world.db(lambda db: see_trouble(db, now=now + timedelta(minutes=5)))
    assert trouble.failing_jobs == ["away.move"]
    assert world.db(lambda db: see_trouble(db, now=now + timedelta(days=2))).failing_jobs == []
    world.telegram.says(ANN, "hỏng")
    world.settle()
    assert world.db(lambda db: see_trouble(db, now=world.clock())).failed_updates == 1
    assert world.db(lambda db: [one.error for one in db.query(Inbox)])


GOOD = [Finding(subject, Verdict.GOOD, "") for subject in NEEDED]


def test_all_is_well_is_said_only_when_everything_needed_was_looked_at() -> None:
    assert status(GOOD, "vi") == ["Mọi việc ổn."]
    assert status(GOOD, "en") == ["All is well."]
    for missing in NEEDED:
        rest = [one for one in GOOD if one.subject != missing]
        assert status(rest, "vi") == ["Chưa biết hết mọi việc có ổn không."], missing
        noted = status([*rest, Finding(missing, Verdict.NOTE, "not known")], "vi")
        assert "Mọi việc ổn." not in noted
        wrong = status([*GOOD, Finding(missing, Verdict.WRONG, "", "`python -m bot mend`")], "vi")
        assert wrong[0] == "Cần sửa:"
        assert wrong[1].endswith("→ python -m bot mend")
        assert "Mọi việc ổn." not in wrong


@pytest.mark.parametrize(
    ("trouble", "said", "mends"),
    [
        (Trouble(None, None, [], 0, 0, [], 0, 0), "chưa chạy lần nào", "systemctl start xanha"),
        (
            Trouble(NOW - timedelta(hours=1), NOW, [], 0, 0, [], 0, 0),
            "không chạy: lần cuối ghi nhận lúc 07:00",
            "systemctl start xanha",
        ),
        (
            Trouble(NOW, NOW - timedelta(hours=3), [], 0, 0, [], 0, 0),
            "không tự kiểm tra, lần cuối",
            "một giờ",
        ),
        (
            Trouble(NOW, NOW, [AuditFinding(check="job.silent", count=2)], 0, 0, [], 0, 0),
            "việc định kỳ không chạy (job.silent, 2)",
            "docs/operator.md",
        ),
        (Trouble(NOW, NOW, [], 0, 0, ["away.move"], 0, 0), "đang gặp lỗi: away.move", "nhật ký"),
        (Trouble(NOW, NOW, [], 0, 0, [], 3, 2), "chỉ quản trị viên xác nhận được: 2", "identity list"),
    ],
)
def test_each_trouble_has_plain_words_and_what_mends_it(trouble: Trouble, said: str, mends: str) -> None:
    lines = status([*repairs(trouble, now=NOW)], "vi")
    [line] = [one for one in lines if said in one]
    assert mends in line
    assert "Mọi việc ổn." not in lines
    assert all(one.line.to_plain("en") for one in repairs(trouble, now=NOW))


def test_what_runs_and_was_audited_is_no_repair() -> None:
    assert {one.verdict for one in repairs(WELL, now=NOW)} == {Verdict.GOOD}
    assert to_tell([*repairs(WELL, now=NOW)]) == []


def test_a_missing_and_an_old_backup_are_told(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, backup={"folder": tmp_path / "backups"})
    none = check_backup(settings, now=NOW)
    assert (none.verdict, none.daily) == (Verdict.NOTE, True)
    assert none.line.to_plain("vi").endswith("→ python -m bot backup")
    folder = tmp_path / "backups"
    folder.mkdir()
    file = folder / "xanha-20261130T010000Z.backup"
    file.write_bytes(b"x")
    for age, verdict in ((timedelta(hours=30), Verdict.GOOD), (timedelta(days=3), Verdict.WRONG)):
        at = (NOW - age).timestamp()
        os.utime(file, (at, at))
        assert check_backup(settings, now=NOW).verdict is verdict


def test_every_subject_has_words_in_both_languages() -> None:
    for subject, words in phrases.SUBJECTS.items():
        assert words.to_plain("vi") != words.to_plain("en"), subject
    assert Finding("BOT_X", Verdict.WRONG, "").plain.to_plain("vi") == "Cài đặt: có tên biến không đúng."
    assert Finding("jobs", Verdict.WRONG, "", words=raw("x")).plain.to_plain("vi") == "x"


def test_the_command_says_on_a_fresh_machine_what_is_to_be_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    kept = keyring()
    result = CliRunner().invoke(app, ["status"])
    use_keys(kept)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "Cần sửa:"
    assert any("không nhận ra bot" in line and "python -m bot check" in line for line in lines)
    assert any("chưa chạy lần nào" in line for line in lines)
    assert "Mọi việc ổn." not in lines
    assert not (tmp_path / "data").exists()
