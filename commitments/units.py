"""Names of organs as letters write them: places in front, stem behind, and whether a short form means a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PLACE = re.compile(
    r"[㐀-鿿]{2,12}?自治[区州县]|(?:(?![和及与])[㐀-鿿]){1,5}?(?:特别行政区|新区|高新区|开发区|街道|"
    r"[省县区](?![市县区])|市(?![县区]|市(?![南北中]区|[场政容民直]))|[镇乡州盟旗](?![省市县区]))"
)
_FOREWORD = re.compile(r"^(?:中共|中国共产党|政协|国网|国家|国家税务总局|中国)")
_NOT_A_PLACE = re.compile(r"^(?:城市|市(?![南北中]区)|县|区|社区|省|镇|乡|小区|园区|校区|库区|景区|片区|街道|都市)")
_ENDINGS = (
    ("股份有限公司", ""), ("有限责任公司", ""), ("有限公司", ""), ("人民政府", "政府"), ("管理委员会", "管委会"),
    ("委员会", "委"), ("办公室", "办"), ("监督管理局", "监督局"),
)  # fmt: skip
_FORMER_NAMES = (
    ("环保局", "生态环境局"), ("国土局", "自然资源局"), ("国土资源局", "自然资源局"), ("资规局", "自然资源和规划局"),
    ("城管局", "综合行政执法局"), ("卫计局", "卫生健康局"), ("卫计委", "卫生健康委"), ("卫生局", "卫生健康局"),
    ("工商局", "市场监督局"), ("质监局", "市场监督局"), ("食药监局", "市场监督局"), ("市场监管局", "市场监督局"),
    ("交警队", "交警大队"), ("交警队", "交警支队"), ("旅游局", "文化和旅游局"), ("文化局", "文化和旅游局"),
    ("消防队", "消防救援大队"), ("劳动局", "人力资源和社会保障局"), ("社保局", "人力资源和社会保障局"),
    ("农委", "农业农村局"), ("供电公司", "供电分公司"), ("供电局", "供电公司"),
)  # fmt: skip
LEVELS = "省市县区镇乡州"


@dataclass(frozen=True, slots=True)
class UnitName:
    """An organ's full name with its places, widest first, and the rest of it in its usual ending."""

    name: str
    places: tuple[str, ...]
    level: str
    """市 of 金华市科学技术局 and of 市科技局; "" where neither place nor level is named."""
    stem: str


@lru_cache(maxsize=65_536)
def unit_name(name: str) -> UnitName:
    rest = _FOREWORD.sub("", name)
    places: list[str] = []
    while (match := _PLACE.match(rest)) and not _NOT_A_PLACE.match(rest):
        places.append(match.group())
        rest = rest[match.end() :]
    level = places[-1][-1] if places else rest[0] if rest[:1] in LEVELS and len(rest) > 2 else ""
    stem = rest[1:] if level and not places else rest
    return UnitName(name, tuple(places), level, plain_stem(stem or name))


def plain_stem(stem: str) -> str:
    """人民政府 and 政府, 委员会 and 委 are the same ending."""
    for long, short in _ENDINGS:
        if stem.endswith(long):
            stem = stem.removesuffix(long) + short
    return stem


def split_units(written: str | None) -> tuple[str, ...]:
    """A joint answer names its organs with 、."""
    return tuple(part.strip() for part in re.split(r"[、,，;；]", written or "") if part.strip())


def full_owner(owner: str, organ: str | None) -> str:
    """县住建局 in a letter of 桐浦县民政局 is 桐浦县住建局; an owner of another level stays as written."""
    if organ is None or owner[:1] not in LEVELS:
        return owner
    place = next((place for place in unit_name(organ).places if place[-1] == owner[0]), None)
    return place + owner[1:] if place else owner


def means(mention: str, stem: str) -> bool:
    """Whether a short form may stand for a stem: 卫健局 for 卫生健康局, 城建集团 for 城市建设控股集团."""
    short = plain_stem(mention)
    return _is_short_form(short, stem) or any(
        short == former and _is_short_form(plain_stem(now), stem) for former, now in _FORMER_NAMES
    )


def _is_short_form(short: str, stem: str) -> bool:
    if len(short) < 2 or len(short) > len(stem):
        return False
    if short == stem or (len(short) >= 3 and short in stem):
        return True
    return len(short) >= 3 and short[0] == stem[0] and short[-1] == stem[-1] and _is_subsequence(short, stem)


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
