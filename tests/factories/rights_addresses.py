"""Every address of the office and every operation of the API: the right that it asks for, and what kind of object it names.

Written by hand from the requirement, not from the views: the matrix fails for an address that is not here, and for a view whose right is
another. Kinds are those of ``rights_world``; besides: ``public`` (anybody), ``own`` (whoever came in), ``installation`` (posts above all
zones), ``own token``, ``own import``, ``own exchange`` (a file that came in) and its ``own exchange row``, ``own export`` (only one's own).
"""

from __future__ import annotations

from lantu_web.accounts.rights import Right

Row = tuple[Right | None, str]

PUBLIC: Row = (None, "public")
OWN: Row = (None, "own")

OFFICE: dict[str, Row] = {
    "login": PUBLIC, "sso-start": PUBLIC, "sso-return": PUBLIC, "first-run": PUBLIC, "language": PUBLIC,
    "home": OWN, "second-factor": OWN, "logout": OWN, "appearance": OWN, "account": OWN, "password": OWN, "sessions-end": OWN,
    "two-factor": OWN, "two-factor-codes": OWN, "two-factor-off": OWN, "tokens": OWN, "gallery": OWN,
    "token-revoke": (None, "own token"),
    "zone-home": (Right.ORGANISATION_READ, "zone"), "units": (Right.ORGANISATION_READ, "zone"), "unit": (Right.ORGANISATION_READ, "unit"),
    "groups": (Right.ORGANISATION_READ, "zone"), "rights": (Right.RIGHTS_READ, "zone"),
    **dict.fromkeys(("unit-new", "unit-merge", "group-new"), (Right.ORGANISATION_WRITE, "zone")),
    **dict.fromkeys(("organisation-import", "import-template", "import-today"), (Right.ORGANISATION_WRITE, "zone")),
    **dict.fromkeys(
        ("unit-edit", "unit-shift", "unit-rename", "unit-split", "unit-dissolve", "section-new"), (Right.ORGANISATION_WRITE, "unit")
    ),
    **dict.fromkeys(("section-edit", "section-retire"), (Right.ORGANISATION_WRITE, "section")),
    "group-edit": (Right.ORGANISATION_WRITE, "group"),
    **dict.fromkeys(("import-draft", "import-confirm", "import-drop"), (Right.ORGANISATION_WRITE, "own import")),
    "people": (Right.PEOPLE_READ, "zone"), "person": (Right.PEOPLE_READ, "person"),
    **dict.fromkeys(("person-new", "person-join"), (Right.PEOPLE_WRITE, "zone")),
    **dict.fromkeys(
        ("person-edit", "person-active", "person-password", "person-second-factor", "post-new", "identity-new"),
        (Right.PEOPLE_WRITE, "person"),
    ),
    "post-end": (Right.PEOPLE_WRITE, "post"), "identity-drop": (Right.PEOPLE_WRITE, "identity"),
    **dict.fromkeys(("zones", "zone-new"), (Right.ZONE_WRITE, "installation")), "zone-edit": (Right.ZONE_WRITE, "zone object"),
    **dict.fromkeys(("administrators", "administrator-appoint"), (Right.PEOPLE_WRITE, "installation")),
    "administrator-end": (Right.PEOPLE_WRITE, "administrator"),
    **dict.fromkeys(("installation-audit", "installation-audit-verify"), (Right.AUDIT_READ, "installation")),
    "register": (Right.REGISTER_READ, "zone"), "register-export": (Right.REGISTER_READ, "zone"),
    **dict.fromkeys(("plan", "originals", "opinions"), (Right.REGISTER_READ, "plan")),
    "plan-new": (Right.PLAN_WRITE, "zone"), "plan-edit": (Right.PLAN_WRITE, "plan"), "plan-offers": (Right.PLAN_WRITE, "plan"),
    "plan-take-back": (Right.PLAN_WRITE, "plan"),
    "upload": (Right.ORIGINAL_UPLOAD, "plan"),
    **dict.fromkeys(("reading", "reading-state"), (Right.PLAN_DRAFT_READ, "reading")),
    "reading-cancel": (Right.ORIGINAL_UPLOAD, "reading"), "original": (Right.ORIGINAL_DOWNLOAD, "original"),
    "review": (Right.PLAN_DRAFT_READ, "review"), "review-sheet": (Right.PLAN_DRAFT_READ, "part"),
    **dict.fromkeys(("candidate-add", "candidate-merge"), (Right.CANDIDATE_REVIEW, "review")),
    **dict.fromkeys(("candidate", "candidate-history"), (Right.PLAN_DRAFT_READ, "candidate")),
    **dict.fromkeys(
        ("candidate-accept", "candidate-edit", "candidate-reject", "candidate-reopen", "candidate-split"),
        (Right.CANDIDATE_REVIEW, "candidate"),
    ),
    **dict.fromkeys(("section-accept", "section-not-a-task"), (Right.CANDIDATE_REVIEW, "part")),
    **dict.fromkeys(("sentence-not-a-task", "sentence-reopen"), (Right.CANDIDATE_REVIEW, "sentence")),
    **dict.fromkeys(("finding-settle", "finding-reopen", "finding-paper"), (Right.CANDIDATE_REVIEW, "finding")),
    "plan-approve": (Right.PLAN_APPROVE, "plan"), "plan-close": (Right.PLAN_APPROVE, "force"),
    **dict.fromkeys(("items", "versions", "compare", "adjustments"), (Right.PLAN_READ, "force")),
    "adjustment-new": (Right.ADJUSTMENT_WRITE, "force"), "adjustment": (Right.PLAN_READ, "adjustment"),
    **dict.fromkeys(
        ("adjustment-edit", "adjustment-consult", "adjustment-take-back", "adjustment-withdraw", "adjustment-items", "adjustment-add"),
        (Right.ADJUSTMENT_WRITE, "adjustment"),
    ),
    **dict.fromkeys(("adjustment-change", "adjustment-remove"), (Right.ADJUSTMENT_WRITE, "adjustment item")),
    **dict.fromkeys(("adjustment-line", "adjustment-line-drop", "adjustment-line-renew"), (Right.ADJUSTMENT_WRITE, "adjustment line")),
    "adjustment-approve": (Right.ADJUSTMENT_APPROVE, "adjustment"), "adjustment-opinion": (Right.OPINION_GIVE, "adjustment"),
    "reimport": (Right.PLAN_DRAFT_READ, "reimport"), "reimport-choose": (Right.CANDIDATE_REVIEW, "reimport line"),
    **dict.fromkeys(("reimport-choose-all", "reimport-apply", "reimport-again", "reimport-give-up"), (Right.CANDIDATE_REVIEW, "reimport")),
    **dict.fromkeys(("audit", "audit-verify"), (Right.AUDIT_READ, "zone")),
    **dict.fromkeys(("ledger", "cards", "wall-chart", "matrix", "ledger-views"), (Right.TASK_READ, "zone")),
    **dict.fromkeys(("exchanges", "exchange-export"), (Right.TASK_READ, "zone")), "exchange-import": (Right.LEDGER_IMPORT, "zone"),
    **dict.fromkeys(("exchange", "exchange-state", "exchange-give-up"), (Right.TASK_READ, "own exchange")),
    "exchange-file": (Right.TASK_READ, "own export"),
    "exchange-foreign": (Right.DIVISION_WRITE, "zone"),
    **dict.fromkeys(("exchange-match", "exchange-sheet"), (Right.DIVISION_WRITE, "own exchange")),
    **dict.fromkeys(("exchange-choose-all", "exchange-take-over"), (Right.LEDGER_IMPORT, "own exchange")),
    "exchange-choose": (Right.LEDGER_IMPORT, "own exchange row"),
    **dict.fromkeys(("ledger-bulk", "ledger-changes", "ledger-undo"), (Right.TASK_WORK, "zone")), "ledger-cell": (Right.TASK_WORK, "task"),
    **dict.fromkeys(("division", "division-chapter"), (Right.TASK_DRAFT_READ, "division")),
    **dict.fromkeys(
        ("division-open", "division-edit", "division-send", "division-add", "division-accept"), (Right.DIVISION_WRITE, "division")
    ),
    "division-task": (Right.TASK_DRAFT_READ, "task"),
    **dict.fromkeys(
        (
            "division-assign", "division-years", "division-path", "division-nodes", "division-schedule", "division-remove",
            "division-withdraw", "division-words-take", "division-words-keep",
        ),
        (Right.DIVISION_WRITE, "task"),
    ),
    "work-lines": (Right.TASK_READ, "zone"), "work-line-new": (Right.DIVISION_WRITE, "zone"),
    **dict.fromkeys(("work-line", "work-line-shift", "work-line-remove"), (Right.DIVISION_WRITE, "work line")),
    **dict.fromkeys(("my-unit", "sign-many"), (Right.TASK_SIGN, "zone")),
    **dict.fromkeys(("sign", "sign-object"), (Right.TASK_SIGN, "signature")),
    **dict.fromkeys(("settle", "settle-follow"), (Right.DIVISION_WRITE, "signature")),
    **dict.fromkeys(("objections", "carry-over"), (Right.DIVISION_WRITE, "division")),
    "task": (Right.TASK_READ, "task"), **dict.fromkeys(("task-comment", "task-readers"), (Right.COMMENT_WRITE, "task")),
    **dict.fromkeys(("task-people", "task-file-add", "extension-ask"), (Right.TASK_WORK, "task")),
    "task-file": (Right.TASK_READ, "task file"), "task-file-remove": (Right.TASK_WORK, "task file"),
    "node-done": (Right.TASK_WORK, "node"), "part-claim": (Right.TASK_WORK, "year part"),
    **dict.fromkeys(("part-verify", "part-send-back"), (Right.DIVISION_WRITE, "year part")),
    "extension": (Right.DIVISION_WRITE, "extension"),
    **dict.fromkeys(("webhooks", "webhook-new"), (Right.WEBHOOK_WRITE, "zone")),
    **dict.fromkeys(
        ("webhook", "webhook-edit", "webhook-secret", "webhook-retire", "webhook-revive"), (Right.WEBHOOK_WRITE, "webhook")
    ),
    "delivery-again": (Right.WEBHOOK_WRITE, "delivery"),
    **dict.fromkeys(("calendar", "calendar-close"), (Right.CALENDAR_OWN, "zone")), "calendar-feed": PUBLIC,
}  # fmt: skip

