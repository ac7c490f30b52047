class StoreUnavailable(Exception):
    """A store is switched off, or does not answer."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(f"{store}: {reason}")
        self.store = store
        self.reason = reason
