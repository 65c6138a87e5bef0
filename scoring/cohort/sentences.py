"""The sentences of the door, by rule, in Chinese and English; :mod:`scoring.cohort.words` fills them in."""

from __future__ import annotations

from scoring.cohort.language import Pair, pair
from scoring.cohort.record_sentences import RECORD_COLUMNS, RECORD_FILES, RECORD_VALUES

FILE: dict[str, Pair] = {
    "folder": pair(
        "{path} 是文件夹，此处应为文件。",
        "{path} is a folder; a file is needed here.",
    ),
    "no_file": pair("{path} 不存在。", "{path} does not exist."),
    "unreadable": pair("无法读取 {path}：{reason}。", "{path} cannot be read: {reason}."),
    "suffix": pair(
        "{path} 的扩展名“{suffix}”无法识别；可用的有 {known}。",
        "{path}: the suffix '{suffix}' is not known; {known} would do.",
    ),
    "empty_file": pair("{path} 是空文件。", "{path} is empty."),
    "empty_sheet": pair(
        "{path} 的工作表 {sheet} 没有内容。", "{path}: the sheet {sheet} is empty, without even a header."
    ),
    "no_rows": pair("{path} 没有数据行。", "{path} has no rows of data."),
    "other_format": pair(
        "{path} 不是 CSV 文本，而是 {format} 文件；应改正扩展名，或另存为 CSV。",
        "{path} is not CSV but a {format} file; correct its suffix, or save it as CSV.",
    ),
    "utf16": pair(
        "{path} 是 UTF-16 编码；应另存为 UTF-8 或 GB18030 编码的 CSV。",
        "{path} is in UTF-16; save it as CSV in UTF-8 or GB18030.",
    ),
    "binary": pair("{path} 不是文本文件。", "{path} is not text: it holds control characters."),
    "encoding": pair(
        "{path} 第 {line} 行既不是 UTF-8 编码，也不是 GB18030 编码。",
        "{path}, line {line}: this is neither UTF-8 nor GB18030.",
    ),
    "mixed_encodings": pair(
        "{path} 混用了两种编码：第 {utf8_line} 行是 UTF-8，第 {line} 行不是；应统一为一种编码。",
        "{path} mixes encodings: line {utf8_line} is UTF-8, line {line} is not; save it all in one.",
    ),
    "separator": pair(
        "{path} 似以{separator_words}分隔；CSV 应以半角逗号分隔。",
        "{path} seems to be separated by {separator_words}; a CSV is separated by commas.",
    ),
    "open_quote": pair(
        "{path} 第 {row} 行的引号没有闭合。",
        "{path}, row {row}: a quotation mark is not closed.",
    ),
    "quotes": pair(
        "{path} 中有用错的引号：含引号的字段应整体加引号，其中的引号写两次。",
        "{path} has stray quotation marks; a field that holds one is quoted whole, with the mark doubled.",
    ),
    "fields": pair(
        "第 {row} 行有 {fields} 个字段，而表头有 {width} 个。",
        "Row {row} has {fields} fields, but the header has {width}.",
    ),
    "unnamed_column": pair(
        "{path} 第 {position} 列没有列名；应补上列名，或删去该列。",
        "{path}: column {position} has no name; name it or take it out.",
    ),
    "duplicate_column": pair(
        "列名 {column} 出现了 {count} 次；每个列名只能出现一次。",
        "The column name {column} occurs {count} times; each may occur once.",
    ),
    "not_excel": pair(
        "{path} 不是完好的 Excel 工作簿（.xlsx）。",
        "{path} is not an Excel workbook (.xlsx), or a damaged one.",
    ),
    "old_excel": pair(
        "{path} 是旧版或加密的 Excel 文件；应去掉密码，另存为 .xlsx。",
        "{path} is an old or a locked Excel file; save it without a password as .xlsx.",
    ),
    "too_large": pair(
        "{path} 解压后有 {megabytes} MB，不像是一个工作簿；大型数据应使用 Parquet。",
        "{path} would unpack to {megabytes} MB, which no workbook should; use Parquet for large data.",
    ),
    "formula": pair(
        "单元格 {cell} 的公式出错（{value}）；应改正公式，或填写数值。",
        "Cell {cell} holds the error {value} of a formula; mend the formula or write the value.",
    ),
    "not_parquet": pair(
        "{path} 不是完好的 Parquet 文件。", "{path} is not a Parquet file, or a damaged or unfinished one."
    ),
    "batches_need_parquet": pair(
        "{path} 无法分批读取；分批读取只支持 Parquet 文件。",
        "{path} cannot be read in batches; only a Parquet file can.",
    ),
    "round": pair("{round} 不是可用的年度。", "{round} is not the year of a round."),
}

