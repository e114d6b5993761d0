"""What every test of facts asks besides: that each span stands for the text that it is of."""

import re


def check_spans(data: bytes, facts: dict, without: tuple[str, ...] = ()) -> None:
    """Whether the texts of the facts, and of the facts in them, are what stands at their spans."""
    for field, spans in facts.get("spans", {}).items():
        if field in without:
            continue
        value, read = facts[field], [_plain(data[start:end].decode()) for start, end in spans]
        assert all(start < end for start, end in spans), field
        if isinstance(value, bool):
            assert value and read == ["*"]
        elif isinstance(value, int):
            assert read == ["." * value]
        elif field == "forms":
            assert len(read) >= len(value)  # the words that say so: @dataclass
        elif isinstance(value, list):
            assert [_plain(text) for text in value] == read or _is_cut(value, read), field
        else:
            joined = ("::" if field == "module" else " ").join(read)
            assert _plain(value) == joined or _is_cut([value], [joined]), field
    for value in facts.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and "spans" in inner:
                check_spans(data, inner)


def without_spans(facts: dict) -> dict:
    """The facts without their spans, scopes, and where the definition ends."""
    kept = {}
    for field, value in facts.items():
        if field in ("spans", "scopes", "end_line"):
            continue
        if isinstance(value, list):
            value = [without_spans(each) if isinstance(each, dict) else each for each in value]
        kept[field] = without_spans(value) if isinstance(value, dict) else value
    return kept


def _plain(text: str) -> str:
    """On one line, without the comments and the blanks in brackets that a signature leaves out."""
    text = " ".join(re.sub(r"(?m)(?:^|\s)(?:#(?![\[!])|//).*$", "", text).split())
    return text.replace("( ", "(").replace(", )", ")").replace(" )", ")")


def _is_cut(values: list[str], read: list[str]) -> bool:
    return len(values) == len(read) and all(
        text.startswith(value.removesuffix("…").rstrip()) for value, text in zip(values, read, strict=True)
    )
