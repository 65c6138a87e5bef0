"""Tell what looks like a person's identity, by the column's name and by what stands in it.

No cohort may name people: such a column is refused, and such a value is masked wherever it would be shown.
The check digit of the 18-digit identity number follows GB 11643 (ISO 7064, MOD 11-2).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import numpy as np
import polars as pl

Identity = Literal["id_number", "phone", "email", "person_name", "employer_name", "address", "free_text"]

ID_NUMBER = r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = b"10X98765432"
PHONE = r"(?:1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|0[1-9][0-9]{1,2}-[0-9]{7,8})"
HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阎穆农司卓古吉缪简车项连芦麦褚娄窦戚"
)
DOUBLE_SURNAMES = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|司徒|南宫"
_NAMES = (
    rf"(?:{DOUBLE_SURNAMES})[{HAN}]{{1,2}}",
    rf"[{SURNAMES}][{HAN}]{{1,2}}",
    rf"[{HAN}]{{2,6}}·[{HAN}]{{2,8}}",
)
# A number behind a name makes no pseudonym of it.
PERSON_NAME = rf"^(?:{'|'.join(_NAMES)})[0-9]{{0,4}}$"

# Nothing without one of these can be identity; most columns are let through by this one look.
SUSPECT = rf"[0-9][0-9 -]{{9,}}[0-9Xx]|@|[{HAN}]"
# The decimals of a fraction are no number of their own.
BEFORE, AFTER = "(?:^|[^0-9A-Za-z.])", "(?:$|[^0-9A-Za-z])"
ELEVEN_DIGITS = rf"{BEFORE}[0-9]{{11}}{AFTER}"
EIGHTEEN_DIGITS = rf"{BEFORE}[0-9]{{17}}[0-9Xx]{AFTER}"
PATTERNS: dict[Identity, str] = {
    "id_number": BEFORE + ID_NUMBER + AFTER,
    "phone": rf"{BEFORE}(?:86[ -]?)?{PHONE}{AFTER}",
    "email": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]",
    "employer_name": r"(?:有限|责任|股份|集团)公司|合伙企业|事务所$",
    "address": r"号楼|号院|单元[0-9]|[0-9]单元|[0-9]室|[路街巷村里园道]甲?[0-9]+号|胡同[0-9]+号",
    "person_name": PERSON_NAME,
}
# 110105 19491231 002X and 110105-19491231-002X are the same number.
SEPARATORS = r"[ \t._-]"
LONG_TEXT = 40

NAMED_FOR_IDENTITY: dict[Identity, tuple[str, ...]] = {
    "person_name": (
        *("姓名", "名字", "联系人", "xm", "xingming", "surname", "fullname", "realname"),
        *("full_name", "real_name", "first_name", "last_name", "family_name", "given_name", "person_name"),
        *(
            "applicant_name",
            "contact_name",
            "spouse_name",
            "child_name",
            "chinese_name",
            "user_name",
            "username",
        ),
    ),
    "id_number": (
        *(
            "身份证",
            "身份号码",
            "证件号",
            "护照",
            "户口簿",
            "sfz",
            "sfzh",
            "idcard",
            "id_card",
            "id_no",
            "id_number",
        ),
        *("idno", "identity", "passport", "ssn", "national_id", "citizen_id"),
    ),
    "phone": (
        "手机",
        "电话",
        "联系方式",
        "phone",
        "mobile",
        "telephone",
        "tel",
        "cellphone",
        "wechat",
        "微信",
        "qq",
    ),
    "address": ("住址", "地址", "门牌", "address", "addr"),
    "email": ("邮箱", "电子邮件", "email", "e_mail", "mail"),
    "employer_name": ("单位名称", "公司名称", "企业名称", "employer_name", "company_name"),
}
PERSONS = {"name", "names", "person", "applicant", "spouse", "contact", "owner", "head"}
PERSONS_ZH = ("名", "申请人", "配偶", "本人", "法人", "负责人", "经办人", "户主", "父亲", "母亲", "子女")
# 审核人, 监护人, 受理人员: whoever somebody is to the applicant or to the file.
ENDS_OF_PERSONS_ZH = ("人", "员")
WHOLE_NAMES = {"name": "person_name", "names": "person_name"}


def words_of(name: str) -> str:
    """Write a name in lower case with single underscores: ``ID Card`` and ``idCard`` are ``id_card``."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]+", "_", parted.lower()).strip("_")


