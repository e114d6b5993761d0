"""BLAKE2b alone: `hashlib` loads OpenSSL first, which costs a warm search a thirtieth of its time."""

try:
    from _blake2 import blake2b
except ImportError:  # a Python that was built without it
    from hashlib import blake2b

__all__ = ["blake2b"]
