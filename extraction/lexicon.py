"""The words of the genre that several rooms need: names of units, verbs of action, adverbs before them."""

from __future__ import annotations

import re


def any_of(words: str) -> str:
    """A pattern of the words in which those that begin alike share their beginning, and the longer is tried first."""
    tails: dict[str, set[str]] = {}
    for word in words.split():
        tails.setdefault(word[0], set()).add(word[1:])
    return "|".join(re.escape(head) + _any_tail(rest) for head, rest in sorted(tails.items()))


def _any_tail(tails: set[str]) -> str:
    longer = " ".join(sorted(tail for tail in tails if tail))
    return f"(?:{any_of(longer)}){'?' if '' in tails else ''}" if longer else ""


def opening(characters: str, pattern: str) -> str:
    """The pattern, whose every match begins with one of these characters: elsewhere it costs a single look."""
    return f"(?=[{characters}])(?:{pattern})"


UNIT_SUFFIX = any_of(
    """
    局 分局 委 委员会 办 办公室 厅 处 中心 集团 公司 政府 管委会 街道 街道办 办事处 镇 乡 医院 卫生院 大学 学院
    学校 小学 中学 幼儿园 研究院 研究所 支队 大队 中队 总队 专班 指挥部 领导小组 科技城 创新城 产业园 开发区 高新区
    园区 银行 协会 商会 学会 联盟 总站 供电所 供电公司 水利站 管理站 服务站 法院 检察院 海关 救援站 税务局 组织部
    宣传部 统战部 政法委 村委会 居委会 联社 合作社 总工会 工会 团委 妇联 残联 工商联 科协 执法队 红十字会 图书馆 博物馆
    部门 林业站 农技站 畜牧站 兽医站 文化站 司法所 派出所 财政所 供销社 投资方 保健院 监理所 经开区 保税区 物流园
    科创园 创业园 质检院 设计院 环卫所 环卫队 主席团
    服务中心 管理所 电视台 总场 水务站 水务所 环保所 文化馆 美术馆 档案馆 体校 少年宫
    """
)

ADVERBS = any_of(
    """
    积极 进一步 加快 持续 大力 深入 全面 严格 切实 着力 不断 逐步 有序 扎实 认真 及时 适时 尽快 主动 充分 重点 努力
    全力 稳步 统筹 定期 精心 继续 同步 优先 科学 合理 坚决 有效 依法 鼓励和 积极稳妥 稳妥 分步 分批 立即 率先
    常态化 自主 精准 动态 不定期 聚力 奋力 一并 再 还 也 并 探索 谋划 高标准 高质量 高水平 高效 分级 分类 集中 牵头 联合
    协同 共同 抓紧 抓好 做好 用好 建好 管好 注重 突出 新 同期 其间 普遍 随后 随即 即行 先行 首先 按时 如期 逐一 逐项
    就近 配套
    一次性 现场 统一
    """
)

