"""How much of a machine one file may take. Every reader asks here before it unpacks, builds or loops."""

from __future__ import annotations

from dataclasses import dataclass

from lantu.errors import LimitExceeded

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for one file; the defaults keep a reader under about 1 GB and a minute, and no real plan near them.

    The longest provincial outlines have about 150,000 characters, 250 pages and tables of some thousand cells.
    """

    file_bytes: int = 64 * MEGABYTE  # a scanned outline of 200 pages has about 40 MB
    member_bytes: int = 48 * MEGABYTE  # one XML part of a docx/xlsx once unpacked; document.xml of an outline has 1–5 MB
    unpacked_bytes: int = 256 * MEGABYTE  # all parts that are read, together
    member_ratio: int = 300  # unpacked/packed: office XML packs 5–40 times, a bomb 1,000 times
    members: int = 5_000  # parts in the package, pictures included
    xml_depth: int = 200  # elements inside elements; Word writes fewer than 40
    attributes: int = 2_000  # of one html element: the parser compares each with all before it; pages have fewer than 30
    pages: int = 1_500  # of a pdf
    cells: int = 400_000  # of all tables of a file, merged cells counted by the grid places they cover
    characters: int = 5_000_000  # of the text taken out

    def check(self, what: str, found: int, allowed: int, remedy: str, *, place: str | None = None) -> None:
        """Raise LimitExceeded where ``found`` is over ``allowed``; the message has both numbers."""
        if found > allowed:
            raise LimitExceeded(f"{what}: {found:,}, over the limit of {allowed:,}", place=place, remedy=remedy)

    def check_characters(self, found: int) -> None:
        self.check("characters of text", found, self.characters, "split the document (拆分文件) or raise Limits.characters")

    def check_cells(self, found: int, *, place: str | None = None) -> None:
        self.check("table cells", found, self.cells, "delete empty rows and columns (删除多余空行空列) or raise Limits.cells", place=place)
