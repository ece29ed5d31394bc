"""The words that a cell may hold where the records know a closed set: ours, their Japanese, and what exports write."""

from collections.abc import Mapping
from typing import Any

from app.importing.cell_text import cleaned
from db.kinds import Channel, ComplaintState, CustomerKind, Direction, InteractionKind, PurchaseState

KINDS = {
    CustomerKind.PERSON: "個人 個人客 個 一般 person individual consumer",
    CustomerKind.COMPANY: "法人 会社 企業 法 法人客 団体 company corporate business organization",
    CustomerKind.UNKNOWN: "unknown その他",
}
PURCHASE_STATES = {
    PurchaseState.ORDERED: "受注 受付 注文 注文済 受付済 未発送 新規 処理中 ordered new pending processing",
    PurchaseState.SHIPPING: "発送 配送中 出荷 発送済 発送済み 出荷済 出荷済み 輸送中 shipping shipped",
    PurchaseState.COMPLETED: """完了 配達済 配達済み 納品済 納品済み 納品 済 取引完了 入金済 completed complete
        delivered done closed""",
    PurchaseState.RETURNED: "返品 返品済 返品済み 返金 返金済 returned refunded",
    PurchaseState.CANCELLED: "キャンセル 取消 取り消し 取消済 キャンセル済 中止 cancelled canceled",
}
COMPLAINT_STATES = {
    ComplaintState.RECEIVED: "受付 受付済 受付済み 未対応 新規 未着手 received new open",
    ComplaintState.ACKNOWLEDGED: "確認 確認済 確認済み 受領 acknowledged",
    ComplaintState.INVESTIGATING: "調査中 調査 原因調査中 確認中 investigating",
    ComplaintState.RESPONDING: "対応中 回答中 処理中 対応 進行中 responding in_progress",
    ComplaintState.RESOLVED: "解決 解決済 解決済み 対応済 対応済み 回答済 resolved",
    ComplaintState.VERIFIED: "検証済 検証済み 効果確認済 verified",
    ComplaintState.CLOSED: "完了 終了 クローズ 済 完結 対応完了 closed done",
}
CHANNELS = {
    Channel.PHONE: "電話 TEL 入電 架電 通話 phone call telephone",
    Channel.MAIL: "メール Eメール 電子メール mail email e-mail",
    Channel.SNS: "LINE ライン X Twitter Instagram Facebook sns",
    Channel.MESSAGE: "チャット メッセージ SMS ショートメール フォーム 問い合わせフォーム web ウェブ message chat 手紙",
    Channel.VISIT: "来店 訪問 来社 店頭 対面 店舗 visit store",
}
DIRECTIONS = {
    Direction.IN: "着信 受信 入電 インバウンド 受電 in inbound incoming",
    Direction.OUT: "発信 送信 架電 アウトバウンド out outbound outgoing",
    Direction.INTERNAL: "内線 社内 internal",
}
INTERACTION_KINDS = {
    InteractionKind.INQUIRY: "問い合わせ 問合せ お問い合わせ お問合せ 質問 照会 相談 inquiry question",
    InteractionKind.ORDER: "注文 ご注文 受注 購入 order",
    InteractionKind.DELIVERY: "配送 配達 納期 お届け delivery",
    InteractionKind.RETURN: "返品 交換 返金 return",
    InteractionKind.COMPLAINT: "クレーム 苦情 申し出 ご意見 complaint",
    InteractionKind.CALLBACK: "折り返し 折返し 折電 コールバック callback",
    InteractionKind.NOTICE: "案内 お知らせ 連絡 通知 notice",
    InteractionKind.OTHER: "その他 other",
}
SEVERITIES = {
    "1": "1 １ 低 軽微 軽 小 low minor ★",
    "2": "2 ２ やや低 ★★",
    "3": "3 ３ 中 普通 通常 一般 medium normal ★★★",
    "4": "4 ４ 高 重大 重 大 high major ★★★★",
    "5": "5 ５ 最高 緊急 至急 最重要 重要 critical urgent ★★★★★",
}


def known_words(table: Mapping[Any, str]) -> dict[str, str]:
    """Each word as `plain_word` writes it -> the record's."""
    return {plain_word(word): str(value) for value, told in table.items() for word in (str(value), *told.split())}


def plain_word(text: str) -> str:
    """A word without blanks, in one case."""
    return "".join(cleaned(text).casefold().split())
