"""What a command refuses, told beside the field of the form that it is about."""

from __future__ import annotations

from django.forms import Form

from lantu_web.lib.errors import Refused


def status_of(*forms: Form) -> int:
    """Of a page with these forms: 422 where one of them is refused."""
    return 422 if any(form.errors for form in forms) else 200


def tell(form: Form, problem: Refused) -> None:
    """Beside its field, or above all fields where it names none of this form."""
    field = problem.field
    if field and form.prefix:
        field = field.removeprefix(f"{form.prefix}-")
    form.add_error(field if field in form.fields else None, str(problem))
