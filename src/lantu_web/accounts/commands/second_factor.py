"""The second factor: an authenticator app (TOTP), and ten codes on paper for the day the telephone is lost.

A wrong code must be remembered (it slows down the next), so what throttles is committed before the refusal is raised.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import held_person
from lantu_web.accounts.commands.sessions import count_up
from lantu_web.accounts.models import User
from lantu_web.accounts.queries import second_factor_is_required
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_self
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid

CODES = 10
OF_THE_APP = re.compile(r"[0-9]{6}")
OF_THE_PAPER = re.compile(r"[a-z2-7]{8}")


@transaction.atomic
def begin(*, by: Person, user: User) -> TOTPDevice:
    """The device that is being set up; the same until it is confirmed, so that the page may be opened twice."""
    require_self(by, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.has_second_factor:
        raise Conflict(_("The second factor is switched on already."))
    device: TOTPDevice = TOTPDevice.objects.get_or_create(user=person, confirmed=False, defaults={"name": "app"})[0]
    return device


def confirm(*, by: Person, user: User, code: str) -> tuple[User, TOTPDevice, list[str]]:
    """Switch on with a code of the app; the backup codes are returned once. Ends all sessions but the one that is told.

    Raises Invalid (field "code") where the code is wrong.
    """
    require_self(by, user)
    done = _confirmed(by, user, _cleaned(code))
    if isinstance(done, Invalid):
        raise done
    return done


@transaction.atomic
def _confirmed(by: Person, user: User, code: str) -> Invalid | tuple[User, TOTPDevice, list[str]]:
    person = User.objects.select_for_update().get(pk=user.pk)
    device = TOTPDevice.objects.select_for_update().filter(user=person, confirmed=False).first()
    if person.has_second_factor or device is None:
        raise Conflict(_("The second factor is switched on already."))
    if not OF_THE_APP.fullmatch(code) or not device.verify_token(code):
        return _wrong(device)
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    person.has_second_factor = True
    person.save(update_fields=["has_second_factor"])
    count_up(person)
    record(by=by, action="person.second_factor_on", on=person)
    return person, device, _new_codes(person)


def verify(*, by: Person, user: User, code: str) -> Device:
    """The device that took the code. Raises Invalid (field "code") where it is wrong, used before, or asked too soon after a wrong one."""
    found = _verified(by, user, _cleaned(code))
    if isinstance(found, Invalid):
        raise found
    return found


@transaction.atomic
def _verified(by: Person, user: User, code: str) -> Invalid | Device:
    device = _device_for(user, code)
    if device is None:
        return Invalid(_("This is no code of the app (6 digits) and no backup code (8 characters)."), field="code")
    if device.verify_token(code):
        return device
    record(by=by, action="person.second_factor_failed", on=user)
    return _wrong(device)


def _device_for(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    if OF_THE_APP.fullmatch(code):
        return TOTPDevice.objects.select_for_update().filter(user_id=user.pk, confirmed=True).first()
    if OF_THE_PAPER.fullmatch(code):
        return StaticDevice.objects.select_for_update().filter(user_id=user.pk, confirmed=True).first()
    return None


def _wrong(device: TOTPDevice | StaticDevice) -> Invalid:
    until: datetime | None = (device.verify_is_allowed()[1] or {}).get("locked_until")
    if until is None:
        return Invalid(_("The code is wrong."), field="code")
    seconds = max(1, ceil((until - clock.now()).total_seconds()))
    message = _("The code is wrong or was used before. Wait %(seconds)s seconds before the next one.")
    return Invalid(message % {"seconds": seconds}, field="code")


def is_paper(device: Device) -> bool:
    """Whether a backup code was used."""
    return isinstance(device, StaticDevice)


@transaction.atomic
def renew_codes(*, by: Person, user: User) -> list[str]:
    """Ten new backup codes; the old ones are void."""
    require_self(by, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    if not person.has_second_factor:
        raise Conflict(_("The second factor is switched off."))
    record(by=by, action="person.new_backup_codes", on=person)
    return _new_codes(person)


@transaction.atomic
def switch_off(*, by: Person, user: User) -> User:
    """Take one's own second factor away; the surface has just asked for the password. Refused where it is required."""
    require_self(by, user)
    if second_factor_is_required(user):
        raise Conflict(_("This installation requires a second factor of you."))
    return _without(by, user.pk, "person.second_factor_off")


@transaction.atomic
def reset(*, by: Person, user_id: int) -> User:
    """Take away the second factor of somebody who lost telephone and codes. Ends their sessions."""
    require(by, Right.PEOPLE_WRITE)
    return _without(by, held_person(by, user_id).pk, "person.second_factor_reset")


def _without(by: Person, user_id: int, action: str) -> User:
    person = User.objects.select_for_update().get(pk=user_id)
    if not person.has_second_factor:
        raise Conflict(_("The second factor is switched off."))
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()
    person.has_second_factor = False
    person.save(update_fields=["has_second_factor"])
    count_up(person)
    record(by=by, action=action, on=person)
    return person


def _new_codes(person: User) -> list[str]:
    device = StaticDevice.objects.get_or_create(user=person, defaults={"name": "paper", "confirmed": True})[0]
    device.token_set.all().delete()
    codes: set[str] = set()
    while len(codes) < CODES:
        codes.add(StaticToken.random_token())
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in sorted(codes))
    return sorted(codes)


def _cleaned(code: str) -> str:
    """Full-width digits become digits; blanks and dashes go."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).lower()
