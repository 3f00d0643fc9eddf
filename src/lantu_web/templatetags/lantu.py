"""What templates need of our own; loaded everywhere.

``{% part "alert" text=… %}`` shows a component, ``{% box "card" title=… %}…{% endbox %}`` puts one around content; both hold its contract
(``lantu_web.components.contract``) when the template is compiled. The built front end (Vite) is found through its manifest, so that names
with hashes never stand in a template.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, kwarg_re
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

import lantu_web
from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.components.contract import SLOT, contract
from lantu_web.components.states import look

register = template.Library()
MANIFEST = Path(lantu_web.__file__).parent / "static" / "built" / "manifest.json"
NOT_BUILT = "the face is not built: run make setup"


@cache
def _manifest(changed: int) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return found


@register.simple_tag
def entry(name: str, optional: bool = False, first: bool = False) -> SafeString:
    """The script and the styles of one entry: ``{% entry "workbench" %}``.

    ``first``, for entries in the head of long pages: nothing is drawn before the script ran, so that the page is laid out once and not
    again with every piece of it that arrives.

    Raises ImproperlyConfigured before ``make setup`` built them; where ``optional``, there is then nothing (the page of a broken server).
    """
    if not MANIFEST.is_file():
        if optional:
            return SafeString("")
        raise ImproperlyConfigured(NOT_BUILT)
    chunks = _manifest(MANIFEST.stat().st_mtime_ns)
    chunk = chunks[f"entries/{name}.ts"]
    links = format_html_join("", '<link rel="stylesheet" href="{}">', ((static(f"built/{sheet}"),) for sheet in chunk.get("css", [])))
    shared = (static(f"built/{chunks[key]['file']}") for key in chunk.get("imports", []))
    early = format_html_join("", '<link rel="modulepreload" href="{}">', ((place,) for place in shared))
    wait = SafeString(' blocking="render"') if first else ""
    return format_html('{}{}<script type="module" src="{}"{}></script>', links, early, static(f"built/{chunk['file']}"), wait)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of ``static/lantu/icons.svg``, silent for screen readers: ``{% icon "stack" %}``, ``{% icon "stack" "large" %}``."""
    return _drawn(f"icon icon--{size}" if size else "icon", name)


@cache
def _drawn(kind: str, name: str) -> SafeString:
    """Kept, since a page has hundreds of a few dozen."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', kind, static("lantu/icons.svg"), name)


@register.simple_tag
def state(value: object, label: object) -> SafeString:
    """A state with its word and its shape: ``{% state plan.state plan.get_state_display %}``."""
    tone, shape = look(value)
    return format_html('<span class="state state--{}" data-state="{}">{}{}</span>', tone, value, icon(shape), label)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The control of a form field, with the kit's classes; Django itself ties it to its help and its errors."""
    control = field.field.widget
    if isinstance(control, RadioSelect | CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(control, CheckboxInput):
        kind = "form-check-input"
    else:
        kind = "form-select" if isinstance(control, Select) else "form-control"
    own = str(control.attrs.get("class", ""))
    classes = " ".join(filter(None, (kind, own, "is-invalid" if field.errors else "")))
    return SafeString(field.as_widget(attrs={"class": classes}))


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is one box to tick: its label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the field is several boxes or buttons under one legend."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_file(field: BoundField) -> bool:
    return isinstance(field.field.widget, FileInput)


class ComponentNode(Node):
    """A component with its values, and with what it wraps."""

    def __init__(self, name: str, values: dict[str, FilterExpression], content: NodeList | None) -> None:
        self.name, self.values, self.content = name, values, content
        self.nodelist = content or NodeList()

    def render(self, context: Context) -> SafeString:
        agreed = contract(self.name)
        given: dict[str, Any] = {name: value.resolve(context) for name, value in self.values.items()}
        if self.content is not None:
            given[SLOT] = self.content.render(context)
        outside = {name: context.get(name) for name in ("request", "csrf_token")}
        assert context.template is not None
        found = context.template.engine.get_template(f"components/{self.name}.html")
        return found.render(context.new({**dict.fromkeys(agreed.optional), **outside, **given}))


@register.tag
def part(parser: Parser, token: Token) -> ComponentNode:
    """``{% part "alert" tone="info" text=… %}``: a component that wraps nothing."""
    return _component(parser, token, None)


@register.tag
def box(parser: Parser, token: Token) -> ComponentNode:
    """``{% box "card" title=… %}…{% endbox %}``: a component around content."""
    content = parser.parse(("endbox",))
    parser.delete_first_token()
    return _component(parser, token, content)


def _component(parser: Parser, token: Token, content: NodeList | None) -> ComponentNode:
    tag, name, *pairs = token.split_contents()
    matches = [kwarg_re.match(pair) for pair in pairs]
    if name[0] not in "\"'" or not all(match and match[1] for match in matches):
        raise template.TemplateSyntaxError(f"{tag}: write {{% {tag} \"name\" key=value … %}}, got {token.contents!r}")
    values = {match[1]: parser.compile_filter(match[2]) for match in matches if match}
    contract(name[1:-1]).check(name[1:-1], set(values) | ({SLOT} if content is not None else set()))
    return ComponentNode(name[1:-1], values, content)


@register.filter
def elided(page: Page[Any]) -> Iterator[int | str]:
    """Numbers of pages to offer, with … for those left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def tone(level: str) -> str:
    """Django's level of a message as a tone of ours."""
    return {"error": "danger", "warning": "warning", "success": "success"}.get(level, "info")


@register.filter
def unlocalised(number: float | Decimal) -> str:
    """A number as attributes of HTML want it, in any language."""
    if isinstance(number, int):
        return str(number)
    return format(number.normalize() + 0, "f") if isinstance(number, Decimal) else f"{number:g}"


@register.filter
def figure(number: Decimal) -> str:
    """A figure as people write it, without the zeros that only its column keeps."""
    shown = format(number, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


@register.filter(name="is")
def is_same(value: object, other: object) -> bool:
    """Whether both are the same, as a value to hand on: ``here=side|is:"overview"``."""
    return value == other


@register.filter
def reads_drafts_of(person: Person, unit_id: int | None) -> bool:
    """Whether the person looks into the review of that unit's plans: ``rights`` says only whether anywhere at all."""
    return person.may_in_unit(Right.PLAN_DRAFT_READ, unit_id)