# The names that addresses of the office give to the ids of things, in the order of their kinds.
KWARGS: dict[str, dict[str, str]] = {
    "unit": {"pk": "unit_id"}, "section": {"pk": "unit_id", "section": "section_id"}, "group": {"pk": "group_id"},
    "person": {"pk": "person_id"}, "post": {"pk": "person_id", "post": "post_id"},
    "identity": {"pk": "person_id", "identity": "identity_id"}, "own import": {"pk": "import_id"}, "own token": {"pk": "token_id"},
    "zone object": {"pk": "zone_id"}, "administrator": {"pk": "administrator_id"}, "plan": {"pk": "plan_id"}, "force": {"pk": "plan_id"},
    "review": {"pk": "plan_id"}, "part": {"pk": "plan_id", "key": "section_id"},
    "candidate": {"pk": "plan_id", "candidate": "candidate_id"},
    "sentence": {"pk": "plan_id", "sentence": "sentence_id"}, "finding": {"pk": "plan_id", "finding": "finding_id"},
    "reading": {"pk": "reading_id"}, "original": {"pk": "original_id"}, "adjustment": {"pk": "adjustment_id"},
    "adjustment item": {"pk": "adjustment_id", "item": "item_id"}, "adjustment line": {"pk": "adjustment_id", "line": "line_id"},
    "reimport": {"pk": "reimport_id"}, "reimport line": {"pk": "reimport_id", "line": "line_id"},
    "own export": {"pk": "export_id"}, "own exchange": {"pk": "exchange_id"}, "own exchange row": {"pk": "exchange_id", "row": "row_id"},
    "task": {"pk": "task_id"}, "webhook": {"pk": "webhook_id"}, "delivery": {"pk": "webhook_id", "delivery": "delivery_id"},
    "signature": {"pk": "signature_id"},
    "division": {"pk": "plan_id"},
    "task file": {"pk": "task_id", "file": "file_id"},
    "node": {"pk": "task_id", "node": "node_id"},
    "year part": {"pk": "task_id", "part": "part_id"},
    "extension": {"pk": "extension_id"}, "work line": {"pk": "line_id"},
}  # fmt: skip
MORE_KWARGS: dict[str, dict[str, str]] = {
    "adjustment-add": {"kind": "task"}, "calendar-feed": {"secret": "nobody-has-this"}, "ledger-cell": {"field": "person"},
    **{name: {"chapter": 1} for name in ("division-chapter", "division-accept")},
}  # fmt: skip

