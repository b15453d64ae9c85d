"""The year-end self-criticism (bản kiểm điểm) and the yearly commitment (bản cam kết): campaigns, texts, their ways.

    campaign 1──n review 1──n review_section    what stands under each heading now
        │               1──n review_version     what was handed in, as it was
        │               1──n review_comment     of one heading of one version
        │               1──n review_file        documents, photos, scans: Telegram keeps the bytes
        │               1──n review_move, review_look
        └─n campaign_move

    OUT <──> NOT_STARTED ──> DRAFTING ──> SUBMITTED ──> ACCEPTED ──> SIGNED ──> FILED
                                            │  ^  └──withdraw──> WITHDRAWN ──submit──┐
                                            v  └───────────submit──────────┬─────────┘
                                         RETURNED ─────────────────────────┘
    whatever is not accepted when the campaign is closed: UNFINISHED

The whole roster has a row in a campaign: who is not asked is OUT, with the ground. The acts (models/year/review/acts.py,
writing.py, campaign.py) check states and, for whoever is not the member, rights; they never commit.

    campaign.py   open_campaign(db, *, cell_id, kind, year, form, deadline, meeting_on, by_id, now, policy) -> Campaign
                  change_campaign(db, campaign, *, deadline, meeting_on, by_id, now)
                  close_campaign, reopen_campaign(db, campaign, *, by_id, now)
                  refresh_campaign(db, campaign, *, now, policy)            judge again whom nobody decided about
                  decide_eligibility(db, review, stand, *, reason, by_id, now)
    writing.py    start_review(db, review, *, by_id, now)
                  write_section(db, review, heading, text, *, by_id, now, message_id=0) -> Section     replaces
                  append_section(db, review, heading, text, *, by_id, now, message_id=0) -> Section
                  take_over_edit(db, review, *, message_id, text, by_id, now) -> str | None            the heading
                  give_scores(db, review, *, general, results, by_id, now)
                  propose_level(db, review, level, *, by_id, now)
                  attach_file(db, review, kind, sent, *, by_id, now) -> ReviewFile
    acts.py       submit(db, review, *, by_id, now) -> Version
                  withdraw(db, review, *, by_id, now, note="")
                  comment_on(db, review, heading, text, *, by_id, now) -> Comment
                  return_review(db, review, *, deadline, by_id, now, note="")
                  accept(db, review, *, by_id, now)
                  add_signed_page, send_signed(db, review, …)     the author's pages
                  receive_signed(db, review, *, on, by_id, now, scans=())
                  file_review(db, review, *, by_id, now)
                  open_version(db, review, number, *, reader_id, now) -> Version                       leaves a look
    questions.py  campaigns_of, open_campaigns(db, cell_id), lines_of(db, campaign_id, *states), body_of(db, review),
                  missing_of(db, review), reviews_of_member(db, member_id), commitment_beside(db, review), sections_of,
                  versions_of, comments_of(sent=True for the member), files_of, moves_of, looks_at
    forms.py      form(code) -> Form; forms(kind) -> [Form]; missing(form, body) -> [Heading]
    diff.py       differences(before: Body, after: Body) -> by heading, in words

`next_at` of a campaign and of a review is set to `now` when it is opened, returned, withdrawn, or its deadline moves
("look at me"), and to None when nothing is owed any more: jobs/year/review.py plans what is between.
"""

from models.year.review.acts import (
    accept,
    comment_on,
    drop_comment,
    file_review,
    open_version,
    raise_issue,
    receive_signed,
    return_review,
    submit,
    withdraw,
)
from models.year.review.bundle_rows import Bundle, BundlePart, BundlePolicy, Deletion, KeepingPolicy
from models.year.review.campaign import (
    change_campaign,
    close_campaign,
    decide_eligibility,
    open_campaign,
    refresh_campaign,
    reopen_campaign,
)
from models.year.review.diff import Did, Difference, Run, differences
from models.year.review.forms import (
    Form,
    Heading,
    HeadingType,
    RatingLevel,
    every_form,
    form,
    forms_of,
    missing,
    shown,
)
from models.year.review.policy import ReviewPolicy, source_of_ground
from models.year.review.questions import (
    Line,
    body_of,
    campaign_moves,
    campaign_of,
    campaigns_of,
    comments_of,
    commitment_beside,
    counts_of,
    files_of,
    lines_of,
    looks_at,
    missing_of,
    moves_of,
    open_campaigns,
    raised_on,
    review_of,
    reviews_of_member,
    section_of,
    sections_of,
    version_of,
    versions_of,
)
from models.year.review.rating_rows import Figures, Rating, RatingPolicy
from models.year.review.refusals import ReviewRefused
from models.year.review.rows import (
    Body,
    Campaign,
    CampaignMove,
    Comment,
    Review,
    ReviewFile,
    ReviewLook,
    ReviewMove,
    Section,
    Version,
    WrittenSection,
)
from models.year.review.states import (
    CAMPAIGN_MOVES,
    DONE,
    OWING,
    REVIEW_MOVES,
    WRITABLE,
    CampaignState,
    FileKind,
    Ground,
    Level,
    ReviewKind,
    ReviewState,
    Stand,
)
from models.year.review.writing import (
    append_section,
    attach_file,
    choose_form,
    clear_section,
    drop_file,
    give_scores,
    propose_level,
    start_review,
    take_over_edit,
    write_section,
)

__all__ = [
    "CAMPAIGN_MOVES",
    "DONE",
    "OWING",
    "REVIEW_MOVES",
    "WRITABLE",
    "Body",
    "Bundle",
    "BundlePart",
    "BundlePolicy",
    "Campaign",
    "CampaignMove",
    "CampaignState",
    "Comment",
    "Deletion",
    "Did",
    "Difference",
    "Figures",
    "FileKind",
    "Form",
    "Ground",
    "Heading",
    "HeadingType",
    "KeepingPolicy",
    "Level",
    "Line",
    "Rating",
    "RatingLevel",
    "RatingPolicy",
    "Review",
    "ReviewFile",
    "ReviewKind",
    "ReviewLook",
    "ReviewMove",
    "ReviewPolicy",
    "ReviewRefused",
    "ReviewState",
    "Run",
    "Section",
    "Stand",
    "Version",
    "WrittenSection",
    "accept",
    "append_section",
    "attach_file",
    "body_of",
    "campaign_moves",
    "campaign_of",
    "campaigns_of",
    "change_campaign",
    "choose_form",
    "clear_section",
    "close_campaign",
    "comment_on",
    "comments_of",
    "commitment_beside",
    "counts_of",
    "decide_eligibility",
    "differences",
    "drop_comment",
    "drop_file",
    "every_form",
    "file_review",
    "files_of",
    "form",
    "forms_of",
    "give_scores",
    "lines_of",
    "looks_at",
    "missing",
    "missing_of",
    "moves_of",
    "open_campaign",
    "open_campaigns",
    "open_version",
    "propose_level",
    "raise_issue",
    "raised_on",
    "receive_signed",
    "refresh_campaign",
    "reopen_campaign",
    "return_review",
    "review_of",
    "reviews_of_member",
    "section_of",
    "sections_of",
    "shown",
    "source_of_ground",
    "start_review",
    "submit",
    "take_over_edit",
    "version_of",
    "versions_of",
    "withdraw",
    "write_section",
]
