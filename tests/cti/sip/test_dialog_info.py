"""application/dialog-info+xml: what the RFC's own examples mean, and that nothing else than PeerError comes out."""

from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.sip.dialog_info import DialogState, parse_dialog_info
from tests.cti.sip.watch_wire import WatchWire
from tests.fakes.notifier import dialog, document

RFC_4235_SECTION_6_2 = b"""<?xml version="1.0"?>
   <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info"
                version="1"
                state="partial"
                entity="sip:alice@example.com">
     <dialog id="as7d900as8" call-id="a84b4c76e66710"
             local-tag="1928301774" remote-tag="456887766"
             direction="initiator">
       <state event="rejected" code="486">terminated</state>
     </dialog>
   </dialog-info>"""


def test_example_of_the_rfc_is_understood() -> None:
    info = parse_dialog_info(RFC_4235_SECTION_6_2)
    (one,) = info.dialogs
    assert (info.version, info.is_full, info.entity) == (1, False, "alice")
    assert (one.id, one.call_id, one.direction) == ("as7d900as8", "a84b4c76e66710", "initiator")
    assert (one.state, one.event, one.remote) == (DialogState.TERMINATED, "rejected", None)


def test_names_space_and_encodings_do_not_matter() -> None:
    text = '<?xml version="1.0" encoding="{}"?><dialog-info version="0003" state="full"><dialog id="1">'
    text += "<state> early </state>"
    text += '<remote><identity display="Müller"> &lt;sip:0312345678@pbx;user=phone&gt; </identity></remote></dialog>'
    text += "<other/></dialog-info>"
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        info = parse_dialog_info(text.format(encoding).encode(encoding))
        (one,) = info.dialogs
        assert one.remote is not None
        assert (info.version, info.entity, one.state) == (3, "", DialogState.EARLY)
        assert (one.remote.display, one.remote.uri.number) == ("Müller", "0312345678")


TAGS = st.sampled_from(["dialog-info", "dialog", "state", "remote", "local", "identity", "target", "x"])
ATTRIBUTES = st.sampled_from(["version", "state", "entity", "id", "direction", "display", "call-id", "event", "xmlns"])
VALUES = st.one_of(
    st.sampled_from(
        ["full", "partial", "0", "1", "201", "sip:201@pbx", "recipient", "initiator", "early", "confirmed"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='<>&"'), max_size=8),
)
ELEMENTS = st.recursive(
    st.builds(lambda text: text, VALUES),
    lambda inner: st.builds(
        lambda tag, attributes, children: (
            f"<{tag} "
            + " ".join(f'{key}="{value}"' for key, value in attributes.items())
            + f">{''.join(children)}</{tag}>"
        ),
        TAGS,
        st.dictionaries(ATTRIBUTES, VALUES, max_size=4),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)
BODIES = st.one_of(
    st.binary(max_size=200),
    ELEMENTS.map(str.encode),
    ELEMENTS.map(lambda inner: document(1, inner)),
    st.builds(
        lambda cut, junk: document(1, dialog("early", "sip:1@x"))[:cut] + junk,
        st.integers(0, 300),
        st.binary(max_size=20),
    ),
)


@given(BODIES)
@example(b"")
@example(b"\xef\xbb\xbf<dialog-info/>")
@example(b'<?xml version="1.0" encoding="Shift_JIS"?><a/>')
@example(b'<?xml version="1.0" encoding="rot13"?><a/>')
@example(b"<a" * 30_000)
def test_parser_raises_nothing_but_peer_error(body: bytes) -> None:
    with suppress(PeerError):
        parse_dialog_info(body)


@given(st.lists(BODIES, max_size=5))
def test_no_body_breaks_the_watcher_and_a_call_after_it_is_offered(bodies: list[bytes]) -> None:
    wire = WatchWire()
    wire.register()
    for body in bodies:
        answers = [one.status for one in wire.say(wire.notifier.notify(body)) if one.status]
        assert answers in ([200], [400], [415])
    wire.notifier.current = document(0, dialog("early", "sip:0312345678@pbx", key="fresh"))
    wire.register()  # a new subscription, whatever the versions before it were
    assert any(getattr(event, "caller", None) is not None for event in wire.events)
    assert [event for event in wire.events if getattr(getattr(event, "caller", None), "number", "") == "0312345678"]
