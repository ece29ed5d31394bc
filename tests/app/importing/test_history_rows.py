"""Rows of purchases, complaints and interactions."""

from pathlib import Path

from app.importing.because import Because
from db.importing.staged import Refusal, StagedComplaint, StagedInteraction, StagedPurchase
from db.kinds import ImportKind
from tests.app.importing.files_to_import import checked_csv


def test_a_purchase_with_every_column_of_the_interface(tmp_path: Path) -> None:
    text = (
        "customer_no,order_no,ordered_at,product_code,product,quantity,unit_price,currency,tax_rate,state,channel\n"
        "C-1,O-1,2026-11-21 14:03,P-1,急須,2,12.50,USD,10,shipping,phone\n"
    )
    assert checked_csv(tmp_path, ImportKind.PURCHASES, text).rows == [
        StagedPurchase(
            2, "C-1", "O-1", "2026-11-21T05:03:00+00:00", "P-1", "急須", 2, 1250, "USD", 1000, "shipping", "phone"
        )
    ]


def test_a_purchase_with_japanese_headings_and_words(tmp_path: Path) -> None:
    text = '顧客番号,注文番号,注文日,商品名,数量,単価,状態,経路\nC-1,O-1,2026/11/21,急須,,"￥1,200",返品,電話\n'
    assert checked_csv(tmp_path, ImportKind.PURCHASES, text).rows == [
        StagedPurchase(
            2, "C-1", "O-1", "2026-11-20T15:00:00+00:00", None, "急須", 1, 1200, "JPY", None, "returned", "phone"
        )
    ]


def test_a_purchase_may_have_come_over_any_channel(tmp_path: Path) -> None:
    text = "顧客番号,注文番号,注文日,商品名,単価,経路\nC-1,O-1,2026/11/21,急須,1,楽天\nC-1,O-2,2026/11/21,急須,1,来店\n"
    assert [row.channel for row in checked_csv(tmp_path, ImportKind.PURCHASES, text).rows] == ["楽天", "visit"]


def test_a_purchase_that_lacks_something_says_what(tmp_path: Path) -> None:
    lines = (
        ",O-1,2026/11/21,急須,1\nC-1,,2026/11/21,急須,1\nC-1,O-1,,急須,1\n"
        "C-1,O-1,2026/11/21,,1\nC-1,O-1,2026/11/21,急須,\nC-1,O-1,2026/11/21,急須,1.5\n"
    )
    found = checked_csv(tmp_path, ImportKind.PURCHASES, "顧客番号,注文番号,注文日,商品名,単価\n" + lines)
    assert (found.rows, found.refusals) == (
        [],
        [
            Refusal(2, "顧客番号", Because.MISSING, ""),
            Refusal(3, "注文番号", Because.MISSING, ""),
            Refusal(4, "注文日", Because.MISSING, ""),
            Refusal(5, "商品名", Because.MISSING, ""),
            Refusal(6, "単価", Because.MISSING, ""),
            Refusal(7, "単価", Because.NO_AMOUNT, "1.5"),
        ],
    )


def test_a_complaint_with_every_column_of_the_interface(tmp_path: Path) -> None:
    text = (
        "customer_no,complaint_no,received_at,category,severity,product,status,handler,text,resolution,resolved_at\n"
        'C-1,K-1,2026-11-20,欠け,4,急須,resolved,sato,"蓋が\n欠けている",交換,2026-11-21\n'
    )
    assert checked_csv(tmp_path, ImportKind.COMPLAINTS, text).rows == [
        StagedComplaint(
            2, "C-1", "K-1", "2026-11-19T15:00:00+00:00", "欠け", 4, "急須", "resolved", "sato", "蓋が\n欠けている",
            "交換", "2026-11-20T15:00:00+00:00",
        )
    ]  # fmt: skip


def test_complaints_with_japanese_words_or_none(tmp_path: Path) -> None:
    headings = "顧客番号,受付番号,受付日,分類,重要度,対応状況,解決日\n"
    lines = "C-1,1,2026/1/1,欠け,重大,対応中,\nC-1,2,2026/1/1,欠け,,,2026/1/2\nC-1,3,2026/1/1,欠け,,,\n"
    found = checked_csv(tmp_path, ImportKind.COMPLAINTS, headings + lines + "C-1,4,2026/1/1,欠け,9,,\n")
    assert [(row.severity, row.state) for row in found.rows] == [(4, "responding"), (3, "resolved"), (3, "received")]
    assert found.refusals == [Refusal(5, "重要度", Because.UNKNOWN_WORD, "9")]


def test_an_interaction_with_every_column_of_the_interface(tmp_path: Path) -> None:
    text = (
        "customer_no,at,channel,direction,kind,subject,handler,disposition,text\n"
        "C-1,2026-11-21T14:03:00+09:00,メール,発信,問い合わせ,納期,佐藤,done,明日届く\n"
    )
    assert checked_csv(tmp_path, ImportKind.INTERACTIONS, text).rows == [
        StagedInteraction(
            2, "C-1", "2026-11-21T05:03:00+00:00", "mail", "out", "inquiry", "納期", "佐藤", "done", "明日届く"
        )
    ]


def test_an_interaction_that_says_little_is_a_call_that_came_in(tmp_path: Path) -> None:
    (row,) = checked_csv(tmp_path, ImportKind.INTERACTIONS, "顧客番号,対応日時,内容\nC-1,2026/11/21 14:03,相談\n").rows
    assert isinstance(row, StagedInteraction)
    assert (row.channel, row.direction, row.kind, row.text) == ("phone", "in", "other", "相談")
