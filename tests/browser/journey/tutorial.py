"""What the tutorials tell: the plan they upload, and what is typed at each step. The tools that make pictures walk it, and a test does."""

from __future__ import annotations

from pathlib import Path

from tests.browser.journey.walker import Figure, Papers, Target, Walker

FILE = Path("samples") / "yunxi-plan-damaged.txt"
NAME = "云溪新区“十五五”规划纲要（网页转存稿）"
UNIT = "云溪新区经济发展局"
BODY = "云溪新区管理委员会"
PARTY = "中共云溪新区工作委员会"


def walk(walker: Walker, password: str, root: Path) -> None:
    """All steps in their order, as the demo's planning officer; ``root`` is the folder of the project."""
    walker.log_in("planner", password)
    walker.register(NAME, unit=UNIT, first_year=2026, last_year=2030, body=BODY)
    walker.upload(root / FILE)
    walker.watch()
    walker.review(background="第二章", why="4", chapter="第四章", until="第五章", words="科技型中小企业数量")
    walker.accept_the_rest()
    walker.settle(from_paper="偏折", figure=Figure(subject="亩均税收", value="11.8", unit="万元", year="2025", kind="actual"))
    walker.approve(Papers(body=BODY, number="云溪管发〔2026〕3号", day="2026-03-18"))
    walker.adjust(
        "研发经费投入强度目标调整",
        Target(words="研发经费投入强度", value="3.4", reason="两家研发机构的落地时间推迟到下一年度"),
        Papers(body=BODY, upper=PARTY, number="云溪管发〔2026〕21号", day="2026-09-30"),
    )
    walker.compare()
