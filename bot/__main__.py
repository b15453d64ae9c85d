"""python -m bot run | demo | check | status | migrate | backup | restore | move | rules | words | keys | fields | unit | review | invite | messages

What is wrong with the set-up is said in one sentence with a hint, and ends the command with 2 (`check`: 1); only a bug
shows a traceback. Heavy things are imported inside the commands: `--help` must not wait for a database library.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import VERSION
from bot.cli import plainly, stop

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
unit_app = typer.Typer(no_args_is_help=True, help="The tree of organisations.")
invite_app = typer.Typer(no_args_is_help=True, help="The first people: an officer, a secretary.")
identity_app = typer.Typer(
    no_args_is_help=True, help="Who is who, where nobody above can say it: topmost officers, a lost chat."
)
review_app = typer.Typer(no_args_is_help=True, help="Year-end reviews that have been kept for their years.")
keys_app = typer.Typer(no_args_is_help=True, help="The keys of sealed fields.")
app.add_typer(keys_app, name="keys")
move_app = typer.Typer(no_args_is_help=True, help="The whole program to another machine.")
app.add_typer(move_app, name="move")
audit_app = typer.Typer(no_args_is_help=True, help="The trail of looks and acts.")
app.add_typer(unit_app, name="unit")
app.add_typer(audit_app, name="audit")
app.add_typer(review_app, name="review")
clock_app = typer.Typer(no_args_is_help=True, help="The computer's clock, where the program doubts it.")
app.add_typer(clock_app, name="clock")
app.add_typer(invite_app, name="invite")
app.add_typer(identity_app, name="identity")
messages_app = typer.Typer(no_args_is_help=True, help="Messages that do not open, or may not have arrived.")
app.add_typer(messages_app, name="messages")


class UnitKindChoice(StrEnum):
    """The kinds of models.people.unit.UnitKind, named here so that `--help` stays quick; a test compares them."""

    PROVINCE = "province"
    COMMUNE = "commune"
    BASE = "base"
    SECTION = "section"
    CELL = "cell"


Username = Annotated[str, typer.Option(help="The bot's username; asked of Telegram when not given.")]
BirthYear = Annotated[int | None, typer.Option(help="Tells namesakes apart.")]
Phone = Annotated[str | None, typer.Option(help="Their number: matched with the one they share.")]
UnitName = Annotated[str, typer.Option("--unit", help="The unit's name or its id (see `unit list`).")]


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Xa Nhà {VERSION}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version it is.")
    ] = False,
) -> None:
    """Keep a cell and its members far from home in touch."""


@app.command()
def run() -> None:
    """Run the program on Telegram until SIGTERM or Ctrl+C."""
    with plainly():
        from bot.serve import serve

        serve()


@app.command()
def demo(
    story: Annotated[bool, typer.Option("--story", help="Tell a month in the terminal.")] = False,
    port: Annotated[int, typer.Option(help="Where the page answers; the next free one when taken.")] = 8080,
) -> None:
    """Try it: an invented commune, phones and a time machine in the browser."""
    with plainly():
        if story:
            from bot.demo.story import tell

            tell()
        else:
            from bot.demo.main import serve as serve_demo

            serve_demo(port)


@app.command()
def check(
    rules: Annotated[
        bool, typer.Option("--rules", help="Only list the numbers that come from a rule, with their sources.")
    ] = False,
    settings: Annotated[
        bool, typer.Option("--settings", help="Only list every setting, its value and what it is.")
    ] = False,
) -> None:
    """Test token, database, clock and directory; say what is wrong and how to mend it, or that all is well.

    Ends with 1 when something is wrong.
    """
    with plainly():
        from bot.check import check_all, print_rules, print_settings

        if rules:
            print_rules()
        elif settings:
            print_settings()
        elif not check_all():
            raise typer.Exit(1)


@app.command()
def status(
    english: Annotated[bool, typer.Option("--english", help="In English.")] = False,
) -> None:
    """Say in plain Vietnamese whether all is well, and what to do where it is not. Ends with 1 when something is to be mended."""
    with plainly():
        from bot.check import print_status

        if not print_status("en" if english else "vi"):
            raise typer.Exit(1)


@app.command()
def migrate(
    plan: Annotated[
        bool, typer.Option("--plan", help="Only say what would change, how many rows, about how long.")
    ] = False,
) -> None:
    """Bring the database to the newest step; `run` does it too."""
    with plainly():
        from bot.keys import open_keys
        from bot.migrating import show_plan
        from bot.settings import read_settings
        from models.migrations import migrate as bring_up

        settings = read_settings()
        if plan:
            for line in show_plan(settings):
                typer.echo(line)
            return
        open_keys(settings)  # a step may seal what stood in clear
        taken = bring_up(settings.database_url)
        typer.echo("Steps taken: " + ", ".join(taken) if taken else "The database is at the newest step.")


@app.command()
def backup(
    file: Annotated[
        Path | None,
        typer.Argument(help="The file to make; without it one named by its moment in BOT_BACKUP__FOLDER."),
    ] = None,
) -> None:
    """Write the database into one encrypted file, while the program runs; it is opened again before it counts."""
    with plainly():
        from bot.backup.making import back_up
        from bot.settings import read_settings

        for line in back_up(read_settings(), file):
            typer.echo(line)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` made.")],
    only_prove: Annotated[
        bool, typer.Option("--try", help="Only prove the file and say what it holds.")
    ] = False,
    replaces: Annotated[
        str, typer.Option("--replace", help='The people who may be written over, in words: "12 people".')
    ] = "",
    ran_until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M%z"],
            help="When the program ended that went on after the copy (2026-12-03T08:00+0700); without it: now.",
        ),
    ] = None,
) -> None:
    """Return to a backup, while the program is down. Nobody is written to twice or asked anew."""
    with plainly():
        from bot.backup.restoring import prove_file, restore as put_back
        from bot.settings import read_settings

        settings = read_settings()
        if only_prove:
            typer.echo(prove_file(settings, file))
            return
        for line in put_back(settings, file, replaces=replaces, ran_until=ran_until):
            typer.echo(line)


@move_app.command("freeze")
def move_freeze(
    file: Annotated[Path, typer.Argument(help="The file to make, with all that the program needs.")],
) -> None:
    """End the running program, let none start here any more, and put all of it into one encrypted file."""
    with plainly():
        from bot.backup.moving import freeze
        from bot.settings import read_settings

        for line in freeze(read_settings(), file):
            typer.echo(line)


@move_app.command("thaw")
def move_thaw(
    file: Annotated[Path, typer.Argument(help="The file that `move freeze` made on the other machine.")],
) -> None:
    """Begin here where the other machine has stopped. Asks for the file's key."""
    with plainly():
        from bot.backup.moving import thaw
        from bot.settings import read_settings

        written = typer.prompt("The key that `move freeze` showed", hide_input=True)
        for line in thaw(read_settings(), file, written):
            typer.echo(line)


