"""The call source "sip-dialog": the shell of a SIP source around a watcher of dialog events."""

from cti.sip.agent import Agent
from cti.sip.click_to_dial import ClickToDialSource
from cti.sip.dialog_watcher import DialogWatcher
from cti.sip.settings import SipDialogSettings
from cti.source import Secret
from cti.wire_message import Tap


class SipDialogSource(ClickToDialSource):
    """Reports the calls of the phone that one `[[source]]` of kind "sip-dialog" watches."""

    def __init__(self, settings: SipDialogSettings, secret: Secret, tap: Tap | None = None) -> None:
        self._watch = settings
        super().__init__(settings.account, secret, tap=tap)

    def _make_agent(self) -> Agent:
        return self._with_telephone(DialogWatcher(self._watch, self._random))
