"""Whether an outsider could tell on the due date that a promise was kept: one checkable part is enough."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Sign:
    """One kind of checkable part; `softened` signs do not count beside words like 探索 or 不定期."""

    name: str
    softened: bool
    pattern: re.Pattern[str]


def _sign(name: str, softened: bool, *alternatives: str) -> _Sign:
    return _Sign(name, softened, re.compile("|".join(alternatives)))


_ISSUED = r"(?:出台|印发|制定|制订|修订|编制|提交|上报|报送|提请|发布|立法|起草|公布|公开|申报|提出)"
_PAPER = r"(?:办法|方案|规划|政策|规范|标准|条例|细则|意见|指南|规定|目录|导则|清单|报告|建议书)"
_OCCASION = r"(?:大赛|大会|论坛|博览会|[\u4e00-\u9fff]{2}节|竞赛|比赛|周|展会|发布会|直通车|启动仪式|评选)"
_FINISHED = (
    r"(?:建设|改造|整治|排查|验收|招标|批复|登记|普查|备案|归集|对接|培训|签约|任务|供地|装修|调整|征集|消除|清零|评审"
    r"|零的突破|试点|划定|划转|交接|选址|清算|移交|鉴定|评估|检测)"
)
_NEW = (
    r"(?:队|队伍|专班|领导小组|中心|站点?|基地|平台|基金|通道|专线|窗口|学校|医院|车间|点位?|实验室|驿站|委员会|研究院|系统|小程序|热线"
    r"|专栏|泊位|停车场|公园|库|专项|档案|台账|名录)"
)

_SIGNS = (
    _sign(
        "a named document",
        False,
        rf"{_ISSUED}[^，；]{{0,24}}《|《[^》]+》[^，；]{{0,8}}(?:立法|出台|印发|修订|发布)|(?:出台|印发)[^，；]{{2,}}",
        rf"(?:发布|制定|制订|修订|编制|完成)(?!完善)[^，；]{{0,24}}{_PAPER}|(?:作出|出具)[^，；]{{0,8}}(?:结论|答复|意见|报告)",
    ),
    _sign(
        "an event",
        False,
        r"(?:开设|开通|推出|上线|办好)[^，；]{0,4}“|组织[^，；]{0,6}“[^”]+”[^，；]{0,4}活动|编[选印写][^，；]{0,4}《",
        r"(?:举办|承办|主办|召开|举行)[^，；]{0,6}(?:第[一二三四五六七八九十\d]+届|“[^”]+”)",
        rf"(?:举办|承办|主办|召开|举行|开展|办好)[^，；]{{2,22}}{_OCCASION}",
        r"开展[^，；]{0,6}“[^”]+”[^，；]{0,6}(?:活动|巡回宣传|试点)|开展[^，；]{2,24}试点",
    ),
    _sign(
        "a rhythm",
        False,
        r"每(?:年|季度|月|半年|半月|个?周[一二三四五六日]?|旬)[^，；]{0,14}(?:会商|值守|报送|报告|公开|开放|组织|召开|举办|开展|公布|发布|通报|检查|监测|安排|更新|评比|走访|调度|培训)",
        r"每(?:年|半年|季度|月)(?:对|在|向)",
    ),
    _sign("within days", False, r"\d(?:天|日|个月|个工作日)内[^，；]{0,4}(?:组建|完成|作出|公布|办结|整改|答复|反馈)"),
    _sign(
        "a milestone",
        True,
        r"(?<!已)(?:建成|落地)|投用|启用|挂牌|上线|开工|动工|开通|竣工|完工|封顶|交付|投入(?:使用|运营|运行)|投运|验收|通车",
        r"(?:修|建|装|铺|架|打|接)(?:好|通|完|起来)|由[^，；]{1,16}(?:提高|放宽|增加|扩大|延长|缩短|压缩|降低|调高|调整)(?:到|至|为)|后(?:印发|出台|公布|施行)$|停止(?:审批|办理|新建|使用)",
        r"[拆撤]除|达标(?!率)|全面铺开|向社会(?:公[布开]|披露)|书面通报|网公布|公布[^，；]{2,}(?:名单|电话)|免费体检|开展[^，；]{0,6}一轮[^，；]{0,4}(?:检查|排查)|资金[^，；]{0,16}(?:拨付|兑付)$|下达[^，；]{2,10}资金|“回头看”|改造成|改作|村村通|搬迁|报请[^，；]{2,12}(?:审批|批准|审定)|全覆盖|入库|落户|对外开放|免费开放|试运行|获批|创成|全部(?:达到|完成|建成)|启动(?:建设|施工|实施)",
        rf"(?:完成|实现)[^，；]{{2,}}{_FINISHED}",
    ),
    _sign(
        "something new",
        True,
        rf"(?:新建|新增|增设|增开|设立|组建|成立|新设|开设|建立)[^，；]{{2,}}{_NEW}|共建[^，；]{{2,}}(?:研究院|中心|基地|实验室)",
        r"(?:列入|纳入|挤入)[^，；]{2,}(?:名录|平台|考评|库|计划|清单|体系|名单|规划|预算|项目|范围|考核)|先行试点|网站公布|公开发布|申报$|招标|系统$",
        r"申报[^，；]{2,}项目|(?:创建|争创|申报)(?:国家|省|市|全国|[^，；]{0,8}级)[^，；]{2,}|三张清单|摸清[^，；]{2,}底数|提出[^，；]{0,6}申请",
        r"启动[^，；]{2,}(?:建设|改造|创建|申报|处理|治理|工程|拆迁|征收)(?!计划)|实施[^，；]{2,}(?:改造|治理|建设|征收)(?!计划)",
        r"(?:对|将)[^，；]{2,}(?:进行|开展|实施)[^，；]{0,6}(?:改造|维修|修缮|修复|加固|更换|拓宽|硬化)",
        r"(?:使用|应用)[^，；]{0,14}系统|开发[^，；]{2,}(?:产品|平台|贷)",
    ),
)
_SOFT = re.compile(
    r"不定期|探索|引导|鼓励|研究(?!制定|出台|院|所|起草)|适时开展|条件具备时|督促|指导|沟通|争取(?:提高|中央|上级|省级|国家示范)"
    r"|支持[^，；]{2,20}(?:创建|争创|建设)"
)
# 信号灯启用前，… says when; 采取设立飞地等方式 says how; “双一流工程” is a name: none of them is promised.
_NOT_PROMISED = re.compile(
    r"^[^，]{2,14}[前后]，|直至.*|待[^，；]{2,24}?后(?=[，将再])|(?:采取|通过|以)[^，；]*?(?:方式|模式|形式)"
)
_NAME = re.compile(r"“[^”]*”")


def is_verifiable(text: str, *, has_targets: bool, has_own_date: bool) -> bool:
    """True when the folded segment has a figure, a day of its own (a bare year is none) or a checkable sign."""
    if has_targets or has_own_date:
        return True
    plain = _NOT_PROMISED.sub("", text)
    if any(sign.pattern.search(plain) for sign in _SIGNS if not sign.softened):
        return True
    firm = [clause for clause in _NAME.sub("“”", plain).split("，") if not _SOFT.search(clause)]
    return any(sign.pattern.search(clause) for sign in _SIGNS if sign.softened for clause in firm)
