"""The terminal contract, by the console script's own application."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

LETTERS = sorted((Path(__file__).parents[3] / "bot" / "playground" / "letters").glob("*.txt"))


@pytest.fixture
def workplace(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIANNUO_STORAGE__URL", sqlite_url)
    return tmp_path


def jiannuo(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=given)


def test_init_writes_a_private_file_that_run_accepts(workplace: Path) -> None:
    result = jiannuo("init", "--token", "1:abc", "--admin", "7", "--zone", "Asia/Shanghai")

    assert result.exit_code == 0
    assert stat.S_IMODE((workplace / "config.toml").stat().st_mode) == 0o600
    assert "已经存在，没有改动" in jiannuo("init", "--token", "1:x", "--admin", "7", "--zone", "Asia/Shanghai").stderr


def test_init_asks_for_what_the_flags_leave_out(workplace: Path) -> None:
    result = jiannuo("init", given="1:abc\n7\n\n")

    assert result.exit_code == 0
    assert 'token = "1:abc"' in (workplace / "config.toml").read_text()


def test_init_refuses_a_token_that_is_none(workplace: Path) -> None:
    result = jiannuo("init", "--token", "abc", "--admin", "7", "--zone", "Asia/Shanghai")

    assert result.exit_code == 1
    assert "telegram.token" in result.stderr


def test_run_needs_a_token_and_an_admin(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "缺少配置项 telegram.token" in jiannuo("run").stderr
    monkeypatch.setenv("JIANNUO_TELEGRAM__TOKEN", "1:abc")
    assert "缺少配置项 access.admins" in jiannuo("run").stderr
    monkeypatch.setenv("JIANNUO_ACCESS__ADMINS", "[7]")
    assert "演练时刻请写成" in jiannuo("run", "--pretend-now", "明天").stderr


def test_extract_prints_a_line_of_json_for_each_file_in_order() -> None:
    result = jiannuo("extract", "--json", *LETTERS)

    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["file"] for row in rows] == [str(path) for path in LETTERS]
    assert rows[0]["letter"]["organ"] == "澄湾市科学技术局"
    assert rows[0]["commitments"][0]["due"] == "2024-10-31"


def test_extract_explains_where_each_field_came_from() -> None:
    result = jiannuo("extract", "--explain", LETTERS[0])

    assert "2024-10-31" in result.stdout
    assert "推得" in result.stdout


def test_a_file_that_is_no_letter_costs_a_sentence_and_the_others_are_read(tmp_path: Path) -> None:
    menu = tmp_path / "菜单.txt"
    menu.write_text("今天食堂吃红烧肉、青菜和米饭", encoding="utf-8")

    result = jiannuo("extract", menu, tmp_path / "没有.txt", LETTERS[0])

    assert result.exit_code == 1
    assert "《菜单.txt》：这段内容不像建议、提案的答复" in result.stderr
    assert "没有找到文件" in result.stderr
    assert "澄湾市科学技术局" in result.stdout


def test_load_then_ask_and_see_the_reminders(workplace: Path) -> None:
    assert jiannuo("load", "--confirm", *LETTERS).exit_code == 0

    asked = jiannuo("ask", "--json", "--as-of", "2024-11-20", "-", given="停车管理条例提交人大了吗\n999号提案\n")
    found, nothing = (json.loads(line) for line in asked.stdout.splitlines())
    assert found["commitments"][0]["source"] == LETTERS[1].name
    assert found["commitments"][0]["due"] == "2024-12-31"
    assert nothing["commitments"] == nothing["replies"] == []
    told = jiannuo("reminders", "--on", "2099-11-30", "--json")
    assert told.exit_code == 0


def test_load_without_confirm_leaves_drafts_and_a_second_load_adds_nothing(workplace: Path) -> None:
    first = jiannuo("load", LETTERS[0])
    second = jiannuo("load", LETTERS[0])

    assert "待核对" in first.stderr
    assert "以前载入过" in second.stderr
    assert second.exit_code == 0


def test_a_letter_without_a_date_is_not_confirmed_before_one_is_given(workplace: Path) -> None:
    letter = workplace / "无日期.txt"
    letter.write_text(LETTERS[2].read_text().replace("2024年7月2日\n", ""), encoding="utf-8")

    result = jiannuo("load", "--confirm", letter)

    assert result.exit_code == 1
    assert "--reply-date" in result.stderr


def test_a_wrong_database_address_is_one_sentence(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANNUO_STORAGE__URL", "mysql://localhost/x")

    result = jiannuo("ask", "有哪些逾期")

    assert result.exit_code == 1
    assert result.stderr.startswith("配置项 storage.url 不对")


def test_a_file_that_is_no_database_is_told_in_a_sentence(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workplace / "notes.db").write_text("会议记录，不是台账" * 200)
    monkeypatch.setenv("JIANNUO_STORAGE__URL", f"sqlite:///{workplace}/notes.db")

    result = jiannuo("ask", "有哪些到期")

    assert result.exit_code == 1
    assert result.stderr.startswith("打不开台账：")
    assert "Traceback" not in result.stderr
