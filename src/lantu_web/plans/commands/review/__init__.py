"""Every decision of a review: on what was found, on sentences, on findings.

All are keyword-only and atomic, hold the plan's lock, work only while the plan is in review and only for those with the right to review,
refuse what was decided on an older view (Conflict, saying who decided what and when), and leave a Decision, an audit entry and the
standing of the touched sentences behind.
"""

from lantu_web.plans.commands.review.adding import add, add_from_paper
from lantu_web.plans.commands.review.bulk import accept_section
from lantu_web.plans.commands.review.candidates import accept, edit, reject, reopen
from lantu_web.plans.commands.review.findings import reopen_finding, settle
from lantu_web.plans.commands.review.reshaping import Part, merge, split
from lantu_web.plans.commands.review.sentences import mark_not_a_task, mark_section_not_a_task, reopen_sentence
from lantu_web.plans.commands.review.trail import Seen

__all__ = [
    "Part", "Seen", "accept", "accept_section", "add", "add_from_paper", "edit", "mark_not_a_task", "mark_section_not_a_task", "merge",
    "reject", "reopen", "reopen_finding", "reopen_sentence", "settle", "split",
]  # fmt: skip
