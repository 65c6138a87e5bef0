"""The sentences of the door about histories: folders, tables of records and what stands in them."""

from __future__ import annotations

from scoring.cohort.language import Pair, pair

RECORD_FILES: dict[str, Pair] = {
    "no_table": pair(
        "{path} 中没有 {table} 表（{table_words}）；应有同名的 CSV、Parquet 或 Excel 文件，或同名工作表。",
        "{path} has no table {table}; a file {table}.csv, .parquet or .xlsx, or a sheet {table}, is needed.",
    ),
    "absent_tables": pair(
        "没有 {tables} 表，视为没有这些记录。",
        "There is no table {tables}; nobody is taken to have such records.",
    ),
    "no_records": pair(
        "{table} 表没有数据行，视为无人有此类记录。",
        "The table {table} has no rows, so nobody is taken to have such a record.",
    ),
    "table_twice": pair(
        "{path} 中有两个 {table} 表：{files}；应只保留一个。",
        "{path} holds the table {table} twice: {files}; keep one of them.",
    ),
    "unknown_table": pair(
        "{path} 中的 {file} 不是原始记录中的表{nearest_clause}；应改正名称，或将其移走。",
        "{path}: {file} is no table of the histories{nearest_clause}; correct its name or take it out.",
    ),
    "other_files": pair(
        "{path} 中的其他文件已忽略：{files}。",
        "Other files in {path} are ignored: {files}.",
    ),
}

RECORD_COLUMNS: dict[str, Pair] = {
    "counted_column": pair(
        "{column} 列由原始记录计算得出，此处所填已忽略。",
        "Column {column} is counted from the records; what stands here is ignored.",
    ),
}

# Each comes after "insurance: Row 5, first_month: ".
RECORD_VALUES: dict[str, Pair] = {
    "not_month": pair(
        "“{value}”不是月份{hint_clause}；应填写{accepts}。",
        "'{value}' is not a month{hint_clause}; write {accepts}.",
    ),
    "not_first_day": pair(
        "{value} 不是当月1日；月份应填写{accepts}。",
        "{value} is not the first day of its month; write {accepts}.",
    ),
    "not_decimal": pair(
        "“{value}”不是数值{hint_clause}；应填写{accepts}。",
        "'{value}' is not a plain number{hint_clause}; write {accepts}.",
    ),
    "unknown_applicant": pair(
        "“{value}”不在 applicants 表中；应改正代码，或在该表中补上此人。",
        "'{value}' is nobody in the table applicants; correct the pseudonym or add the applicant there.",
    ),
    "reversed_spell": pair(
        "{value} 早于 first_month；末月应不早于首月。",
        "{value} is before first_month; a spell must not end before it begins.",
    ),
    "lease_unknown": pair(
        "租赁住所的此项为空，视为未备案。",
        "this is empty for a rented dwelling, which is taken as a lease that is not filed.",
    ),
    "fine_unknown": pair(
        "罚款的数额为空，该项罚款不计。",
        "the amount of a fine is empty, so the fine does not count.",
    ),
    "same_row": pair(
        "与前面某一行完全相同，两行均计入；如属重复导出，应删去一行。",
        "the row is equal to an earlier one and both count; take one out if it was exported twice.",
    ),
    "before_counting": pair(
        "{value} 早于 {since}，此前的月份不计。",
        "{value} is before {since}; the months before do not count.",
    ),
    "past_reference": pair(
        "{value} 晚于基准日 {reference}，此后的月份不计。",
        "{value} is after the reference date {reference}; the months after do not count.",
    ),
}

HINTS: dict[str, Pair] = {
    "full_width": pair("（含全角数字）", " (it has full-width digits)"),
    "thousands": pair("（含千位分隔符）", " (it has thousands separators)"),
    "no_number": pair("（并非数值）", " (it stands for no number)"),
    "serial": pair(
        "（像是 Excel 的日期序号，应设为日期格式后再导出）",
        " (it looks like a serial number of Excel; format the cells as dates and export again)",
    ),
    "short_year": pair("（年份应为四位数）", " (the year needs four digits)"),
    "no_month": pair("（没有这个月份）", " (there is no such month)"),
    "only_month": pair("（缺少日）", " (the day is missing)"),
}
