"""The operations, by area. Each translates a call into one query or one command and its answer back."""

from lantu_web.api.routers import imports, me, organisation, people, sections

ROUTERS = (me.router, organisation.router, sections.router, imports.router, people.router)