COLUMNS: dict[str, Pair] = {
    "two_levels": pair(
        "同时有 {columns} 两列，无法判断是事实数据还是积分数据；应只保留其一。",
        "Both {columns} are there, so these are neither facts nor points; keep one of the two.",
    ),
    "no_level": pair(
        "既没有 insured_months 列（事实数据），也没有 total 列（积分数据）；现有列：{found}。",
        "There is neither a column insured_months (facts) nor total (points); the columns are {found}.",
    ),
    "missing_column": pair(
        "{table_words}缺少 {column} 列{is_it}。", "{the_table} no column {column}{is_it}."
    ),
    "misspelt_column": pair(
        "没有名为 {column} 的列{nearest_clause}；应改正列名，或删去该列。",
        "The contract has no column {column}{nearest_clause}; correct the name or take the column out.",
    ),
    "wrong_type": pair(
        "{column} 列的类型是 {type}；应为{accepts}。",
        "Column {column} is of type {type}; it should hold {accepts}.",
    ),
    "identity_column": pair(
        "{column} 列从列名看是{kind_words}；数据中不得含有身份信息，应删去该列。",
        "Column {column} is named for {kind_words}; no cohort may hold identity, so take it out.",
    ),
    "provenance_unreadable": pair(
        "该文件中关于生成方式的记载已损坏；应重新生成事实数据。",
        "What this file says of how its facts were made is damaged; make the facts again.",
    ),
    "synthetic": pair(
        "数据为合成数据，所列人员均不存在。", "The data are synthetic: none of these people exist."
    ),
    "other_round": pair(
        "这些事实数据是为 {was} 年度生成的，不能用于 {now} 年度；应按 {now} 年度重新生成。",
        "These facts were made for the round of {was} and cannot serve that of {now}; make them for {now}.",
    ),
    "other_value": pair(
        "这些事实数据按 {made_under} 生成，其中 {value_path} 为 {was}，而 {rules} 为 {now}；应重新生成。",
        "These facts were made under {made_under}, where {value_path} is {was}; in {rules} it is {now}.",
    ),
    "empty_rows_below": pair("末尾的 {rows} 个空行已忽略。", "{rows} empty rows at the end are ignored."),
    "other_sheets": pair(
        "只读取了工作表 {sheet}，其余工作表已忽略：{others}。",
        "Only the sheet {sheet} is read; the others are ignored: {others}.",
    ),
    "ignored_column": pair(
        "{column} 列{reason_words}，不能用作分组，已忽略。",
        "Column {column} {reason_words}, so it is no group and is ignored.",
    ),
    "result_column": pair(
        "{column} 列是以往评分的结果，已忽略。",
        "Column {column} is the result of an earlier scoring and is ignored.",
    ),
    "row_numbers": pair(
        "没有 applicant_id 列，以行号（从 1 起）代替。",
        "There is no applicant_id, so the row number, from 1, stands in.",
    ),
}

