"""What a desk asks of whoever sits down there first: its three questions, and passwords that nobody has."""

from collections.abc import Callable

from app.credentials import Credentials
from app.db_worker import Post
from app.first_start.first_start import FirstStart, first_start_of
from app.keeping import StatusBoard
from app.missing_secrets import MissingSecrets
from app.paths import Profile
from app.settings import Settings


class FirstDay:
    """`secret_changed(source)` and `saved()` are called in the desk's thread."""

    def __init__(
        self, profile: Profile, settings: Settings, credentials: Credentials, post: Post, board: StatusBoard
    ) -> None:
        self.secrets = MissingSecrets(credentials, post, board)
        self.questions: FirstStart = first_start_of(profile, settings, credentials, post)

    def tell(self, secret_changed: Callable[[str], object], saved: Callable[[], object]) -> None:
        """Whom."""
        self.secrets.changed, self.questions.saved = secret_changed, saved

    def stop(self) -> None:
        """Leave the telephone system that is being tried."""
        self.questions.stop_trying()
