"""The file an author starts a reform from: pinned to its baseline, with one example of each change."""

from __future__ import annotations

from scoring.rulebook import Rulebook

_TEMPLATE = """\
# 改革方案：在现行规则上的若干改动。各项数值的路径见 jifen rules show {name}。
# A reform: a few changes on a rulebook. `jifen rules show {name}` lists the paths of all values.
# 看条文 / read it as articles:  jifen rules redline THIS_FILE
# 试算 / try it:  jifen reform compare COHORT --round YEAR --baseline {name} --reform THIS_FILE --quota N

baseline = "{name}"
digest = "{digest}"   # 只适用于此版规则 / applies to these rules and no others
title = "（方案名称）"
title_en = "(title)"
reason = "（提出理由）"
reason_en = "(reason)"
source = "（文件或来源）"
source_en = "(document or source)"

[change]
# 改动数值，先写路径，后写新值。 / Change values: path = new value.
# education.points.doctor = 39
# age.ladder = [{{ up_to = 40, points = 20 }}, {{ over = 40, up_to = 45, points = 16 }}]

[remove]
# 取消九项指标中的若干项，相当于权重为零。 / Remove some of the nine indicators, as if they weighed nothing.
indicators = []

# 增加一项指标：读取数据中的一列（整数，或 true / false；写明 hundredths = true 时为最多两位小数的数值），
# 按数量或分档积分，可设上限。
# Add an indicator: a column of the cohort (whole numbers, or true / false; with hundredths = true, numbers of
# up to two decimals), a rate or a ladder, a cap.
# [add.volunteering]
# title = "志愿服务"
# title_en = "Volunteering"
# column = "volunteer_years"
# unit = "年"
# unit_en = "year"
# points_each = 0.5
# max_points = 3

# 按类别积分的，逐类写明分值。 / By category: the points of each.
# [add.contest]
# title = "技能竞赛"
# title_en = "Skills contest"
# column = "medal"
# points = {{ "金牌" = 3, "银牌" = 1.5, "无" = 0 }}
"""


def template(baseline: Rulebook) -> str:
    """Return the file of an empty reform of a baseline, with its examples commented out."""
    return _TEMPLATE.format(name=baseline.name, digest=baseline.digest)