@move_app.command("undo")
def move_undo() -> None:
    """Let the program start here again, when it did not go on on the other machine."""
    with plainly():
        from bot.backup.moving import undo
        from bot.settings import read_settings

        typer.echo(undo(read_settings()))


@app.command()
def fields(
    assessment: Annotated[
        str, typer.Option(help="Print this file (docs/dpia.md) with its table written anew instead.")
    ] = "",
) -> None:
    """Print docs/data.md: every column with its purpose, readers, term, sealed or why not."""
    with plainly():
        from pathlib import Path

        from bot.fields import fill_assessment, page

        filled = fill_assessment(Path(assessment).read_text(encoding="utf-8")) if assessment else page()
        typer.echo(filled, nl=False)


@keys_app.command("list")
def keys_list() -> None:
    """List each key by its fingerprint: whether it is at hand, and what is sealed with it. Nothing is changed."""
    with plainly():
        from bot.keys import list_keys
        from bot.settings import read_settings

        for line in list_keys(read_settings()):
            typer.echo(line)


@keys_app.command("new")
def keys_new() -> None:
    """Make a new key and put it in front; older ones stay behind it. Start the program again afterwards."""
    with plainly():
        from bot.keys import put_key_in_front
        from bot.settings import read_settings

        typer.echo(put_key_in_front(read_settings()))