# Each comes after "row 5, insured_months: ".
VALUES: dict[str, Pair] = {
    "empty": pair("不能为空；应填写{accepts}。", "this is empty; write {accepts}."),
    "not_whole": pair(
        "“{value}”不是整数{hint_clause}；应填写{accepts}。",
        "'{value}' is not a whole number{hint_clause}; write {accepts}.",
    ),
    "not_date": pair(
        "“{value}”不是有效日期{hint_clause}；应填写{accepts}。",
        "'{value}' is not a date{hint_clause}; write {accepts}.",
    ),
    "not_bool": pair(
        "“{value}”不是 true 或 false；应填写{accepts}。", "'{value}' is not true or false; write {accepts}."
    ),
    "not_points": pair(
        "“{value}”不是精确到百分之一的分值{hint_clause}；应填写{accepts}。",
        "'{value}' is not an exact hundredth of a point{hint_clause}; write {accepts}.",
    ),
    "not_hundredths": pair(
        "“{value}”不是最多两位小数的数值{hint_clause}；应填写{accepts}。",
        "'{value}' is not a number of at most two decimals{hint_clause}; write {accepts}.",
    ),
    "unknown_level": pair(
        "“{value}”不在可填范围内{nearest_clause}；应填写{accepts}。",
        "'{value}' is not among the words allowed{nearest_clause}; write {accepts}.",
    ),
    "unknown_key": pair(
        "“{value}”不是附件中的代码{nearest_clause}；应填写{accepts}。",
        "'{value}' is not a key of the annex{nearest_clause}; write {accepts}.",
    ),
    "negative": pair("{value} 是负数；应填写{accepts}。", "{value} is negative; write {accepts}."),
    "positive": pair("{value} 是正数；应填写{accepts}。", "{value} is positive; write {accepts}."),
    "too_low": pair("{value} 过小；应填写{accepts}。", "{value} is too low; write {accepts}."),
    "too_high": pair("{value} 过大；应填写{accepts}。", "{value} is too high; write {accepts}."),
    "too_early": pair("{value} 过早；应填写{accepts}。", "{value} is too early; write {accepts}."),
    "too_late": pair("{value} 过晚；应填写{accepts}。", "{value} is too late; write {accepts}."),
    "after_reference": pair(
        "{value} 晚于基准日 {reference}；应填写不晚于该日的日期。",
        "{value} is after the reference date {reference}; it must not be.",
    ),
    "duplicate_id": pair(
        "“{value}”在第 {first} 行已经出现；每名申请人只能有一行。",
        "'{value}' was there in row {first} already; each applicant has one row.",
    ),
    "identity": pair(
        "“{value}”像是{kind_words}；数据中不得含有身份信息，应换成假名代码，或删去该列。",
        "'{value}' looks like {kind_words}; no cohort may hold identity: use pseudonyms or drop the column.",
    ),
    "over_elapsed": pair(
        "{value} 个月多于自 {since} 至基准日的 {elapsed} 个月。",
        "{value} months are more than the {elapsed} from {since} up to the reference date.",
    ),
    "over_life": pair("{value} 个月多于出生至基准日的月数。", "{value} months are more than since birth."),
    "before_birth": pair("{value} 早于出生日期。", "{value} is before the date of birth."),
    "over_insured": pair(
        "{value} 个月多于 insured_months 与 back_paid_months 之和所能覆盖的月数。",
        "{value} months are more than insured_months and back_paid_months together can cover.",
    ),
    "over_window": pair(
        "{value} 个月多于所考察的 {window} 个月。", "{value} months are more than the {window} looked at."
    ),
    "in_order_uninsured": pair(
        "为 true，但 continuous_insured_months 为 0。", "this is true, but continuous_insured_months is 0."
    ),
    "homes_over_insured": pair(
        "五类住所的月数之和多于 insured_months。",
        "the months of all five kinds of dwelling are more than insured_months.",
    ),
    "study_over_insured": pair(
        "{value} 个月多于 insured_months。", "{value} months are more than insured_months."
    ),
    "study_without_credential": pair(
        "{value} 个月，但 education 为 none。", "{value} months, but education is none."
    ),
    "suburban_over_own": pair(
        "城六区外自有住所的月数之和多于 own_home_months。",
        "the months of suburban homes together are more than own_home_months.",
    ),
    "december_without_months": pair(
        "为 true，但城六区外自有住所的月数均为 0。", "this is true, but both counts of suburban months are 0."
    ),
    "total_differs": pair(
        "{value} 不等于十项积分之和；以十项之和为准。",
        "{value} is not the sum of the ten columns; the sum is what counts.",
    ),
    "deduction_without_education": pair(
        "扣除 {value} 分，但 education 为 0。", "{value} is taken back, but education is 0."
    ),
    "not_eligible": pair(
        "为 false，但积分数据中每人均视为符合资格条件。",
        "this is false, but everyone in a points cohort counts as eligible.",
    ),
    **RECORD_VALUES,
}

IDENTITY: dict[str, Pair] = {
    "id_number": pair("身份证件号码", "an identity number"),
    "phone": pair("电话号码或联系方式", "a telephone number or contact"),
    "email": pair("电子邮箱", "an e-mail address"),
    "person_name": pair("姓名", "a person's name"),
    "employer_name": pair("单位名称", "an employer's name"),
    "address": pair("地址", "an address"),
    "free_text": pair("自由文本", "free text"),
}

SEPARATORS: dict[str, Pair] = {
    ";": pair("分号", "semicolons"),
    "\t": pair("制表符", "tabs"),
    "|": pair("竖线", "vertical bars"),
    "，": pair("全角逗号", "full-width commas"),
}

REASONS: dict[str, Pair] = {
    "number": pair("是数字", "holds numbers"),
    "date": pair("是日期", "holds dates"),
    "many": pair("取值过多", "holds too many different values"),
    "empty": pair("没有内容", "is empty"),
    "nested": pair("是复合类型", "holds nested values"),
    "records": pair("在记录表中", "is in a table of records"),
}

SENTENCES: dict[str, Pair] = {**FILE, **RECORD_FILES, **COLUMNS, **RECORD_COLUMNS, **VALUES}
