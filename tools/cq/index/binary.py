"""Is it text? The one rule that grep, ripgrep and git share."""

# As much as git and ripgrep look at.
SAMPLE_BYTES = 8192


def is_binary(data: bytes) -> bool:
    """Whether a file that starts with `data` is not text: a NUL in the first 8 KiB (so UTF-16, too)."""
    return data.find(0, 0, SAMPLE_BYTES) >= 0
