"""What an AMI source can be told: one frozen value, checked where the settings file is read."""

from dataclasses import dataclass

PORT, TLS_PORT = 5038, 5039


@dataclass(frozen=True, slots=True)
class AmiSettings:
    """One `[[source]]` table of kind "ami"; the names are those of the settings file (docs/settings.md)."""

    name: str
    watch: str
    server: str = ""
    username: str = ""
    channels: tuple[str, ...] = ()
    tls: bool = False
    region: str = "JP"
    password_file: str = ""
    ca_file: str = ""
    tls_name: str = ""
    dial_context: str = ""

    @property
    def default_port(self) -> int:
        return TLS_PORT if self.tls else PORT