QUERIES: dict[str, str] = {"compare_versions": "?first=1&second=1", "list_unfinished": "?year=2026"}

# Pages that more may read than write to: the right that a POST asks for besides.
OFFICE_POST: dict[str, Right] = {"opinions": Right.OPINION_GIVE}

API: dict[str, Row] = {
    "get_me": OWN, "list_zones": OWN, "list_tokens": (Right.TOKEN_OWN, "zone"), "revoke_token": (Right.TOKEN_OWN, "own token"),
    "get_rights": (Right.RIGHTS_READ, "zone"), "create_zone": (Right.ZONE_WRITE, "zone"), "change_zone": (Right.ZONE_WRITE, "zone object"),
    **dict.fromkeys(("list_units", "list_groups"), (Right.ORGANISATION_READ, "zone")), "get_unit": (Right.ORGANISATION_READ, "unit"),
    **dict.fromkeys(("create_unit", "merge_units", "create_group", "upload_organisation"), (Right.ORGANISATION_WRITE, "zone")),
    **dict.fromkeys(
        ("change_unit", "rename_unit", "shift_unit", "split_unit", "dissolve_unit", "add_section"), (Right.ORGANISATION_WRITE, "unit")
    ),
    **dict.fromkeys(("rename_section", "use_section"), (Right.ORGANISATION_WRITE, "section")),
    "change_group": (Right.ORGANISATION_WRITE, "group"),
    **dict.fromkeys(("get_import", "confirm_import", "drop_import"), (Right.ORGANISATION_WRITE, "own import")),
    "list_people": (Right.PEOPLE_READ, "zone"), "get_person": (Right.PEOPLE_READ, "person"), "create_person": (Right.PEOPLE_WRITE, "zone"),
    **dict.fromkeys(
        ("change_person", "deactivate_person", "reactivate_person", "give_password", "give_post"), (Right.PEOPLE_WRITE, "person")
    ),
    "end_post": (Right.PEOPLE_WRITE, "post"),
    **dict.fromkeys(("list_plans", "get_plan_tree"), (Right.REGISTER_READ, "zone")),
    **dict.fromkeys(("get_plan", "list_opinions"), (Right.REGISTER_READ, "plan")),
    "create_plan": (Right.PLAN_WRITE, "zone"),
    **dict.fromkeys(("change_plan", "file_plan", "list_offers", "take_offers"), (Right.PLAN_WRITE, "plan")),
    **dict.fromkeys(("get_approval", "approve_plan", "close_plan"), (Right.PLAN_APPROVE, "plan")),
    "list_readings": (Right.PLAN_DRAFT_READ, "plan"), "upload_file": (Right.ORIGINAL_UPLOAD, "plan"),
    "get_reading": (Right.PLAN_DRAFT_READ, "reading"), "cancel_reading": (Right.ORIGINAL_UPLOAD, "reading"),
    "download_original": (Right.ORIGINAL_DOWNLOAD, "original"),
    **dict.fromkeys(
        ("list_headings", "list_sentences", "get_coverage", "list_candidates", "list_findings"), (Right.PLAN_DRAFT_READ, "review")
    ),
    "get_candidate": (Right.PLAN_DRAFT_READ, "candidate"),
    **dict.fromkeys(
        ("add_candidate", "merge_candidates", "accept_section", "mark_section_not_a_task"), (Right.CANDIDATE_REVIEW, "review")
    ),
    **dict.fromkeys(
        ("accept_candidate", "edit_candidate", "reject_candidate", "reopen_candidate", "split_candidate"),
        (Right.CANDIDATE_REVIEW, "candidate"),
    ),
    **dict.fromkeys(("mark_not_a_task", "reopen_sentence"), (Right.CANDIDATE_REVIEW, "sentence")),
    **dict.fromkeys(("settle_finding", "reopen_finding", "add_figure_from_paper"), (Right.CANDIDATE_REVIEW, "finding")),
    **dict.fromkeys(("list_versions", "list_items", "compare_versions", "list_adjustments"), (Right.PLAN_READ, "force")),
    "list_items_of_version": (Right.PLAN_READ, "version"), "draft_adjustment": (Right.ADJUSTMENT_WRITE, "force"),
    **dict.fromkeys(("get_adjustment", "list_adjustment_opinions"), (Right.PLAN_READ, "adjustment")),
    **dict.fromkeys(
        ("change_adjustment", "add_line", "submit_adjustment", "take_adjustment_back", "withdraw_adjustment"),
        (Right.ADJUSTMENT_WRITE, "adjustment"),
    ),
    **dict.fromkeys(("rewrite_line", "renew_line", "drop_line"), (Right.ADJUSTMENT_WRITE, "adjustment line")),
    "approve_adjustment": (Right.ADJUSTMENT_APPROVE, "adjustment"),
    "give_opinion": (Right.OPINION_GIVE, "plan"), "give_adjustment_opinion": (Right.OPINION_GIVE, "adjustment"),
    "list_reimports": (Right.PLAN_DRAFT_READ, "plan"),
    **dict.fromkeys(("get_reimport", "list_reimport_lines"), (Right.PLAN_DRAFT_READ, "reimport")),
    "choose_line": (Right.CANDIDATE_REVIEW, "reimport line"),
    **dict.fromkeys(("choose_all_lines", "compare_again", "apply_reimport", "give_reimport_up"), (Right.CANDIDATE_REVIEW, "reimport")),
    **dict.fromkeys(("list_entries", "verify_chain"), (Right.AUDIT_READ, "zone")),
    **dict.fromkeys(
        ("list_divisions", "list_tasks", "list_signatures", "list_extensions", "list_work_lines", "list_exchanges", "ask_export"),
        (Right.TASK_READ, "zone"),
    ),
    "get_division": (Right.TASK_READ, "division"),
    **dict.fromkeys(
        ("rename_division", "accept_proposals", "add_tasks", "send_tasks", "list_unfinished", "carry_over"),
        (Right.DIVISION_WRITE, "division"),
    ),
    "open_division": (Right.DIVISION_WRITE, "force"), "list_proposals": (Right.TASK_DRAFT_READ, "force"),
    **dict.fromkeys(("get_task", "list_changes", "list_comments", "list_task_files"), (Right.TASK_READ, "task")),
    **dict.fromkeys(("change_task", "ask_extension", "add_task_file"), (Right.TASK_WORK, "task")),
    **dict.fromkeys(("change_tasks", "assign_tasks", "undo_changes"), (Right.TASK_WORK, "zone")),
    "write_comment": (Right.COMMENT_WRITE, "task"),
    "download_task_file": (Right.TASK_READ, "task file"), "remove_task_file": (Right.TASK_WORK, "task file"),
    **dict.fromkeys(
        ("withdraw_task", "remove_draft", "set_years", "take_path", "set_nodes", "add_node", "take_nodes"), (Right.DIVISION_WRITE, "task")
    ),
    **dict.fromkeys(("set_year", "drop_year", "verify_part", "send_part_back"), (Right.DIVISION_WRITE, "year part")),
    "claim_part": (Right.TASK_WORK, "year part"),
    **dict.fromkeys(("change_node", "drop_node"), (Right.DIVISION_WRITE, "node")), "finish_node": (Right.TASK_WORK, "node"),
    "get_signature": (Right.TASK_READ, "signature"), "settle_objection": (Right.DIVISION_WRITE, "signature"),
    **dict.fromkeys(("sign_task", "object_to_task"), (Right.TASK_SIGN, "signature")), "sign_tasks": (Right.TASK_SIGN, "zone"),
    "decide_extension": (Right.DIVISION_WRITE, "extension"), "list_due": (Right.CALENDAR_OWN, "zone"),
    "add_work_line": (Right.DIVISION_WRITE, "zone"),
    **dict.fromkeys(("change_work_line", "shift_work_line", "remove_work_line"), (Right.DIVISION_WRITE, "work line")),
    **dict.fromkeys(("list_webhooks", "make_webhook"), (Right.WEBHOOK_WRITE, "zone")),
    **dict.fromkeys(
        ("get_webhook", "change_webhook", "renew_webhook_secret", "retire_webhook", "revive_webhook", "list_deliveries"),
        (Right.WEBHOOK_WRITE, "webhook"),
    ),
    "send_delivery_again": (Right.WEBHOOK_WRITE, "delivery"), "import_ledger": (Right.LEDGER_IMPORT, "zone"),
    **dict.fromkeys(("get_exchange", "download_exchange", "list_exchange_rows", "give_exchange_up"), (Right.TASK_READ, "own exchange")),
    **dict.fromkeys(("choose_exchange_rows", "take_exchange_over"), (Right.LEDGER_IMPORT, "own exchange")),
    **dict.fromkeys(("list_exchange_columns", "match_exchange_columns", "choose_exchange_sheet"), (Right.DIVISION_WRITE, "own exchange")),
    "receive_foreign_ledger": (Right.DIVISION_WRITE, "plan"),
    "choose_exchange_row": (Right.LEDGER_IMPORT, "own exchange row"),
}  # fmt: skip
