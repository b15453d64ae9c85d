"""One review as the desk sees it: its text, where it stands, what changed, what happened.

    the list “to be read” ──> the whole text ──accept──> the next that waits, until none is left
                                   ├─ return, comment (desk_form.py), section by section
                                   └─ all about it: where it stands, why, what else can be done

Opening a text, or its files, leaves a row that its author sees. Accepting what one has not opened is asked once more.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import fitting
from handlers.ground.scans import send_scan
from handlers.year.review.desk_door import (
    RUN,
    Row,
    is_late,
    name_of,
    readable_review,
    review_for,
    to_campaign,
    to_review,
)
from models.delivery.message import Button, Writer
from models.ground.errors import Refused
from models.people.member import Member, record_look
from models.people.rights import may
from models.phrases import common
from models.phrases.text import Text, join
from models.phrases.year import review as review_words, review_desk as phrases
from models.year.policy import Ground, source_of_ground
from models.year.review import (
    WRITABLE,
    Body,
    Campaign,
    CampaignState,
    Comment,
    Edit,
    Heading,
    Review,
    ReviewFileKind,
    ReviewForm,
    ReviewKind,
    ReviewState,
    Version,
    accept,
    choose_form,
    comments_of,
    differences,
    drop_comment,
    file_review,
    form,
    forms_of,
    looks_at,
    moves_of,
    open_version,
    version_of,
)
from models.year.review.consenting import is_on_paper, may_note_paper_consent
from models.year.review.questions import files_given, has_opened, next_after, to_be_read
from models.year.review.telling import reach_of

S = ReviewState


def see(ctx: Context, arguments: list[str]) -> None:
    show_review(ctx, review_for(ctx, number(arguments)))


def show_review(ctx: Context, review: Review, note: Text | None = None) -> None:
    campaign = ctx.db.get_one(Campaign, review.campaign_id)
    if is_on_paper(ctx.db, review):
        text = phrases.on_paper(
            name=name_of(ctx, review.member_id),
            kind=review.kind,
            year=campaign.year,
            deadline=review.deadline,
        )
        rows = [*_decisions(ctx, review, campaign), to_campaign(campaign.id)]
        ctx.show(common.paragraph(note, text) if note else text, rows)
        return
    files = files_given(ctx.db, review)
    text = phrases.review(
        name=name_of(ctx, review.member_id),
        kind=review.kind,
        year=campaign.year,
        form=form(review.form).name,
        state=review.state,
        stand=review.stand,
        ground=review.ground,
        source=_source(ctx, Ground(review.ground)) if review.kind == ReviewKind.REVIEW else None,
        reason=review.reason,
        deadline=review.deadline,
        late=is_late(ctx, review),
        version=review.version,
        files=len(files),
        comments=len(comments_of(ctx.db, review.id)),
        comment_needed=review.ground == Ground.TEMPORARY
        and not any(one.kind == ReviewFileKind.COMMENT for one in files),
        signed_on=review.signed_on,
    )
    rows = _ways_on(ctx, review, campaign)
    back = to_campaign(campaign.id)
    kept = fitting([back], rows)
    more = [[Button(phrases.MORE, f"campaign:also:{review.id}:{kept}")]] if kept < len(rows) else []
    ctx.show(common.paragraph(note, text) if note else text, [*rows[:kept], *more, back])


def _ways_on(ctx: Context, review: Review, campaign: Campaign) -> list[Row]:
    """Return the rows of buttons, the most used first: the last may stand behind “more”."""
    rows = [
        *_to_read(review, bool(files_given(ctx.db, review))),
        *_deeds(ctx, review, campaign),
        *_decisions(ctx, review, campaign),
        [Button(phrases.HISTORY, f"campaign:history:{review.id}")],
    ]
    return [row for row in rows if row]


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what does not stand on the review's own screen: `<review>:<from>`."""
    review = readable_review(ctx, number(arguments))
    campaign = ctx.db.get_one(Campaign, review.campaign_id)
    rows = _ways_on(ctx, review, campaign)[number_or_0(arguments, 1) :]
    words = phrases.more(kind=review.kind, year=campaign.year)
    ctx.show(words, [*rows, to_review(review)])


def _source(ctx: Context, ground: Ground) -> Text | None:
    source = source_of_ground(ground, ctx.policies.review)
    if source is None:
        return None
    return review_words.source_line(
        document=source.document,
        article=source.article,
        effective=source.effective,
        verified=source.verified,
        sure=source.sure,
    )


