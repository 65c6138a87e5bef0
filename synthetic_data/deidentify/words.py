"""The words of the risk report, in Chinese and English; the module ``markdown`` fills them in."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]
Pair = dict[Language, str]


def _pair(zh: str, en: str) -> Pair:
    return {"zh": zh, "en": en}


HEADINGS: dict[str, Pair] = {
    "title": _pair("去标识化风险报告", "Risk report of a de-identification"),
    "done": _pair("一、处理情况", "1. What was done"),
    "anonymity": _pair("二、K-匿名", "2. k-anonymity"),
    "diversity": _pair("三、L-多样性", "3. l-diversity"),
    "options": _pair("四、下一步可泛化的字段", "4. What to coarsen next"),
    "limits": _pair("五、说明与局限", "5. What this does not settle"),
}

LEVELS: dict[str, Pair] = {
    "facts": _pair("事实数据（每名申请人一行）", "facts, one row an applicant"),
    "points": _pair("积分数据（每名申请人一行）", "points, one row an applicant"),
    "histories": _pair("原始记录（按记录种类分表）", "histories, one table a kind of record"),
}

SENTENCES: dict[str, Pair] = {
    "level": _pair("数据层级：{level}。共 {people} 人。", "Level: {level}. {people} people."),
    "pseudonym": _pair(
        "{place}：已换成假名代码（HMAC-SHA-256，密钥不在输出中），共 {count} 个。",
        "{place}: replaced by pseudonyms (HMAC-SHA-256, the key is not in the output), {count} of them.",
    ),
    "named": _pair("{place}：从列名看是{kind}，已删除。", "{place}: named for {kind}; dropped."),
    "holds": _pair(
        "{place}：内容含有{kind}（{rows} 行），已删除整列。",
        "{place}: holds {kind} ({rows} rows); the whole column is dropped.",
    ),
    "result": _pair(
        "{place}：以往评分的结果，已删除。", "{place}: the result of an earlier scoring; dropped."
    ),
    "no_group": _pair(
        "{place}：{reason}，细则和分组均不需要，已删除。",
        "{place}: {reason}, which neither the rules nor a breakdown need; dropped.",
    ),
    "no_place": _pair("{place}：该表不设分组列，已删除。", "{place}: this table has no groups; dropped."),
    "days": _pair(
        "{place}：日期由 {before} 种减为 {after} 种，同类日期取其首日。",
        "{place}: {before} different dates became {after}; days treated alike became the first of them.",
    ),
    "merged": _pair(
        "{place}：不足 {threshold} 人的类别已合并为{others}，共 {categories} 类、{people} 人。",
        "{place}: categories of fewer than {threshold} people became {others}: {categories} of them, "
        "{people} people.",
    ),
    "merged_away": _pair(
        "{place}：合并小类别后无可比较的类别，已删除。",
        "{place}: nothing to compare was left after merging small categories; dropped.",
    ),
    "missing": _pair(
        "{place}：缺少此列，jifen check 将提示补齐。", "{place}: is missing; `jifen check` will ask for it."
    ),
    "sheets": _pair("工作簿中的其他工作表未读取。", "Other sheets of the workbook were not read."),
    "files": _pair(
        "文件夹中另有 {files} 个文件不是记录表，未读取。",
        "{files} other files of the folder are no tables of records and were not read.",
    ),
    "births_rules": _pair(
        "出生日期只保留到细则需要的程度：{first} 至 {last} 年度、规则 {rulebooks} 下，"
        "年龄、退休与全部积分均不变。",
        "Birth dates are kept only as far as the rules need: for the rounds {first} to {last} under "
        "{rulebooks}, age, retirement and all points stay the same.",
    ),
    "births_round": _pair(
        "出生日期只保留到细则需要的程度：{first} 年度、规则 {rulebooks} 下，年龄、退休与全部积分均不变；"
        "不得用于其他年度。",
        "Birth dates are kept only as far as the rules need: for the round of {first} under {rulebooks}, "
        "age, retirement and all points stay the same; they do not serve another round.",
    ),
    "births_coarser": _pair(
        "出生日期按要求只保留到{kept}：{changed} 人是否已达法定退休年龄可能因此改变。",
        "Birth dates are kept to the {kept} only, as asked: for {changed} people, whether the retirement age "
        "is reached may change.",
    ),
    "quasi": _pair("准标识符：{quasi}。", "Quasi-identifiers: {quasi}."),
    "no_quasi": _pair("没有可用的准标识符。", "There are no quasi-identifiers."),
    "k": _pair(
        "k = {k}；共 {classes} 个等价类；唯一者 {unique} 人（{unique_share}）；"
        "所在等价类不足 {threshold} 人者 {few} 人（{few_share}）。",
        "k = {k}; {classes} classes; {unique} people are unique ({unique_share}); {few} people are in "
        "classes of fewer than {threshold} ({few_share}).",
    ),
    "whole": _pair(
        "若攻击者掌握输出中的全部字段和记录，则 {unique} 人（{unique_share}）唯一；"
        "泛化准标识符难以改变这一点，只能靠控制数据的使用范围。",
        "To an attacker who knows every column and record, {unique} people ({unique_share}) are unique; "
        "coarser quasi-identifiers hardly change that, only control over who gets the data does.",
    ),
    "no_sensitive": _pair("没有敏感字段。", "There are no sensitive items."),
    "options": _pair(
        "按泛化一级后所在等价类不足 {threshold} 人者由少到多排列。",
        "Ranked by how few people are left in classes of fewer than {threshold} after one step.",
    ),
    "keeps": _pair("不影响积分", "scores stay"),
    "loses": _pair("细则需要，可能改变积分或资格", "the rules read it: may change"),
}

COLUMNS: dict[str, tuple[Pair, ...]] = {
    "diversity": (
        _pair("敏感字段", "item"),
        _pair("取值数", "values"),
        _pair("l（等价类内最少取值数）", "l, fewest values in a class"),
        _pair("类内取值全同者（人）", "people whose class has one value"),
        _pair("类内人人不利者（人）", "people in classes where all are concerned"),
    ),
    "options": (
        _pair("字段", "column"),
        _pair("取值数", "values"),
        _pair("下一级", "next step"),
        _pair("泛化后：唯一", "then unique"),
        _pair("泛化后：不足阈值", "then below threshold"),
        _pair("删除后：唯一", "left out: unique"),
        _pair("删除后：不足阈值", "left out: below threshold"),
        _pair("对积分的影响", "scores"),
    ),
}

STEPS: dict[str | None, Pair] = {
    "year": _pair("只留年份", "keep the year"),
    "five_years": _pair("五年一组", "bands of five years"),
    "six_districts": _pair("只分城六区内外", "inside or outside the six districts"),
    "level": _pair("只留层次，不分学历学位", "level only, not diploma or degree"),
    "two_or_more": _pair("2 名及以上合并", "two or more together"),
    "twelves": _pair("十二个一组", "bands of twelve"),
    "frequent": _pair("占比不足 1% 的类别合并", "merge categories below 1%"),
    None: _pair("删除此列", "leave it out"),
}

KEPT: dict[str, Pair] = {"month": _pair("月", "month"), "year": _pair("年", "year")}
NOTHING = _pair("空值", "empty cells")

LIMITS: tuple[Pair, ...] = (
    _pair(
        "假名化、抑制、泛化等技术和 K-匿名模型，参见 GB/T 37964-2019《信息安全技术 个人信息去标识化指南》；"
        "本项目未持有该标准文本，故不标注条款号。",
        "For pseudonymisation, suppression, generalisation and k-anonymity see GB/T 37964-2019 "
        "(信息安全技术 个人信息去标识化指南). Its text is not held here, so no clause number is given.",
    ),
    _pair(
        "去标识化不等于匿名化：持有密钥者可以重新识别，输出仍是个人信息，应限制用途和范围；"
        "密钥应与数据分开保管。",
        "De-identified is not anonymous: whoever holds the key can find people again, and the output is "
        "still personal information. Limit its use, and keep the key apart from it.",
    ),
    _pair(
        "公示内容包括姓名、出生年月、单位名称及各项指标积分分值（征求意见稿第十条）："
        "经公示者可凭各项积分被重新识别，去标识化不能消除这一风险。",
        "The public notice gives name, month of birth, employer and points by indicator (Art. 10 of the "
        "draft): those on it can be found again by their points, and no de-identification removes that.",
    ),
    _pair(
        "同一密钥在各次导出中给出相同的假名代码，可供跨年度关联；不需要关联时应更换密钥。",
        "The same key gives the same pseudonyms in every export, so that rounds can be linked; where they "
        "should not be, use another key.",
    ),
)
