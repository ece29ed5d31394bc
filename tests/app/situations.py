"""Who rings, what the records hold, and who must stand first: situations that offices have, as a table.

`first` is the name and reason of the best candidate, None for nobody; `opens` says whether that card opens by itself.
"""

from dataclasses import dataclass
from typing import Any

from app.settings import LineSettings, SiteSettings
from cti.events import Verstat, Withheld
from tests.app.records_of import (
    Phone,
    Step,
    chosen,
    company,
    erased,
    home,
    left_merged,
    merged,
    noted,
    owns_range,
    who,
    works,
)

FAILED = Verstat.FAILED


@dataclass(frozen=True)
class Situation:
    """One ring. `site`, `line` and `region` are those of the desk."""

    name: str
    records: tuple[Step, ...]
    number: str
    first: tuple[str, str] | None
    opens: bool = False
    caller: str = ""
    withheld: Withheld | None = None
    verstat: Verstat | None = None
    line: LineSettings | None = None
    site: SiteSettings | None = None
    region: str = "JP"


def _each(name: str, records: tuple[Step, ...], numbers: list[str], first: Any, **more: Any) -> list[Situation]:
    """The same records rung from several numbers."""
    return [Situation(f"{name}: {number}", records, number, first, **more) for number in numbers]


def _recorded(number: str, written: list[str], first: Any, **more: Any) -> list[Situation]:
    """One caller, whose number stands in the records in several ways."""
    return [Situation(f"recorded as {raw}", (who("髙橋", raw),), number, first, **more) for raw in written]


_ICHIRO = (who("髙橋", "090-1234-5678"), who("佐藤", "080-1234-5679"))
_TOKYO = (who("髙橋", "03-3581-4111"), who("佐藤", "03-3581-4112"))
_EXACT = ("髙橋", "exact")

SPELLINGS = [
    *_each(
        "mobile",
        _ICHIRO,
        [
            "09012345678",
            "090-1234-5678",
            "+819012345678",
            "+81 90 1234 5678",
            "+8109012345678",
            "+81(0)90-1234-5678",
            "819012345678",
            "0081-90-1234-5678",
            "9012345678",
            "０９０ー１２３４−５６７８",
            "(090)1234-5678",
            "tel:+81-90-1234-5678",
            "tel:09012345678;phone-context=+81",
            "sip:09012345678@pbx.example.jp;user=phone",
            "sip:09012345678;npdi@pbx.example.jp",
            "18409012345678",
            "186-090-1234-5678",
            "184+819012345678",
            "0033-090-1234-5678",
            "0077-090-1234-5678",
            "184-0088-090-1234-5678",
            "090.1234.5678",
            " 090 1234 5678 ",
        ],
        _EXACT,
        opens=True,
    ),
    *_each(
        "landline",
        _TOKYO,
        [
            "0335814111",
            "03-3581-4111",
            "+81335814111",
            "+810335814111",
            "81335814111",
            "335814111",
            "0081-3-3581-4111",
            "0031-03-3581-4111",
            "0036-0335814111",
            "0039-03-3581-4111",
            "184-03-3581-4111",
            "186+81335814111",
            "tel:0335814111;phone-context=+81",
            "tel:335814111;phone-context=+81",
            "03（3581）4111",
        ],
        _EXACT,
        opens=True,
    ),
    *_recorded(
        "09012345678",
        [
            "9012345678",
            "9012345678.0",
            "０９０−１２３４−５６７８",
            "+81 90-1234-5678",
            "819012345678",
            "090 1234 5678",
            "TEL 090-1234-5678",
            "090-1234-5678（本人）",
            "携帯:090-1234-5678",
            "184-090-1234-5678",
            "+81(0)9012345678",
        ],
        _EXACT,
        opens=True,
    ),
    *_recorded(
        "0422511234",
        [
            "422511234",
            "(0422)51-1234",
            "0422－51－1234",
            "０４２２（５１）１２３４",
            "0422‐51‐1234",
            "+81-422-51-1234",
            "FAX 0422-51-1234",
        ],
        _EXACT,
        opens=True,
    ),
    *_each("real exchanges", (who("髙橋", "04992-2-1234"),), ["0499221234", "+81499221234"], _EXACT, opens=True),
    *_each("real exchanges", (who("髙橋", "0460-84-1234"),), ["0460841234", "460841234"], _EXACT, opens=True),
    *_each("real exchanges", (who("髙橋", "099-222-1234"),), ["0992221234", "992221234"], _EXACT, opens=True),
    *_each(
        "Akita's 0184 is no prefix",
        (who("髙橋", "0184-22-1234"),),
        ["0184221234", "184221234", "184-0184-22-1234"],
        _EXACT,
        opens=True,
    ),
    *_each(
        "Akita's 0186 is no prefix", (who("髙橋", "0186-42-1234"),), ["0186421234", "+81186421234"], _EXACT, opens=True
    ),
]

