"""The operator's guide is walked line by line: from a fresh machine to "all is well", and each command in it is one."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from bot.__main__ import app
from bot.settings import known_variables
from tests.bot.test_webhook import free_port
from tests.rehearsal import GUIDE, walk


def test_the_guide_leads_from_a_fresh_machine_to_all_is_well(tmp_path: Path) -> None:
    machine, said = walk(tmp_path, port=free_port(), real=False)
    assert said[-1] == "Mọi việc ổn."
    assert any("bản mới nhất làm lúc" in line for line in said)
    assert len(machine.took) == 16  # every line of the guide was done
    data = tmp_path / "var/lib/xanha"
    assert [*data.rglob("xanha-*Z.backup")]
    key = (tmp_path / "etc/xanha/credentials/bot_secret_keys").read_text()
    assert len(key.strip()) == 44
    assert not (data / "secret.key").exists()


def test_every_command_and_setting_of_the_guide_is_one() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    root = get_command(app)
    named = set(re.findall(r"(?:python -m bot|`xanha|\nxanha) ([a-z]+)(?: ([a-z]+))?", text))
    assert len(named) > 12
    for name, below in named:
        command = root.commands.get(name)  # type: ignore[attr-defined]
        assert command is not None, name
        subcommands = getattr(command, "commands", None)
        if subcommands is not None and below:
            assert below in subcommands, (name, below)
    settings = {name for name in re.findall(r"\bBOT_[A-Z_]+[A-Z]\b", text)}
    known = set(known_variables())
    assert {
        one for one in settings if not any(name == one or name.startswith(f"{one}__") for name in known)
    } == set()
