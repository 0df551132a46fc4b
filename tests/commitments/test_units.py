from __future__ import annotations

import pytest

from commitments.units import full_owner, means, plain_stem, split_units, unit_name


@pytest.mark.parametrize(
    ("name", "places", "stem"),
    [
        ("云溪县住房和城乡建设局", ("云溪县",), "住房和城乡建设局"),
        ("雁州市城市管理局", ("雁州市",), "城市管理局"),
        ("景德镇市民政局", ("景德镇市",), "民政局"),
        ("雁州市市场监督管理局", ("雁州市",), "市场监督局"),
        ("雁州市市政管理处", ("雁州市",), "市政管理处"),
        ("青岛市市南区教育局", ("青岛市", "市南区"), "教育局"),
        ("扬州市广陵区民政局", ("扬州市", "广陵区"), "民政局"),
        ("国网云溪县供电公司", ("云溪县",), "供电公司"),
        ("青石渡镇人民政府", ("青石渡镇",), "政府"),
        ("县公安局", (), "公安局"),
        ("公交集团有限公司", (), "公交集团"),
    ],
)
def test_a_name_is_its_places_and_the_rest(name: str, places: tuple[str, ...], stem: str) -> None:
    assert (unit_name(name).places, unit_name(name).stem) == (places, stem)


@pytest.mark.parametrize(
    ("mention", "stem"),
    [
        ("卫健局", "卫生健康局"),
        ("住建局", "住房和城乡建设局"),
        ("建设局", "住房和城乡建设局"),
        ("人社局", "人力资源和社会保障局"),
        ("市监局", "市场监督管理局"),
        ("发改委", "发展和改革委员会"),
        ("城建集团", "城市建设控股集团有限公司"),
        ("环保局", "生态环境局"),
        ("交警队", "公安局交警大队"),
    ],
)
def test_a_short_form_means_the_long_one(mention: str, stem: str) -> None:
    assert means(mention, plain_stem(stem))


@pytest.mark.parametrize(
    ("mention", "stem"), [("中心", "服务中心"), ("水务局", "税务局"), ("教育局", "体育局"), ("局", "教育局")]
)
def test_a_likeness_is_not_enough(mention: str, stem: str) -> None:
    assert not means(mention, stem)


def test_an_owner_belongs_to_the_place_of_the_letter() -> None:
    assert full_owner("县公安局", "云溪县交通运输局") == "云溪县公安局"
    assert full_owner("市水务局", "云溪县水利局") == "市水务局"
    assert full_owner("市水务局", None) == "市水务局"


def test_a_joint_answer_is_of_several_units() -> None:
    assert split_units("北山市教育局、北山市公安局") == ("北山市教育局", "北山市公安局")
    assert split_units(None) == ()
