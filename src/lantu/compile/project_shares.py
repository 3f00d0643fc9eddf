"""What the members of a list share: the kind of road after the last of several routes, the action on several works."""

from __future__ import annotations

from collections.abc import Sequence

from lantu.language.lexicon import HANZI
from lantu.language.places import Head, head_of
from lantu.patterns import regex

_CODE = regex(r"[GSXYZ]\d{1,4}")
# G210, 云溪—青川, 云溪至青川: between which places a road runs, and not yet which kind of road.
_ROUTE = regex(rf"[GSXYZ]\d{{1,4}}线?|{HANZI}{{1,8}}(?:至|到|[—–~-]+){HANZI}{{1,8}}")
# A town may be called after its bridge: 云溪—石桥 is a route, no bridge.
_PLACE_ENDS = ("桥", "湖", "港", "河", "岛", "城", "江", "山", "沟")


def is_route(name: str) -> bool:
    ends_in_place = name.endswith(_PLACE_ENDS) and not name.endswith("大桥")
    return _ROUTE.fullmatch(name) is not None and (ends_in_place or head_of(name) is None)


def with_shared_ending(names: Sequence[str]) -> list[str]:
    """云溪—青川、望湖—石桥高速公路 → 云溪—青川高速公路, 望湖—石桥高速公路; what is no route stays as it is."""
    if not any(map(is_route, names[:-1])):
        return list(names)
    completed: list[str] = []
    ending = ""
    for name in reversed(names):
        if ending and is_route(name):
            completed.append(name + ending)
            continue
        ending = _ending(name)
        completed.append(name)
    return completed[::-1]


def _ending(name: str) -> str:
    """The kind of road and what is done to it (高速公路, 线升级改造); "" where the name is no road's."""
    code = _CODE.match(name)
    acted, rest = _action(name)
    found = head_of(rest)
    if found is None:
        return name[code.end() :] if code else ""
    return rest[len(found[1]) :] + acted if found[0] is Head.NAMED else ""


def shared_action(names: Sequence[str]) -> str:
    """望湖路、青川路和石桥路改造工程 → 改造工程: what is done to works of one kind; "" where only the last is acted on."""
    acted, rest = _action(names[-1]) if len(names) > 1 else ("", "")
    last = head_of(rest) if acted else None
    if last is None or last[0] is not Head.NAMED:
        return ""
    heads = {name[len(found[1]) :] for name in names[:-1] if (found := head_of(name))}
    return acted if heads == {rest[len(last[1]) :]} else ""


def _action(name: str) -> tuple[str, str]:
    """What is done to the work, and the work: 石桥路改造工程 → 改造工程, 石桥路."""
    rest = name
    while (found := head_of(rest)) is not None and found[0] in (Head.ACTION, Head.WORKS) and rest.startswith(found[1]) and found[1]:
        rest = found[1]
    return name[len(rest) :], rest
