"""Whether a promise comes back every year, quarter or month."""

from __future__ import annotations

import re

from commitments.letters import Recurrence

_ROWS = (
    (Recurrence.MONTHLY, re.compile(r"每(?:个)?月(?!\d)|按月|逐月|月均|每月")),
    (Recurrence.QUARTERLY, re.compile(r"每(?:个)?季度?|按季度?|逐季")),
    (
        Recurrence.YEARLY,
        re.compile(
            r"每年|每(?:一)?年度|逐年|每人每年|(?:^|[，：；])年(?=(?:均)?(?:入驻|设立|新增|培训|举办|组织|引进|培育|开展|完成|实施|服务|发布|安排|建设|培养)[^，；]{0,20}\d)"
        ),
    ),
)


_HINT = re.compile("[每逐按均年](?<![^，：；]年)")  # every row holds one of these


def find_recurrence(text: str) -> Recurrence | None:
    """The first rhythm that the folded text names."""
    if not _HINT.search(text):
        return None
    hits = [(match.start(), kind) for kind, pattern in _ROWS if (match := pattern.search(text))]
    return min(hits)[1] if hits else None
