"""People and their posts."""

from __future__ import annotations

from datetime import date

from lantu_web.accounts.commands.posts import PostTerms
from lantu_web.accounts.enums import Role
from lantu_web.api.schemas.base import Id, In, Out, Ref, Revision


class PostOut(Out):
    id: int
    role: Role
    unit: Ref | None
    section: Ref | None
    title: str
    valid_from: date | None
    valid_to: date | None


class PersonOut(Out):
    """A person with those posts that the caller may see."""

    id: int
    username: str
    name: str
    phone: str
    email: str
    is_active: bool
    revision: int
    posts: list[PostOut]


class PersonWanted(In):
    search: str = ""
    unit_id: Id | None = None
    role: Role | None = None
    inactive: bool = False


class PostNew(In):
    role: Role
    unit_id: Id | None = None
    section_id: Id | None = None
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def terms(self) -> PostTerms:
        return PostTerms(**self.model_dump())


class PersonNew(In):
    username: str
    name: str
    phone: str = ""
    email: str = ""
    post: PostNew


class PersonMade(Out):
    """The temporary password is told this once."""

    person: PersonOut
    temporary_password: str


class PersonChange(In):
    revision: Revision
    name: str
    phone: str = ""
    email: str = ""


class PostEnd(In):
    on: date | None = None


class PasswordOut(Out):
    temporary_password: str
