"""What a value of accounts must be like."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """Django's, in words that are in our catalogue: its own are not translated in every release."""

    def get_error_message(self) -> str:
        return self._told()

    def get_help_text(self) -> str:
        return self._told()

    def _told(self) -> str:
        return _("The password needs at least %(least)s characters.") % {"least": self.min_length}