ACTIONS = any_of(
    """
    推进 推动 加快 加强 办好 办成 强化 完善 健全 建立 构建 打造 实施 开展 组织 举办 承办 主办 召开 培育 引进 引育
    招引 支持
    鼓励 引导 优化 提升 提高 深化 扩大 加大 建设 新建 建成 改造 增设 增开 增加 新增 新设 设立 设置 成立 组建 出台
    制定 制订 修订 编制 印发 发布 公布 公开 启动 启用 开工 动工 开通 开放 上线 搭建 拓展 拓宽 落实 落地 督促 指导
    协调 配合 协助 会同 联合 对接 争取 争创 创建 创成 申报 推荐 立项 推广 宣传 选派 选聘 招聘 招录 配备 配齐 安装
    更换 更新 修复 修缮 整治 治理 清理 拆除 清除 排查 摸清 摸底 检查 巡查 监测 监管 打击 查处 规范 严厉 严格 保障
    确保 保持 坚持 盘活 整合 统筹 协同 聚焦 围绕 依托 发挥 弘扬 营造 培养 培训 轮训 实现 达到 完成 力争 形成 试行
    试点 探索 研究 谋划 制作 办理 解决 化解 消除 缩小 淘汰 畅通 打通 破解 补齐 延伸 细化 压实 明确 纳入 列入 融入
    征求 征集 筛选 遴选 选择 安排 投入 投放 拨付 统一 调整 优先 采取 采用 运用 利用 通过 落细 跟踪 密切 关注 促进
    助力 服务 提供 满足 增强 改善 改进 美化 绿化 亮化 硬化 施划 划定 提请 提交 报送 上报 报请 向上 呼吁 汇报 沟通
    衔接 协商 会商 论证 评估 测算 开发 研发 攻关 转化 共建 共享 迁建 搬迁 扩建 扩容 续建 重建 改建 提档 升级 维修
    养护 维护 管护 疏导 执法 曝光 通报 约谈 考核 督导 督查 调度 走访 调研 普查 新培育 新认定 认定 新引进 做强 做优
    做大 做实 做好 抓好 抓实 用好 建好 管好 守护 挖掘 传承 保护 举行 参与 参加 开设 设计 增派 抽调 派员 派驻 招商
    拓市 赋能 补助 补贴 奖补 减免 降低 压缩 简化 取消 减少 控制 遏制 防范 严防 丰富 讲好 擦亮 唱响 总结 复制 归集
    健强 配强 建强 夯实 筑牢 织密 集聚 汇聚 吸引 留住 加密 优选 储备 储蓄 强 促 抓 建 优 入驻 承接 承担 牢固 树立
    把 对标 实行 推行 推出 深挖 激发 激励 表彰 奖励 攻坚 突破 创新 倾斜 缓解 克服 落户 修补 修建 铺设 增补 栽植
    补植 补种 种植 播放 张贴 印制 发放 回收 清运 清淤 疏浚 加固 加装 粉刷 划设 抢修 建档 装修 装配 采购 购置 招投标
    开挖 勘察 勘测 编印 起草 审议 审批 批复 备案 登记 颁发 核发 认领 结对 帮扶 走进 下沉 入户 签订 签约 落成 启建
    接入 联通 贯通 连通 覆盖 延长 增编 增配 补充 充实 选拔 选树 评选 评比 表扬 激活 做细 做精 提振 壮大 扶持 帮助
    救助 关爱 慰问 整改 销号 清零 排除 消减 压减 削减 管控 约束 惩治 惩处 追究 问责 限期 责令 取缔 关停 置换 腾退
    收回 收储 流转 托管 代管 巡护 值守 抽检 抽查 暗访 回访 公示 通告 告知 提醒 劝导 引领 示范 带动 辐射 集成 联动
    联网 共治 攻克 研制 试验 验证 推介 展销 促销 直播 打响 打好 打赢 守牢 守好 兜牢 兜底 稳定 巩固 放宽 放开 下放
    停止 暂停 叫停 承诺 兑现 拨款 投资 融资 贴息 担保 参保 扩面 提标 提质 提效 增效 增收 降本 减负 惠及 回应 接受 反馈
    编修 编纂 编选 严查 严禁 精简 派送 送水 披露 出资 统计 处置 维稳 引入 申请 移交 配置 改设 加速 邀请 展示 赋予
    开办 拿出 抢抓 打破 封闭 补偿 巡逻 开创 投产
    撬动 谋求 深耕 强链 补链
    延链 发展壮大 保留 恢复 重启 续签 增派 增编 更名 升格 划转 过户 兑付 补发 补齐 补办 减半 免收 免除 退还 清欠 化债
    引流 研判 预留 预埋 架设 敷设 埋设 接通 供水 供气 通水 通电 通气 拆分 合并 撤并 复垦 复绿 植树 造林 增殖 放流 打捞
    除险 加密
    """
)

OWN_SIDE = (
    r"(?:本|我)(?:省|市|州|盟|旗|区|县|镇|乡|街道|局|委|办|厅|处|院|校|分局|大队|支队|集团|公司|中心|单位|府|部门)|我们"
)

ACTION_WORD = re.compile(ACTIONS)
FRONTED_ACTION = re.compile(rf"^(?:将|把|对|为|每个?)[^，。；]{{2,24}}?(?:{ACTIONS})")
_CLAUSE_ACTION = re.compile(
    rf"(?:^|[，：])(?:并|同时)?(?:每(?:年|半年|季度|月|周))?(?:向[^，。；]{{1,8}}?)?(?:{ADVERBS})*(?:{ACTIONS})"
)
_UNIT_ACTION = re.compile(
    rf"(?:^|[，：])(?:并|同时)?由?[^，。；]{{2,14}}?(?:{UNIT_SUFFIX})"
    rf"(?:每(?:年|半年|季度|月|周))?(?:{ADVERBS})*(?:{ACTIONS})"
)


def opens_with_action(text: str) -> bool:
    """True when a clause begins with what is to be done, or with a unit that does it."""
    return bool(_CLAUSE_ACTION.search(text) or _UNIT_ACTION.search(text))
