"""The operations, by area. Each translates a call into one query or one command and its answer back."""

from lantu_web.api.routers import (
    adjustments,
    audit,
    candidates,
    files,
    findings,
    imports,
    me,
    opinions,
    organisation,
    people,
    plans,
    reimports,
    sections,
    text,
    versions,
    zones,
)

ROUTERS = tuple(
    area.router
    for area in (
        me, zones, organisation, sections, imports, people, plans, files, text, candidates, findings, versions, adjustments, opinions,
        reimports, audit,
    )
)  # fmt: skip
