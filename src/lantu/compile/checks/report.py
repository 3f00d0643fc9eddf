"""The voice of the checks: a code, a place and the words that its message needs → Finding."""

from __future__ import annotations

from collections import Counter

from lantu.compile.reading import Reading
from lantu.model import Finding
from lantu.rulebooks.review import Review, review

_MORE = "(同类问题另有{count}处,未逐一列出。)"


class Report:
    """Collects the findings of one document; the rules, limits and word lists are those of ``findings.toml``."""

    def __init__(self, reading: Reading) -> None:
        rules: Review = review()
        self.reading, self.text = reading, reading.text
        self.rules, self.limits, self.indicators = rules.rules, rules.limits, rules.indicators
        self._found: list[Finding] = []
        self._told: Counter[str] = Counter()

    def add(self, code: str, start: int, end: int, /, **words: object) -> None:
        """Tell of [start, end) of the canonical text; what comes after ``most_per_code`` of one code is counted only."""
        self._told[code] += 1
        if self._told[code] > self.limits.most_per_code:
            return
        rule = self.rules[code]
        span, raw_span = self.reading.anchor(start, end)
        self._found.append(
            Finding(
                code=code, severity=rule.severity, message=rule.message.format(**words),
                section=self.reading.section_id(start), span=span, raw_span=raw_span,
            )
        )  # fmt: skip

    def has_told(self, code: str, start: int, end: int) -> bool:
        """Is there a finding of this code that touches [start, end)?"""
        return any(finding.code == code and finding.span.start < end and start < finding.span.end for finding in self._found)

    def quote(self, start: int, end: int) -> str:
        """The words of [start, end) on one line, shortened to the longest quotation."""
        words = self.text[start:end].replace("\n", "")
        longest = int(self.limits.quote_length)
        return words if len(words) <= longest else words[: longest - 1] + "…"

    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the text; the last one listed of a code tells how many more there are."""
        last = {finding.code: finding for finding in self._found}
        return tuple(sorted((self._with_rest(finding, last) for finding in self._found), key=lambda f: (f.span, f.code, f.message)))

    def _with_rest(self, finding: Finding, last: dict[str, Finding]) -> Finding:
        rest = self._told[finding.code] - int(self.limits.most_per_code)
        if rest <= 0 or last[finding.code] is not finding:
            return finding
        return Finding(
            code=finding.code, severity=finding.severity, message=finding.message + _MORE.format(count=rest),
            section=finding.section, span=finding.span, raw_span=finding.raw_span,
        )  # fmt: skip
