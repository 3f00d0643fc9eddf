"""Forms of characters, and traditional script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lantu.text.document import Document
from lantu.text.forms import plain_forms
from lantu.text.script import is_traditional, simplify

FORMS = [
    ("（２０２５年）：５０％，Ａ区；！？", "(2025年):50%,A区;!?", "full width"),
    ("、。“”‘’《》【】", "、。“”‘’《》【】", "marks of Chinese stay"),
    ("12﹪、3∶5、2～3家", "12%、3:5、2~3家", "small and mathematical forms"),
    ("⼈⺠⻋⻔", "人民车门", "radicals that pdf fonts use"),
    ("云\u00a0溪\u3000区", "云 溪 区", "blanks"),
    ("㎡㎞", "㎡㎞", "units in one character are read later"),
    ("二○二五年、二0三五年、一九四九年", "二〇二五年、二〇三五年、一九四九年", "zeros in a year of Chinese numerals"),
    ("○选项 A0区", "○选项 A0区", "circles and zeros elsewhere"),
    ("金\uf90a", "金金", "compatibility ideographs"),
    ("甲\r\n乙\u2028丙", "甲\n\n乙\n丙", "line ends"),
]


@pytest.mark.parametrize(("raw", "plain", "why"), FORMS, ids=[case[2] for case in FORMS])
def test_one_form_a_character(raw: str, plain: str, why: str) -> None:
    assert plain_forms(raw)[0] == plain
    assert len(plain) == len(raw)


SCRIPT = [
    ("濰坊市於河街道、樂埠山、大于河", "潍坊市于河街道、乐埠山、大于河", "names of places"),
    ("著力推動,顯著提高,圍繞著眼前,著名品牌,專著", "着力推动,显著提高,围绕着眼前,著名品牌,专著", "著 is 着 but in some words"),
    ("乾隆年間,扭轉乾坤,乾燥設備,餅乾", "乾隆年间,扭转乾坤,干燥设备,饼干", "乾 in names"),
    ("瞭望塔,瞭解情況,明瞭", "瞭望塔,了解情况,明了", "瞭"),
    ("藉助平臺,狼藉,憑藉優勢", "借助平台,狼藉,凭借优势", "藉"),
    ("產業鍊與資金鍊,鍊條延伸,鍛鍊身體", "产业链与资金链,链条延伸,锻炼身体", "鍊 is 链 in the chains of a plan"),
    ("批覆同意,覆蓋率,答覆,恢復,複雜", "批复同意,覆盖率,答复,恢复,复杂", "覆, 復 and 複"),
    ("「雲溪」計劃與『青川』行動", "“云溪”计划与‘青川’行动", "corner quotes"),
    ("后裏麵條與幹部、乾淨", "后里面条与干部、干净", "characters that fall together"),
]


@pytest.mark.parametrize(("traditional", "simplified", "why"), SCRIPT, ids=[case[2] for case in SCRIPT])
def test_simplified_without_harm_to_names(traditional: str, simplified: str, why: str) -> None:
    assert simplify(traditional) == simplified
    assert len(simplified) == len(traditional)


def test_a_traditional_page_is_simplified_and_counted(read: Callable[[str], Document]) -> None:
    document = read("全區實現產業發展新突破,國家高新技術企業達到25家。")
    assert document.text == "全区实现产业发展新突破,国家高新技术企业达到25家。"
    assert dict(document.repairs.counts) == {"traditional": 10}


def test_some_traditional_characters_in_a_simplified_page_stay(read: Callable[[str], Document]) -> None:
    text = "全区实现产业发展新突破,挂牌“雲溪書院”,国家高新技术企业达到25家,乾隆古镇建成开放。"
    assert not is_traditional(text)
    assert read(text).text == text