_FIRM = (
    company("青空商事", Phone("06-6345-2000", shared=True, label="main")),
    who("渡邉", "06-6345-2000 内線 115"),
    who("𠮷田", "06-6345-2000 ext. 102"),
    works("青空商事", "渡邉", "𠮷田"),
)
_BARE = (who("渡邉", "06-6345-2000 内線 115"), who("𠮷田", "06-6345-2000 x102"))
_EIGHT = tuple(who(f"社員{n}", f"06-6345-2000 内線 10{n}") for n in range(1, 9))

EXTENSIONS = [
    Situation("a switchboard rings: the company, closed", _FIRM, "0663452000", ("青空商事", "exact")),
    Situation("a switchboard with a known extension", _FIRM, "0663452000;ext=115", ("渡邉", "extension")),
    Situation("a switchboard with an unknown extension", _FIRM, "0663452000;ext=999", ("青空商事", "exact")),
    *_each(
        "an extension that only one has, written",
        _BARE,
        [
            "06-6345-2000 内線 115",
            "06-6345-2000 ext. 115",
            "06-6345-2000 x115",
            "06-6345-2000 #115",
            "+81663452000;ext=115",
            "tel:+81-6-6345-2000;ext=115",
            "06-6345-2000（内線：１１５）",
            "06-6345-2000,115",
        ],
        ("渡邉", "extension"),
        opens=True,
    ),
    *_each("the root of people with extensions", (_BARE[0],), ["0663452000", "+81663452000"], ("渡邉", "switchboard")),
    Situation("another extension of the same root", (_BARE[0],), "0663452000;ext=7", ("渡邉", "switchboard")),
    Situation("eight contacts behind one switchboard, none picked", _EIGHT, "0663452000", ("社員1", "switchboard")),
    Situation("eight contacts, one extension", _EIGHT, "0663452000;ext=106", ("社員6", "extension"), opens=True),
    Situation(
        "the root's owner and an extension rival",
        (who("佐藤", "06-6345-2000"), _BARE[0]),
        "0663452000;ext=115",
        ("渡邉", "extension"),
    ),
    Situation(
        "an extension of two people",
        (who("渡邉", "06-6345-2000 x115"), who("青木", "06-6345-2000 x115")),
        "0663452000;ext=115",
        ("渡邉", "extension"),
    ),
    Situation(
        "an extension that is stale",
        (who("渡邉", Phone("06-6345-2000 x115", confidence="stale")),),
        "0663452000;ext=115",
        ("渡邉", "extension"),
    ),
    Situation(
        "a root that one has without extension, rung with one",
        (who("髙橋", "06-6345-2000"),),
        "0663452000;ext=115",
        ("髙橋", "exact"),
        opens=True,
    ),
    Situation(
        "one with two extensions is there once",
        (who("渡邉", "06-6345-2000 x115", "06-6345-2000 x116"),),
        "0663452000;ext=116",
        ("渡邉", "extension"),
        opens=True,
    ),
    Situation(
        "the name shown picks the first of eight", _EIGHT, "0663452000", ("社員5", "switchboard"), caller="社員5様"
    ),
]

_HOME = (
    who("誠", Phone("0422-51-1234", used=5), "090-1111-2222"),
    who("由美子", Phone("0422-51-1234", used=90), "080-5678-0034"),
    who("結衣", "070-1234-0035"),
    home("田中家", "誠", "由美子", "結衣"),
)
_ONE_PHONE = (who("誠", "0422-51-1234"), who("由美子"), who("結衣"), home("田中家", "誠", "由美子", "結衣"))

