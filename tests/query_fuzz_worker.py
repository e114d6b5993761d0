"""Compile and run query texts, in a process of its own: run by tests/test_query_fuzz.py, never by pytest.

Each line of the input is `[grammar, sample source, query text]` in JSON. For each a line comes out: `ok`, `refused: `
and the message, or `WRONG: ` and what happened. No line: this process died of it.
"""

import faulthandler
import functools
import gc
import json
import sys

from tree_sitter import Parser, QueryCursor, Tree

from cq.errors import CqError
from cq.grammar.language import load_language
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery

SECONDS = 20  # for one text, on a busy machine


@functools.cache
def tree_of(grammar: str, source: str) -> Tree:
    return Parser(load_language(grammar)).parse(source.encode("utf-8", "surrogateescape"))


def outcome(times: int, grammar: str, source: str, text: str) -> str:
    root = tree_of(grammar, source).root_node
    try:
        for _ in range(times):
            pack = PackQuery(load_language(grammar), split_patterns("fuzz.scm", text))
        for start, end in ((0, root.end_byte), (root.end_byte // 2, root.end_byte)):
            cursor = QueryCursor(pack.query, match_limit=1024)
            cursor.set_byte_range(start, end)
            for index, captures in pack.matches(cursor, root, root):
                pack.meaning(index)
                for nodes in captures.values():
                    assert nodes[0].end_byte <= root.end_byte
        callback_and_cursor = pack, cursor
        del pack  # the cursor outlives its query's owner
        callback_and_cursor[1].matches(root)
    except CqError as error:
        return "refused: " + str(error).replace("\n", " | ")
    except BaseException as error:  # noqa: BLE001  whatever it is, it is the finding
        return f"WRONG: {type(error).__name__}: {error}".replace("\n", " | ")
    return "ok"


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    faulthandler.enable()
    for line in sys.stdin:
        faulthandler.dump_traceback_later(SECONDS * (3 if times > 1 else 1), exit=True)
        answer = outcome(times, *json.loads(line))
        print(answer.encode("ascii", "backslashreplace").decode().replace("\r", " "), flush=True)  # noqa: T201
        if times > 1:
            gc.collect()


if __name__ == "__main__":
    main()
