"""Facts about the standard library that values flow through: what wraps what, and which method gives what."""

import builtins
import collections.abc

# Names of one thing: typing's for the built-in, old for new.
SAME = {
    "typing.List": "builtins.list",
    "typing.Dict": "builtins.dict",
    "typing.Set": "builtins.set",
    "typing.FrozenSet": "builtins.frozenset",
    "typing.Tuple": "builtins.tuple",
    "typing.Type": "builtins.type",
    "typing.Text": "builtins.str",
    "typing.DefaultDict": "collections.defaultdict",
    "typing.OrderedDict": "collections.OrderedDict",
    "typing.Counter": "collections.Counter",
    "typing.Deque": "collections.deque",
}

# Annotations that mean what is in their brackets (the first of it).
TRANSPARENT = frozenset(
    {"Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "InitVar", "Optional", "Unpack", "Const"}
)
OPEN = frozenset({"Any", "NoReturn", "Never", "AnyStr", "TypeAliasType", "TypeAlias"})
UNION = frozenset({"Union", "Optional"})
TYPE_VARIABLES = frozenset({"TypeVar", "ParamSpec", "TypeVarTuple"})

# Types by what a loop over them gives: the place of it among the type's arguments.
ELEMENTS = {
    "list": 0,
    "set": 0,
    "frozenset": 0,
    "Sequence": 0,
    "MutableSequence": 0,
    "Iterable": 0,
    "Iterator": 0,
    "Collection": 0,
    "Container": 0,
    "Generator": 0,
    "AsyncGenerator": 0,
    "AsyncIterator": 0,
    "AsyncIterable": 0,
    "AbstractSet": 0,
    "Set": 0,
    "MutableSet": 0,
    "Reversible": 0,
    "deque": 0,
    "Deque": 0,
    "KeysView": 0,
    "ValuesView": 0,
    "Array": 0,
    "dict": 0,
    "defaultdict": 0,
    "OrderedDict": 0,
    "Mapping": 0,
    "MutableMapping": 0,
    "WeakKeyDictionary": 0,
    "WeakValueDictionary": 0,
    "ChainMap": 0,
    "UserDict": 0,
    "UserList": 0,
    "Counter": 0,
    "WeakSet": 0,
    "Queue": 0,
    "map": 0,
    "ContextVar": 0,
    "filter": 0,
}
MAPPINGS = frozenset(
    {
        "dict",
        "defaultdict",
        "OrderedDict",
        "Mapping",
        "MutableMapping",
        "WeakKeyDictionary",
        "WeakValueDictionary",
        "ChainMap",
        "UserDict",
        "MappingProxyType",
    }
)
AWAITABLE = frozenset({"coroutine", "Coroutine", "Awaitable", "Future", "Task"})
# What a method of a mapping, or of a container, gives.
MAPPING_VALUE = frozenset({"get", "pop", "setdefault", "__getitem__"})
SEQUENCE_ELEMENT = frozenset({"pop", "popleft", "__getitem__", "get", "get_nowait", "__next__", "send"})
SAME_KIND = frozenset({"copy", "union", "intersection", "difference", "symmetric_difference", "__enter__"})

# Functions that give back their first argument's elements in a new container.
RECONTAIN = {
    "builtins.list": "builtins.list",
    "builtins.sorted": "builtins.list",
    "builtins.set": "builtins.set",
    "builtins.frozenset": "builtins.frozenset",
    "builtins.tuple": "typing.Sequence",
    "builtins.reversed": "typing.Iterator",
    "builtins.iter": "typing.Iterator",
    "builtins.aiter": "typing.AsyncIterator",
    "collections.deque": "collections.deque",
    "itertools.chain.from_iterable": "",
    "itertools.cycle": "typing.Iterator",
    "itertools.islice": "typing.Iterator",
}
FIRST_ARGUMENT = frozenset({"copy.copy", "copy.deepcopy", "typing.assert_type", "weakref.proxy", "inspect.unwrap"})
ELEMENT_OF_ARGUMENT = frozenset(
    {"builtins.next", "builtins.min", "builtins.max", "builtins.anext", "random.choice", "heapq.heappop"}
    | {"heapq.heapreplace", "heapq.heappushpop"}
)
# What is called to get the first argument back.
REFERENCES = frozenset({"weakref.ref", "weakref.ReferenceType", "weakref.WeakMethod"})

# Decorators by the last part of their name.
PROPERTIES = frozenset({"property", "cached_property", "abstractproperty", "classproperty", "lazy_property"})
KEEPING = frozenset(
    {
        "abstractmethod",
        "abstractclassmethod",
        "abstractstaticmethod",
        "override",
        "final",
        "overload",
        "wraps",
        "lru_cache",
        "cache",
        "no_type_check",
        "singledispatch",
        "singledispatchmethod",
        "runtime_checkable",
        "total_ordering",
        "dataclass",
        "dataclass_transform",
        "deprecated",
        "unique",
        "coroutine",
        "update_wrapper",
    }
)
# Types that `with` gives the first argument of.
ENTERED = frozenset(
    {"contextmanager", "AbstractContextManager", "ContextManager", "AbstractAsyncContextManager", "AsyncContextManager"}
)
CONTEXT_MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
# Functions that call the first of their arguments, or `key`.
CALLING = frozenset(
    {"builtins.map", "builtins.filter", "functools.reduce", "builtins.sorted", "builtins.min", "builtins.max"}
)
# What catches an exception of the class it is given, and the attributes under which it is then found.
CATCHING = ("pytest.raises", ".assertRaises", ".assertRaisesRegex", ".assertWarns", "pytest.warns")
CAUGHT = "contextlib.caught"
CAUGHT_NAMES = frozenset({"value", "exception", "warning"})


# Where the abstract classes of containers are from, of which the names of all attributes are known.
_ABSTRACT = ("typing", "collections.abc")


def may_have(owner: str, name: str) -> bool:
    """Whether what is outside of the project, by its full name, may have an attribute.

    Of built-ins and the abstract classes of containers this is known.
    """
    module, *parts = owner.split(".")
    home, _, own = owner.rpartition(".")
    abstract = getattr(collections.abc, own, None) if home in _ABSTRACT else None
    if abstract is not None:
        return hasattr(abstract, name)
    if module != "builtins" or not parts or not hasattr(builtins, parts[0]):
        return True
    found: object = builtins
    for part in (*parts, name):
        if not hasattr(found, part):
            return False
        found = getattr(found, part)
    return True
