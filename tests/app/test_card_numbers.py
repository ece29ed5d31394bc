"""Card numbers are found however they are written; telephone numbers, orders and dates are let be."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.card_numbers import MASK, card_numbers, is_card_number, masked, masked_near

_SEED, _EACH = 20261122, 60
_ISSUED = {
    "Visa": (("4",), (16, 19)),
    "Visa, before 2000": (("40", "41", "46"), (13,)),
    "Mastercard": (("51", "55", "2221", "2720"), (16,)),
    "American Express": (("34", "37"), (15,)),
    "JCB": (("3528", "3589"), (16, 19)),
    "Diners": (("300", "305", "36", "38", "39"), (14, 16, 19)),
    "Discover": (("6011", "644", "649", "65"), (16, 19)),
    "UnionPay": (("62",), (16, 17, 18, 19)),
    "Maestro": (("50", "56", "58", "63", "67"), (13, 14, 15, 16, 17, 18, 19)),
}
_WIDE = str.maketrans("0123456789- ", "０１２３４５６７８９－　")


def luhn_complete(digits: str) -> str:
    """With the check digit that ISO/IEC 7812-1 asks for, counted otherwise than in what is tested."""
    table = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    total = sum(table[int(one)] if place % 2 == 0 else int(one) for place, one in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def grouped(number: str, gap: str) -> str:
    """As it stands on the card."""
    sizes = {14: (4, 6, 4), 15: (4, 6, 5)}.get(len(number), (4,) * 5)
    parts, rest = [], number
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    return gap.join(part for part in parts if part)


_WAYS: dict[str, Callable[[str], str]] = {
    "in one piece": str,
    "blanks": lambda number: grouped(number, " "),
    "hyphens": lambda number: grouped(number, "-"),
    "full width": lambda number: number.translate(_WIDE),
    "full width, hyphens": lambda number: grouped(number, "-").translate(_WIDE),
    "long vowel marks": lambda number: grouped(number, "ー"),
    "minus signs with blanks": lambda number: grouped(number, " − "),
    "digit by digit": " ".join,
}
_PLACES = ("{}", "カード番号{}、期限12/27", "card {}.", "03-1234-5678\n{}\n090-1234-5678", "受付3 {} 14時")


def cards() -> list[str]:
    """Texts that each hold one card number."""
    chance, texts = random.Random(_SEED), []
    for prefixes, lengths in _ISSUED.values():
        for length in lengths:
            for _ in range(_EACH):
                prefix = chance.choice(prefixes)
                body = prefix + "".join(chance.choices("0123456789", k=length - 1 - len(prefix)))
                way = chance.choice(list(_WAYS.values()))
                texts.append(chance.choice(_PLACES[:4]).format(way(luhn_complete(body))))
    return texts


def no_cards() -> list[str]:
    """What operators write all day and what is no card number."""
    chance = random.Random(_SEED)

    def number(shape: str) -> str:
        return "".join(str(chance.randrange(10)) if one == "#" else one for one in shape)

    shapes = (
        "03-####-####", "090-####-####", "0120-###-###", "0312######", "090########", "+81-90-####-####",
        "+49 151 ########", "+44 20 #### ####", "0081 90 #### ####", "03-####-#### 090-####-#### 06-####-####",
        "注文 ######", "注文 ##########", "A-#######", "249-#######-#######", "503-#######-#######",
        "######-20261122-##########", "伝票 ####-####-####", "4###########", "EB#########JP", "49#-##-######",
        "〒###-####", "口座 ####### 支店 ###", "¥#,###,###", "保険 ########", "IP 192.168.1.##", "内線 2##",
        "4 ### 12 8", "数量 3 5 10 単価 4980", "20261122143000##", "2026112209####",
    )  # fmt: skip
    texts = [number(shape) for shape in shapes for _ in range(100)]
    for days in range(300):
        at = date(2025, 1, 1) + timedelta(days=days)
        texts += [f"{at:%Y-%m-%d} 14:30", f"{at:%Y%m%d} 1430", f"{at:%Y/%m/%d}", f"{at:%d-%m-%Y}〜{at:%d-%m-%Y}"]
    for _ in range(200):  # JAN codes, with the check digit of their own
        body = chance.choice(("45", "49")) + number("##########")
        check = -sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(body)) % 10
        texts.append(f"商品 {body}{check}")
    return texts


def test_every_card_number_is_found_and_only_its_last_four_digits_stay() -> None:
    texts = cards()
    missed = [text for text in texts if len(card_numbers(text)) != 1]
    assert not missed, f"recall {1 - len(missed) / len(texts):.2%} of {len(texts)}: {missed[:5]}"
    for text in texts:
        hidden = card_numbers(text)[0]
        number = masked(text)[hidden.start : hidden.end]
        assert sum(one.isdecimal() for one in number) == 4, text
        assert number.rstrip("0123456789０１２３４５６７８９- －ー−\u3000").endswith(MASK)


def test_telephone_numbers_orders_and_dates_are_let_be() -> None:
    texts = no_cards()
    wrong = [text for text in texts if masked(text) != text]
    share = len(wrong) / len(texts)
    assert share <= 0.01, f"false positives {share:.2%} of {len(texts)}: {wrong[:10]}"
    assert len({text for text in texts if any(one.isdecimal() for one in text)}) > 2000


def test_long_order_numbers_that_are_not_like_any_issuers_are_let_be() -> None:
    chance = random.Random(_SEED)
    texts = [f"注文 {chance.choice('0179')}{chance.randrange(10**14):014d}" for _ in range(2000)]
    assert [text for text in texts if masked(text) != text] == []


@pytest.mark.parametrize("text", [*_PLACES, "𠮷😀{}😀", "\n\n{}", "A{}B"])
def test_a_mask_moves_nothing_else(text: str) -> None:
    whole = text.format("4111 1111 1111 1111")
    assert masked(whole) == text.format("•••• •••• •••• 1111")
    assert masked(masked(whole)) == masked(whole)


def test_two_numbers_in_one_row_are_both_masked() -> None:
    assert masked("4111 1111 1111 1111 5500 0000 0000 0004") == "•••• •••• •••• 1111 •••• •••• •••• 0004"


def test_a_wrong_check_digit_is_no_card_number() -> None:
    assert not is_card_number("4111111111111112")
    assert masked("4111 1111 1111 1112") == "4111 1111 1111 1112"


@pytest.mark.parametrize(
    "number", ["4222222222222222", "4222 2222 2222 2222", "6304 0000 0000 0000", "6759649826438453"]
)
def test_digits_typed_on_after_a_shorter_number_was_masked_belong_to_it(number: str) -> None:
    text = ""
    for key in number:
        text = masked_near(text + key, len(text), len(text) + 1)
    assert [one for one in text if one.isdecimal()] == list(number[-4:])


def test_a_telephone_number_after_a_masked_number_is_let_be() -> None:
    assert masked("•••• •••• •••• 1111 03-1234-5678") == "•••• •••• •••• 1111 03-1234-5678"


def test_only_the_neighbourhood_of_a_change_is_looked_at() -> None:
    far = "4111111111111111" + "あ" * 500
    assert masked_near(far + "x", len(far), len(far) + 1) == far + "x"
    assert masked_near(far, 15, 16) == masked(far)
