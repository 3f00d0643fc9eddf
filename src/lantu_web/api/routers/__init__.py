"""The operations, by area. Each translates a call into one query or one command and its answer back."""

from lantu_web.api.routers import (
    adjustments,
    audit,
    candidates,
    divisions,
    exchanges,
    files,
    findings,
    imports,
    ledger,
    me,
    opinions,
    organisation,
    paths,
    people,
    plans,
    reimports,
    sections,
    signing,
    talk,
    text,
    versions,
    webhooks,
    work_lines,
    zones,
)

ROUTERS = tuple(
    area.router
    for area in (
        me, zones, organisation, sections, imports, people, plans, files, text, candidates, findings, versions, adjustments, opinions,
        reimports, divisions, ledger, paths, signing, talk, work_lines, exchanges, webhooks, audit,
    )
)  # fmt: skip
