"""How states look: a tone and a shape for each closed value, so that none is told by colour alone."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    tone: str  # one of TONES
    icon: str


TONES = ("quiet", "info", "success", "warning", "danger")
UNKNOWN = Look("quiet", "circle")
LOOKS = {
    # plans and adjustments
    "draft": Look("quiet", "circle"),
    "in_review": Look("info", "half"),
    "consultation": Look("info", "opinion"),
    "approved": Look("success", "seal"),
    "adjusted": Look("success", "history"),
    "closed": Look("quiet", "lock"),
    "withdrawn": Look("quiet", "dash"),
    # candidates, sentences, findings
    "open": Look("warning", "circle"),
    "accepted": Look("success", "success"),
    "rejected": Look("danger", "refused"),
    "replaced": Look("quiet", "split"),
    "dropped": Look("quiet", "dash"),
    "covered": Look("success", "full"),
    "not_a_task": Look("quiet", "dash"),
    "left_out": Look("quiet", "minus"),
    "settled": Look("success", "success"),
    "dismissed": Look("quiet", "dash"),
    # readings
    "queued": Look("quiet", "clock"),
    "running": Look("info", "half"),
    "done": Look("success", "success"),
    "failed": Look("danger", "danger"),
    "cancelled": Look("quiet", "dash"),
    # positions
    "agree": Look("success", "success"),
    "agree_with_changes": Look("warning", "opinion"),
    "object": Look("danger", "refused"),
    "note": Look("quiet", "opinion"),
    # tasks, signatures, annual parts, extensions
    "sent": Look("info", "half"),
    "signed": Look("success", "success"),
    "objected": Look("danger", "opinion"),
    "none": Look("quiet", "circle"),
    "finished": Look("success", "full"),
    "carried": Look("info", "arrow"),
    "claimed": Look("info", "half"),
    "asked": Look("warning", "clock"),
    "refused": Look("danger", "refused"),
    "followed": Look("success", "check"),
    "kept": Look("quiet", "lock"),
    "released": Look("quiet", "dash"),
    "overdue": Look("danger", "danger"),
    "near": Look("warning", "clock"),
    # differences and what is decided of them
    "same": Look("quiet", "dash"),
    "new": Look("success", "plus"),
    "add": Look("success", "plus"),
    "changed": Look("warning", "edit"),
    "change": Look("warning", "edit"),
    "moved": Look("info", "sort"),
    "remove": Look("danger", "minus"),
    "take": Look("success", "check"),
    "keep": Look("quiet", "lock"),
    # files that go out and come in, rows of them
    "ready": Look("success", "success"),
    "applied": Look("success", "check"),
    "conflict": Look("warning", "warning"),
    "wrong": Look("danger", "danger"),
    # findings by severity
    "error": Look("danger", "danger"),
    "warning": Look("warning", "warning"),
    # messages to other programs
    "waiting": Look("quiet", "clock"),
    "sending": Look("info", "half"),
    "delivered": Look("success", "success"),
    "given_up": Look("danger", "danger"),
    # things in use, people, tokens
    "active": Look("success", "success"),
    "inactive": Look("quiet", "dash"),
    "expired": Look("quiet", "clock"),
}


def look(value: object) -> Look:
    """The look of a closed value; the quiet circle for one that has none of its own."""
    return LOOKS.get(str(value), UNKNOWN)
