"""No query text can crash or hang the process: each is refused with a CqError, or runs.

The texts go to tests/query_fuzz_worker.py, in a process of its own. To look harder by hand, with other texts each time:
CQ_EXAMPLES=50000 CQ_SEED=7 python -m pytest tests/test_query_fuzz.py
"""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cq.errors import CqError
from cq.grammar.language import load_language
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery
from cq.resources import data_folder

EXAMPLES = int(os.environ.get("CQ_EXAMPLES", "150"))
SEED = int(os.environ.get("CQ_SEED", "1"))
WORKER = Path(__file__).parent / "query_fuzz_worker.py"

SAMPLES = {
    "bash": 'f() { local x="$1"; if [ -n "$x" ]; then echo "$(date)" | cat > /dev/null; fi; }\nf a # c\n',
    "c": '#include <a.h>\n#define N 1\nstruct A { int x; };\nint main(void) { return f(N, "s") + 1; } // c\n',
    "cpp": "namespace n { class A : B { public: int f() { return g<int>(1); } }; }\nauto l=[](int x) { return 1; }\n",
    "css": "@media screen { a.b > #c:hover { color: #fff; margin: 1px; } } /* c */\n",
    "go": 'package main\nimport "fmt"\ntype A struct{ B int }\nfunc (a *A) f(x int) { fmt.Println("s", x) }\n',
    "html": "<!doctype html><p class='a'>b<!-- c --><script>f()</script><style>a{}</style></p>\n",
    "java": "package a; class A<T> extends B { int x = 1; @O void f(int y) { g(y, this.x); } }\n",
    "javascript": "import a from 'b';\n// c\nclass A { m(x) { return f(x, `y${1}`, /r/); } }\nconst g = (x) => x;\n",
    "json": '{"a": [1, 2.5, {"b": null, "c": "d\\n"}], "e": true}\n',
    "python": 'import os\n\nclass A(B):\n    def f(self, x=1):\n        """d"""\n        return [g(y) for y in x]\n',
    "ruby": "# c\nmodule M\n  class A < B\n    def f(x, *y)\n      g(x) { |z| z + 1 }\n    end\n  end\nend\n",
    "rust": "// c\nuse a::b;\nstruct A<T> { x: T }\nimpl A<u8> { fn f(&self) -> u8 { g!(1); self.x + h(2) } }\n",
    "toml": '# c\n[a.b]\nc = "d"\ne = [1, 2.0, true]\nf = { g = 1979-05-27 }\n',
    "yaml": 'a: &x\n  - b: 1 # c\n  - "d"\n  - *x\n',
}


def wheel_packs(language):
    """The query files of an installed wheel."""
    return sorted(Path(sys.modules["tree_sitter"].__file__).parent.parent.glob(f"tree_sitter_{language}/queries/*.scm"))


def packs(language):
    return [*wheel_packs(language), *sorted(Path(data_folder("queries"), language).glob("*.scm"))]


def asked(inputs, times=1):
    """The outcome of each (language, text), in a process of its own; None from the one on that it died of."""
    lines = "".join(json.dumps([f"tree_sitter_{name}", SAMPLES[name], text]) + "\n" for name, text in inputs)
    ended = subprocess.run([sys.executable, str(WORKER), str(times)], input=lines, capture_output=True, text=True)
    outcomes = ended.stdout.splitlines()
    assert len(outcomes) == len(inputs) or ended.returncode, ended.stderr
    if ended.returncode and len(outcomes) == len(inputs):
        outcomes.pop()  # it died at its end: of memory that some text corrupted
    return outcomes + [None] * (len(inputs) - len(outcomes)), ended


def culprits(inputs):
    """The fewest inputs, up to the one that the process died at, that it still dies of."""
    inputs = list(inputs)
    part = len(inputs) // 2
    while part:
        for start in range(0, len(inputs), part):
            fewer = inputs[:start] + inputs[start + part :]
            if fewer and asked(fewer)[1].returncode:
                inputs = fewer
                break
        else:
            part //= 2
    return inputs


def check(inputs):
    outcomes, ended = asked(inputs)
    if ended.returncode:
        died = outcomes.index(None)
        pytest.fail(f"exit status {ended.returncode} of {culprits(inputs[: died + 1])!r}\n{ended.stderr[:2000]}")
    wrong = [(each, outcome) for each, outcome in zip(inputs, outcomes, strict=True) if "WRONG" in outcome]
    assert not wrong, wrong[:3]
    return outcomes


