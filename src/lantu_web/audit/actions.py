"""What the audit calls what was done: one table of actions, one of things. A code that is not in it is shown as it is."""

from __future__ import annotations

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

ACTIONS = MappingProxyType({
    # organisation
    "unit.create": _("Unit entered"), "unit.edit": _("Unit changed"), "unit.move": _("Unit put under another superior"),
    "unit.shift": _("Unit put in another place of the order"), "unit.rename": _("Unit renamed"), "unit.merge": _("Unit merged"),
    "unit.split": _("Unit split"), "unit.succeed": _("Unit succeeds another"), "unit.dissolve": _("Unit dissolved"),
    "section.add": _("Section added"), "section.rename": _("Section renamed"), "section.retire": _("Section retired"),
    "section.revive": _("Section taken into use again"), "group.create": _("Assessment group entered"),
    "group.change": _("Assessment group changed"), "organisation.import": _("Units and people imported"),
    "zone.create": _("Zone opened"), "zone.open": _("Zone opened"), "zone.edit": _("Zone changed"),
    "installation.set_up": _("Installation set up"),
    # people
    "person.create": _("Person entered"), "person.make": _("Person entered"), "person.edit": _("Person changed"),
    "person.deactivate": _("Person may not log in any more"), "person.reactivate": _("Person may log in again"),
    "person.change_account": _("Own account changed"), "person.change_password": _("Own password changed"),
    "person.give_password": _("Temporary password given"), "person.end_sessions": _("Logged out everywhere"),
    "person.log_in": _("Logged in"), "person.log_out": _("Logged out"), "person.log_in_failed": _("Log-in failed"),
    "person.lock_out": _("Locked out after failed log-ins"), "person.lift_lock_out": _("Lock-out lifted"),
    "person.second_factor_on": _("Second factor switched on"),
    "person.second_factor_off": _("Second factor switched off"), "person.second_factor_reset": _("Second factor removed"),
    "person.second_factor_failed": _("Wrong code of the second factor"), "person.new_backup_codes": _("New backup codes made"),
    "person.link_identity": _("Single sign-on linked"), "person.unlink_identity": _("Single sign-on unlinked"),
    "post.give": _("Post given"), "post.make": _("Post given"), "post.change": _("Post changed"), "post.end": _("Post ended"),
    "post.move": _("Post moved to the successor"), "post.strike": _("Post struck out before it began"),
    "token.make": _("Token made"), "token.revoke": _("Token revoked"),
    # plans
    "plan.enter": _("Plan entered in the register"), "plan.edit": _("Entry of the plan changed"),
    "plan.file": _("Filing of the plan recorded"),
    "plan.take_offers": _("Facts taken over from the file"), "plan.lay_out": _("Text laid out for review"),
    "plan.take_back_text": _("Text taken back from review"),
    "plan.approve": _("Approval recorded"), "plan.adjust": _("Plan adjusted"), "plan.close": _("Plan closed"),
    "original.store": _("Original stored"), "original.remove_classified": _("Classified file removed"),
    "reading.start": _("Reading started"), "reading.cancel": _("Reading cancelled"), "reading.done": _("Reading finished"),
    "reading.failed": _("Reading failed"), "reading.cancelled": _("Reading stopped"),
    # review
    "candidate.accept": _("Candidate accepted"), "candidate.edit": _("Candidate edited"), "candidate.reject": _("Candidate rejected"),
    "candidate.reopen": _("Candidate reopened"), "candidate.add": _("Candidate added"), "candidate.split": _("Candidate split"),
    "candidate.merge": _("Candidates merged"), "candidate.reimport": _("Candidate changed with the amended text"),
    "candidate.accept_section": _("Candidates of a section accepted"), "sentence.not_a_task": _("Sentence marked as not a task"),
    "sentence.not_a_task_section": _("Sentences of a section marked as not a task"), "sentence.reopen": _("Sentence reopened"),
    "finding.settle": _("Finding settled"), "finding.reopen": _("Finding reopened"),
    "reimport.open": _("Amended text opened"), "reimport.compare_again": _("Amended text compared again"),
    "reimport.choose": _("Difference decided"), "reimport.choose_all": _("Differences decided"),
    "reimport.apply": _("Amended text taken over"), "reimport.give_up": _("Amended text given up"),
    # adjustments
    "adjustment.draft": _("Adjustment drafted"), "adjustment.change": _("Adjustment changed"),
    "adjustment.line.change": _("Line of the adjustment: change"), "adjustment.line.add": _("Line of the adjustment: addition"),
    "adjustment.line.remove": _("Line of the adjustment: removal"), "adjustment.line.rewrite": _("Line of the adjustment rewritten"),
    "adjustment.line.renew": _("Line of the adjustment renewed"), "adjustment.line.drop": _("Line of the adjustment dropped"),
    "adjustment.consult": _("Opinions asked for"), "adjustment.take_back": _("Adjustment taken back for work"),
    "adjustment.withdraw": _("Adjustment withdrawn"), "adjustment.approve": _("Approval of the adjustment recorded"),
    "opinion.give": _("Opinion given"),
    # division schemes
    "division.open": _("Division scheme opened"), "division.rename": _("Title or paper of the division scheme changed"),
    "division.add_tasks": _("Lines taken into the ledger"), "task.add": _("Taken into the ledger"),
    "task.remove": _("Draft taken out of the ledger"), "task.withdraw": _("Task withdrawn"), "task.change": _("Task changed"),
    "task.import": _("Task changed by a file that came back"), "exchange.ask": _("File asked for"),
    "exchange.match": _("Columns of a file matched"),
    "exchange.take_over": _("Changes of a file taken over"), "exchange.give_up": _("File given up"),
    "task.part": _("Year's target changed"), "task.years": _("Annual targets changed"), "task.take_path": _("Proposed path taken over"),
    "task.node": _("Node changed"), "task.nodes": _("Nodes changed"), "task.take_nodes": _("Proposed nodes taken over"),
    "task.take_words": _("Words of the adjusted plan taken over"),
    "task.keep_words": _("Task kept though the plan was adjusted"),
    "line.add": _("Work line added"), "line.change": _("Work line changed"), "line.shift": _("Work line moved"),
    "line.remove": _("Work line removed"),
    # signing for tasks and working in them
    "task.send": _("Task sent out"), "signature.sign": _("Task signed for"), "signature.object": _("Task objected to"),
    "signature.settle": _("Objection settled"), "part.claim": _("Year's part claimed finished"),
    "part.verify": _("Year's part verified as finished"), "part.send_back": _("Year's part sent back to work on"),
    "part.carry": _("Year's part carried over"), "node.done": _("Node reached"), "node.reopen": _("Node open again"),
    "extension.ask": _("Later due date asked for"), "extension.decide": _("Later due date decided"),
    "comment.write": _("Comment written"), "file.add": _("File added"), "file.remove": _("File taken away"),
    "task.undo": _("Change of the task taken back"), "view.keep": _("View of the ledger kept"),
    "view.share": _("View of the ledger shared or no longer shared"), "view.drop": _("View of the ledger dropped"),
    # doors to other programs
    "webhook.make": _("Webhook made"), "webhook.change": _("Webhook changed"), "webhook.retire": _("Webhook taken out of use"),
    "webhook.revive": _("Webhook taken into use again"), "webhook.renew_secret": _("Secret of the webhook renewed"),
    "calendar.open": _("Calendar address made"), "calendar.close": _("Calendar address revoked"),
})  # fmt: skip
# Acts after which the thing they are told of is another than somebody else may have on the screen: each leaves one revision more.
CHANGES = frozenset({
    "unit.edit", "unit.move", "unit.rename", "unit.merge", "unit.split", "unit.succeed", "unit.dissolve", "group.change", "zone.edit",
    "person.edit", "person.deactivate", "person.reactivate", "person.change_account",
    "plan.edit", "plan.file", "plan.take_offers", "plan.lay_out", "plan.take_back_text", "plan.approve", "plan.close",
    "reimport.compare_again", "reimport.choose_all", "reimport.apply", "reimport.give_up",
    "adjustment.change", "adjustment.line.change", "adjustment.line.add", "adjustment.line.remove", "adjustment.line.rewrite",
    "adjustment.line.renew", "adjustment.line.drop", "adjustment.consult", "adjustment.take_back", "adjustment.withdraw",
    "adjustment.approve",
    "division.rename", "division.add_tasks", "line.change", "line.shift", "webhook.change", "webhook.retire",
    "webhook.revive", "webhook.renew_secret",
})  # fmt: skip
OBJECTS = MappingProxyType({
    "accounts.unit": _("Unit"), "accounts.user": _("Person (account)"), "accounts.zone": _("Zone"),
    "accounts.unitgroup": _("Assessment group"),
    "accounts.apitoken": _("Token"), "documents.original": _("Original file"), "documents.reading": _("Reading"), "plans.plan": _("Plan"),
    "plans.candidate": _("Candidate"), "plans.sentence": _("Sentence"), "plans.finding": _("Finding"),
    "plans.heading": _("Section of the text"),
    "plans.adjustment": _("Adjustment"), "plans.reimport": _("Amended text"), "tasks.task": _("Task"),
    "tasks.savedview": _("View of the ledger"),
    "tasks.webhook": _("Webhook"), "tasks.exchange": _("File of the ledger"), "tasks.calendarfeed": _("Calendar address"),
})  # fmt: skip
FIELDS = MappingProxyType({
    "claimed_on": _("Claimed finished on"), "counter": _("Counter-proposal"), "done_on": _("Done on"), "due_on": _("Due"),
    "document_number": _("Document number"), "holds_again": _("Signatures that hold again"),
    "goal": _("Annual target"), "latest_on": _("Latest day"), "lead_reason": _("Why this lead unit"),
    "mentioned": _("Spoken to"), "node": _("Node"), "outcome": _("Outcome"),
    "outcome_note": _("Answer of the planning office"), "round": _("Round"), "sign_by": _("Sign by"), "state": _("State"),
    "tasks": _("Tasks"), "unit": _("Unit"), "year": _("Year"),
    "after": _("After"), "before": _("Before"), "body": _("Who says so"), "candidate": _("Candidate"), "candidates": _("Candidates"),
    "change": _("Act"), "code": _("Code"), "content": _("Content"), "end": _("End of the words"), "file_name": _("File"),
    "findings": _("Findings"), "given_on": _("Given on"), "headings": _("Headings"), "item": _("Item"), "items": _("Items"),
    "kind": _("Kind"), "note": _("Note"), "number": _("Number"), "origin": _("Origin"), "original": _("Original file"), "plan": _("Plan"),
    "position": _("Position"), "problem": _("Problem"), "purpose": _("Purpose"), "purpose_id": _("Number of the plan"),
    "quote": _("Words of the text"), "reading": _("Reading"), "reason": _("Reason"), "reject_reason": _("Why rejected"),
    "sentences": _("Sentences"), "settlement": _("Settled how"), "sha256": "SHA-256", "size": _("Size"), "slug": _("Address"),
    "standing": _("Standing"), "start": _("Beginning of the words"), "text": _("Text"), "trigger": _("Trigger"),
    "unit_id": _("Unit"), "upper_body": _("Upper party committee"), "version": _("Version"), "way": _("Way of logging in"),
    "why": _("Explanation"), "with_doubt": _("With those in doubt"),
})  # fmt: skip
SURFACES = MappingProxyType({"api": _("API"), "job": _("Background job"), "console": _("Console")})
BREAKS = MappingProxyType({
    "missing": _("The entry is missing."), "does not follow the entry before it": _("The entry does not follow the one before it."),
    "its content was changed": _("The content of the entry was changed."),
    "the end of the chain was cut off or added to": _("The end of the chain was cut off or added to."),
})  # fmt: skip


def label_of_action(code: str) -> str:
    return str(ACTIONS.get(code, code))


def label_of_object(kind: str) -> str:
    return str(OBJECTS.get(kind, kind))


def label_of_field(name: str) -> str:
    """Of a value that is told with an act and is no field of the thing itself; the name in the program where it has no other."""
    return str(FIELDS.get(name, name))


def label_of_surface(surface: str) -> str:
    """The door that was used; empty for the office itself."""
    return str(SURFACES.get(surface, ""))