HOUSEHOLDS = [
    Situation("a home's number of two: who rang last", _HOME, "0422511234", ("誠", "exact")),
    Situation(
        "a member's own mobile opens in spite of the family", _HOME, "08056780034", ("由美子", "exact"), opens=True
    ),
    Situation("another member's own mobile", _HOME, "07012340035", ("結衣", "exact"), opens=True),
    Situation("a second number is as good as the first", _HOME, "09011112222", ("誠", "exact"), opens=True),
    Situation("one phone of a household: its owner opens", _ONE_PHONE, "0422511234", ("誠", "exact"), opens=True),
    Situation(
        "the phone of an erased father: family only", (*_ONE_PHONE, erased("誠")), "0422511234", ("由美子", "household")
    ),
    Situation(
        "a mobile of two people",
        (who("甲", Phone("090-1111-2222", used=300)), who("乙", Phone("090-1111-2222", used=3))),
        "09011112222",
        ("乙", "exact"),
    ),
    Situation(
        "a mobile of two people, no use known",
        (who("乙", "090-1111-2222", reading="オツ"), who("甲", "090-1111-2222", reading="コウ")),
        "09011112222",
        ("乙", "exact"),
    ),
    Situation(
        "two people, one of them stale",
        (who("甲", Phone("090-1111-2222", confidence="stale")), who("乙", "090-1111-2222")),
        "09011112222",
        ("乙", "exact"),
    ),
    Situation(
        "two people, the name shown says who",
        (who("甲", Phone("090-1111-2222", used=1)), who("乙", "090-1111-2222")),
        "09011112222",
        ("乙", "exact"),
        caller="乙",
    ),
    Situation(
        "parents and child with three numbers each",
        (
            who("父", "090-1111-0001", "03-3581-4111"),
            who("母", "090-1111-0002", "03-3581-4111"),
            who("子", "090-1111-0003"),
            home("家", "父", "母", "子"),
        ),
        "+819011110003",
        ("子", "exact"),
        opens=True,
    ),
    Situation(
        "a shared line does not bring the family",
        (who("父", Phone("03-3581-4111", shared=True)), who("子"), home("家", "父", "子")),
        "0335814111",
        ("父", "exact"),
    ),
]

_COMPANY = (
    company("青空商事", Phone("06-6345-2000", label="main")),
    who("渡邉", "090-2222-3333"),
    who("山本"),
    works("青空商事", "渡邉", "山本"),
    owns_range("青空商事", "06-6345-2000", "06-6345-2999"),
)
_NESTED = (
    company("親会社"),
    company("子会社"),
    owns_range("親会社", "06-6345-0000", "06-6345-9999"),
    owns_range("子会社", "06-6345-2100", "06-6345-2199"),
)

