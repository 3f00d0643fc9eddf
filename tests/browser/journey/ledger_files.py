"""The ledger goes out as a workbook, is worked in outside, and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect
from tests.browser.journey.ledger import Somebody
from tests.web.ledger.exchange.conftest import column, edited, put
from tests.web.ledger.exchange.test_libreoffice import OFFICE as LIBREOFFICE
from tests.web.ledger.exchange.test_libreoffice import saved


@dataclass
class Files(Somebody):
    """Who may, with the files of the ledger."""

    def export(self, folder: Path) -> Path:
        """The workbook of what the grid shows, downloaded; from the grid that stands on the page."""
        self.follow("导出")
        self.look(self.page, "export")
        self.press("生成文件")
        download = self.page.locator("main").get_by_role("link", name="下载", exact=True)
        expect(download).to_be_visible()
        self.look(self.page, "exported")
        with self.page.expect_download() as caught:
            download.click()
        path = folder / caught.value.suggested_filename
        caught.value.save_as(path)
        return path

    def bring_back(self, path: Path) -> None:
        self.page.goto(f"/z/{self.zone}/exchange/")
        self.follow("导回工作簿")
        self.page.locator("#id_file").set_input_files(path)
        self.look(self.page, "import")
        self.press("查看改动")
        expect(self.rows()).not_to_have_count(0)
        self.look(self.page, "dry-run")

    def rows(self, verdict: str = "") -> Locator:
        return self.page.locator(f".exchange-row{f'--{verdict}' if verdict else ''}")

    def decide_by_the_file(self) -> None:
        """The only conflict."""
        button = self.rows("conflict").locator('button[value="file"]')
        button.click()
        expect(self.rows("conflict").locator('button[value="file"]')).to_have_attribute("aria-pressed", "true")
        self.look(self.page, "decided")

    def take_over(self) -> None:
        self.press("写入改动")
        expect(self.page.locator("main")).to_contain_text("已写入")
        self.look(self.page, "taken-over")


def worked_in(path: Path, changes: Mapping[tuple[str, str], str], folder: Path) -> Path:
    """The workbook after somebody changed cells, told by the task's number and the head; saved by LibreOffice where it is installed."""

    def act(sheet: Any) -> None:
        for (number, head), value in changes.items():
            put(head, value, _row(sheet, number))(sheet)

    data = edited(path.read_bytes(), act)
    back = folder / f"back-{path.name}"
    back.write_bytes(data if LIBREOFFICE is None else saved(data, folder))
    return back


def _row(sheet: Any, number: str) -> int:
    place = column(sheet, "序号")
    return next(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row=row, column=place).value) == number)
