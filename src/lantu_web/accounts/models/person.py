"""People, the posts they hold, and the identities by which another provider knows them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import Appearance, Role
from lantu_web.accounts.models.unit import Section, Unit
from lantu_web.accounts.models.zone import Zone

SESSION_SALT = "lantu_web.accounts.session"


class People(BaseUserManager["User"]):
    def create_user(self, *, username: str, name: str, password: str | None = None, **values: Any) -> User:
        """A new person; without a password they can only come in by single sign-on."""
        user = self.model(username=username, name=name, **values)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. What they may do comes from their posts alone."""

    username = models.CharField(_("User name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(_("Name"), max_length=60)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    language = models.CharField(_("Language"), max_length=10, default="zh-hans")
    appearance = models.CharField(_("Appearance"), max_length=5, choices=Appearance.choices, default=Appearance.AUTO)
    is_active = models.BooleanField(_("May log in"), default=True)
    must_change_password = models.BooleanField(default=False)
    has_second_factor = models.BooleanField(default=False)  # a confirmed device exists: no page without its code
    session_number = models.PositiveIntegerField(default=0)  # counted up, it ends every session of the person
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1)

    objects = People()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session holds as long as the password and ``session_number`` stay."""
        return salted_hmac(SESSION_SALT, f"{self.password}:{self.session_number}", secret=secret, algorithm="sha256").hexdigest()


class Post(models.Model):
    """任职: a role in a zone, mostly in a unit, for a time. The system administrator's belongs to no zone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(_("Role"), max_length=30, choices=Role.choices)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("Unit"))
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("Section"))
    title = models.CharField(_("Title"), max_length=60, blank=True)
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["user", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.SYSTEM_ADMINISTRATOR, zone=None) | (~Q(role=Role.SYSTEM_ADMINISTRATOR) & Q(zone__isnull=False)),
                name="post_of_a_zone_or_of_the_installation",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.CONTACT_PERSON, Role.UNIT_HEAD]) | Q(unit__isnull=False), name="post_of_a_unit"
            ),
            models.CheckConstraint(condition=~Q(role=Role.EVALUATOR) | Q(valid_to__isnull=False), name="post_of_an_evaluator_ends"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")), name="post_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class ExternalIdentity(models.Model):
    """The person as the single sign-on provider knows them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="external_identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="external_identity_once")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"