@keys_app.command("rotate")
def keys_rotate() -> None:
    """Seal everything with the newest key while the program runs; cut short, it can be begun again."""
    with plainly():
        from bot.keys import rotate
        from bot.settings import read_settings

        rotate(read_settings(), typer.echo)


@keys_app.command("forget")
def keys_forget(
    fingerprint: Annotated[str, typer.Argument(help="Of the lost key, as `keys list` shows it.")],
    yes: Annotated[bool, typer.Option("--yes", help="I know that these values are lost for good.")] = False,
) -> None:
    """Give up what a lost key sealed, so that the program can start. Says first what is lost."""
    with plainly():
        from bot.keys import forget_key, list_keys
        from bot.settings import read_settings

        settings = read_settings()
        if yes:
            typer.echo(forget_key(settings, fingerprint))
            return
        for line in list_keys(settings):
            if line.startswith(fingerprint):
                typer.echo(line)
        stop("Nothing was changed. Hint: add --yes to empty what this key sealed; there is no way back.")


@app.command()
def retention() -> None:
    """List what is past its term and will be deleted tonight, table by table. Nothing is changed: it is the dry run."""
    with plainly():
        from bot.office import list_due

        for line in list_due():
            typer.echo(line)


@app.command()
def rules(
    file: Annotated[
        Path | None, typer.Option("--try", help="A file that is not in place yet: what would it change?")
    ] = None,
) -> None:
    """Show the values that change, old → new, and what is open that they touch. Nothing is changed: it is the dry run."""
    with plainly():
        from bot.rulesheet import show_rules, try_rules
        from models.ground.clock import system_clock

        now = system_clock()
        for line in show_rules(now=now) if file is None else try_rules(file, now=now):
            typer.echo(line)


@app.command()
def words(
    folder: Annotated[Path, typer.Argument(help="Where vi.po and en.po stand, or shall stand.")],
) -> None:
    """Make catalogues to say sentences otherwise in, or check those that are there (BOT_WORDS uses them)."""
    with plainly():
        from bot.words import make_or_check

        for line in make_or_check(folder):
            typer.echo(line)


@unit_app.command("add")
def unit_add(
    kind: Annotated[UnitKindChoice, typer.Argument(help="What it is.")],
    name: Annotated[str, typer.Argument(help="Its name in full.")],
    parent: Annotated[str, typer.Option(help="The unit above: its name or id.")] = "",
) -> None:
    """Create a unit: the first one, or one below another."""
    with plainly():
        from bot.office import add_unit

        typer.echo(add_unit(kind.value, name, parent))


@unit_app.command("rename")
def unit_rename(
    unit: Annotated[str, typer.Argument(help="Its name now, or its number.")],
    name: Annotated[str, typer.Argument(help="Its new name in full.")],
) -> None:
    """Give a unit another name; the former one is kept with its last day, and papers handed in keep it."""
    with plainly():
        from bot.office import rename

        typer.echo(rename(unit, name))


@unit_app.command("list")
def unit_list() -> None:
    """List the tree; the number in front may be given in place of the name."""
    with plainly():
        from bot.office import list_units

        for line in list_units():
            typer.echo(line)


@review_app.command("expired")
def review_expired() -> None:
    """List which reviews will be deleted, and when. Nothing is changed: it is the dry run."""
    with plainly():
        from bot.office import list_expiring

        for line in list_expiring():
            typer.echo(line)


@audit_app.command("verify")
def audit_verify() -> None:
    """Check whether the trail was tampered with, and where. Ends with 1 when it was."""
    with plainly():
        from bot.verifying import verify

        lines, well = verify()
        for line in lines:
            typer.echo(line)
        if not well:
            raise typer.Exit(1)


@clock_app.command("show")
def clock_show() -> None:
    """Say whether the computer's clock is doubted. Nothing is changed."""
    with plainly():
        from bot.clockword import show_clock

        typer.echo(show_clock())


@clock_app.command("right")
def clock_right() -> None:
    """Say that the computer's clock is right: the program goes by it, and jobs that wait go on."""
    with plainly():
        from bot.clockword import answer_clock

        typer.echo(answer_clock(is_right=True))