# Each of these crashed, hung for more than 20 seconds, raised something else, or did not do what it says.
FOUND = [
    # UnicodeEncodeError
    ("python", "(identifier) @\udc80", "a character that no query can hold"),
    ("python", '((identifier) @a (#eq? @a "\ud800"))', "a character that no query can hold"),
    ("python", "(identifier)\0 @a", "a character that no query can hold"),
    # Segmentation fault: the compiler calls itself for each field.
    ("python", "(call " + "a:" * 70_000 + "(identifier))", "fields in a row"),
    ("python", "(call " + "function : ;\n" * 200 + "(identifier))", "fields in a row"),
    ("python", "(" * 70_000 + ")" * 70_000, "brackets within each other"),
    # `(.` begins a predicate, too: an unknown one was true, and one before a directive corrupted memory.
    ("python", '((identifier) @a (.eq? @a "x") (.set! b c))', "a bracket cannot begin with an anchor"),
    ("python", '((identifier) @a ( ; c\n .foo? @a "x"))', "a bracket cannot begin with an anchor"),
    # The field was given to the predicate that was put behind it: a write outside of the compiler's steps.
    ("python", '((identifier) @a (#eq? @a "x")) name:', "cannot read 'name:' behind a pattern"),
    # Step numbers have 16 bits; the compiler followed wrong ones for ever.
    ("python", "[" + "_+" * 70_000 + "]", "more than 50 quantifiers"),
    ("python", "[" + "_ " * 70_000 + "]", "nodes and quantifiers in one query, at most 16,000"),
    ("python", "[" + "(_)" * 40_000 + "]", "nodes and quantifiers in one query, at most 16,000"),
    ("python", "(module " + "(_)? " * 2_000 + ")", "more than 50 quantifiers"),
    ("python", "(_)" * 40_000, "patterns in one query, at most 2,000"),
    ("python", "(identifier)@a\n" * 9_000, "patterns in one query, at most 2,000"),
    ("python", "\n".join(f"(_)@a{number}" for number in range(9_000)), "patterns in one query, at most 2,000"),
    ("python", "(module" + "".join(f"(_)@a{number} ." for number in range(3_000)) + ")", "different captures"),
    ("python", "((identifier) @a" + '(#eq? @a "x")' * 8_000 + ")", "values in one query, at most 10,000"),
    # A repetition of what can be nothing: a loop in the compiler, and with it all memory.
    *(
        ("python", text, "a repetition of what can be nothing")
        for text in (
            "((identifier)?)+",
            "((identifier)*)+",
            "(module ((_)?)+)",
            "(module . ((_)?)+ .)",
            "[(call) (identifier)?]+",
            "(((identifier)?)+)*",
            "(((identifier)+)?)+ @a",
            "((identifier)? (call)?)+",
            "[[(identifier)?]+]*",
            '("if"?)+',
            '("if"? _?)+ @a',
            "(call function: ((identifier)?)+)",
            "(((((_)?)+)*)?)+ @a",
        )
    ),
    # Likewise: of a wildcard or supertype at the root its first child is taken in its place.
    *(
        ("python", text, "a repetition of a pattern whose first child can be nothing")
        for text in (
            "(_ (identifier)?)+",
            "(_ (identifier)*)*",
            "[(_ (identifier)?)]+",
            "[(call) (_ (identifier)?)]+",
            "(_ [(identifier) (call)?])*",
            '(_ alternative: "in"* .)* @b',
            "((_ (identifier)* @b)+)",
            "(expression (call)?)+",
            "(_ (call)* .)*",
        )
    ),
    (
        "rust",
        "([(identifier)]? (_ (identifier)* @b)? @a)*",
        "a repetition of a pattern whose first child can be nothing",
    ),
    ("rust", "[(_ (unary_expression)?)]+", "a repetition of a pattern whose first child can be nothing"),
    # A combination of siblings is a match in progress, and each is compared with each: half an hour for 30 statements.
    ("python", "((_) @a (_) @b (_) @c (_) @d (_) @e)", "more than 3 captured siblings"),
    ("python", "(module " + "(_)* @a " * 200 + ")", "more than 50 quantifiers"),
    ("python", "(module (_) @a (_) @b (_) @c (_) @d)", None),
    ("python", "((_)* @a (_)* @b (_)* @c (_)* @d)", None),
    ("python", '((_ _ @a !object)* (#any-of? @a "x" "f"))', None),
    # It would have been dropped without a word.
    ("python", "(identifier) @a @b @c @d", "more than 3 captures of one node"),
    ("python", "[(identifier) @a @b (call)] @c @d", "more than 3 captures of one node"),
    ("python", "(call " + "!function " * 9 + ")", "more than 8 fields that are not to be there"),
    ("python", "(#set! a b)", "a pattern without a node"),
    # As many patterns as brackets, but for cq and the compiler different ones.
    ("python", "(identifier) __ (#set! a b)", "cannot read '__' behind a pattern"),
    # A regex that does not compile, or warns.
    (
        "python",
        '((identifier) @a (#match? @a "' + "(" * 900 + ")" * 900 + '"))',
        "not a regular expression: maximum recursion",
    ),
    ("python", '((identifier) @a (#match? @a "(a{60000}){60000}"))', None),
    ("python", '((identifier) @a (#match? @a "[[a]"))', None),
    ("python", '((identifier) @a (#match? @a "' + "a?" * 60_000 + '"))', "of more than 4,000 characters"),
    # Fine, if odd.
    *(
        ("python", text, None)
        for text in (
            "",
            "; nothing",
            "(identifier)\r\n; c\r\n(call) @b\r\n",
            '((identifier) @a (#eq?@a"x"))',
            '((identifier) @a (; c\n #eq? ; d\n @a ; e\n "x"))',
            '((identifier)* @x (#eq? @x "y"))',
            '[((identifier) @a (#eq? @a "x")) (call) @b]',
            "((identifier) @a) @b",
            "(MISSING) @a (MISSING identifier) @b (ERROR (_)) @c",
            "(_ . (_) @a .)",
            '((identifier) @a (#set! x y) (#eq? @a "x") (#set! z))',
            "((((identifier)*)*)*)* @a",
            "(_ " * 99 + ")" * 99,
            "[" * 99 + "(_)" + "]" * 99,
            "(call function: (_) @größe)",
        )
    ),
    ("python", "\ufeff(identifier) @a", "a pattern begins with a bracket"),
    ("python", "(identifier) @", "cannot read '@' behind a pattern"),
    ("python", "(expression/) @a", "invalid syntax"),
    ("python", "(call . (#eq? @x 1))", "no capture @x"),
    ("python", "()", "invalid syntax"),
]