def _to_read(review: Review, files: bool) -> list[Row]:
    rows: list[Row] = []
    if review.version:
        at = f"{review.id}:{review.version}"
        rows.append(
            [
                Button(phrases.READ, f"campaign:part:{at}:0"),
                Button(phrases.READ_WHOLE, f"campaign:whole:{at}"),
            ]
        )
    if review.version > 1:
        rows.append([Button(phrases.COMPARE, f"campaign:diff:{review.id}:{review.version}")])
    if files:
        rows.append([Button(phrases.FILES, f"campaign:files:{review.id}")])
    return rows


def _deeds(ctx: Context, review: Review, campaign: Campaign) -> list[Row]:
    """What the desk may do with it as it stands."""
    # texts move only while the campaign is open; signed papers arrive in January, after it was closed (decisions/0018)
    is_open = campaign.state == CampaignState.OPEN
    match S(review.state):
        case S.SUBMITTED:
            rows = [[Button(phrases.ACCEPT, f"campaign:accept:{review.id}:{review.version}")]]
            rows[0] += [_do(phrases.RETURN, "return", review)] if is_open else []
            return [*rows, [_do(phrases.COMMENT_WHOLE, "comment", review)]]
        case S.ACCEPTED:
            back = [_do(phrases.RETURN, "return", review)] if is_open else []
            return [[_do(phrases.SIGNED, "signed", review), *back]]
        case S.SIGNED:
            more = _do(phrases.MORE_PAGES, "pages", review)
            return [[Button(phrases.FILE, f"campaign:file:{review.id}")], [more]]
        case state if state in WRITABLE and is_open:
            other = Button(phrases.OTHER_FORM, f"campaign:form:{review.id}")
            return [_typing(ctx, review), [*_issue(review), other]]
        case _:
            return []


def _typing(ctx: Context, review: Review) -> Row:
    """Offer to type a paper for a member who agrees; for one not registered, first note the paper on which they agreed."""
    if may_note_paper_consent(ctx.db, review):
        return [_do(phrases.AGREED_ON_PAPER, "agreed", review)]
    return [Button(phrases.BEHALF, f"review:mine:{review.id}")]


def _do(label: Text, act: str, review: Review) -> Button:
    return Button(label, f"campaign:do:{act}:{review.id}")


def _issue(review: Review) -> Row:
    asks = any(one.show_if for one in form(review.form).headings)
    return [_do(phrases.RAISE, "issue", review)] if asks else []


def _decisions(ctx: Context, review: Review, campaign: Campaign) -> list[Row]:
    """Whether it is asked for at all; the comment of the cell where the member is for the time being."""
    rows: list[Row] = []
    if review.ground == Ground.TEMPORARY:
        rows.append([_do(phrases.COMMENT_CAME, "comment-came", review)])
    if campaign.state == CampaignState.OPEN and may(ctx.db, ctx.me.id, RUN, review.cell_id, now=ctx.now):
        if review.state == S.OUT:
            rows.append([_do(phrases.ASK_FOR, "ask", review), _do(phrases.INVITE_FREELY, "invite", review)])
        elif review.state in WRITABLE:
            rows.append(
                [_do(phrases.LEAVE_OUT, "leave-out", review), _do(phrases.SUSPENDED, "suspended", review)]
            )
    return rows


# --- the text -------------------------------------------------------------------------------------------------------


def see_part(ctx: Context, arguments: list[str]) -> None:
    review, version = _version(ctx, arguments)
    show_part(ctx, review, version, number_or_0(arguments, 2))


def _version(ctx: Context, arguments: list[str]) -> tuple[Review, Version]:
    review = review_for(ctx, number(arguments))
    version = open_version(ctx.db, review, number(arguments, 1), reader_id=ctx.me.id, now=ctx.now)
    return review, version


