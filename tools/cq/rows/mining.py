"""What `cq mine` emits: idioms, where they stand, and what was not mined."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId, Skipped


class IdiomPlace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place where an idiom stands."""

    path: str  # relative to the root, "/" between folders
    line: int
    column: int
    end_line: int
    end_column: int
    start_byte: int
    end_byte: int
    text: str = ""  # the code there


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of the printed rule over the files of the idiom showed."""

    finds_itself: bool
    recall: float  # of the places of the idiom
    precision: float  # of what was found: how much is an instance of the pattern
    files: int


class Variation(msgspec.Struct, frozen=True, kw_only=True):
    """Another idiom with the same skeleton."""

    key: str
    pattern: str
    occurrences: int
    files: int
    projects: int


class Commit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A commit that something is said of."""

    id: str  # how its object id begins
    date: str  # of the commit, YYYY-MM-DD
    author: str = ""
    summary: str = ""  # the first line of its message


class Idiom(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One idiom."""

    key: str  # of what it is: the same in every corpus
    level: str
    language: str  # of the example
    kind: str  # of the node, as the grammar calls it
    pattern: str  # its text, with metavariables for what differs
    rule: str = ""  # ast-grep YAML that finds it; "" when there is no context in which it parses
    occurrences: int
    files: int
    projects: int
    size: int  # words and tokens that mean something
    score: float
    surprise: float  # bits by which it is more frequent than its parts let expect
    gain: int = 0  # words that telling it once would save
    within: int = 0  # of its places, those that lie in the pattern that is most often around it
    categories: tuple[str, ...] = ()  # what it is about, by the rulebook
    examples: tuple[IdiomPlace, ...] = ()
    variations: tuple[Variation, ...] = ()
    part_of: str = ""  # the key of an idiom that most of its places lie in
    verified: Verified | None = None
    history: tuple[int, ...] = ()  # places at each commit that was looked at, when the history was asked for


class MineQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The question, as it was understood."""

    level: str
    by: str
    min_files: int
    min_projects: int
    top: int
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    fuzzy: int = 0  # percent
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()


class MineSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account."""

    idioms: int  # shown
    frequent: int  # patterns that are in enough files and projects
    closed: int  # of those: not nearly always within one other
    distinct: int  # patterns at all
    anchors: int  # places of any pattern
    files: int  # that were mined
    contents: int  # different ones among them
    projects: int
    left_out: dict[str, int] = {}  # files by the reason why they were not mined
    known: int = 0  # contents whose facts were there already
    complete: bool = True
    exit_status: int = 0


class MineAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq mine --json`."""

    schema: SchemaId
    query: MineQuery
    summary: MineSummary
    idioms: tuple[Idiom, ...] = ()
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class MineTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of JSON Lines; each line before it is an Idiom."""

    schema: SchemaId
    query: MineQuery
    summary: MineSummary
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class MinePage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The data of the page that `cq mine report` writes."""

    title: str
    version: str
    query: MineQuery
    summary: MineSummary
    idioms: tuple[Idiom, ...]
    commits: tuple[Commit, ...] = ()  # that the histories are of


class OddPlace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place that is nearly an idiom: a rare variant of what stands in many others."""

    place: IdiomPlace
    language: str
    kind: str
    pattern: str  # that of the place
    usual: str  # what it most often looks like
    usual_key: str
    places: int  # of the usual pattern
    like_this: int  # places of the variant


class OddAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq mine odd --json`."""

    schema: SchemaId
    rows: tuple[OddPlace, ...]
    more: More | None = None  # within a budget: what is not given
    report: Report


class Pair(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Two idioms that stand in one file more often than by chance."""

    first: str  # its key
    second: str
    first_pattern: str
    second_pattern: str
    together: int  # files with both
    first_files: int
    second_files: int
    lift: float  # how many times more often than by chance
    npmi: float  # the same between -1 and 1, where 1 is: never one without the other
    p_value: float  # of so many or more by chance
    missing: tuple[str, ...] = ()  # files with the first and not the second, where that is rare


class PairsAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq mine pairs --json`."""

    schema: SchemaId
    rows: tuple[Pair, ...]
    more: More | None = None  # within a budget: what is not given
    report: Report


class Trend(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one idiom."""

    key: str
    status: str  # "adopted", "growing", "fading", "abandoned"
    level: str
    language: str
    kind: str
    pattern: str
    places: tuple[int, ...]  # at each commit that was looked at
    files: tuple[int, ...]
    first: Commit  # the commit that brought it, of those between two that were looked at
    last: Commit  # the last that has it
    gone: Commit | None = None  # the one after that
    commit: str  # of the example
    example: IdiomPlace | None = None
    categories: tuple[str, ...] = ()


class TrendSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account."""

    trends: int
    commits: int  # of the line of first parents
    looked_at: int
    file_versions: int  # files of the commits that were looked at
    contents: int  # different ones among them, by object id, that were mined
    parsed: int  # of those, in this run; the facts of the rest were there
    parses_per_content: float = 0.0  # of those whose facts were not there: 1 when none was parsed twice
    left_out: dict[str, int] = {}  # contents by the reason why they were not mined
    shallow: bool = False  # the history goes on where the clone ends
    complete: bool = True
    exit_status: int = 0


class TrendAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq mine trend --json`."""

    schema: SchemaId
    revision: str
    commits: tuple[Commit, ...]  # that were looked at, the oldest first
    summary: TrendSummary
    trends: tuple[Trend, ...]
    report: Report


class HoleReason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A hole of an idiom, and why it is one."""

    name: str
    why: str
    kinds: tuple[str, ...] = ()  # of nodes that may stand there
    stands: tuple[str, ...] = ()  # what does, at some of the places


class WordReason(msgspec.Struct, frozen=True, kw_only=True):
    """A word that an idiom tells, and why it counts."""

    word: str
    why: str


class IdiomExplanation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq mine explain KEY --json`: why this is an idiom."""

    schema: SchemaId
    idiom: Idiom
    keys: dict[str, str]  # of the example at each level
    holes: tuple[HoleReason, ...] = ()
    words: tuple[WordReason, ...] = ()
    categories: dict[str, str] = {}  # each with the rule that gave it
    counts: tuple[str, ...] = ()  # what the figures say