COMPANIES = [
    Situation("a company's own number opens the company", _COMPANY, "0663452000", ("青空商事", "exact"), opens=True),
    Situation(
        "a main number that stands with one person only is a switchboard all the same",
        (who("渡邉", Phone("06-6345-2000", label="main")),),
        "0663452000",
        ("渡邉", "exact"),
    ),
    Situation(
        "a company's main number opens the company",
        (company("青空商事", Phone("06-6345-2000", label="main")),),
        "0663452000",
        ("青空商事", "exact"),
        opens=True,
    ),
    Situation("an employee's own mobile", _COMPANY, "09022223333", ("渡邉", "exact"), opens=True),
    *_each(
        "a direct number in the company's range",
        _COMPANY,
        ["0663452001", "0663452500", "+81663452999", "663452999"],
        ("青空商事", "switchboard"),
    ),
    *_each("a number outside the range", _COMPANY, ["0663453000", "0663451999"], None),
    Situation(
        "a recorded direct number in the range is its owner's",
        (*_COMPANY, who("𠮷田", "06-6345-2115")),
        "0663452115",
        ("𠮷田", "exact"),
        opens=True,
    ),
    Situation("the smaller of two ranges first", _NESTED, "0663452150", ("子会社", "switchboard")),
    Situation("only the larger range reaches it", _NESTED, "0663452200", ("親会社", "switchboard")),
    Situation("a range of an erased company", (*_COMPANY, erased("青空商事")), "0663452500", None),
    Situation("an erased company does not tell its staff", (*_COMPANY, erased("青空商事")), "0663452000", None),
    Situation(
        "a person's number behind which another has an extension",
        (who("佐藤", "06-6345-2000"), _BARE[0]),
        "0663452000",
        ("佐藤", "exact"),
    ),
    Situation(
        "a company's number behind which people have extensions",
        (company("青空商事", "06-6345-2000"), *_BARE),
        "0663452000",
        ("青空商事", "exact"),
        opens=True,
    ),
    Situation(
        "a person with his own extension too",
        (who("佐藤", "06-6345-2000", "06-6345-2000 x5"),),
        "0663452000",
        ("佐藤", "exact"),
        opens=True,
    ),
    Situation(
        "a company and its only owner share a number",
        (
            company("山本工務店", Phone("03-3581-4111", used=50)),
            who("山本", Phone("03-3581-4111", used=2)),
            works("山本工務店", "山本"),
        ),
        "0335814111",
        ("山本", "exact"),
    ),
    Situation(
        "the owner's mobile is his alone",
        (
            company("山本工務店", "03-3581-4111"),
            who("山本", "03-3581-4111", "090-1111-2222"),
            works("山本工務店", "山本"),
        ),
        "09011112222",
        ("山本", "exact"),
        opens=True,
    ),
    Situation(
        "a fax number recorded for a company",
        (company("青空商事", "06-6345-2000", Phone("06-6345-2001", label="fax")),),
        "0663452001",
        ("青空商事", "exact"),
        opens=True,
    ),
    Situation(
        "a switchboard marked as shared and nobody else",
        (company("青空商事", Phone("06-6345-2000", shared=True)),),
        "0663452000",
        ("青空商事", "exact"),
    ),
    Situation("a stranger in a range with an extension", _COMPANY, "0663452500;ext=5", ("青空商事", "switchboard")),
    Situation(
        "an extension of the root beside the range",
        (*_COMPANY, who("𠮷田", "06-6345-2500 x5")),
        "0663452500",
        ("青空商事", "switchboard"),
    ),
    Situation(
        "two companies on one switchboard",
        (company("甲社", Phone("06-6345-2000", used=9)), company("乙社", "06-6345-2000")),
        "0663452000",
        ("甲社", "exact"),
    ),
]


def _aged(name: str, phone: Phone, opens: bool, **more: Any) -> Situation:
    return Situation(name, (who("髙橋", phone, **more),), "09012345678", _EXACT, opens=opens)


_M = "090-1234-5678"
STALE = [
    _aged("rang last week, contact long ago", Phone(_M, used=7), True, contact=1500),
    _aged("contact last week, number unused for years", Phone(_M, used=1500), True, contact=7),
    _aged("neither for two years and a week", Phone(_M, used=740), False, contact=740),
    _aged("neither for two years less a week", Phone(_M, used=720), True, contact=720),
    _aged("no contact at all, recorded a year ago", Phone(_M), True, contact=None, created=365),
    _aged("no contact at all, recorded three years ago", Phone(_M), False, contact=None, created=1100),
    _aged("an old customer's new number, never used", Phone(_M, since=3), True, contact=1500, created=2000),
    _aged("an old customer's old number, never used", Phone(_M, since=1900), False, contact=None, created=2000),
    _aged("last contact three years ago, imported yesterday", Phone(_M), False, contact=1100, created=1),
    _aged("said to be stale although it rang yesterday", Phone(_M, confidence="stale", used=1), False),
    _aged("perhaps theirs", Phone(_M, confidence="maybe", used=1), False),
    _aged("given up yesterday", Phone(_M, ended=1, used=2), False),
    _aged("will be given up next month", Phone(_M, ended=-30, used=2), True),
    Situation(
        "moved from one to another: the new one first, both to be asked",
        (who("前", Phone(_M, ended=30)), who("後", Phone(_M, since=20))),
        "09012345678",
        ("後", "exact"),
    ),
    Situation(
        "moved, the old one contacted lately by another number",
        (who("前", Phone(_M, ended=400, used=401), contact=1), who("後", Phone(_M, since=390), contact=30)),
        "09012345678",
        ("後", "exact"),
    ),
    Situation(
        "moved between three",
        (who("一", Phone(_M, ended=900)), who("二", Phone(_M, ended=300)), who("三", Phone(_M))),
        "09012345678",
        ("三", "exact"),
    ),
    Situation(
        "given up by its only owner: asked, not opened",
        (who("前", Phone(_M, ended=30)),),
        "09012345678",
        ("前", "exact"),
    ),
    Situation(
        "their other number is fresh",
        (who("髙橋", Phone(_M, ended=30), "03-3581-4111"),),
        "0335814111",
        _EXACT,
        opens=True,
    ),
]

