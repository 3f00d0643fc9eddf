"""Posts when their unit goes: they end with it and may go on in its successor."""

from __future__ import annotations

from datetime import date

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Post, Unit
from lantu_web.audit.commands import record


def carry_posts(*, by: Person, unit: Unit, on: date, into: Unit | None) -> None:
    """End every post of ``unit`` that holds after ``on``; with ``into`` each goes on there from that day, as long as it was to hold.

    A post that was to begin later never held: it moves to the successor, or is struck out; the audit keeps it.
    """
    for post in Post.objects.select_for_update(of=("self",)).filter(unit=unit).select_related("user"):
        if post.valid_to is not None and post.valid_to <= on:
            continue
        if post.valid_from is not None and post.valid_from > on:
            _move_or_strike(by, post, into)
        else:
            _end_and_go_on(by, post, on, into)


def _end_and_go_on(by: Person, post: Post, on: date, into: Unit | None) -> None:
    until, post.valid_to = post.valid_to, on
    post.save(update_fields=["valid_to"])
    record(by=by, action="post.end", on=post.user, label=str(post), before={"valid_to": until}, after={"valid_to": on})
    if into is None:
        return
    going_on = Post.objects.create(
        user=post.user, role=post.role, zone_id=post.zone_id, unit=into, title=post.title, valid_from=on, valid_to=until
    )
    after = {"role": going_on.role, "unit": into.name, "title": going_on.title, "valid_from": on, "valid_to": until}
    record(by=by, action="post.give", on=post.user, label=str(going_on), after=after)


def _move_or_strike(by: Person, post: Post, into: Unit | None) -> None:
    before: dict[str, object] = {"role": post.role, "unit": post.unit.name if post.unit else None, "valid_from": post.valid_from}
    if into is None:
        record(by=by, action="post.strike", on=post.user, label=str(post), before=before, after=None)
        post.delete()
        return
    post.unit, post.section = into, None
    post.save(update_fields=["unit", "section"])
    record(by=by, action="post.move", on=post.user, label=str(post), before=before, after={"unit": into.name})
