"""config.toml and the environment (JIANNUO_SECTION__KEY), validated and read once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from commitments.ladder import Ladder
from commitments.quiet import QuietHours
from commitments.retention import Retention
from commitments.rhythm import Rhythm, Rung
from commitments.rulesets import RULE_SETS, Period, RuleSet, period
from commitments.states import Rank
from commitments.workdays import make_calendar

DEFAULT_CONFIG = Path("config.toml")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting: its key as written in the file, and the kind of mistake."""

    key: str
    kind: str
    """unknown · missing · wrong"""
    given: object = None


class SettingsError(ValueError):
    """The configuration cannot be used; `problems` is empty when the file itself is missing or no TOML."""

    def __init__(self, path: Path | None, problems: tuple[Problem, ...], *, reason: str = "invalid") -> None:
        super().__init__(f"{path}: {reason} {[problem.key for problem in problems]}")
        self.path, self.problems, self.reason = path, problems, reason


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(Section):
    token: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    webhook_url: str = ""
    """The public https address that Telegram calls; empty for long polling."""
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = 8080
    webhook_secret: SecretStr = SecretStr("")


class Access(Section):
    admins: tuple[int, ...] = ()
    open: bool = False


class Storage(Section):
    url: str = "sqlite:///data/jiannuo.db"
    files: Path = Path("data/files")
    keep_messages_days: NonNegativeInt = 0
    """How long settled messages of the outbox are kept; 0 for good."""


class ClockSection(Section):
    zone: str = "Asia/Shanghai"
    morning: time = time(8, 30)
    quiet_from: time = time(20, 0)
    quiet_until: time = time(8, 30)
    quiet_on_days_off: bool = True

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, KeyError) as error:
            raise ValueError("unknown zone") from error
        return value

    @model_validator(mode="after")
    def _by_day(self) -> Self:
        if not (self.quiet_until < self.quiet_from and self.morning < self.quiet_from):
            raise ValueError("quiet hours begin in the evening, after the morning")
        return self


class Reminders(Section):
    before: tuple[NonNegativeInt, ...] = (30, 7, 3, 1, 0)
    overdue_daily: NonNegativeInt = 3
    overdue_every: NonNegativeInt = 7
    rest_after_report_days: NonNegativeInt = 3
    deputy_after_workdays: NonNegativeInt = 2
    leader_after_workdays: NonNegativeInt = 4
    admins_after_workdays: NonNegativeInt = 6

    @property
    def escalation(self) -> tuple[Rung, ...]:
        """Who hears of a silence and when; 0 working days: never."""
        waits = {
            Rank.DEPUTY: self.deputy_after_workdays,
            Rank.LEADER: self.leader_after_workdays,
            Rank.ADMIN: self.admins_after_workdays,
        }
        return tuple(Rung(rank, days) for rank, days in waits.items() if days)


class CalendarSection(Section):
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()


class Rules(Section):
    """A place's own numbers: an example set to begin with, and what differs from it."""

    set: Literal["usual", "city", "district"] = "usual"
    name: str | None = None
    return_workdays: int | None = Field(default=None, ge=1)
    co_host: Period | None = None
    decide_workdays: int | None = Field(default=None, ge=1)
    redo: Period | None = None
    most_redos: int | None = Field(default=None, ge=0)
    look_back: Period | None = None
    classes: dict[str, str] | None = None

    @field_validator("co_host", "redo", "look_back", mode="before")
    @classmethod
    def _written_period(cls, value: object) -> object:
        return period(value) if isinstance(value, str) else value

    @property
    def rule_set(self) -> RuleSet:
        given = {name: getattr(self, name) for name in type(self).model_fields if name != "set"}
        return replace(RULE_SETS[self.set], **{name: value for name, value in given.items() if value is not None})


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="JIANNUO_", env_nested_delimiter="__", extra="forbid", frozen=True)

    telegram: Telegram = Telegram()
    access: Access = Access()
    storage: Storage = Storage()
    clock: ClockSection = ClockSection()
    reminders: Reminders = Reminders()
    calendar: CalendarSection = CalendarSection()
    rules: Rules = Rules()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.clock.zone)

    @property
    def admins(self) -> frozenset[int]:
        return frozenset(self.access.admins)

    @property
    def rule_set(self) -> RuleSet:
        return self.rules.rule_set

    @property
    def rhythm(self) -> Rhythm:
        """The settings of everything that happens because time passes, as the jobs know them."""
        steps, hours = self.reminders, self.clock
        return Rhythm(
            zone=self.zone,
            morning=hours.morning,
            ladder=Ladder(steps.before, steps.overdue_daily, steps.overdue_every),
            calendar=make_calendar(self.calendar.holidays, self.calendar.workdays),
            quiet=QuietHours(hours.quiet_from, hours.quiet_until, hours.quiet_on_days_off),
            escalation=steps.escalation,
            rest_after_report_days=steps.rest_after_report_days,
        )

    @property
    def retention(self) -> Retention:
        days = self.storage.keep_messages_days
        return Retention(sent_messages=timedelta(days=days) if days else None)


def find_config(path: Path | None = None) -> Path | None:
    """The config file that is read when `path` was given; None when only the environment and the defaults are there."""
    return path or (DEFAULT_CONFIG if DEFAULT_CONFIG.is_file() else None)


def load_settings(path: Path | None = None) -> Settings:
    """The settings of a config file (default: config.toml where it exists) under those of the environment.

    Raises SettingsError naming every key that is unknown, missing or of a wrong type.
    """
    if path is not None and not path.is_file():
        raise SettingsError(path, (), reason="missing")
    source = find_config(path)

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            if source is None:
                return (init_settings, env_settings)
            return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, source))

    try:
        return FromFile()
    except ValidationError as error:
        raise SettingsError(source, tuple(_problem(row) for row in error.errors())) from error
    except ValueError as error:  # TOMLDecodeError, or an environment value that is no JSON
        raise SettingsError(source, (), reason="unreadable") from error


def _problem(row: Any) -> Problem:
    kinds = {"extra_forbidden": "unknown", "missing": "missing"}
    return Problem(".".join(str(part) for part in row["loc"]), kinds.get(row["type"], "wrong"), row.get("input"))