REMEMBERED = [
    Situation("chosen and alone", (*_ICHIRO, chosen("髙橋", _M)), "09012345678", ("髙橋", "remembered"), opens=True),
    Situation("chosen in a household", (*_HOME, chosen("結衣", "0422-51-1234")), "0422511234", ("結衣", "remembered")),
    Situation(
        "chosen of two owners", (*_HOME, chosen("由美子", "0422-51-1234")), "0422511234", ("由美子", "remembered")
    ),
    Situation(
        "another than the only owner was chosen", (*_ICHIRO, chosen("佐藤", _M)), "09012345678", ("佐藤", "remembered")
    ),
    Situation(
        "chosen for a number that nobody has",
        (*_ICHIRO, chosen("佐藤", "03-3581-4111")),
        "0335814111",
        ("佐藤", "remembered"),
    ),
    Situation(
        "chosen behind a switchboard", (*_FIRM, chosen("渡邉", "06-6345-2000")), "0663452000", ("渡邉", "remembered")
    ),
    Situation(
        "chosen for another extension",
        (*_BARE, chosen("𠮷田", "06-6345-2000 x102")),
        "0663452000;ext=115",
        ("渡邉", "extension"),
        opens=True,
    ),
    Situation(
        "chosen with its extension",
        (*_BARE, chosen("渡邉", "06-6345-2000 x115")),
        "0663452000;ext=115",
        ("渡邉", "remembered"),
        opens=True,
    ),
    Situation(
        "chosen, but the number is stale",
        (who("髙橋", Phone(_M, confidence="stale")), chosen("髙橋", _M)),
        "09012345678",
        ("髙橋", "remembered"),
    ),
    Situation("chosen, but erased", (*_ICHIRO, chosen("佐藤", _M), erased("佐藤")), "09012345678", _EXACT, opens=True),
    Situation(
        "chosen in a company's range", (*_COMPANY, chosen("山本", "06-6345-2500")), "0663452500", ("山本", "remembered")
    ),
    Situation(
        "chosen years ago of two",
        (*_HOME, chosen("由美子", "0422-51-1234", 1500)),
        "0422511234",
        ("由美子", "remembered"),
    ),
    Situation(
        "chosen, and then merged away",
        (*_ICHIRO, chosen("佐藤", _M), merged("佐藤", "髙橋")),
        "09012345678",
        ("髙橋", "remembered"),
        opens=True,
    ),
]

SUFFIXES = [
    Situation("local digits without the area code", _TOKYO, "35814111", ("髙橋", "suffix")),
    Situation("an odd prefix before the number", _TOKYO, "#7735814111".removeprefix("#"), ("髙橋", "suffix")),
    Situation("a prefix that no plan knows", _TOKYO, "99990335814111", ("髙橋", "suffix")),
    Situation("the same ending in another city", (who("髙橋", "03-6345-2000"),), "0663452000", ("髙橋", "suffix")),
    Situation(
        "the same ending on another mobile prefix", (who("髙橋", "080-1234-5678"),), "09012345678", ("髙橋", "suffix")
    ),
    Situation("recorded without its area code", (who("髙橋", "3581-4111"),), "0335814111", ("髙橋", "suffix")),
    Situation(
        "exact is better than an ending", (*_ICHIRO, who("山本", "080-1234-5678")), "09012345678", _EXACT, opens=True
    ),
    Situation(
        "a household is better than an ending",
        (*_ONE_PHONE, erased("誠"), who("山本", "03-2251-1234")),
        "0422511234",
        ("由美子", "household"),
    ),
    Situation(
        "a range is better than an ending",
        (*_COMPANY, who("山本一郎", "03-6345-2500")),
        "0663452500",
        ("青空商事", "switchboard"),
    ),
    Situation("seven digits are too few", _TOKYO, "5814111", None),
    Situation("an ending of an erased customer", (who("髙橋", "03-3581-4111"), erased("髙橋")), "35814111", None),
    Situation("an ending of a foreign number", (who("Emily", "+1 650 253 0000"),), "02530000", ("Emily", "suffix")),
    Situation("an ending with zeros", (who("髙橋", "03-1000-0000"),), "10000000", ("髙橋", "suffix")),
    Situation("a digit differs", _TOKYO, "35814113", None),
]

