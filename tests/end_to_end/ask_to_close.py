"""Asks a window of a display to close, as a click on the cross in its title bar does; this xdotool can't."""

import ctypes
import struct

_CLIENT_MESSAGE, _TO_THE_MANAGER, _BY_A_PAGER = 33, 0x180000, 2


def ask_to_close(display: str, window: int) -> None:
    """By _NET_CLOSE_WINDOW, which the window manager carries out."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    assert not xcb.xcb_connection_has_error(connection)
    atom, root = _atom(xcb, connection, b"_NET_CLOSE_WINDOW"), _root(xcb, connection)
    event = struct.pack("<BBHIIIIIII", _CLIENT_MESSAGE, 32, 0, window, atom, 0, _BY_A_PAGER, 0, 0, 0)
    xcb.xcb_send_event(connection, 0, root, _TO_THE_MANAGER, event)
    _atom(xcb, connection, b"_NET_CLOSE_WINDOW")  # an answer: what was sent before it has been read
    xcb.xcb_disconnect(connection)


def _atom(xcb: ctypes.CDLL, connection: ctypes.c_void_p, name: bytes) -> int:
    xcb.xcb_intern_atom_reply.restype = ctypes.POINTER(ctypes.c_uint32)
    reply = xcb.xcb_intern_atom_reply(connection, xcb.xcb_intern_atom(connection, 0, len(name), name), None)
    return int(reply[2])


def _root(xcb: ctypes.CDLL, connection: ctypes.c_void_p) -> int:
    """`data` of the iterator over the set-up's screens is the first screen; its first field is the root."""

    class Iterator(ctypes.Structure):
        _fields_ = [("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int)]

    xcb.xcb_get_setup.restype = ctypes.c_void_p
    xcb.xcb_setup_roots_iterator.restype = Iterator
    return int(xcb.xcb_setup_roots_iterator(ctypes.c_void_p(xcb.xcb_get_setup(connection))).data[0])
