"""State Annex 3 (创新创业指标积分标准) and Annex 4 (荣誉表彰指标积分标准) row by row, in order.

A transcription of its own, made from 《北京市积分落户操作管理细则（征求意见稿）》 and from nothing else.
Where several lines of the annex share one merged cell of points, each line is a row here.
"""

from dataclasses import dataclass
from typing import Literal

Level = Literal["national", "municipal", "equity"]

APPLIED_IN_BEIJING = "通过本市或在京中央单位申报并获奖的作品，相关主创人员可获得加分。"
NEWS_APPLIED_IN_BEIJING = (
    "通过本市或在京中央新闻单位申报，并荣获中国新闻奖、长江韬奋奖的获奖人员，可获得加分。"
)
CORE_TEAM = "在北京市行政区域内登记注册的获奖企业的法定代表人或核心团队成员"
TAX_OF_35_000_YUAN = "且申报前一个自然年度个人所得税实缴额达3.5万元（含）以上"
FINALISTS = "获得决赛前 5名的选手"
FIRST_FOUNDER = "获奖项目第一创始人"
FIRST_FOUNDER_REGISTERED = (
    "1.获奖项目第一创始人（唯一）需与参赛时填报的项目第一创始人一致。"
    "2.获奖项目所属企业在北京市行政区域内登记注册。"
)
EQUITY_NAME = "在国家高新技术企业或科技型中小企业持股"
HOLDER = "申请人在该企业连续工作满一个自然年度，且当年持股比例不低于10%。"
FINANCED_FIRM = "近3年累计获得经备案的投资机构投资不少于500万元人民币。"


@dataclass(frozen=True)
class Award:
    """Hold one line of Annex 3 that carries points.

    ``part`` is 1 to 3, ``row`` the annex's own number (序号) within the part.
    ``first`` and ``last`` are ranks among those who completed the work, where the annex gives them.
    ``counts_from`` is the first year whose award counts; ``condition`` quotes what else is asked for.
    """

    part: int
    row: int
    name: str
    grade: str
    recipients: str
    first: int | None
    last: int | None
    points: int
    counts_from: int | None
    condition: str
    level: Level


# What a line says: grade, recipients, first and last of those who completed the work, points.
Line = tuple[str, str, int | None, int | None, int]
Place = tuple[str, int]


def _science(row: int, name: str, level: Level, lines: list[Line]) -> list[Award]:
    """Spell out the lines of one award for science (科技领域)."""
    return [Award(1, row, name, *line, None, "", level) for line in lines]


def _culture(
    row: int, name: str, level: Level, lines: list[tuple[str, str, int]], condition: str = ""
) -> list[Award]:
    """Spell out the lines of one award for culture (文化领域)."""
    return [
        Award(1, row, name, grade, recipients, None, None, points, None, condition, level)
        for grade, recipients, points in lines
    ]


def _contest(
    row: int, name: str, level: Level, who: str, places: list[Place], since: int | None, also: str = ""
) -> list[Award]:
    """Spell out the places of one contest (创新创业大赛)."""
    return [
        Award(2, row, name, place, who, None, None, points, since, also, level) for place, points in places
    ]


CORE, MAJOR, OTHER = "核心完成人", "重要完成人", "其他完成人"

# Rows 1 and 2 agree but for the last of those who did important work.
ALL_AND_CORE: list[Line] = [("一等奖", "所有完成人", None, None, 12), ("二等奖", CORE, 1, 3, 12)]

