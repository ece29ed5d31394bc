"""The customers whom the demo's calls are about, written by hand: the card of the README's picture first of all."""

from datetime import date
from typing import Any

from db.demo.book import Book
from db.kinds import (
    BirthPrecision,
    Channel,
    ComplaintState,
    CustomerKind,
    Direction,
    FollowUpKind,
    HouseholdRole,
    InteractionKind,
    LifecycleStage,
    NumberKind,
    NumberLabel,
    PurchaseState,
)

CUSTOMER_NUMBER = "0335814111"
"""髙橋 一郎, the only one at this number: opens by itself."""
COMPANY_NUMBER = "0663452000"
"""青空商事's switchboard: the company and three of its people."""
HOUSEHOLD_NUMBER = "0422511234"
"""The 田中 family's telephone: two adults have it in common, a daughter lives there."""
ENGLISH_NUMBER = "09012340077"
"""Emily Carter, who wants to be spoken to in English."""
UNKNOWN_NUMBER = "09098761234"
"""Nobody's."""

SATO, SUZUKI, TANAKA, KATO = 1, 2, 3, 4


def add_cast(book: Book) -> None:
    """The cast, before the crowd, so that their customer numbers are the lowest."""
    _takahashi(book)
    _aozora(book)
    _tanaka_family(book)
    _hanako(book)
    _emily(book)


def _takahashi(book: Book) -> None:
    who = book.person(
        "髙橋 一郎", "タカハシ イチロウ", rank="A", lifecycle_stage=LifecycleStage.LOYAL, memo="ゆっくり大きな声で",
        birth_date=date(1951, 4, 12), birth_precision=BirthPrecision.DAY, postal_code="100-0013",
        address="東京都千代田区霞が関1-2-3", email="ichiro.takahashi@example.jp", created_at=book.ago(2300),
    )  # fmt: skip
    book.answers(who, book.number("03-3581-4111", NumberKind.FIXED), NumberLabel.HOME, last_used_at=book.ago(2))
    book.answers(who, book.number("090-1234-0021", NumberKind.MOBILE), NumberLabel.MOBILE)
    _takahashis_orders(book, who)
    _takahashis_complaints(book, who)
    _takahashis_contacts(book, who)
    due = book.now.replace(hour=15, minute=0, second=0, microsecond=0)
    book.promise(who, FollowUpKind.CALLBACK, due, SATO, "再配達の時間をお伝えする")


def _takahashis_orders(book: Book, who: int) -> None:
    done = PurchaseState.COMPLETED
    sheets = [("枕カバー", 2, 3960), ("ボックスシーツ", 1, 3480), ("洗濯ネット", 1, 1300), ("ハンガー", 1, 500)]
    book.order(who, 3, [("羽毛布団 ダブル", 2, 48000)], PurchaseState.SHIPPING, "A-20931")
    book.order(who, 111, sheets, done, "A-19410")
    book.order(who, 175, [("冷感敷きパッド", 1, -7980)], PurchaseState.RETURNED, "A-18077")
    book.order(who, 345, [("電気毛布 シングル", 1, 12800)], done, "A-15522")
    book.order(who, 190, [("冷感敷きパッド", 1, 7980)], done, "A-17962")
    for place, (name, price) in enumerate(_OLDER_ORDERS):
        book.order(who, 400 + 120 * place, [(name, 1, price)], done, f"A-{14800 - 731 * place}")


def _takahashis_complaints(book: Book, who: int) -> None:
    book.complains(
        who, "12", 3, ComplaintState.INVESTIGATING, category="配送遅延", severity=3, handler_id=SATO,
        text="約束の羽毛布団が届かない。運送会社に荷物の所在を確認中。",
    )  # fmt: skip
    book.complains(
        who, "7", 176, ComplaintState.CLOSED, category="品質", handler_id=SUZUKI, resolved_at=book.ago(170),
        text="敷きパッドの縫い目がほつれた。", resolution="返品を承り、全額を返金した。",
    )  # fmt: skip
    book.complains(
        who, "3", 702, ComplaintState.CLOSED, category="応対", severity=1, handler_id=TANAKA,
        resolved_at=book.ago(700), text="折り返しの電話がなかった。", resolution="責任者からおわびした。",
    )  # fmt: skip


def _takahashis_contacts(book: Book, who: int) -> None:
    """27 in all: eight with Sato, three with Suzuki, the rest notices by mail that nobody sent by hand."""
    delivery = {"kind": InteractionKind.DELIVERY, "outcome": "inquiry.delivery"}
    book.contact(who, 2.1, SATO, subject="配送状況", excerpt="運送会社に調査を依頼。折り返しを約束。", **delivery)
    book.contact(who, 2, SUZUKI, subject="配送の問い合わせ", excerpt="佐藤へ引き継ぎ。", **delivery)
    for place, subject in enumerate(_SATO_TALKED_OF):
        book.contact(who, 3 + 47 * place, SATO, subject=subject, excerpt=f"{subject}の件を承った。", **delivery)
    for days, subject in ((176, "返品の相談"), (420, "支払い方法")):
        book.contact(who, days, SUZUKI, subject=subject, excerpt="手順をご案内した。")
    for place in range(16):
        mail: dict[str, Any] = {"channel": Channel.MAIL, "direction": Direction.OUT, "kind": InteractionKind.NOTICE}
        book.contact(who, 4 + 71 * place, None, subject="発送のお知らせ", excerpt="自動送信", **mail)


