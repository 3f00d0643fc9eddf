"""Target or actual: is a number about the future, or about the past and the present?

Decided in this order: the words of its own clause, its year against the document's first year, the heading it stands under, and
the mood of its sentence. A plan speaks of the future unless something says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lantu.compile.clauses import Statement
from lantu.compile.reading import Reading
from lantu.language.time import TimeKind, TimeRef
from lantu.patterns import compiled, regex

# Headings of chapters that look back or describe what is there.
_PAST_HEADING = compiled(
    r"基础(?!设施|教育|研究|产业|性|支撑|能力|科学|工程|服务|地位|底座|保障|工作|制度|领域|和环境保护)|"
    r"成就|成效|成绩|回顾|现状|总结(?!推广)|概况|形势|(?<!营商)(?<!生态)(?<!水)(?<!发展软)环境(?=$|分析|与|和|及)|"
    r"(?:自身|区位|比较|独特|突出)优势(?!产业)|面临|挑战|机遇|存在(?:的)?(?:主要)?问题|主要问题|进展(?:情况)?$|"
    r"(?:完成|执行|实施|工作|基本)情况|区情|县情|市情|发展历程|取得|奠定|奋斗历程|不平凡|意义|背景|范围$|过去(?:五|5|一)?年"
)
_FUTURE_HEADING = regex(
    r"目标|愿景|展望|任务|安排|部署|举措|措施|打算|计划|规划(?!背景|基础|实施情况)|思路|指标(?!完成)|重点|战略(?!机遇)|要求|布局|保障|建设|"
    r"健全|创新|壮大|培育|夯实|做[强优大]|办好|筑牢|擦亮|守牢|增进|改善|巩固|激发|扩大|统筹|促进|推进|提升|加快|加强|完善|构建|打造|强化|实施|推动|优化|深化|发展(?!基础|环境|现状|形势|成就|优势|历程)"
)
_PAST_WORDS = compiled(
    r"(?:^|[^而业])已(?:经|达|有|建|完|实|开|成|全)?|现有|现已|现共|目前|截至|截止|(?<![比较为到占是])(?:上年|去年)|同比|(?<![到为是])[比较]上年|"
    r"累计(?:完成|实现|达到|建成|投入|引进|新增|实施|培育|获|创|申)|以来|五年来|年来|(?:超额|圆满|提前)完成|提前.{0,4}实现|荣获|被评为|位居|获评|"
    r"成功(?:创建|获批|入选|举办|申报)|拥有|辖区内?有|辖(?=\d)|总面积|位于|(?:增加|增长|提高|达到|完成|实现|新增|下降|建成)了|扭转|连续\d+年"
)
_FUTURE_WORDS = regex(
    r"力争|争取|确保|将(?=达|实|新|建|在|突破|超|形|完|提|增|保|基)|目标(?!任务全面完成)|计划(?!生育)|预期|拟|规划(?=建|新|面积|到|布)|"
    r"要(?=达|实|新|建|完|确|力|在)|不低于|不少于|控制在|努力|谋划|推动|预计(?!全年)|左右,?(?:力争|确保)"
)


@dataclass
class Tense:
    """Judges the sentences of one reading."""

    reading: Reading
    _sentence: tuple[int, bool] = (-1, False)  # the statement judged last, and whether it looks back

    @cached_property
    def first_year(self) -> int | None:
        """The first year that lies ahead: the plan's first, else the one the document was issued in."""
        period = self.reading.period
        if period is not None and (period.start or period.end):
            return period.start or period.end
        return self.reading.issued_year

    def is_past(self, time: TimeRef | None, clause: str, statement: Statement) -> bool:
        """Whether the number of ``clause``, governed by ``time``, is an actual."""
        section = statement.section
        dated = self._by_year(time, clause)
        if dated is not None:
            return dated
        if _PAST_WORDS.search(clause) and not _FUTURE_WORDS.search(clause):
            return not self._plan_chapter(section) or bool(_PRESENT.search(clause))
        heading = self._by_heading(section)
        if heading is not None:
            return heading
        return self._by_sentence(statement)

    def _by_sentence(self, statement: Statement) -> bool:
        """The mood of the whole sentence, where headings do not say; a sentence without any looks ahead."""
        if self._sentence[0] != statement.start:
            start, end, text = statement.start, statement.end, self.reading.text
            past = not _FUTURE_WORDS.search(text, start, end) and bool(_PAST_WORDS.search(text, start, end))
            self._sentence = (start, past)
        return self._sentence[1]

    def _by_year(self, time: TimeRef | None, clause: str) -> bool | None:
        if time is None:
            return None
        if time.future is not None:
            return not time.future
        year = time.last
        if time.kind is TimeKind.RELATIVE_YEAR:
            return time.offset < 0 or None
        if year is None or self.first_year is None:
            return None
        if year == self.first_year and _PAST_WORDS.search(clause):
            return None
        return year < self.first_year

    def _by_heading(self, section: int) -> bool | None:
        """True under a heading that looks back, False under one that looks ahead, None where headings do not say."""
        if section not in self._headings:
            self._headings[section] = self._classify(section)
        return self._headings[section]

    @cached_property
    def _headings(self) -> dict[int, bool | None]:
        return {}

    def _classify(self, index: int) -> bool | None:
        for section in self.reading.section_path(index):
            if section.level == 0:
                break
            if _FUTURE_HEADING.search(section.title) and not _PAST_HEADING.search(section.title):
                if section.level == 1 or not self._under_past_chapter(index, section.id):
                    return False
                continue
            if _PAST_HEADING.search(section.title):
                return True
        return None

    def _under_past_chapter(self, index: int, below: str) -> bool:
        """Inside a chapter that only looks back, a heading like 城市品质提升 tells what was done."""
        chapter = [s for s in self.reading.section_path(index) if s.id != below]
        past = [bool(_PAST_HEADING.search(s.title)) for s in chapter if s.level > 0]
        return bool(past) and past[0] and not _GOAL_HEADING.search(self.reading.section_path(index)[0].title)

    def _plan_chapter(self, section: int) -> bool:
        return self._by_heading(section) is False


_GOAL_HEADING = regex(r"目标|愿景|展望|思路|指导思想|要求|原则|任务|安排")
_PRESENT = regex(r"现有|现已|目前|截至|截止|已(?:经|达|有|建|完|实|开|成)|辖区内?有|辖(?=\d)")
