"""Which chapters say aims and not what is done: what they name is named again where it is to be built or run."""

from __future__ import annotations

from lantu.compile.reading import Reading
from lantu.patterns import compiled

# A heading that dates itself (2025年主要目标) leads a list of what is to be done.
_AIMS = compiled(
    r"^(?!.*\d{4}年).*(?:指导思想|指导方针|基本原则|总体要求|总体思路|发展定位|战略定位|发展目标|主要目标"
    r"|目标任务|远景目标|愿景|设想|挑战|形势|机遇)"
)


def says_aims(reading: Reading) -> list[bool]:
    """For each section: does its heading, or the heading right above, announce aims or the situation?"""
    own = [_AIMS.search(section.title) is not None for section in reading.sections]
    index_of = {section.id: index for index, section in enumerate(reading.sections)}
    above = [index_of.get(section.parent or "") for section in reading.sections]
    return [itself or (over is not None and own[over]) for itself, over in zip(own, above, strict=True)]