@clock_app.command("wrong")
def clock_wrong() -> None:
    """Say that the computer's clock is wrong: the program goes on by its own watch, and no deadline moves."""
    with plainly():
        from bot.clockword import answer_clock

        typer.echo(answer_clock(is_right=False))


@clock_app.command("undo")
def clock_undo() -> None:
    """Give back the deadlines that the last outage has moved, or a clock that was wrong: they stand as before."""
    with plainly():
        from bot.clockword import undo_clock

        typer.echo(undo_clock())


@invite_app.command("officer")
def invite_officer(
    name: Annotated[str, typer.Argument(help="Full name.")],
    unit: UnitName,
    birth_year: BirthYear = None,
    phone: Phone = None,
    username: Username = "",
) -> None:
    """Invite an officer of a committee, who creates what is below it."""
    _invite("officer", name, unit, birth_year, phone, username)


@invite_app.command("secretary")
def invite_secretary(
    name: Annotated[str, typer.Argument(help="Full name.")],
    unit: UnitName,
    birth_year: BirthYear = None,
    phone: Phone = None,
    username: Username = "",
) -> None:
    """Invite a cell's secretary, who imports the roster."""
    _invite("secretary", name, unit, birth_year, phone, username)


def _invite(
    role: str, name: str, unit: str, birth_year: int | None, phone: str | None, username: str
) -> None:
    with plainly():
        from bot.office import invite, show_invite

        show_invite(invite(role, name=name, unit=unit, birth_year=birth_year, phone=phone, username=username))


Id = Annotated[str, typer.Argument(help="The number in front of the line of `identity list`.")]


@identity_app.command("list")
def identity_list() -> None:
    """List who waits to be confirmed, whose office sleeps, what is held back; and who else could say that it is them."""
    with plainly():
        from bot.office import list_identities

        for line in list_identities():
            typer.echo(line)


@identity_app.command("confirm")
def identity_confirm(invite: Id) -> None:
    """Confirm who opened the invite: you have spoken with the person. The former chat still has its day."""
    with plainly():
        from bot.office import confirm_invited

        typer.echo(confirm_invited(invite))


@identity_app.command("reject")
def identity_reject(invite: Id) -> None:
    """Reject who opened the invite as somebody else: nothing is linked, the answers are erased."""
    with plainly():
        from bot.office import reject_invited

        typer.echo(reject_invited(invite))


@identity_app.command("wake")
def identity_wake(person: Id) -> None:
    """Confirm a person on their new chat: offices that sleep are in force again, what was held back is shown."""
    with plainly():
        from bot.office import wake_person

        typer.echo(wake_person(person))


@identity_app.command("join")
def identity_join(
    one: Annotated[str, typer.Argument(help="A person's number, as `identity list` shows it.")],
    other: Annotated[str, typer.Argument(help="The number of the same person's other row.")],
) -> None:
    """Make two rows of one person one: one account, every office. There is no way back."""
    with plainly():
        from bot.office import join_rows

        typer.echo(join_rows(one, other))


@identity_app.command("close")
def identity_close(person: Id) -> None:
    """Close the chat of somebody whose phone was taken. They come back by a new invite and a second person."""
    with plainly():
        from bot.office import close_person

        typer.echo(close_person(person))


Number = Annotated[str, typer.Argument(help="The number in front of the line of `messages list`, or: all.")]


@messages_app.command("list")
def messages_list() -> None:
    """List what was set aside because it does not open, what may not have arrived, which updates failed."""
    with plainly():
        from bot.messages import list_messages

        for line in list_messages():
            typer.echo(line)


@messages_app.command("again")
def messages_again(number: Number) -> None:
    """Send a message once more: its key is back, or you decide that a second copy does no harm."""
    with plainly():
        from bot.messages import send_again

        typer.echo(send_again(number))


@messages_app.command("drop")
def messages_drop(number: Number) -> None:
    """Give up a message that does not open. There is no way back."""
    with plainly():
        from bot.messages import drop

        typer.echo(drop(number))


if __name__ == "__main__":
    app(prog_name="python -m bot")