def test_what_was_found_stays_found():
    outcomes = check([(language, text) for language, text, _ in FOUND])
    for (language, text, expected), outcome in zip(FOUND, outcomes, strict=True):
        if expected is None:
            assert outcome == "ok", (language, text[:200])
        else:
            assert outcome.startswith("refused: fuzz.scm:"), (language, text[:200], outcome[:200])
            assert expected in outcome, (language, text[:200], outcome[:200])


# Patterns of the wheels that cq refuses, and why.
REFUSED = {
    "go/tags.scm": "refused: fuzz.scm:7:3: unknown directive #set-adjacent!",  # they mean #select-adjacent!
}


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_the_packs_of_a_grammar_compile_often_and_run(language):
    # 50 times: memory that py-tree-sitter corrupts is found out later.
    files = wheel_packs(language)  # ours: tests/test_packs.py
    inputs = [(language, file.read_text()) for file in files]
    outcomes, ended = asked(inputs, times=50)
    assert ended.returncode == 0, ended.stderr
    refused = {
        f"{language}/{file.name}": outcome for file, outcome in zip(files, outcomes, strict=True) if outcome != "ok"
    }
    assert refused == {name: why for name, why in REFUSED.items() if name.startswith(f"{language}/")}


def test_at_least_ten_wheels_are_thrown_at_it():
    assert sum(bool(wheel_packs(language)) for language in SAMPLES) >= 10


def test_an_unknown_predicate_is_an_error_with_file_and_line():
    text = '(comment) @c\n((identifier) @x\n  (#lua-match? @x "^a"))\n'
    with pytest.raises(CqError, match=r"^highlights\.scm:3:3: unknown predicate #lua-match\?$"):
        PackQuery(load_language("tree_sitter_python"), split_patterns("highlights.scm", text))


_TOKENS = re.compile(r'"(?:\\.|[^"\\\n])*"|;[^\n]*|[()\[\]]|@[\w.-]+|#[\w.!?-]+|[\w-]+:?|\s+|.', re.DOTALL)
_PIECES = (
    *'()[]*+?._/!;#@\n"\0\\-é',
    *("@x", "!name", "name:", "(_)", "(ERROR)", "(MISSING)", '"a"', '"("', "#eq?", "\ufeff", "\r\n", "(_ (_)?)", "_*"),
    *('(#eq? @name "x")', '(#match? @name "a+")', '(#not-any-of? @name "a" "b")', "(#set! a b)", "(#is? x)"),
    *('(#cq-kind-is? @name "identifier")', "(#has-parent? @x y)", '(.eq? @x "a")'),
)