SCIENCE = [
    *_science(1, "国家自然科学奖", "national", [*ALL_AND_CORE, ("二等奖", MAJOR, 4, 5, 10)]),
    *_science(2, "国家技术发明奖", "national", [*ALL_AND_CORE, ("二等奖", MAJOR, 4, 6, 10)]),
    *_science(
        3,
        "国家科学技术进步奖",
        "national",
        [
            ("特等奖", CORE, 1, 15, 12),
            ("特等奖", MAJOR, 16, 30, 11),
            ("特等奖", OTHER, 31, 50, 10),
            ("一等奖", CORE, 1, 5, 12),
            ("一等奖", MAJOR, 6, 10, 11),
            ("一等奖", OTHER, 11, 15, 10),
            ("二等奖", CORE, 1, 3, 10),
            ("二等奖", MAJOR, 4, 6, 9),
            ("二等奖", OTHER, 7, 10, 8),
        ],
    ),
    *_science(
        4,
        "北京市科学技术奖",
        "municipal",
        [
            ("突出贡献中关村奖", "获奖者", None, None, 6),
            ("杰出青年中关村奖", "获奖者", None, None, 6),
            ("重大创新奖", CORE, 1, 6, 6),
            ("重大创新奖", MAJOR, 7, 20, 5),
            ("特等奖", CORE, 1, 12, 6),
            ("特等奖", MAJOR, 13, 30, 5),
            ("一等奖", CORE, 1, 6, 6),
            ("一等奖", MAJOR, 7, 15, 5),
            ("二等奖", CORE, 1, 4, 6),
            ("二等奖", MAJOR, 5, 10, 5),
            ("三等奖", CORE, 1, 3, 5),
            ("三等奖", MAJOR, 4, 6, 4),
        ],
    ),
]

CULTURE = [
    *_culture(
        5,
        "精神文明建设“五个一工程”奖",
        "national",
        [
            ("电影、电视剧、戏剧", "编剧、导演、主演", 12),
            ("广播剧", "编剧、导演、演播者", 12),
            ("歌曲", "作词、作曲、演唱", 12),
            ("图书", "作者、责任编辑", 12),
        ],
        APPLIED_IN_BEIJING,
    ),
    *_culture(
        6,
        "中国新闻类国家级大奖",
        "national",
        [
            ("中国新闻奖 特别奖、一等奖", "获奖人员", 12),
            ("中国新闻奖 二等奖", "获奖人员", 9),
            ("中国新闻奖 三等奖", "获奖人员", 6),
            ("长江韬奋奖", "获奖人员", 12),
        ],
        NEWS_APPLIED_IN_BEIJING,
    ),
    *_culture(
        7,
        "北京市哲学社会科学优秀成果奖",
        "municipal",
        [("特等奖、一等奖", "获奖人员", 6), ("二等奖", "获奖人员", 4)],
    ),
    *_culture(
        8,
        "北京市文学艺术奖",
        "municipal",
        [
            ("电影、电视剧、戏剧", "编剧、导演、主演", 6),
            ("动画片", "编剧、导演", 6),
            ("广播剧", "编剧、导演、演播者", 6),
            ("音乐", "作词、作曲、演唱", 6),
            ("文学", "作者、责任编辑", 6),
            ("其他艺术类 美术、书法、摄影", "作者", 6),
            ("其他艺术类 民间文艺", "作者（表演类民间艺术：主演）", 6),
            ("其他艺术类 舞蹈、曲艺、杂技", "编导、主演", 6),
        ],
    ),
    *_culture(9, "首都精神文明建设奖", "municipal", [("", "获奖人员", 6)]),
    *_culture(
        10,
        "北京新闻奖",
        "municipal",
        [("一等奖", "获奖人员", 6), ("二等奖", "获奖人员", 4), ("三等奖", "获奖人员", 2)],
    ),
]

NATIONAL_PRIZES = [("一等奖", 12), ("二等奖", 9), ("三等奖", 6)]
MUNICIPAL_PRIZES = [("一等奖", 6), ("二等奖", 4), ("三等奖", 2)]

