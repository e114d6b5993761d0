"""Source cut into chunks that mean something on their own, without losing a byte."""