def show_part(ctx: Context, review: Review, version: Version, index: int, note: Text | None = None) -> None:
    """Show one heading, what stands there, and what was said of it. The points and the level come last."""
    body, used = version.body, form(version.body.form)
    parts = parts_of(used, body)
    if not parts:
        show_whole(ctx, review, version)
        return
    index = min(index, len(parts) - 1)
    heading = parts[index]
    said = [
        one for one in comments_of(ctx.db, review.id, version=version.number) if one.heading == heading.id
    ]
    text = phrases.section(
        name=name_of(ctx, review.member_id),
        version=version.number,
        number=index + 1,
        of=len(parts),
        chapter=[one.title for one in used.chapters(heading)],
        label=used.label(heading),
        title=heading.title,
        text=body.text_of(heading.id) if heading.is_written else "",
        comments=[_comment(ctx, one) for one in said],
    )
    if not heading.is_written:
        text = join(
            [phrases.scores_title(), _scores(used, body), *(_comment(ctx, one) for one in said)], "\n\n"
        )
    rows = [_turn(review, version, index, len(parts)), *_commenting(review, version, index, said)]
    if index + 1 == len(parts):
        rows += _judging(ctx, review, version)
    ctx.show(
        common.paragraph(note, text) if note else text, [*(row for row in rows if row), to_review(review)]
    )


def parts_of(used: ReviewForm, body: Body) -> list[Heading]:
    """Return what one reads one by one: the written headings that have a text or need one, then the points."""
    if not body.sections and body.score_general is None and body.proposed_level is None:
        return []
    # a required heading shows its gap; one with `show_if` is asked only of those to whom something was raised
    written = [one for one in used.written if body.text_of(one.id) or (one.required and not one.show_if)]
    last = used.choice or next(iter(used.scores), None)
    return [*written, *([last] if last else [])]


def _turn(review: Review, version: Version, index: int, count: int) -> Row:
    at, row = f"campaign:part:{review.id}:{version.number}", []
    if index:
        row.append(Button(phrases.PREVIOUS_SECTION, f"{at}:{index - 1}"))
    if index + 1 < count:
        row.append(Button(phrases.NEXT_SECTION, f"{at}:{index + 1}"))
    return row


def _commenting(review: Review, version: Version, index: int, said: Iterable[Comment]) -> list[Row]:
    """Only while it is our turn, and only on the newest version."""
    if review.state != S.SUBMITTED or version.number != review.version:
        return []
    rows = [[Button(phrases.COMMENT, f"campaign:do:comment:{review.id}:{index}")]]
    if any(one.sent_at is None for one in said):
        rows.append([Button(phrases.DROP_COMMENT, f"campaign:uncomment:{review.id}:{index}")])
    return rows


def _comment(ctx: Context, one: Comment) -> Text:
    by, sent = name_of(ctx, one.by_id), one.sent_at is not None
    return phrases.comment_line(by=by, at=one.at, zone=ctx.zone, text=one.text or "", sent=sent)


def _scores(used: ReviewForm, body: Body) -> Text:
    level = next((one.name for one in used.rating_levels if one.id == body.proposed_level), None)
    return phrases.scores(general=body.score_general, results=body.score_results, level=level)


def see_whole(ctx: Context, arguments: list[str]) -> None:
    review, version = _version(ctx, arguments)
    show_whole(ctx, review, version)


def show_whole(ctx: Context, review: Review, version: Version, note: Text | None = None) -> None:
    """Show all of a version, with what there is to do about it: the page on which one reads and accepts."""
    body, used = version.body, form(version.body.form)
    parts = [
        (used.label(one), one.title, body.text_of(one.id)) for one in parts_of(used, body) if one.is_written
    ]
    name = name_of(ctx, review.member_id)
    files = [one for one in files_given(ctx.db, review) if one.version <= version.number]
    text = phrases.whole(
        name=name,
        version=version.number,
        parts=parts,
        scores=_scores(used, body) if used.scores or used.choice else None,
        files=len(files),
    )
    rows = [*_judging(ctx, review, version), *_to_files(review, bool(files))]
    if parts:
        rows.append([Button(phrases.READ, f"campaign:part:{review.id}:{version.number}:0")])
    if version.number > 1:
        rows.append([Button(phrases.COMPARE, f"campaign:diff:{review.id}:{version.number}")])
    ctx.show(
        common.paragraph(note, text) if note else text,
        [*rows, to_review(review)],
        beside=comments_beside(ctx, review, version) if ctx.shows_tables else None,
    )