def mutated(chance, texts):
    """One to three patterns of a pack, with some tokens lost, doubled, moved or put in."""
    blocks = re.split(r'\n(?=[(\["])', chance.choice(texts))
    tokens = _TOKENS.findall("\n".join(chance.sample(blocks, min(len(blocks), chance.randint(1, 3)))))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 10))):
        if not tokens:
            break
        at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        match chance.randrange(7):
            case 0:
                del tokens[at]
            case 1:
                tokens.insert(at, chance.choice(_PIECES))
            case 2:
                tokens[at] = chance.choice(_PIECES)
            case 3:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 4:
                tokens[at:at] = tokens[at : at + chance.randint(1, 8)] * chance.choice((1, 1, 2, 5))
            case 5:
                ends = [number for number, token in enumerate(tokens) if token in ")]" or token[0] == "@"]
                tokens.insert(
                    chance.choice(ends or [0]) + 1, chance.choice("*+?") + chance.choice(("", " @q", "*", "+"))
                )
            case _:
                strange = _TOKENS.findall(chance.choice(texts))
                start = chance.randrange(len(strange) or 1)
                tokens[at:at] = strange[start : start + chance.randint(1, 12)]
    return "".join(tokens)


@pytest.mark.parametrize("part", range(2))
def test_mutated_packs_are_refused_or_run(part):
    chance = random.Random(SEED * 2 + part)
    texts = {language: [file.read_text() for file in packs(language)] for language in SAMPLES}
    languages = [language for language in SAMPLES if texts[language]]
    inputs = [(name, mutated(chance, texts[name])) for name in chance.choices(languages, k=EXAMPLES * 2)]
    outcomes = check(inputs)
    if EXAMPLES >= 100:
        assert sum(outcome == "ok" for outcome in outcomes) > EXAMPLES / 10  # the texts are not all nonsense


_GRAMMAR = load_language("tree_sitter_python")
_IDS = range(_GRAMMAR.node_kind_count)
_KINDS = sorted({_GRAMMAR.node_kind_for_id(each) for each in _IDS if _GRAMMAR.node_kind_is_named(each)})
_FIELDS = sorted({_GRAMMAR.field_name_for_id(each) for each in range(1, _GRAMMAR.field_count + 1)})
_QUANTIFIER = st.sampled_from(["", "", "", "", "*", "+", "?", "?*"])
_CAPTURE = st.sampled_from(["", "", "", " @a", " @b", " @name"])
_KIND = st.sampled_from(_KINDS) | st.just("_")
_LEAVES = (
    st.sampled_from(["(_)", "_", "(ERROR)", "(MISSING)", "(identifier)", '"("', "(expression)"])
    | st.sampled_from(_KINDS).map("({})".format)
    | st.sampled_from(_KINDS).map("(MISSING {})".format)
)


def _suffixed(patterns):
    return st.tuples(patterns, _QUANTIFIER, _CAPTURE).map("".join)


def _with_children(inner):
    child = st.tuples(
        st.sampled_from(["", "", ". "]),
        st.just("") | st.sampled_from(_FIELDS).map("{}: ".format),
        inner,
    ).map("".join)
    children = st.lists(child, min_size=1, max_size=3).map(" ".join)
    tail = st.sampled_from(["", "", " .", " !name", " !body"])
    node = st.tuples(_KIND, children, tail).map("({0[0]} {0[1]}{0[2]})".format)
    return _suffixed(
        node
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"[{' '.join(parts)}]")
        | children.map("({})".format)
    )


_CLAUSES = st.sampled_from(
    [
        *("", "", "", '(#eq? @a "x")', "(#not-eq? @a @b)", '(#match? @a "^[a-z]+$")', '(#any-of? @a "x" "g")'),
        *('(#not-any-of? @a "x" "g")', '(#cq-has-ancestor? @name "call")', '(#cq-length? @a "1") (#set! k "v")'),
    ]
)
_QUERIES = st.tuples(st.recursive(_suffixed(_LEAVES), _with_children, max_leaves=12), _CLAUSES).map(
    lambda both: f"({both[0]} {both[1]})" if both[1] else both[0]
)


class Worker:
    """One process that is asked text after text, and is started again when it dies."""

    process: "subprocess.Popen[str] | None" = None

    def ask(self, language, text):
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, str(WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        self.process.stdin.write(json.dumps([f"tree_sitter_{language}", SAMPLES[language], text]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            self.close()
        return answer.strip() or "WRONG: the process died"

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait()
            self.process = None


@pytest.fixture(scope="module")
def worker():
    one = Worker()
    yield one
    one.close()


@settings(
    max_examples=EXAMPLES,
    derandomize="CQ_SEED" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(text=st.lists(_QUERIES, min_size=1, max_size=3).map("\n".join))
def test_generated_queries_are_refused_or_run(worker, text):
    assert "WRONG" not in worker.ask("python", text)


@settings(max_examples=EXAMPLES // 2, derandomize="CQ_SEED" not in os.environ, database=None, deadline=None)
@given(text=st.text(st.sampled_from('()[]"@#._*+?!:/;\\ \nab1\0é') | st.characters(), max_size=40))
def test_any_text_is_refused_or_runs(worker, text):
    assert "WRONG" not in worker.ask("python", text)