_W = Withheld
NOBODY = [
    Situation("nobody has it", _ICHIRO, "08099998888", None),
    Situation("no number at all", _ICHIRO, "", None),
    *[Situation(f"withheld: {one}", _ICHIRO, "", None, withheld=one) for one in _W],
    Situation("withheld although a number is told", _ICHIRO, "09012345678", None, withheld=_W.ANONYMOUS),
    Situation("withheld with a customer's name", _ICHIRO, "", None, caller="髙橋", withheld=_W.PAYPHONE),
    *_each("a service, not a customer", _ICHIRO, ["110", "119", "117", "*21", "#9110"], None),
    *_each("an extension of the house", _ICHIRO, ["201", "2001", "内線201"], None),
    *_each("no number but a word", _ICHIRO, ["anonymous", "unknown", "Restricted", "sip:alice@pbx"], None),
    Situation("a customer without numbers", (who("髙橋"),), "09012345678", None),
    Situation("an erased customer's number", (*_ICHIRO, erased("髙橋")), "09012345678", None),
    Situation("an empty database", (), "09012345678", None),
    Situation("one digit more", _ICHIRO, "090123456781", None),
    Situation("an internal number of the records rings", (who("内線の人", "201"),), "201", None),
]

VERIFIED = [
    Situation("verified", _ICHIRO, "09012345678", _EXACT, opens=True, verstat=Verstat.VERIFIED),
    Situation("failed", _ICHIRO, "09012345678", _EXACT, verstat=FAILED),
    Situation("failed with an extension", _BARE, "0663452000;ext=115", ("渡邉", "extension"), verstat=FAILED),
    Situation(
        "failed although chosen", (*_ICHIRO, chosen("髙橋", _M)), "09012345678", ("髙橋", "remembered"), verstat=FAILED
    ),
    Situation("failed for a company's number", _COMPANY, "0663452000", ("青空商事", "exact"), verstat=FAILED),
    Situation("verified does not help two", _HOME, "0422511234", ("誠", "exact"), verstat=Verstat.VERIFIED),
    Situation(
        "verified does not help a stale one",
        (who("髙橋", Phone(_M, confidence="stale")),),
        "09012345678",
        _EXACT,
        verstat=Verstat.VERIFIED,
    ),
    Situation(
        "verified does not help an ending",
        (who("髙橋", "080-1234-5678"),),
        "09012345678",
        ("髙橋", "suffix"),
        verstat=Verstat.VERIFIED,
    ),
]


def _kind(raw: str, number: str) -> Situation:
    return Situation(f"{raw} rung as {number}", (who("髙橋", raw),), number, _EXACT, opens=True)


KINDS = [
    _kind("0120-444-444", "0120444444"),
    _kind("0120-444-444", "120444444"),
    _kind("0120-444-444", "+81120444444"),
    _kind("0800-123-4567", "08001234567"),
    _kind("0800-123-4567", "8001234567"),
    _kind("0570-012-345", "0570012345"),
    _kind("0570-012-345", "+81570012345"),
    _kind("0990-123-456", "0990123456"),
    _kind("050-5812-3456", "05058123456"),
    _kind("050-5812-3456", "+815058123456"),
    _kind("060-1234-5678", "06012345678"),
    _kind("060-1234-5678", "6012345678"),
    _kind("070-1234-5678", "7012345678"),
    _kind("02012345678901", "02012345678901"),
    _kind("020-0123-4567", "02001234567"),
    _kind("02012345678901", "+812012345678901"),
    _kind("+1 650 253 0000", "+16502530000"),
    _kind("+1 650 253 0000", "010 1 650 253 0000"),
    _kind("010-1-650-253-0000", "+16502530000"),
    _kind("+44 20 7946 0958", "0044 20 7946 0958"),
    _kind("+852 2123 4567", "+85221234567"),
    _kind("+33 1 42 68 53 00", "0033-010-33-1-42-68-53-00"),
    _kind("+65 6123 4567", "001-010-65-6123-4567"),
    Situation(
        "toll-free 0800 is not the mobile 080",
        (who("携帯", "080-1123-4567"), who("髙橋", "0800-123-4567")),
        "08001234567",
        _EXACT,
        opens=True,
    ),
]

