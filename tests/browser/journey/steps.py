"""The steps of the journey to a plan in force and changed: headings of the tutorials and methods of the walker, in one order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``key`` names the walker's method; ``zh`` and ``en`` are headings of the two tutorials."""

    key: str
    zh: str
    en: str


STEPS = (
    Step(key="log_in", zh="登录", en="Log in"),
    Step(key="register", zh="登记规划", en="Register a plan"),
    Step(key="upload", zh="上传规划文本", en="Upload the text"),
    Step(key="watch", zh="看它读完", en="Watch it being read"),
    Step(key="review", zh="只用键盘审核一章", en="Review a chapter by keyboard alone"),
    Step(key="accept_the_rest", zh="逐章采纳其余内容", en="Accept the rest, chapter by chapter"),
    Step(key="settle", zh="处理审读意见", en="Settle the findings"),
    Step(key="approve", zh="登记批准", en="Record the approval"),
    Step(key="adjust", zh="依程序调整一个目标", en="Adjust one target by due procedure"),
    Step(key="compare", zh="对比两个版本", en="Compare the two versions"),
)
AMEND = Step(key="amend", zh="采用修订文本", en="Take over an amended text")  # only where an amended file comes in
