"""Single sign-on: which person another provider means. The protocol itself is in ``lantu_web.lib.oidc``."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import held_person
from lantu_web.accounts.models import ExternalIdentity, User
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Conflict, Forbidden
from lantu_web.lib.texts import typed


class Unlinked(Forbidden):
    """The provider knows them, this installation does not; ``subject`` is what an administrator has to enter."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        super().__init__(_("Your sign-on is right, but it is not linked to a person here."))


@transaction.atomic
def person_signed_on(*, issuer: str, subject: str, username: str, address: str) -> User:
    """The person of that identity. Raises Unlinked where there is none, or where the person may not log in any more.

    With LANTU_OIDC_LINK_BY_USERNAME the provider's user name links a person who has no identity of this issuer yet.
    """
    known = ExternalIdentity.objects.select_related("user").filter(issuer=issuer, subject=subject).first()
    user = known.user if known else _linked_by_username(issuer, subject, username, address)
    if user is None or not user.is_active:
        raise Unlinked(subject)
    return user


def _linked_by_username(issuer: str, subject: str, username: str, address: str) -> User | None:
    if not (settings.LANTU_OIDC_LINK_BY_USERNAME and username):
        return None
    user = User.objects.select_for_update().filter(username=username, is_active=True).first()
    if user is None or user.external_identities.filter(issuer=issuer).exists():
        return None
    identity = ExternalIdentity.objects.create(user=user, issuer=issuer, subject=subject)
    by = Person(
        user_id=user.pk, name=user.name, zone_id=None, roles=frozenset(), unit_ids=frozenset(), address=address, surface=Surface.OFFICE
    )
    _keep(by, "person.link_identity", identity)
    return user


@transaction.atomic
def link(*, by: Person, user_id: int, subject: str) -> ExternalIdentity:
    """Say that the provider's ``subject`` is this person. Raises Conflict where it is somebody already."""
    require(by, Right.PEOPLE_WRITE)
    subject = typed(subject, field="subject", label=_("Identifier at the sign-on provider"), length=200)
    user = held_person(by, user_id)
    taken = ExternalIdentity.objects.select_related("user").filter(issuer=settings.LANTU_OIDC_ISSUER, subject=subject).first()
    if taken is not None:
        raise Conflict(_("This identifier belongs to %(person)s already.") % {"person": taken.user.name}, field="subject")
    identity = ExternalIdentity.objects.create(user=user, issuer=settings.LANTU_OIDC_ISSUER, subject=subject)
    _keep(by, "person.link_identity", identity)
    return identity


@transaction.atomic
def unlink(*, by: Person, identity_id: int) -> User:
    """Take the link away. Raises Conflict where it is gone already."""
    require(by, Right.PEOPLE_WRITE)
    identity = ExternalIdentity.objects.select_for_update().filter(pk=identity_id).first()
    if identity is None:
        raise Conflict(_("This link is gone already."))
    user = identity.user
    _keep(by, "person.unlink_identity", identity)
    identity.delete()
    return user


def _keep(by: Person, action: str, identity: ExternalIdentity) -> None:
    record(by=by, action=action, on=identity.user, after={"issuer": identity.issuer, "subject": identity.subject})