_OUT0, _OUT9 = SiteSettings((), "0"), SiteSettings((), "9")
_PLAN = SiteSettings(("2xx", "7000-7999"), "")
_LONG_PLAN = SiteSettings(("8123xxxx",), "")
_US = LineSettings("0312345678", region="US")
_LINE9 = LineSettings("0312345678", outside_prefix="9")
_OSAKA = (who("大阪", "06-6345-2000"),)

SITES = [
    *[
        Situation(f"behind 0: {number}", _ICHIRO, number, _EXACT, opens=True, site=_OUT0)
        for number in (
            "0-090-1234-5678",
            "009012345678",
            "0+819012345678",
            "0-184-090-1234-5678",
            "09012345678",
            "+819012345678",
            "0081-90-1234-5678",
            "0-0033-090-1234-5678",
        )
    ],
    *[
        Situation(f"behind 9: {number}", _ICHIRO, number, _EXACT, opens=True, site=_OUT9)
        for number in ("9-090-1234-5678", "909012345678", "9012345678", "09012345678")
    ],
    *[
        Situation(f"Osaka behind 0: {number}", _OSAKA, number, ("大阪", "exact"), opens=True, site=_OUT0)
        for number in ("00663452000", "0-06-6345-2000", "0663452000")
    ],
    Situation(
        "Kobe behind 0", (who("神戸", "078-331-1234"),), "00783311234", ("神戸", "exact"), opens=True, site=_OUT0
    ),
    Situation(
        "a number abroad behind 0",
        (who("Emily", "+1 650 253 0000"),),
        "0-010-1-650-253-0000",
        ("Emily", "exact"),
        opens=True,
        site=_OUT0,
    ),
    Situation(
        "the line has a prefix of its own", _ICHIRO, "9-090-1234-5678", _EXACT, opens=True, site=_OUT0, line=_LINE9
    ),
    Situation(
        "a line abroad reads national digits",
        (who("Emily", "+1 650 253 0000"),),
        "(650) 253-0000",
        ("Emily", "exact"),
        opens=True,
        line=_US,
    ),
    Situation(
        "a source abroad reads national digits",
        (who("Emily", "+1 650 253 0000"),),
        "6502530000",
        ("Emily", "exact"),
        opens=True,
        region="US",
    ),
    Situation("a Japanese number on a line abroad", _ICHIRO, "+819012345678", _EXACT, opens=True, line=_US),
    Situation("Japanese digits on a line abroad mean another", _ICHIRO, "09012345678", ("髙橋", "suffix"), line=_US),
    Situation("an extension by the plan", _ICHIRO, "7001", None, site=_PLAN),
    Situation("a short number outside the plan", _ICHIRO, "4001", None, site=_PLAN),
    Situation(
        "eight digits that the plan calls inside", (who("髙橋", "03-8123-4567"),), "81234567", None, site=_LONG_PLAN
    ),
    Situation(
        "eight digits that no plan names", (who("髙橋", "03-8123-4567"),), "81234567", ("髙橋", "suffix"), site=_PLAN
    ),
    Situation("a plan does not touch outside numbers", _ICHIRO, "09012345678", _EXACT, opens=True, site=_PLAN),
]

MERGES = [
    Situation(
        "merged: the target is found by the old number",
        (*_ICHIRO, merged("髙橋", "佐藤")),
        "09012345678",
        ("佐藤", "exact"),
        opens=True,
    ),
    Situation(
        "merged: and by its own", (*_ICHIRO, merged("髙橋", "佐藤")), "08012345679", ("佐藤", "exact"), opens=True
    ),
    Situation(
        "merged twice over",
        (*_ICHIRO, who("山本"), merged("髙橋", "佐藤"), merged("佐藤", "山本")),
        "09012345678",
        ("山本", "exact"),
        opens=True,
    ),
    Situation("a record merged away is never shown", (*_ICHIRO, left_merged("髙橋", "佐藤")), "09012345678", None),
    Situation(
        "of two with one number one was merged away",
        (who("甲", _M), who("乙", _M), left_merged("甲", "乙")),
        "09012345678",
        ("乙", "exact"),
        opens=True,
    ),
    Situation(
        "of two with one number one was erased",
        (who("甲", _M), who("乙", _M), erased("甲")),
        "09012345678",
        ("乙", "exact"),
        opens=True,
    ),
    Situation(
        "an erased colleague behind a switchboard", (*_BARE, erased("渡邉")), "0663452000", ("𠮷田", "switchboard")
    ),
    Situation("an erased member of the family", (*_HOME, erased("結衣")), "0422511234", ("誠", "exact")),
]

