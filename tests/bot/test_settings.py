"""config.toml and the environment: what is wrong is named by its key in one Chinese sentence."""

from __future__ import annotations

import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Rules, Settings, SettingsError, load_settings
from bot.terminal import words
from commitments.rhythm import Rhythm, Rung
from commitments.rulesets import RULE_SETS
from commitments.states import Rank

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def settings_of(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_without_a_file_everything_has_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    settings = load_settings()

    assert settings.storage.url == "sqlite:///data/jiannuo.db"
    assert settings.rhythm.ladder.before == (30, 7, 3, 1, 0)


def test_the_environment_overrules_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANNUO_STORAGE__URL", "sqlite:///elsewhere.db")
    monkeypatch.setenv("JIANNUO_ACCESS__ADMINS", "[7, 8]")

    settings = settings_of(tmp_path, '[storage]\nurl = "sqlite:///here.db"\n[clock]\nmorning = "09:00"\n')

    assert settings.storage.url == "sqlite:///elsewhere.db"
    assert settings.access.admins == (7, 8)
    assert settings.rhythm.morning == time(9, 0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[telegram]\ntokn = "1:a"\n', "配置项 telegram.tokn 没有这个设置项，请检查拼写。"),
        ("[reminder]\nbefore = [1]\n", "配置项 reminder 没有这个设置项，请检查拼写。"),
        ('[access]\nadmins = "我"\n', "配置项 access.admins 的值不对，请看 config.example.toml 里的说明。"),
        ('[clock]\nzone = "Asia/Jinhua"\n', "配置项 clock.zone 的值不对，请看 config.example.toml 里的说明。"),
        ('[clock]\nquiet_from = "07:00"\n', "配置项 clock 的值不对，请看 config.example.toml 里的说明。"),
        ("[reminders]\nbefore = [7, -1]\n", "配置项 reminders.before.1 的值不对，请看 config.example.toml 里的说明。"),
        ('[clock]\nmorning = "早上"\n', "配置项 clock.morning 的值不对，请看 config.example.toml 里的说明。"),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, text)

    assert words.settings_error(caught.value) == sentence


def test_a_place_says_who_hears_of_a_silence_and_when(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "[reminders]\ndeputy_after_workdays = 3\nleader_after_workdays = 0\n")

    assert Settings().rhythm == Rhythm()
    assert settings.rhythm.escalation == (Rung(Rank.DEPUTY, 3), Rung(Rank.ADMIN, 6))


def test_messages_are_kept_for_good_unless_the_place_says_how_long(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "[storage]\nkeep_messages_days = 180\n")

    assert Settings().retention.sent_messages is None
    assert settings.retention.sent_messages == timedelta(days=180)


def test_a_missing_file_and_a_broken_one_say_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as missing:
        load_settings(tmp_path / "none.toml")
    with pytest.raises(SettingsError) as broken:
        settings_of(tmp_path, "[telegram\n")

    assert "没有找到配置文件" in words.settings_error(missing.value)
    assert "读不懂" in words.settings_error(broken.value)


def test_the_example_explains_every_setting_with_its_default() -> None:
    written = read_example()

    for section, model in Settings.model_fields.items():
        defaults = model.default
        for key in type(defaults).model_fields:
            assert key in written[section], f"{section}.{key} is not in config.example.toml"
            if (section, key) not in {
                ("telegram", "token"),
                ("access", "admins"),
                ("calendar", "holidays"),
                ("calendar", "workdays"),
            }:
                shown = type(defaults)(**{key: written[section][key]})
                assert getattr(shown, key) == getattr(defaults, key) or section == "rules", f"{section}.{key}"


def test_the_example_shows_the_usual_rules() -> None:
    assert Rules(**read_example()["rules"]).rule_set == RULE_SETS["usual"]


def test_rules_begin_with_a_set_and_override_what_differs(tmp_path: Path) -> None:
    rules = settings_of(tmp_path, '[rules]\nset = "district"\nname = "桐浦县办理规则"\nredo = "2 months"\n').rule_set

    assert (rules.name, str(rules.redo), rules.return_workdays) == ("桐浦县办理规则", "2 months", 3)


@pytest.mark.parametrize("line", ['redo = "一个月"', "return_workdays = 0", 'set = "省"', "most_redos = -1"])
def test_a_rule_that_makes_no_sense_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, f"[rules]\n{line}\n")

    assert words.settings_error(caught.value).startswith(f"配置项 rules.{line.split()[0]}")


def read_example() -> dict[str, Any]:
    """Every setting of the example, those behind a # too."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return tomllib.loads("\n".join(line.removeprefix("# ") if " = " in line else line for line in lines))