def _aozora(book: Book) -> None:
    company = book.person(
        "青空商事株式会社", "アオゾラショウジ", kind=CustomerKind.COMPANY, rank="B", postal_code="530-0001",
        address="大阪府大阪市北区梅田2-5-1 青空ビル 4階", email="info@aozora.example.jp",
    )  # fmt: skip
    switchboard = book.number("06-6345-2000", NumberKind.FIXED, is_shared=True)
    book.answers(company, switchboard, NumberLabel.MAIN)
    for name, reading, extension, role in _AOZORAS_PEOPLE:
        person = book.person(name, reading, company="青空商事株式会社", address="大阪府大阪市北区梅田2-5-1")
        book.answers(person, switchboard, NumberLabel.WORK, extension)
        book.works_for(person, company, role)
        book.contact(
            person, 10 + int(extension), KATO, subject="見積もり", excerpt=f"{role}の{name}様。見積もりを送付。"
        )
    book.order(company, 25, [("タオルセット 名入れ", 200, 396000)], PurchaseState.COMPLETED)
    book.order(company, 6, [("枕", 30, 119400), ("枕カバー", 60, 118800)], PurchaseState.ORDERED)
    book.contact(company, 6, KATO, subject="電話での注文", kind=InteractionKind.ORDER, outcome="order.new")


def _tanaka_family(book: Book) -> None:
    place = {"postal_code": "180-0004", "address": "東京都武蔵野市吉祥寺本町2-8-15"}
    makoto = book.person("田中 誠", "タナカ マコト", rank="B", **place)
    yumiko = book.person("田中 由美子", "タナカ ユミコ", rank="A", memo="午前中のご連絡を希望", **place)
    yui = book.person("田中 結衣", "タナカ ユイ", **place)
    home = book.number("0422-51-1234", NumberKind.FIXED)
    for who, days_ago in ((makoto, 12), (yumiko, 40)):
        book.answers(who, home, NumberLabel.HOME, last_used_at=book.ago(days_ago))
    book.answers(yumiko, book.number("080-5678-0034", NumberKind.MOBILE), NumberLabel.MOBILE)
    book.answers(yui, book.number("070-1234-0035", NumberKind.MOBILE), NumberLabel.MOBILE)
    roles = {makoto: HouseholdRole.HEAD, yumiko: HouseholdRole.PARTNER, yui: HouseholdRole.CHILD}
    book.home("田中家", roles)
    book.order(yumiko, 14, [("毛布 シングル", 2, 13960)], PurchaseState.COMPLETED)
    book.order(makoto, 60, [("低反発枕", 1, 5480)], PurchaseState.COMPLETED)
    book.contact(
        yumiko, 14, TANAKA, subject="商品について", excerpt="毛布の洗い方をご説明した。", outcome="inquiry.product"
    )
    book.contact(makoto, 61, SUZUKI, subject="電話での注文", kind=InteractionKind.ORDER, outcome="order.new")


def _hanako(book: Book) -> None:
    who = book.person("佐藤 花子", "サトウ ハナコ", rank="B", postal_code="190-0012", address="東京都立川市曙町1-4-9")
    book.answers(who, book.number("042-521-1234", NumberKind.FIXED), NumberLabel.HOME)
    book.beware(who, 200, "前回、大声で長時間のお話。必ず上長へつなぐ", TANAKA)
    book.refuses(who, 200, Channel.MAIL, "お知らせ", TANAKA)
    book.order(who, 9, [("バスタオル 2枚組", 3, 7440)], PurchaseState.COMPLETED)
    book.contact(
        who, 9, KATO, subject="配送の問い合わせ", excerpt="到着予定日をご案内した。", outcome="inquiry.delivery"
    )


def _emily(book: Book) -> None:
    who = book.person(
        "Emily Carter", "エミリー カーター", language="en", rank="A", email="emily.carter@example.com",
        memo="English, please. Ask for the delivery time slot.", address="鹿児島県鹿児島市山下町4-1",
    )  # fmt: skip
    book.answers(who, book.number("090-1234-0077", NumberKind.MOBILE), NumberLabel.MOBILE)
    book.order(who, 20, [("羽毛布団 シングル", 1, 18800)], PurchaseState.COMPLETED)
    book.contact(who, 20, SATO, subject="Delivery time", excerpt="Evening slot arranged.", outcome="inquiry.delivery")
    book.complains(
        who, "15", 30, ComplaintState.RESOLVED, category="誤配送", severity=2, handler_id=SATO,
        resolved_at=book.ago(26), text="Wrong colour was delivered.", resolution="Replaced free of charge.",
    )  # fmt: skip


_OLDER_ORDERS = (
    ("バスタオル 2枚組", 2480), ("枕", 3980), ("毛布 シングル", 6980), ("フラットシーツ", 2780), ("低反発枕", 5480),
    ("ボックスシーツ", 3480), ("布団収納袋", 1480), ("羽毛布団 シングル", 18800), ("洗濯ネット", 1300),
)  # fmt: skip
_SATO_TALKED_OF = (
    "お届け日の変更",
    "配送先の確認",
    "不在時の受け取り",
    "時間帯の指定",
    "送り状の番号",
    "再配達",
    "置き配",
)
_AOZORAS_PEOPLE = (
    ("山﨑 健太", "ヤマザキ ケンタ", "101", "総務部"),
    ("𠮷田 愛", "ヨシダ アイ", "102", "購買部"),
    ("渡邉 隆", "ワタナベ タカシ", "115", "営業部 部長"),
)
