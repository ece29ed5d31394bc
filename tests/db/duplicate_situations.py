"""Pairs of records as offices have them, each with what a careful person would say of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """SURE: merge it. MAYBE: ask. NO: don't bother anybody with it."""

    SURE = "sure"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Situation:
    """Two records. A record has the columns of a customer, and `phones`, `refs`, `home` (a role), `boss`."""

    name: str
    one: dict[str, Any]
    other: dict[str, Any]
    verdict: Verdict


SURE, MAYBE, NO = Verdict
BORN, LATER = date(1975, 4, 9), date(2003, 8, 1)
HOME = {"postal_code": "180-0004", "address": "東京都武蔵野市吉祥寺本町1-2-3"}
TEL, FIXED, FIRM = ["090-1111-2222"], ["0422-51-1234"], ["06-6345-2000"]
MAIL = {"email": "tanaka@example.jp"}


def person(name: str, reading: str = "", **known: Any) -> dict[str, Any]:
    return {"kind": "person", "name": name, "reading": reading or None, **known}


def firm(name: str, reading: str = "", **known: Any) -> dict[str, Any]:
    return {"kind": "company", "name": name, "reading": reading or None, **known}


TANAKA = person("田中 誠", "タナカ マコト")

SITUATIONS = (
    # the same person, written twice
    Situation("name, reading and number", TANAKA | {"phones": TEL}, TANAKA | {"phones": TEL}, SURE),
    Situation(
        "old and new characters",
        person("髙橋 一郎", "タカハシ イチロウ", phones=TEL),
        person("高橋 一郎", "タカハシ イチロウ", phones=TEL),
        SURE,
    ),
    Situation(
        "half-width reading",
        person("渡邉 隆", "ﾜﾀﾅﾍﾞ ﾀｶｼ", phones=TEL),
        person("渡辺 隆", "ワタナベ タカシ", phones=TEL),
        SURE,
    ),
    Situation(
        "no blank between the names", person("田中誠", "タナカマコト", phones=TEL), TANAKA | {"phones": TEL}, SURE
    ),
    Situation("a title was typed", person("田中 誠 様", "タナカ マコト", phones=TEL), TANAKA | {"phones": TEL}, SURE),
    Situation(
        "hiragana reading",
        person("斎藤 愛", "さいとう あい", phones=TEL),
        person("斉藤 愛", "サイトウ アイ", phones=TEL),
        SURE,
    ),
    Situation(
        "name, mail and birth date", TANAKA | MAIL | {"birth_date": BORN}, TANAKA | MAIL | {"birth_date": BORN}, SURE
    ),
    Situation("mail in capitals", TANAKA | MAIL, TANAKA | {"email": "Tanaka@Example.JP"}, SURE),
    Situation(
        "name and birth date, moved house",
        TANAKA | HOME | {"birth_date": BORN},
        TANAKA | {"birth_date": BORN, "postal_code": "530-0001", "address": "大阪市北区梅田2-4-9"},
        MAYBE,
    ),
    Situation("number and address", TANAKA | HOME | {"phones": TEL}, person("田中 誠", **HOME, phones=TEL), SURE),
    Situation(
        "Latin names the other way round",
        person("Taro Yamada", phones=TEL, birth_date=BORN),
        person("Yamada Taro", phones=TEL, birth_date=BORN),
        SURE,
    ),
    Situation(
        "Latin name with a comma",
        person("YAMADA, Taro", phones=TEL, **MAIL),
        person("Taro Yamada", phones=TEL, **MAIL),
        SURE,
    ),
    Situation(
        "long vowels in a reading",
        person("大野 優", "オオノ ユウ", phones=TEL, birth_date=BORN),
        person("大野 優", "オーノ ユー", phones=TEL, birth_date=BORN),
        SURE,
    ),
    Situation(
        "came twice into one home",
        TANAKA | {"phones": TEL, "home": "other"},
        TANAKA | {"phones": TEL, "home": "other"},
        SURE,
    ),
    Situation(
        "one extension of a switchboard",
        TANAKA | {"phones": [("06-6345-2000", "115", "shared")]},
        TANAKA | {"phones": [("06-6345-2000", "115", "shared")]},
        SURE,
    ),
    # the same company
    Situation(
        "㈱ and 株式会社", firm("㈱青空商事", phones=FIRM, **HOME), firm("株式会社青空商事", phones=FIRM, **HOME), SURE
    ),
    Situation(
        "株式会社 before and after",
        firm("株式会社 青空商事", "アオゾラショウジ", phones=FIRM),
        firm("青空商事 株式会社", "アオゾラショウジ", phones=FIRM),
        SURE,
    ),
    Situation(
        "head office", firm("青空商事 本社", phones=FIRM, **HOME), firm("株式会社青空商事", phones=FIRM, **HOME), SURE
    ),
    # worth asking
    Situation("name and number, no reading", person("田中 誠", phones=TEL), person("田中 誠", phones=TEL), MAYBE),
    Situation("kana for the name", person("タナカ マコト", phones=TEL), TANAKA | {"phones": TEL}, MAYBE),
    Situation(
        "another kanji, read alike", person("田中 真", "タナカ マコト", phones=TEL), TANAKA | {"phones": TEL}, MAYBE
    ),
    Situation(
        "voiced or not",
        person("山崎 忍", "ヤマザキ シノブ", phones=TEL),
        person("山崎 志乃", "ヤマサキ シノブ", phones=TEL),
        MAYBE,
    ),
    Situation("only the family name was typed", person("田中", phones=TEL), TANAKA | {"phones": TEL}, MAYBE),
    Situation(
        "married: number and birth date",
        person("佐藤 花子", phones=TEL, birth_date=BORN),
        person("田中 花子", phones=TEL, birth_date=BORN),
        MAYBE,
    ),
    Situation(
        "a rare name, nothing else",
        person("一口 鷹也", "イモアライ タカヤ"),
        person("一口 鷹也", "イモアライ タカヤ"),
        MAYBE,
    ),
    Situation("name and address", person("田中 誠", **HOME), person("田中 誠", **HOME), MAYBE),
    Situation(
        "丁目 and 番地 spelt out",
        person("田中 誠", **HOME),
        person("田中 誠", postal_code="1800004", address="東京都武蔵野市吉祥寺本町一丁目2番3号"),
        MAYBE,
    ),
    Situation(
        "the building left out",
        person("田中 誠", **HOME),
        person("田中 誠", postal_code="180-0004", address=HOME["address"] + " ハイツ吉祥寺 201"),
        MAYBE,
    ),
    Situation(
        "two accounts in one shop",
        TANAKA | {"phones": TEL, "refs": {"shop": "A1"}},
        TANAKA | {"phones": TEL, "refs": {"shop": "A2"}},
        MAYBE,
    ),
    Situation(
        "one key in two systems", person("田中 誠", refs={"shop": "K77"}), person("田中 誠", refs={"crm": "K77"}), MAYBE
    ),
    Situation(
        "a number given up",
        person("田中 誠", "タナカ マコト", phones=[("090-1111-2222", "", "old")]),
        TANAKA | {"phones": TEL},
        MAYBE,
    ),
    Situation(
        "Latin and kana, one number and birth date",
        person("Taro Yamada", phones=TEL, birth_date=BORN),
        person("山田 太郎", "ヤマダ タロウ", phones=TEL, birth_date=BORN),
        SURE,
    ),
    Situation(
        "namesakes at one switchboard",
        person("田中 誠", "タナカ マコト", phones=[("06-6345-2000", "115", "shared")], company="青空商事"),
        person("田中 誠", "タナカ マコト", phones=[("06-6345-2000", "220", "shared")], company="㈱青空商事"),
        MAYBE,
    ),
    Situation(
        "Latin letters and kanji that nobody reads",
        person("Taro Yamada", phones=TEL, birth_date=BORN),
        person("山田 太郎", phones=TEL, birth_date=BORN),
        MAYBE,
    ),
    # two people
    Situation(
        "father and son at one address with one number",
        person("田中 誠", "タナカ マコト", **HOME, phones=FIXED),
        person("田中 健太", "タナカ ケンタ", **HOME, phones=FIXED),
        NO,
    ),
    Situation(
        "a couple",
        person("田中 誠", **HOME, phones=FIXED, **MAIL),
        person("田中 由美子", **HOME, phones=FIXED, **MAIL),
        NO,
    ),
    Situation(
        "a couple with two family names",
        person("田中 誠", **HOME, phones=FIXED),
        person("佐藤 由美子", **HOME, phones=FIXED),
        NO,
    ),
    Situation(
        "twins",
        person("田中 一郎", "タナカ イチロウ", **HOME, phones=FIXED, birth_date=LATER),
        person("田中 二郎", "タナカ ジロウ", **HOME, phones=FIXED, birth_date=LATER),
        NO,
    ),
    Situation(
        "twins whose names are read alike, told apart",
        person("田中 誠", "タナカ マコト", **HOME, phones=FIXED, birth_date=LATER, home="child"),
        person("田中 真", "タナカ マコト", **HOME, phones=FIXED, birth_date=LATER, home="child"),
        NO,
    ),
    Situation(
        "father and son of one name",
        TANAKA | HOME | {"phones": FIXED, "birth_date": BORN},
        TANAKA | HOME | {"phones": FIXED, "birth_date": LATER},
        NO,
    ),
    Situation(
        "head and child of one name",
        TANAKA | HOME | {"phones": FIXED, "home": "head"},
        TANAKA | HOME | {"phones": FIXED, "home": "child"},
        NO,
    ),
    Situation(
        "one name, read otherwise",
        person("幸子 幸子", "コウジ サチコ", phones=FIXED),
        person("幸子 幸子", "コウジ ユキコ", phones=FIXED),
        NO,
    ),
    Situation("namesakes with two birth dates", TANAKA | {"birth_date": BORN}, TANAKA | {"birth_date": LATER}, NO),
    Situation(
        "a common name in two towns",
        person("佐藤 恵", postal_code="060-0001", address="札幌市中央区1"),
        person("佐藤 恵", postal_code="810-0001", address="福岡市中央区1"),
        NO,
    ),
    Situation("a family name alone", person("田中"), person("田中"), NO),
    Situation(
        "sisters in Latin letters",
        person("Yuka Tanaka", phones=FIXED, **HOME),
        person("Yuki Tanaka", phones=FIXED, **HOME),
        NO,
    ),
    Situation(
        "one birth date in one town",
        person("田中 誠", birth_date=BORN, postal_code="180-0004"),
        person("鈴木 実", birth_date=BORN, postal_code="180-0004"),
        NO,
    ),
    Situation("one number for two strangers", person("田中 誠", phones=TEL), person("鈴木 実", phones=TEL), NO),
    Situation(
        "colleagues at a switchboard",
        person("田中 誠", phones=[("06-6345-2000", "", "shared")]),
        person("鈴木 実", phones=[("06-6345-2000", "", "shared")]),
        NO,
    ),
    # two companies, or a company and a person
    Situation(
        "a company's branches",
        firm("青空商事 大阪支店", phones=FIRM, **HOME),
        firm("青空商事 神戸支店", phones=FIRM, **HOME),
        NO,
    ),
    Situation(
        "a company and its branch",
        firm("株式会社青空商事", phones=FIRM),
        firm("株式会社青空商事 大阪営業所", phones=FIRM),
        NO,
    ),
    Situation(
        "two companies in one building",
        firm("青空商事", phones=FIRM, **HOME),
        firm("青空物産", phones=FIRM, **HOME),
        NO,
    ),
    Situation("a first and a second one", firm("第一商事", phones=FIRM), firm("第二商事", phones=FIRM), NO),
    Situation(
        "a company and who works there",
        firm("田中商店", phones=FIRM, **HOME),
        person("田中 誠", phones=FIRM, **HOME, boss=True),
        NO,
    ),
    Situation(
        "a shop and its keeper of one name",
        firm("田中 誠", phones=FIRM, **HOME),
        person("田中 誠", phones=FIRM, **HOME),
        NO,
    ),
)
