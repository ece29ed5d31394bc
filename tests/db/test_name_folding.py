"""Spellings of one name fold to one text, other names stay apart, and no text is too strange."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.name_folding import fold, fold_caller, fold_company, without_title
from db.name_variants import variants

_SPELLINGS = [
    "ﾀﾅｶ タナカ たなか",
    "㈱青空商事 (株)青空商事 （株）青空商事 ㍿青空商事 株式会社青空商事 株式會社靑空商事",
    "高橋一郎 髙橋一郎 髙槗一郎 高橋・一郎",
    "山崎健太 山﨑健太 山嵜健太",
    "斎藤 斉藤 齋藤 齊藤",
    "渡辺隆 渡邊隆 渡邉隆 渡邉隆 渡邊\U000e0101隆",
    "吉田愛 𠮷田愛",
    "浜田 濱田 濵田",
    "徳永広沢 德永廣澤",
    "国分恵 國分惠",
    "槇原 槙原",
    "瀬川 瀨川",
    "中島 中嶋 中嶌",
    "桜井竜 櫻井龍",
    "寿真 壽眞",
    "富田 冨田",
    "曽根 曾根",
    "五条 五條",
    "薮田 藪田",
    "渕上 淵上",
    "桑原 桒原",
    "佐々木 佐佐木",
    "福田 福\ufe00田 福田",
    "ＳＭＩＴＨ smith Smith SMITH",
    "ジョン・スミス ｼﾞｮﾝ･ｽﾐｽ じょんすみす",
    "O'Neill O’Neill oneill",
    "ガク ｶﾞｸ ガク がく",
    "ヴェルデ ゔぇるで",
]


@pytest.mark.parametrize("spellings", _SPELLINGS)
def test_spellings_of_one_name_fold_to_one_text(spellings: str) -> None:
    assert len({fold(one) for one in spellings.split(" ")}) == 1


@pytest.mark.parametrize("blank", ["", " ", "　", "  ", "\N{NO-BREAK SPACE}", "\t", "\u200b"])
def test_blanks_between_the_names_do_not_matter(blank: str) -> None:
    assert fold(f"{blank}山田{blank}太郎{blank}") == fold("山田太郎")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("はっとり", "はつとり"), ("きよう", "きょう"), ("おの", "おーの"), ("おおの", "おーの"), ("かき", "がき"),
        ("はた", "ばた"), ("畑", "畠"), ("河合", "川合"), ("阿部", "安部"), ("1", "11"), ("太田", "大田"),
        ("関ヶ原", "関原"),
    ],
)  # fmt: skip
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("company", "bare"),
    [
        ("株式会社青空商事", "青空商事"), ("青空商事㈱", "青空商事"), ("(有)やまだ", "やまだ"),
        ("一般社団法人 電話協会", "電話協会"), ("カブシキガイシャアオゾラ", "あおぞら"),
        ("Blue Sky Co., Ltd.", "bluesky"), ("株式会社", "株式会社"),
        ("㈱", "株式会社"), ("㈱㈱", "株式会社株式会社"),
    ],
)  # fmt: skip
def test_a_company_is_compared_without_its_legal_form(company: str, bare: str) -> None:
    assert fold_company(company) == bare


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("山田様", "山田"), ("山田　太郎　様", "山田　太郎"), ("ﾔﾏﾀﾞｻﾏ", "ヤマダ"), ("李さん", "李"),
        ("千葉先生", "千葉"), ("青空商事 御中", "青空商事"), ("山田殿", "山田"), ("Mr. John Smith", "John Smith"),
        ("mrs ono", "ono"), ("鵜殿", "鵜殿"), ("ハッサン", "ハッサン"), ("様", "様"), ("御中", "御中"), ("Mrs", "Mrs"),
        ("Drake", "Drake"), ("", ""),
    ],
)  # fmt: skip
def test_a_callers_title_is_no_part_of_the_name(shown: str, name: str) -> None:
    assert without_title(shown).replace(" ", "　") == name.replace(" ", "　")
    assert fold_caller(shown) == fold(name)


def test_no_character_has_two_usual_forms_or_one_that_is_folded_itself() -> None:
    table = variants()
    assert not set(table.values()) & set(table)
    assert all(len(form) == 1 == len(usual) for form, usual in table.items())
    assert all(fold(form) == fold(usual) == usual for form, usual in table.items())


_LIKELY = st.text(st.sampled_from("々(株有)㈱﨑ｶﾞﾞカ゛\u3099\u0345ǰΐẞİᾳ\ufe00\u200d・ー 　aA様山"))


@given(st.one_of(st.text(), _LIKELY, st.builds(lambda one, times: one * times, st.text(), st.integers(1, 300))))
def test_any_text_folds_and_folded_text_stays(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert bool(fold_company(text)) == bool(folded)
    assert not any(char.isspace() for char in folded)


@given(st.one_of(st.text(), _LIKELY))
def test_a_title_alone_is_a_name(shown: str) -> None:
    plain = unicodedata.normalize("NFKC", shown).strip()
    assert bool(without_title(shown)) == bool(plain)
    assert without_title(shown) in plain