CONTESTS = [
    *_contest(
        1,
        "科技部、财政部、教育部、全国工商联指导的中国创新创业大赛行业总决赛",
        "national",
        CORE_TEAM,
        NATIONAL_PRIZES,
        2012,
        TAX_OF_35_000_YUAN,
    ),
    *_contest(
        2,
        "市科委指导的中国创新创业大赛北京地区总决赛暨中国∙北京创新创业大赛（季）总决赛和行业决赛",
        "municipal",
        CORE_TEAM,
        MUNICIPAL_PRIZES,
        2015,
        TAX_OF_35_000_YUAN,
    ),
    *_contest(
        3,
        "由人力资源和社会保障部牵头，以国家队名义参加的由世界技能组织举办的世界技能大赛",
        # The annex has it beside the national contests; 15(5) calls it 世界级, which is no less.
        "national",
        "获得优胜奖及以上奖牌的选手",
        [("", 12)],
        2011,
    ),
    *_contest(
        4,
        "由人力资源和社会保障部主办或联合主办的国家级一类职业技能竞赛",
        "national",
        FINALISTS,
        [("第 1名", 12), ("第 2-3名", 9), ("第 4-5名", 6)],
        2011,
    ),
    *_contest(
        5,
        "由市人力社保局牵头举办的全市性市级一类职业技能竞赛",
        "municipal",
        FINALISTS,
        [("第 1名", 6), ("第 2-3名", 4), ("第 4-5名", 2)],
        2011,
    ),
    *_contest(
        6,
        "北京市文化创意大赛（原“北京市文化创意创新创业大赛”）",
        "municipal",
        "获得北京市文化创意大赛一、二、三等奖及单项奖的企业创始人和联合创始人",
        [("一等奖", 6), ("二等奖", 4), ("三等奖", 3), ("单项奖", 2)],
        None,
    ),
    *_contest(
        7,
        "人力资源和社会保障部联合相关部门指导的“中国创翼”创业创新大赛全国决赛",
        "national",
        FIRST_FOUNDER,
        NATIONAL_PRIZES,
        2020,
        FIRST_FOUNDER_REGISTERED,
    ),
    *_contest(
        8,
        "市人力资源和社会保障局联合相关部门指导、北京市创业指导中心主办的“创业北京”创业创新大赛决赛",
        "municipal",
        FIRST_FOUNDER,
        MUNICIPAL_PRIZES,
        2020,
        FIRST_FOUNDER_REGISTERED,
    ),
]

EQUITY = [
    Award(3, 1, EQUITY_NAME, grade, HOLDER, None, None, points, None, FINANCED_FIRM, "equity")
    for grade, points in [
        ("近3年累计获得4000万元（含）以上股权类现金融资", 6),
        ("近3年累计获得2000万元（含）～4000万元股权类现金融资", 4),
        ("近3年累计获得500万元（含）～2000万元股权类现金融资", 2),
    ]
]

ANNEX_3: tuple[Award, ...] = (*SCIENCE, *CULTURE, *CONTESTS, *EQUITY)


@dataclass(frozen=True)
class Honour:
    """Hold one of the eleven rows of Annex 4: its number, title of honour, name and points."""

    row: int
    title: str
    name: str
    points: int


ANNEX_4: tuple[Honour, ...] = (
    Honour(1, "省部级以上劳动模范", "全国劳动模范", 20),
    Honour(2, "省部级以上劳动模范", "北京市劳动模范", 20),
    Honour(3, "省部级以上劳动模范", "根据国家和北京市有关规定享受同级劳模待遇的先进典型", 20),
    Honour(4, "全国道德模范", "全国助人为乐模范", 20),
    Honour(5, "全国道德模范", "全国见义勇为模范", 20),
    Honour(6, "全国道德模范", "全国诚实守信模范", 20),
    Honour(7, "全国道德模范", "全国敬业奉献模范", 20),
    Honour(8, "全国道德模范", "全国孝老爱亲模范", 20),
    Honour(9, "首都道德模范", "首都道德模范", 20),
    Honour(10, "全国见义勇为英雄模范", "全国见义勇为英雄模范", 20),
    Honour(11, "首都见义勇为好市民", "首都见义勇为好市民（荣誉市民和模范群体）", 20),
)

# Keys to stand in where a caller has none of its own: part and place in the document.
AWARD_KEYS: tuple[str, ...] = tuple(f"annex-3/{place}" for place in range(1, len(ANNEX_3) + 1))
HONOUR_KEYS: tuple[str, ...] = tuple(f"annex-4/{honour.row}" for honour in ANNEX_4)
