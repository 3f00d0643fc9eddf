"""People: who they are, which posts they hold."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.commands import passwords, people, posts
from lantu_web.accounts.models import User
from lantu_web.accounts.queries.people import people_list, people_visible_to, posts_of_person, posts_visible_to
from lantu_web.accounts.rights import Right
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.people import (
    PasswordOut,
    PersonChange,
    PersonMade,
    PersonNew,
    PersonOut,
    PersonWanted,
    PostEnd,
    PostNew,
    PostOut,
)
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.lib import clock

router = Router(tags=["People"])


@router.get("/people")
@endpoint(Right.PEOPLE_READ, Page[PersonOut])
def list_people(request: ApiRequest, wanted: Query[PersonWanted], paging: Query[Paging]) -> dict[str, Any]:
    """Who holds or held a post, as far as the caller's right reaches, with the posts of today."""
    found = people_list(
        request.person, on=clock.today(), search=wanted.search, unit_id=wanted.unit_id, role=wanted.role or "", inactive=wanted.inactive
    )
    return page_of(found, paging, lambda user: _shown(user, user.posts_today))


@router.get("/people/{int:person_id}")
@endpoint(Right.PEOPLE_READ, PersonOut)
def get_person(request: ApiRequest, person_id: Id) -> Any:
    """One person with all posts that the caller may see, the newest first."""
    return _with_posts(request, get_object_or_404(people_visible_to(request.person), pk=person_id))


@router.post("/people")
@endpoint(Right.PEOPLE_WRITE, PersonMade, status=201)
def create_person(request: ApiRequest, person: PersonNew) -> Any:
    """Enter a person with a first post."""
    values = person.model_dump(exclude={"post"})
    user, password = people.create_person(by=request.person, post=person.post.terms(), **values)
    return {"person": _with_posts(request, user), "temporary_password": password}


@router.put("/people/{int:person_id}")
@endpoint(Right.PEOPLE_WRITE, PersonOut)
def change_person(request: ApiRequest, person_id: Id, change: PersonChange) -> Any:
    """Change name, telephone and e-mail."""
    values = change.model_dump(exclude={"revision"})
    user = people.edit_person(by=request.person, user_id=_person(request, person_id).pk, expected=change.revision, **values)
    return _with_posts(request, user)


@router.post("/people/{int:person_id}/deactivate")
@endpoint(Right.PEOPLE_WRITE, PersonOut)
def deactivate_person(request: ApiRequest, person_id: Id, seen: Expected) -> Any:
    """Keep a person out: no log-in, no token, every session ends."""
    user = people.deactivate_person(by=request.person, user_id=_person(request, person_id).pk, expected=seen.revision)
    return _with_posts(request, user)


@router.post("/people/{int:person_id}/reactivate")
@endpoint(Right.PEOPLE_WRITE, PersonOut)
def reactivate_person(request: ApiRequest, person_id: Id, seen: Expected) -> Any:
    """Let a person in again."""
    user = people.reactivate_person(by=request.person, user_id=_person(request, person_id).pk, expected=seen.revision)
    return _with_posts(request, user)


@router.post("/people/{int:person_id}/password")
@endpoint(Right.PEOPLE_WRITE, PasswordOut)
def give_password(request: ApiRequest, person_id: Id) -> Any:
    """Make a temporary password that the person must change when they come in."""
    return {"temporary_password": passwords.give(by=request.person, user_id=_person(request, person_id).pk)}


@router.post("/people/{int:person_id}/posts")
@endpoint(Right.PEOPLE_WRITE, PostOut, status=201)
def give_post(request: ApiRequest, person_id: Id, post: PostNew) -> Any:
    """Give a person of the zone a further post."""
    return posts.give_post(by=request.person, username=_person(request, person_id).username, terms=post.terms())


@router.post("/posts/{int:post_id}/end")
@endpoint(Right.PEOPLE_WRITE, PostOut)
def end_post(request: ApiRequest, post_id: Id, end: PostEnd) -> Any:
    """Let a post end with that day, its last."""
    post = get_object_or_404(posts_visible_to(request.person, Right.PEOPLE_WRITE), pk=post_id)
    return posts.end_post(by=request.person, post_id=post.pk, on=end.on)


def _person(request: ApiRequest, person_id: int) -> User:
    return get_object_or_404(people_visible_to(request.person, Right.PEOPLE_WRITE), pk=person_id)


def _with_posts(request: ApiRequest, user: User) -> dict[str, Any]:
    return _shown(user, posts_of_person(request.person, user))


def _shown(user: User, held: Any) -> dict[str, Any]:
    names = ("id", "username", "name", "phone", "email", "is_active", "revision")
    return {**{name: getattr(user, name) for name in names}, "posts": list(held)}
