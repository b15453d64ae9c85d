"""The year-end self-criticism (bản kiểm điểm) and the yearly commitment (bản cam kết): campaigns, texts, their ways.

    campaign 1──n review 1──n review_section    what stands under each heading now
        │               1──n review_version     what was handed in, as it was
        │               1──n review_comment     of one heading of one version
        │               1──n review_file        documents, photos, scans (models/delivery/file.py)
        │               1──n review_move, review_look
        └─n campaign_move

    OUT <──> NOT_STARTED ──> DRAFTING ──> SUBMITTED ──> ACCEPTED ──> SIGNED ──> FILED
                                            │  ^  └──withdraw──> WITHDRAWN ──submit──┐
                                            v  └───────────submit──────────┬─────────┘
                                         RETURNED ─────────────────────────┘
    whatever is not accepted when the campaign is closed: UNFINISHED

The whole roster has a row in a campaign: who is not asked is OUT, with the ground. The acts (models/year/review/acts.py,
writing.py, campaign.py) check states and, for whoever is not the member, rights; they never commit.

    campaign.py   open_campaign(db, terms, *, cell_id, by_id, policy, now) -> Campaign
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
    accept as accept,
    comment_on as comment_on,
    drop_comment as drop_comment,
    file_review as file_review,
    open_version as open_version,
    raise_issue as raise_issue,
    receive_signed as receive_signed,
    return_review as return_review,
    submit as submit,
    withdraw as withdraw,
)
from models.year.review.campaign import (
    CampaignTerms as CampaignTerms,
    change_campaign as change_campaign,
    close_campaign as close_campaign,
    decide_eligibility as decide_eligibility,
    open_campaign as open_campaign,
    refresh_campaign as refresh_campaign,
    reopen_campaign as reopen_campaign,
)
from models.year.review.diff import Edit as Edit, differences as differences
from models.year.review.forms import (
    Heading as Heading,
    ReviewForm as ReviewForm,
    every_form as every_form,
    form as form,
    forms_of as forms_of,
    missing as missing,
    shown as shown,
)
from models.year.review.questions import (
    CampaignLine as CampaignLine,
    campaign_of as campaign_of,
    campaigns_of as campaigns_of,
    comments_of as comments_of,
    files_of as files_of,
    lines_of as lines_of,
    looks_at as looks_at,
    missing_of as missing_of,
    moves_of as moves_of,
    review_of as review_of,
    section_of as section_of,
    version_of as version_of,
    versions_of as versions_of,
)
from models.year.review.refusals import ReviewRefused as ReviewRefused
from models.year.review.rows import (
    Body as Body,
    Campaign as Campaign,
    Comment as Comment,
    Review as Review,
    ReviewFile as ReviewFile,
    Section as Section,
    Version as Version,
)
from models.year.review.states import (
    DONE as DONE,
    OWING as OWING,
    REVIEW_MOVES as REVIEW_MOVES,
    WRITABLE as WRITABLE,
    CampaignState as CampaignState,
    Level as Level,
    ReviewFileKind as ReviewFileKind,
    ReviewKind as ReviewKind,
    ReviewState as ReviewState,
)
from models.year.review.writing import (
    append_section as append_section,
    attach_file as attach_file,
    choose_form as choose_form,
    give_scores as give_scores,
    propose_level as propose_level,
    start_review as start_review,
    take_over_edit as take_over_edit,
    write_section as write_section,
)
