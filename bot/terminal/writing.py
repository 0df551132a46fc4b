"""`jiannuo init`: config.toml with the few settings that everybody must give, readable by its owner only."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pydantic import ValidationError

from bot.settings import ClockSection, Problem, SettingsError

TEMPLATE = """\
# 践诺的配置。每一项的说明和默认值见 config.example.toml。
[telegram]
token = {token}

[access]
admins = [{admin}]

[clock]
zone = {zone}
"""


def write_config(path: Path, *, token: str, admin: int, zone: str) -> None:
    """Write the file with mode 0600. Raises SettingsError for values that the bot would refuse."""
    if ":" not in token:
        raise SettingsError(path, (Problem("telegram.token", "wrong", token),))
    try:
        ClockSection(zone=zone)
    except ValidationError as error:
        raise SettingsError(path, (Problem("clock.zone", "wrong", zone),)) from error
    # JSON's quoting of a string is also TOML's.
    text = TEMPLATE.format(token=json.dumps(token), admin=admin, zone=json.dumps(zone))
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
