"""axe-core, the accessibility checker: an npm package that is installed where tests run, never part of the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome

# where .ci/run installs it; a developer's own place goes into JIANNUO_AXE
PLACES = (".ci/node_modules/axe-core/axe.min.js", "node_modules/axe-core/axe.min.js")


def find_axe() -> Path | None:
    root = Path(__file__).parents[2]
    given = os.environ.get("JIANNUO_AXE")
    return next(
        (path for path in [*([Path(given)] if given else []), *(root / one for one in PLACES)] if path.is_file()), None
    )


def find_barriers(browser: Chrome, axe: Path) -> list[str]:
    """What WCAG 2.2 A and AA and good practice forbid on the page as it stands, a line each."""
    # the page's own policy lets no script in; the debugging protocol does
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe.read_text("utf-8")})
    given: dict[str, Any] = browser.execute_cdp_cmd(
        "Runtime.evaluate",
        {
            "expression": "axe.run(document, {resultTypes: ['violations']})",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    violations = given["result"]["value"]["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}" for one in violations for node in one["nodes"]
    ]