def comments_beside(ctx: Context, review: Review, version: Version) -> Text | None:
    """Return what was said of a version, by the part that it was said of; None: nothing was."""
    used, said = form(version.body.form), comments_of(ctx.db, review.id, version=version.number)
    headings = {one.id: phrases.heading_line(label=used.label(one), title=one.title) for one in used.headings}
    order = [*headings, ""]
    groups = [
        (headings.get(about), [_comment(ctx, one) for one in said if one.heading == about])
        for about in sorted({one.heading for one in said}, key=order.index)
    ]
    return phrases.comments_beside(groups) if groups else None


def _to_files(review: Review, files: bool) -> list[Row]:
    return [[Button(phrases.FILES, f"campaign:files:{review.id}")]] if files else []


def _judging(ctx: Context, review: Review, version: Version) -> list[Row]:
    """Accept or return what one is reading, and go on to the next; only while it is our turn."""
    rows: list[Row] = []
    campaign = ctx.db.get_one(Campaign, review.campaign_id)
    if review.state == S.SUBMITTED and version.number == review.version:
        rows.append([Button(phrases.ACCEPT, f"campaign:accept:{review.id}:{version.number}")])
        if campaign.state == CampaignState.OPEN:
            rows.append([_do(phrases.RETURN, "return", review)])
    others = [one for one in to_be_read(ctx.db, campaign.id) if one.id != review.id]
    if others:
        after = next_after(others, review)
        label = phrases.next_review(count_of=len(others))
        rows.append([Button(label, f"campaign:whole:{after.id}:{after.version}")])
    return rows


def see_differences(ctx: Context, arguments: list[str]) -> None:
    review, after = _version(ctx, arguments)
    before = version_of(ctx.db, review.id, after.number - 1)
    if before is None:
        raise Refused(common.gone_button())
    used = form(after.body.form)
    parts = [
        phrases.difference(
            label=_label(used, one.heading),
            removed=one.words(Edit.REMOVED),
            added=one.words(Edit.ADDED),
            text=join([phrases.run(did=run.did, text=run.text) for run in one.runs], ""),
        )
        for one in differences(before.body, after.body)
    ]
    text = phrases.differences(
        name=name_of(ctx, review.member_id), before=before.number, after=after.number, parts=parts
    )
    ctx.show(text, [to_review(review)])


def _label(used: ReviewForm, heading_id: str) -> Text:
    heading = used.heading(heading_id)
    return used.label(heading) if heading else phrases.scores_title()


# --- what happened, what came ---------------------------------------------------------------------------------------


def see_history(ctx: Context, arguments: list[str]) -> None:
    review = readable_review(ctx, number(arguments))
    lines = [
        phrases.move_line(
            at=one.at,
            zone=ctx.zone,
            state=one.after,
            by=name_of(ctx, one.by_id),
            version=one.version,
            deadline=one.deadline,
            note=one.note,
        )
        for one in moves_of(ctx.db, review.id)
    ]
    looks = [
        phrases.look_line(by=by, version=look.version, at=look.at, zone=ctx.zone)
        for look, by in looks_at(ctx.db, review.id)
    ]
    ctx.show(
        phrases.history(name=name_of(ctx, review.member_id), lines=lines, looks=looks), [to_review(review)]
    )


def send_files(ctx: Context, arguments: list[str]) -> None:
    review = readable_review(ctx, number(arguments))
    found = files_given(ctx.db, review)
    if not found:
        raise Refused(phrases.no_files())
    record_look(ctx.db, reader_id=ctx.me.id, member_id=review.member_id, what="review.files", now=ctx.now)
    version = version_of(ctx.db, review.id, review.version) if review.version else None
    # who has its files has opened it: accepting does not ask about it once more
    if version is not None:
        open_version(ctx.db, review, version.number, reader_id=ctx.me.id, now=ctx.now)
    name, writer = name_of(ctx, review.member_id), Writer(review.member_id, f"review:mine:{review.id}")
    for one in found:
        about = phrases.file_of(name=name, what=one.kind, at=one.at, zone=ctx.zone)
        send_scan(ctx, one.file_id, None if one.media == "photo" else one.name or "tep", about, writer=writer)
    if version is not None and review.state == S.SUBMITTED:
        show_whole(ctx, review, version)
    else:
        show_review(ctx, review)


# --- acts without a question ----------------------------------------------------------------------------------------


