"""The pages that the room serves, as a dictionary: nothing else is ever read for a request."""

PAGES: dict[str, tuple[str, bytes]] = {}
