"""The live board: its page, and the same readable from the other end of the room."""
