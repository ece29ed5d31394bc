"""What hinders the way to a PBX, in words; what is not known here is said as it came."""

from app.words import _


def network_words(trouble: str) -> str:
    """`trouble`: a word of TLS's or of ours, the system's name of an error, or a word and the file that it is about."""
    kind, _colon, path = trouble.partition(":")
    words = _of_files() if path else _of_tls() | _of_system()
    return words[kind].format(path=path) if kind in words else trouble


def _of_tls() -> dict[str, str]:
    return {
        "wrong_name": _("the certificate is for another name"),
        "unknown_issuer": _("the certificate is signed by nobody we trust"),
        "expired": _("the certificate has expired"),
        "no_tls": _("the port does not speak TLS"),
        "old_tls": _("the PBX speaks only versions of TLS that are not safe"),
        "silent": _("the port does not answer in TLS"),
        "no_certificate": _("the settings name no certificate"),
    }


def _of_files() -> dict[str, str]:
    return {
        "not_pem": _("{path}: no certificate (PEM) in it"),
        "no_file": _("{path}: there is nothing of that name"),
        "unreadable": _("{path}: it cannot be read"),
    }


def _of_system() -> dict[str, str]:
    return {
        "no_address": _("the name has no address"),
        "timeout": _("no answer in time"),
        "ECONNREFUSED": _("nobody listens there"),
        "ECONNRESET": _("the other end has hung up"),
        "ETIMEDOUT": _("no answer in time"),
        "EHOSTUNREACH": _("there is no way to it"),
        "ENETUNREACH": _("there is no way to it"),
        "ENETDOWN": _("the network is down"),
        "EADDRNOTAVAIL": _("it is not this PC's address"),
        "EACCES": _("the firewall of this PC forbids it"),
        "EPERM": _("the firewall of this PC forbids it"),
    }