def named_for_identity(name: str) -> Identity | None:
    """Say what identity a column of that name holds, or None.

    >>> named_for_identity("ID Card No"), named_for_identity("手机号码"), named_for_identity("telescope")
    ('id_number', 'phone', None)
    """
    words = words_of(name)
    if words in WHOLE_NAMES:
        return "person_name"
    if re.search(PATTERNS["id_number"], squeezed(name)):
        return "id_number"
    for kind, marks in NAMED_FOR_IDENTITY.items():
        if any(mark in words if not mark.isascii() else f"_{mark}_" in f"_{words}_" for mark in marks):
            return kind
    return None


def like_a_name(name: str) -> bool:
    """Say whether a column of that name may well hold names of people."""
    words = words_of(name)
    if words.endswith(ENDS_OF_PERSONS_ZH) or any(mark in words for mark in PERSONS_ZH):
        return True
    return bool(PERSONS & set(words.split("_")))


def identity_in(values: pl.Series, *, share: float) -> tuple[Identity, pl.Series] | None:
    """Find identity in a column of text: what kind, and a mask of the rows; None when there is none.

    E-mail, addresses and employers count wherever they stand. Names of people count when at least *share*
    of the values look like one, for 高级 alone is no person. Telephone and identity numbers count unless
    they are so few among numbers as long that chance makes them; a right check digit weighs more.
    """
    plain = values.str.normalize("NFKC")
    rows = _holds(plain, SUSPECT).arg_true()
    suspects = plain.gather(rows)
    for kind in PATTERNS:
        found = _is(kind, suspects.str.replace_all(SEPARATORS, "") if kind == "id_number" else suspects)
        few = kind == "person_name" and found.sum() < share * max(values.count(), 1)
        if found.any() and not few:
            mask = np.zeros(len(values), dtype=bool)
            mask[rows.filter(found).to_numpy()] = True
            return kind, pl.Series(mask)
    return None


def _is(kind: Identity, values: pl.Series) -> pl.Series:
    found = _holds(values, PATTERNS[kind])
    if kind == "phone":
        return found & (2 * found.sum() >= _holds(values, ELEVEN_DIGITS).sum())
    if kind == "id_number" and found.any():
        alike = _holds(values, EIGHTEEN_DIGITS).sum()
        if 2 * found.sum() < alike:
            found = found.scatter(
                found.arg_true(), has_check_digit(values.filter(found).str.extract(f"({ID_NUMBER})"))
            )
            return found & (20 * found.sum() >= alike)
    return found


def _holds(values: pl.Series, pattern: str) -> pl.Series:
    return values.str.contains(pattern).fill_null(value=False)


def has_check_digit(numbers: pl.Series) -> pl.Series:
    """Say of 18-character identity numbers whether the last one is the check digit of the others."""
    characters = np.frombuffer("".join(numbers).encode(), dtype=np.uint8).reshape(-1, 18)
    remainder = (characters[:, :17] - ord("0")).astype(np.int64) @ np.array(WEIGHTS) % 11
    digit = np.frombuffer(CHECK_DIGITS, dtype=np.uint8)[remainder]
    last = characters[:, 17]
    return pl.Series((last == digit) | ((last == ord("x")) & (digit == ord("X"))))


def looks_like_identity(value: str) -> bool:
    """Say whether one value looks like identity and must not be shown."""
    plain, tight = unicodedata.normalize("NFKC", value), squeezed(value)
    return any(re.search(pattern, plain) for pattern in PATTERNS.values()) or any(
        re.search(pattern, tight) for pattern in (PATTERNS["id_number"], EIGHTEEN_DIGITS)
    )


def squeezed(value: str) -> str:
    """Write a value with narrow characters and without what may part the digits of a number."""
    return re.sub(SEPARATORS, "", unicodedata.normalize("NFKC", value))


def masked(value: str) -> str:
    """Hide a value but for its first character and, up to 18, its length.

    >>> masked("13800138000")
    '1**********'
    """
    return value[:1] + "*" * min(len(value) - 1, 17)


def shown(value: str) -> str:
    """Write a value for a message: masked if it looks like identity, else tidy."""
    return masked(value) if looks_like_identity(value) else tidy(value)


def tidy(value: str) -> str:
    """Write a value on one line, without control characters, and not at length."""
    plain = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value
    )
    return plain if len(plain) <= LONG_TEXT else f"{plain[: LONG_TEXT - 1]}…"
