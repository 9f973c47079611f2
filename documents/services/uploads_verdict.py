"""The one exception of uploads."""


class UploadRefused(ValueError):
    """The file is not accepted; the message says what is wrong and what to do."""
