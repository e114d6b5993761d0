"""The numbers that bound a run, in one place. Each says what it limits and in which unit."""

# A larger file is searched as text: its tree would take ten to twenty times its size in memory.
PARSE_LIMIT_BYTES = 4_000_000
# A larger file is not read at all, and the ledger says so.
READ_LIMIT_BYTES = 256_000_000
# A pool costs about three interpreter starts; with fewer bytes to parse that is more than it saves.
POOL_FROM_BYTES = 9_000_000
# A search that nobody asked to resolve its names does so when the files with rows hold at most so much: with more a
# first answer would take several times as long. By what the files hold, not by what is known of them, so that an answer
# does not depend on what was asked before.
RESOLVE_UNASKED_BYTES = 50_000
# Targets are verified unasked in so much.
VERIFY_TARGETS_BYTES = 1_000_000
# Summaries of so much source are made and not looked up: to open what is kept on disk costs about as much.
SUMMARIES_AT_ONCE_BYTES = 100_000
# What one task of the pool carries: small enough to spread, large enough not to count as traffic.
TASK_BYTES = 400_000
# Tasks handed out per worker ahead of the one being waited for: bounds memory, keeps workers busy.
TASKS_AHEAD = 4
# The text of a row holds at most this many code points of a line.
TEXT_LIMIT = 240
# Macro bodies within macro bodies are parsed again down to this depth.
EMBED_DEPTH = 8
# Hits closer than this share a window: one query run costs about as much as this many bytes of it.
WINDOW_GAP_BYTES = 200
# Encoded rows beyond this wait on disk until they are written.
ROWS_IN_MEMORY_BYTES = 16_000_000
# Of one file: more rows are withheld, and the ledger says "truncated".
ROWS_PER_FILE = 100_000
# Hits judged together: a bound on what their verdicts take in memory.
HITS_AT_ONCE = 10_000
# Scopes and macro bodies within each other beyond this are passed over.
MOST_REGIONS = 64
# Below so many levels a query is not run from the root, which would take the square of the depth, but from a node
# so many levels above the hit: more than any pattern reaches.
DEEP_LEVELS = 500
NEAR_LEVELS = 20
# Below so many levels nothing that cq asks of a whole file by itself begins: the query engine counts levels in 16 bits,
# and takes the square of what is beyond. What the user asks is asked of everything.
DEEPEST = 65_000
# A longer query would overflow the query compiler's step numbers (16 bits); deeper brackets, its stack.
QUERY_TEXT_LIMIT = 150_000
PATTERN_DEPTH = 100
# Packs that were never measured run one by one on so much source, then together.
PROBE_BYTES = 256_000
# Of source whose trees a run keeps: the same content, vendored twice, is parsed once.
SESSION_BYTES = 1_000_000
# Bytes of files that may have a row that are kept from the first reading, so that a small search reads once.
KEEP_BYTES = 8_000_000
# Of one graph: a larger one is no picture any more, and Graphviz would take minutes for it.
GRAPH_NODES = 1_000
# Of one page of HTML: a browser draws and moves so many on a small machine, and a reader finds something among them.
PAGE_NODES = 2_000
# A larger broken file is diagnosed without trial repairs: each of those parses a part of it again.
REPAIR_LIMIT_BYTES = 500_000
# What the trial repairs of one file may parse: so many times the file and a bit more, up to a limit. Bytes, not time:
# so that the answer does not depend on how busy the machine is.
REPAIR_TIMES = 20
REPAIR_LEAST_BYTES = 2_000_000
REPAIR_FILE_BYTES = 8_000_000
# What a walk through all tokens of a file costs, in times of its parse.
REPAIR_WALK = 4
# What one broken node costs the parser more than sound text, in bytes of that: recovery is the expensive part.
REPAIR_NODE_BYTES = 2_000
# With more broken nodes a file is no file that somebody was typing in: no trial repairs.
REPAIR_NODES = 5_000
# Of one file: further syntax errors are not shown, and the ledger says "truncated".
ERRORS_PER_FILE = 200
# Brackets within each other beyond this: no trial repairs, since the parser takes the square of the depth to recover.
REPAIR_DEPTH = 1_000
# Words of files, each counted once for each file, that indexing holds in memory before it writes them.
SEGMENT_POSTINGS = 3_000_000
# Of one search: with more than that to say, only the places where it looks are kept.
ANSWERS_PER_SEARCH_BYTES = 16_000_000
# What searches said, kept for the next time, of one repository; the oldest go first.
ANSWER_BYTES = 64_000_000
# A smaller file is parsed as a whole: that takes less than a tenth of a millisecond.
PARTS_FROM_BYTES = 1_500
# A larger one is not parsed when it is indexed: its tree may take a hundred times its size, in each of the workers.
INDEX_PARSE_BYTES = 1_500_000
# A part of a file that is parsed without the rest holds at least so much, and one that is cut into members so much.
PART_BYTES = 400
HOLDER_FROM_BYTES = 2_000
# Of names in fewer files nothing is kept but which files these are: parsing them takes no longer than starting.
CENSUS_FILES = 12
# Nor of names in a larger part of the files: those are words of the language, or say nothing.
CENSUS_MOST_FILES = 0.4
# What is kept of frequent names, as bytes of source for each place where one stands: a bound on what indexing costs.
CENSUS_BYTES_PER_PLACE = 1_200
CENSUS_LEAST_PLACES = 30_000  # of a small root
# Of how many files it is taken how words are used.
USAGE_FILES = 64
# What was taken from trees that indexing holds in memory before it writes it.
SYNTAX_BATCH_BYTES = 16_000_000
# Rows of `cq mine` that are counted at a time, each in about 120 bytes: more wait on disk, by ranges of their keys.
MINED_ROWS_AT_ONCE = 1_000_000
# What a process that answers many questions holds in memory of one root: of the syntax of its files, and of answers.
WARM_SYNTAX_BYTES = 32_000_000
WARM_ANSWER_BYTES = 8_000_000
# Around a definition that is asked about in few tokens so much source is looked through, the nearest files first.
ROOM_BYTES = 600_000
# Of a page of rows: what the names refer to is found out in so much source, files in the order of the rows.
RESOLVE_SHOWN_BYTES = 60_000
