"""A field that is filled in wrongly says so in the site's words: Django's own Chinese reads as a machine's."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

import lantu_web
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.models import Task

SITE = Path(lantu_web.__file__).parent
CHOICES = [("a", "甲")]
EMPTY, LONG = SimpleUploadedFile("规划.docx", b""), SimpleUploadedFile("长" * 9 + ".txt", b"x")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (forms.CharField(), "", "请填写此项。"),
        (forms.CharField(max_length=3), "一二三四", "最多3个字符，现有4个。"),
        (forms.CharField(min_length=3), "一", "至少3个字符，现有1个。"),
        (forms.CharField(), "一\x00", "不能含有空字符。"),
        (forms.RegexField("^a$"), "b", "格式不正确，请检查后重新填写。"),
        (forms.IntegerField(), "三", "请填写整数。"),
        (forms.IntegerField(min_value=1949), "1", "不得小于1949。"),
        (forms.IntegerField(max_value=2100), "9999", "不得大于2100。"),
        (forms.FloatField(), "三", "请填写数字。"),
        (forms.DateField(), "三月一日", "请填写有效日期，如2026-03-01。"),
        (forms.EmailField(), "x", "请填写有效的电子邮箱地址。"),
        (forms.SlugField(), "新 区", "只能使用字母、数字、下划线和连字符。"),
        (forms.ChoiceField(choices=CHOICES), "b", "“b”不在可选范围内，请重新选择。"),
        (forms.MultipleChoiceField(choices=CHOICES), "a", "请从列表中选择。"),
        (forms.FileField(), None, "请填写此项。"),
        (forms.FileField(), EMPTY, "文件是空的，请重新选择。"),
        (forms.FileField(max_length=5), LONG, "文件名最多5个字符，现有13个。"),
        (forms.FileField(), "x", "未收到文件，请重新选择。"),
    ],
)
def test_the_words_of_a_field(field: forms.Field, value: Any, told: str) -> None:
    with override("zh-hans"), pytest.raises(forms.ValidationError) as refused:
        field.clean(value)
    with override("zh-hans"):
        assert refused.value.messages == [told]


def test_the_words_stand_beside_the_fields_of_a_form() -> None:
    class Entry(forms.Form):
        name = forms.CharField(max_length=2)
        year = forms.IntegerField()
        file = forms.FileField()

    with override("zh-hans"):
        errors = Entry({"name": "名称长", "year": ""}, {}).errors
        assert errors == {"name": ["最多2个字符，现有3个。"], "year": ["请填写此项。"], "file": ["请填写此项。"]}
    with override("en"):
        assert Entry({"name": "n", "year": "x"}, {"file": LONG}).errors == {"year": ["Enter a whole number."]}


def forms_of_the_site() -> list[type[forms.BaseForm]]:
    for package in ("accounts", "documents", "plans", "tasks"):
        for module in pkgutil.walk_packages([str(SITE / package)], f"lantu_web.{package}."):
            if ".forms" in module.name:
                importlib.import_module(module.name)
    found, waiting = set[type[forms.BaseForm]](), [forms.Form]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(below)
        waiting.extend(below)
    return sorted((form for form in found if form.__module__.startswith("lantu_web.")), key=lambda form: form.__qualname__)


def test_a_choice_that_is_left_open_has_words() -> None:
    """Not the dashes that Django puts there."""
    choices = {
        (form.__name__, name): str(field.empty_label)
        for form in forms_of_the_site()
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField)
    }
    assert len(choices) > 10
    assert {where: label for where, label in choices.items() if "--" in label} == {}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_field_of_a_task_is_called_alike_everywhere(language: str) -> None:
    with override(language):
        labels = {name: str(field.label) for name, field in FIELDS.items()}
        assert {name: str(Task._meta.get_field(name).verbose_name) for name in FIELDS} == labels  # type: ignore[union-attr]
    if language == "zh-hans":
        assert (labels["source"], labels["section"]) == ("文件依据", "责任科室")