def accept_it(ctx: Context, arguments: list[str]) -> None:
    """Accept what was read, `<review>:<version>`, and show the next; `…:unread` although nobody here opened it."""
    review = readable_review(ctx, number(arguments))
    seen = number_or_0(arguments, 1)
    version = version_of(ctx.db, review.id, review.version) if review.version else None
    if review.state == S.SUBMITTED and version is not None:
        # its author handed in anew meanwhile: nobody accepts words that they have not seen
        if seen and seen != version.number:
            show_whole(ctx, review, _opened(ctx, review), phrases.newer_came(version=version.number))
            return
        if arguments[2:3] != ["unread"] and not has_opened(ctx.db, version, ctx.me.id):
            at = f"{review.id}:{version.number}"
            rows = [
                [Button(phrases.READ_WHOLE, f"campaign:whole:{at}")],
                [Button(phrases.ACCEPT_UNREAD, f"campaign:accept:{at}:unread")],
                to_review(review),
            ]
            ctx.show(phrases.not_opened(name=name_of(ctx, review.member_id)), rows)
            return
    accept(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
    _go_on(ctx, review)


def _opened(ctx: Context, review: Review) -> Version:
    return open_version(ctx.db, review, review.version, reader_id=ctx.me.id, now=ctx.now)


def _go_on(ctx: Context, review: Review) -> None:
    """Say what was accepted, and show the next text that waits; after the last, the review itself."""
    reach = reach_of(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
    name = name_of(ctx, review.member_id)
    waiting = to_be_read(ctx.db, review.campaign_id)
    note = phrases.accepted_now(
        name=name, left=len(waiting), reach=review_words.reached_one(reach=reach, name=name)
    )
    if not waiting:
        show_review(ctx, review, note)
        return
    after = next_after(waiting, review)
    show_whole(ctx, after, _opened(ctx, after), note)


def told_note(ctx: Context, review: Review, what: str) -> Text:
    """Say what was done, and what becomes of the message to its author."""
    reach = reach_of(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
    words = review_words.reached_one(reach=reach, name=name_of(ctx, review.member_id))
    return join([phrases.done(what=what), words], " ") if words.vi else phrases.done(what=what)


def file_it(ctx: Context, arguments: list[str]) -> None:
    review = review_for(ctx, number(arguments))
    if arguments[1:2] != ["yes"]:
        name = ctx.db.get_one(Member, review.member_id).full_name
        rows = [[Button(phrases.FILE_YES, f"campaign:file:{review.id}:yes")], to_review(review)]
        ctx.show(phrases.sure_to_file(name=name), rows)
        return
    file_review(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
    show_review(ctx, review, phrases.done(what="file"))


def change_form(ctx: Context, arguments: list[str]) -> None:
    """Change the form for somebody who writes by another than the cell: `<review>`, then `<review>:<code>`."""
    review = review_for(ctx, number(arguments))
    offered = [one for one in forms_of(ReviewKind(review.kind)) if one.code != review.form]
    chosen = next((one for one in offered if arguments[1:] == [one.code]), None)
    if chosen is None:
        rows = [[Button(one.name, f"campaign:form:{review.id}:{one.code}")] for one in offered]
        ctx.show(form_words(offered), [*rows, to_review(review)])
        return
    choose_form(ctx.db, review, chosen.code, by_id=ctx.me.id, now=ctx.now)
    show_review(ctx, review, phrases.done(what="form"))


def form_words(offered: Iterable[ReviewForm]) -> Text:
    """Say which forms there are, for whom, and how far their wording may be relied on."""
    lines = [phrases.form_line(name=one.name, audience=one.audience, note=one.note) for one in offered]
    return join([phrases.which_form(), *lines], "\n\n")


def drop_last_comment(ctx: Context, arguments: list[str]) -> None:
    """Drop the newest comment under this heading that its author has not been given."""
    review, index = review_for(ctx, number(arguments)), number(arguments, 1)
    version = version_of(ctx.db, review.id, review.version)
    if version is None:
        raise Refused(common.gone_button())
    heading = heading_at(version, index)
    said = comments_of(ctx.db, review.id, version=version.number)
    unsent = [one for one in said if one.heading == heading and one.sent_at is None]
    if not unsent:
        raise Refused(common.gone_button())
    drop_comment(ctx.db, review, unsent[-1], by_id=ctx.me.id, now=ctx.now)
    show_part(ctx, review, version, index, phrases.done(what="drop"))


def heading_at(version: Version, index: int) -> str:
    parts = parts_of(form(version.body.form), version.body)
    return parts[min(index, len(parts) - 1)].id if parts else ""
