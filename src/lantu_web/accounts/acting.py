"""Who acts now: a person with their valid posts in one zone. Every command takes it, every rule reads it."""

from __future__ import annotations

from dataclasses import dataclass

from lantu_web.accounts.enums import Role
from lantu_web.accounts.rights import Reach, Right, reach
from lantu_web.lib.acting import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The acting person. ``zone_id`` None: in the installation as a whole, where only system administrators have rights."""

    user_id: int | None
    name: str
    zone_id: int | None
    roles: frozenset[Role]
    unit_ids: frozenset[int]
    address: str = ""
    surface: Surface = Surface.OFFICE
    may_write: bool = True  # False behind a read-only token

    def reach(self, right: Right) -> Reach:
        return reach(self.roles, right)

    def may(self, right: Right) -> bool:
        """Whether anywhere at all."""
        return self.reach(right) > Reach.NONE

    def may_in_unit(self, right: Right, unit_id: int | None) -> bool:
        """Whether for an object of this unit in the acting zone."""
        found = self.reach(right)
        return found >= Reach.ZONE or (found is Reach.OWN_UNIT and unit_id in self.unit_ids)


SYSTEM = Person(
    user_id=None, name="Lantu", zone_id=None, roles=frozenset(Role), unit_ids=frozenset(), address="", surface=Surface.CONSOLE
)
