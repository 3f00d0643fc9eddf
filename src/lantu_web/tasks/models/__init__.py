"""Rows of the breakdown."""

from lantu_web.tasks.models.division import Division, WorkLine
from lantu_web.tasks.models.exchange import Exchange, ExchangeRow, Mapping
from lantu_web.tasks.models.outside import CalendarFeed, Delivery, Webhook
from lantu_web.tasks.models.signing import Extension, Signature
from lantu_web.tasks.models.talk import Change, Comment, TaskFile
from lantu_web.tasks.models.task import Cooperation, Node, Task, YearPart
from lantu_web.tasks.models.view import SavedView

__all__ = [
    "CalendarFeed", "Change", "Comment", "Cooperation", "Delivery", "Division", "Exchange", "ExchangeRow", "Extension", "Mapping", "Node",
    "SavedView", "Signature", "Task", "TaskFile", "Webhook", "WorkLine", "YearPart",
]  # fmt: skip
