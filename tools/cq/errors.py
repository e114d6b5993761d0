"""The one exception that cq raises on purpose."""


class CqError(Exception):
    """What the user, a pack or a table got wrong: a message, and a hint when there is something to do.

    The command line prints it as `cq: MESSAGE` and `hint: HINT` on stderr and exits with status 2.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