_CALLED = (who("渡邉 隆", "03-3581-4111", reading="ワタナベ タカシ"), company("株式会社青空商事", "06-6345-2000"))
_UNKNOWN = "08099998888"
NAMES = [
    *[
        Situation(f"called like a customer: {name}", _CALLED, _UNKNOWN, ("渡邉 隆", "name"), caller=name)
        for name in ("渡邉隆", "渡邊 隆", "渡辺　隆様", "ワタナベ タカシ", "ﾜﾀﾅﾍﾞ ﾀｶｼ", "わたなべ たかし")
    ],
    *[
        Situation(f"called like a company: {name}", _CALLED, _UNKNOWN, ("株式会社青空商事", "name"), caller=name)
        for name in ("青空商事", "(株)青空商事", "青空商事㈱", "青空商事 御中")
    ],
    *[
        Situation(f"a name of nobody: {name}", _CALLED, _UNKNOWN, None, caller=name)
        for name in ("渡邉", "08099998888", "WIRELESS CALLER", "Anonymous", "山田 太郎")
    ],
    Situation("a name without any number", _CALLED, "", ("渡邉 隆", "name"), caller="渡邉 隆"),
    Situation("a name does not open even the only one", _CALLED[:1], _UNKNOWN, ("渡邉 隆", "name"), caller="渡邉 隆"),
    Situation(
        "the number says more than the name", (*_CALLED, *_ICHIRO), "09012345678", _EXACT, True, caller="渡邉 隆"
    ),
    Situation("a name of an extension is not sought", _CALLED, "201", None, caller="渡邉 隆"),
    Situation("a withheld caller's name is not sought", _CALLED, "", None, caller="渡邉 隆", withheld=_W.ANONYMOUS),
    Situation("a name of an erased customer", (*_CALLED, erased("渡邉 隆")), _UNKNOWN, None, caller="渡邉 隆"),
]

_SAID = (who("佐藤", "03-3581-4111"), who("山本", "03-3581-4112"))
_WIFE = (*_SAID, noted("佐藤", "配達は火曜。奥様の携帯は080-9999-8888とのこと。折り返しはそちらへ。"))
MENTIONS = [
    *_each("in a note", _WIFE, [_UNKNOWN, "+818099998888", "080-9999-8888", "8099998888"], ("佐藤", "mentioned")),
    Situation(
        "in a note, written otherwise",
        (*_SAID, noted("山本", "連絡先 ０８０９９９９８８８８")),
        _UNKNOWN,
        ("山本", "mentioned"),
    ),
    Situation(
        "in two notes: the newer",
        (*_WIFE, noted("山本", "080-9999-8888 から問い合わせ", 3)),
        _UNKNOWN,
        ("山本", "mentioned"),
    ),
    Situation("another number in the note", _WIFE, "08099998889", None),
    Situation("a longer number in the note", (*_SAID, noted("佐藤", "伝票 080999988881")), _UNKNOWN, None),
    Situation("in a note of an erased customer", (*_WIFE, erased("佐藤")), _UNKNOWN, None),
    Situation("an ending is better than a note", (*_WIFE, who("髙橋", "090-9999-8888")), _UNKNOWN, ("髙橋", "suffix")),
    Situation("a note is better than a name", (*_WIFE, *_CALLED), _UNKNOWN, ("佐藤", "mentioned"), caller="渡邉 隆"),
    Situation(
        "exact is better than a note", (*_WIFE, who("妻", "080-9999-8888")), _UNKNOWN, ("妻", "exact"), opens=True
    ),
]

SITUATIONS = [
    *SPELLINGS,
    *EXTENSIONS,
    *HOUSEHOLDS,
    *COMPANIES,
    *STALE,
    *REMEMBERED,
    *SUFFIXES,
    *NOBODY,
    *VERIFIED,
    *KINDS,
    *SITES,
    *MERGES,
    *NAMES,
    *MENTIONS,
]
