"""Answers for Python: the definitions behind a name at a place, and the definitions of a given name."""

from collections.abc import Iterable

import msgspec

from cq.rows.resolution import Confidence, Resolution, Target
from cq.symbols.project import Project, Summaries
from cq.symbols.python.aliases import Aliases
from cq.symbols.python.callees import Callees
from cq.symbols.python.calls import is_partial, last_name
from cq.symbols.python.callsites import CallSites, Site
from cq.symbols.python.evaluator import Context, Member
from cq.symbols.python.exceptions import Exceptions
from cq.symbols.python.externals import CALLING
from cq.symbols.python.fallback import LANGUAGE, MOST_CANDIDATES, MemberNames, nearest_first
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.inference import Inference
from cq.symbols.python.modules import ModuleFinder
from cq.symbols.python.names import Found, FoundExternal, Names, Source
from cq.symbols.python.places import Place, Places
from cq.symbols.python.qualified import Qualified
from cq.symbols.python.summarize import PythonSummarizer
from cq.symbols.python.summary import Attribute, Binding, Call, ModuleSummary, Name, Subscript
from cq.symbols.python.targets import Targets
from cq.symbols.python.values import (
    AGREED,
    NOTHING,
    ClassValue,
    ExternalMethod,
    ExternalValue,
    FunctionValue,
    InstanceValue,
    PartialValue,
    SuperValue,
    Value,
    Values,
)
from cq.symbols.resolver import CallPlace, Handler, Raised

_CONFIDENCE: tuple[Confidence, Confidence, Confidence] = ("certain", "likely", "possible")


class PythonResolver:
    """Answers over one project; remembers what it found out, so one resolver serves many questions."""

    follows_values = True

    def __init__(self, project: Project, summaries: Summaries[ModuleSummary] | None = None) -> None:
        self._project = project
        self._finder = ModuleFinder(project.paths(LANGUAGE))
        self._names = Names(self._finder, summaries or Summaries(project, PythonSummarizer()))
        self._places = Places(project)
        # What call sites pass is a guess, and dear: it is asked for where nothing else tells, so that what is known
        # without it neither costs more nor depends on it.
        self._inference = Inference(self._names, self._places.text_expression)
        self._sites = CallSites(project, self._inference, self._places)
        self._inference.declared = self._sites.expected
        self._guessing = self._guesser()
        self._following = self._guesser()
        self._targets = Targets(project, self._names)
        self._callees = Callees(self._following, self._places, self._targets)
        self._exceptions = Exceptions(self._following, self._places, self._targets)
        self._members = MemberNames(project, self._names)
        self._qualified = Qualified(project, self._names, self._inference)
        self._aliases = Aliases(project, self._names, self._inference)
        self._paths = frozenset(project.paths(LANGUAGE))
        self._answers: dict[tuple[str, int], tuple[Resolution, ...]] = {}
        self._guesses = True

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """What the name that begins at this byte refers to, the best first."""
        key = (path, start_byte)
        if key not in self._answers:
            rows = self._asked(path, start_byte) if path in self._paths else ()
            self._answers[key] = self._with_other_branches(rows)
        return self._answers[key]

    def _with_other_branches(self, rows: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
        """The same, and the definitions of the same name in branches that do not run here: elsewhere they may."""
        more = []
        for row in rows:
            module = self._names.module(row.target.path) if row.target.path else None
            if module is None or row.reason == "definition":
                continue
            scope, bindings = module.never_bound(row.target.start_byte)
            for target in (self._targets.of(Found(module.path, scope, each)) for each in bindings):
                if target is not None:
                    more.append(Resolution(target=target, confidence="possible", reason=row.reason))
        return _distinct([*rows, *more]) if more else rows

    def _asked(self, path: str, at: int) -> tuple[Resolution, ...]:
        module = self._names.module(path)
        place = self._places.at(path, at) if module is not None else None
        if place is None or module is None:
            return ()
        self._begin()
        if place.kind == "attribute":
            return self._attribute(module, place)
        if place.kind in ("keyword", "pattern-keyword"):
            return self._keyword(module, place)
        if place.kind == "module":
            return self._module(module, place)
        if place.kind == "import":
            return self._imported(module, place)
        if place.kind == "text":
            exports = self._names.exports(path)
            if exports is None or place.name not in exports or module.scope_at(at):
                return ()
            return self._rows(self._names.members(path, place.name), path, "export")
        return self._name(module, place)

    def guess(self, wanted: bool) -> None:
        """Whether to look for what only call sites tell. Without, all but the answers of this kind are the same."""
        if wanted != self._guesses:
            self._guesses = wanted
            self._answers.clear()

    def _inferences(self) -> tuple[Inference, ...]:
        return (self._inference, self._guessing) if self._guesses else (self._inference,)

    def _guesser(self) -> Inference:
        """An inference that asks call sites, too."""
        made = Inference(self._names, self._places.text_expression)
        sites = CallSites(self._project, made, self._places, self._sites)
        made.passed, made.declared = sites.passed, sites.expected
        return made

    def _begin(self) -> None:
        self._inference.begin()
        # Within a budget, what was guessed before would decide how far a guess reaches, and so what it gives.
        self._guessing.begin()
        self._guessing.forget()

    # Names

    def _name(self, module: IndexedModule, place: Place) -> tuple[Resolution, ...]:
        path = module.path
        number = module.scope_named_at(place.at)
        if number:
            binding = module.binding_at(place.at)
            if binding is not None:
                return self._rows([Found(path, module.scopes[number].parent, binding[1])], path, "definition")
        known = module.binding_at(place.at)
        if known is not None and known[1].name == place.name:
            scope, binding_here = known
            if place.name in module.scopes[scope].globals:
                scope = 0
            elif place.name in module.scopes[scope].nonlocals:
                sources = self._names.lookup(path, module.scopes[scope].parent, place.name, place.at)
                return self._rows(sources, path, "local")
            return self._rows([Found(path, scope, binding_here)], path, "local")
        scope = module.scope_at(place.at)
        return self._rows(self._names.lookup(path, scope, place.name, place.at), path, "")

    def _imported(self, module: IndexedModule, place: Place) -> tuple[Resolution, ...]:
        binding = Binding("from", place.name, -1, module=place.module, level=place.level, original=place.name)
        return self._rows([Found(module.path, 0, binding)], module.path, "import")

    def _module(self, module: IndexedModule, place: Place) -> tuple[Resolution, ...]:
        source = self._names.module_named(module.path, place.module, place.level)
        return self._rows([source], module.path, "import") if source is not None else ()

    def _rows(self, sources: Iterable[Source], path: str, reason: str) -> tuple[Resolution, ...]:
        sources = list(sources)
        finals = self._names.resolve(sources)
        through_import = any(
            isinstance(each, Found) and isinstance(each.binding, Binding) and each.binding.kind in ("import", "from")
            for each in sources
        )
        rows = []
        for each in _implementations(self._names, finals):
            target = self._targets.of(each)
            if target is not None:
                own = reason
                if not own:
                    if isinstance(each, FoundExternal) and each.name.startswith("builtins."):
                        own = "builtin"
                    else:
                        own = "import" if through_import or target.path != path else "local"
                rows.append(Resolution(target=target, confidence="certain", reason=own))
        return _distinct(rows)

    # Attributes and keywords

    def _attribute(self, module: IndexedModule, place: Place) -> tuple[Resolution, ...]:
        context = Context(module.path, module.scope_at(place.at))
        values = NOTHING
        for inference in self._inferences():
            values = inference.evaluate(place.value, context)
            rows = self._member_rows(inference.members(values, place.name), values)
            if rows:
                return _agreed(_distinct(rows))
        return self._of_subclasses(values, place.name) or self._by_name(module.path, place.name, values)

    def _of_subclasses(self, values: Values, name: str) -> tuple[Resolution, ...]:
        """What the classes below the receiver's have by this name, when it has no such attribute itself."""
        owners = {(item.path, item.scope) for item in values.items if isinstance(item, (InstanceValue, ClassValue))}
        found = []
        for each in self._members.named(name) if owners else ():
            owner = self._members.owner(each)
            if any(
                (base.path, base.scope) in owners for base in self._inference.mro(owner) if isinstance(base, ClassValue)
            ):
                found.append(each)
        targets = [self._targets.of(each) for each in found[:MOST_CANDIDATES]]
        return _distinct(
            Resolution(target=target, confidence="possible", reason="subclass")
            for target in targets
            if target is not None
        )

    def _member_rows(self, members: list[Member], values: Values) -> list[Resolution]:
        by_source: dict[Source, Member] = {}
        for member in members:
            for source in self._names.resolve([member.source]):
                by_source.setdefault(source, member)
        rows = []
        for source in _implementations(self._names, list(by_source)):
            target = self._targets.of(source)
            if target is None:
                continue
            member = by_source[source]
            reason = member.reason
            if values.reason and reason in ("class", "external"):
                reason = values.reason
            elif reason == "class":
                reason = "class-attribute"
            rows.append(Resolution(target=target, confidence=_CONFIDENCE[member.rank], reason=reason))
        return rows

    def _by_name(self, path: str, name: str, values: Values) -> tuple[Resolution, ...]:
        found = self._members.named(name)
        for item in values.items:
            if isinstance(item, SuperValue):
                # What `super()` finds is never of the class itself, nor of one below it.
                own = ClassValue(item.owner.path, item.owner.scope)
                found = [each for each in found if own not in self._inference.mro(self._members.owner(each))]
        reason = "unique-name" if len(found) == 1 else "name-only"
        rows = []
        for each in nearest_first(found, path)[:MOST_CANDIDATES]:
            target = self._targets.of(each)
            if target is not None:
                rows.append(Resolution(target=target, confidence="possible", reason=reason))
        return _distinct(rows)

    def _keyword(self, module: IndexedModule, place: Place) -> tuple[Resolution, ...]:
        context = Context(module.path, module.scope_at(place.at))
        rows: list[Resolution] = []
        for inference in self._inferences():
            is_pattern = place.kind == "pattern-keyword"
            call = None if is_pattern or not isinstance(place.value, Call) else place.value
            values = inference.evaluate(place.value if call is None else call.function, context)
            if call is not None and call.arguments and any(is_partial(item) for item in values.items):
                values = inference.evaluate(call.arguments[0], context)  # what will be called in the end
            found = [each for item in values.items for each in self._parameters(item, place.name, is_pattern, 0)]
            for each in self._declared(found):
                target = self._targets.of(each)
                if target is not None:
                    rows.append(Resolution(target=target, confidence=_CONFIDENCE[values.rank], reason="parameter"))
            if rows:
                break
        return _distinct(rows)

    def _declared(self, found: list[Found]) -> list[Found]:
        """The parameters without those of functions of which overloads with such a parameter say how to call them."""
        overloaded: set[tuple[str, int, str]] = set()
        plain: list[tuple[Found, tuple[str, int, str]]] = []
        kept: list[Found] = []
        for each in found:
            module = self._names.module(each.path)
            scope = module.scopes[each.scope] if module is not None else None
            if scope is None or scope.kind != "function":
                kept.append(each)
                continue
            key = (each.path, scope.parent, scope.name)
            if any(last_name(decorator) == "overload" for decorator in scope.decorators):
                overloaded.add(key)
                kept.append(each)
            else:
                plain.append((each, key))
        return kept + [each for each, key in plain if key not in overloaded]

    def _parameters(self, item: Value, name: str, is_pattern: bool, depth: int) -> list[Found]:
        """The parameter, or the field, that a keyword of a call means."""
        if depth > 3:
            return []
        if isinstance(item, PartialValue):
            return self._parameters(item.function, name, is_pattern, depth + 1)
        if isinstance(item, FunctionValue):
            module = self._names.module(item.path)
            for each in module.names(item.scope).get(name, ()) if module is not None else ():
                if each.kind == "parameter":
                    return [Found(item.path, item.scope, each)]
            return self._unpacked(item, name) if module is not None else []
        if isinstance(item, InstanceValue):
            called = self._inference.member_values(Values((item,)), "__call__")
            return [found for each in called.items for found in self._parameters(each, name, False, depth + 1)]
        if not isinstance(item, ClassValue):
            return []
        if is_pattern:
            found, _, _ = self._inference.classes.lookup(item, name)
            return found[:1]
        for maker in ("__init__", "__new__"):
            members, _, _ = self._inference.classes.lookup(item, maker)
            for member in members:
                binding = member.binding
                if isinstance(binding, Binding) and binding.kind == "function":
                    return self._parameters(FunctionValue(member.path, binding.scope), name, False, depth + 1)
        # A dataclass, a named tuple, a typed dictionary, or a model in their manner
        found, _, _ = self._inference.classes.lookup(item, name)
        fields = [each for each in found if isinstance(each.binding, Binding)]
        return [each for each in fields if each.binding.annotation is not None][:1] or fields[:1]

    def _unpacked(self, function: FunctionValue, name: str) -> list[Found]:
        """The key of the typed dictionary of which `**kwargs: Unpack[Options]` takes the keys as keywords."""
        module = self._names.module(function.path)
        scope = module.scopes[function.scope] if module is not None else None
        declared = next((each.annotation for each in scope.parameters if each.kind == "stars"), None) if scope else None
        if scope is None or not isinstance(declared, Subscript) or last_name(declared.value) != "Unpack":
            return []
        for item in self._inference.instances(declared.index, Context(function.path, scope.parent)).items:
            if isinstance(item, InstanceValue):
                found, _, _ = self._inference.classes.lookup(ClassValue(item.path, item.scope), name)
                return found[:1]
        return []

    # Calls

    def callees(self, path: str, site: Site) -> list[tuple[str, int] | str]:
        """What a call may enter: functions of the project by path and scope, others by name."""
        self._begin()
        self._following.begin()
        context = Context(path, site.scope)
        found: dict[tuple[str, int] | str, None] = {}
        for item in self._following.evaluate(site.call.function, context).items:
            for each in self._entered(item, 0):
                found[each] = None
            if isinstance(item, ExternalValue) and item.name in CALLING:
                # `map(f, x)` calls f here and now.
                for argument in (
                    *site.call.arguments[:1],
                    *(value for key, value in site.call.keywords if key == "key"),
                ):
                    for passed in self._following.evaluate(argument, context).items:
                        for each in self._entered(passed, 0) if isinstance(passed, FunctionValue) else ():
                            found[each] = None
        return list(found)

    def _entered(self, item: Value, depth: int) -> list[tuple[str, int] | str]:
        if depth > 3:
            return []
        if isinstance(item, FunctionValue):
            return [(item.path, item.scope)]
        if isinstance(item, PartialValue):
            return self._entered(item.function, depth + 1)
        if isinstance(item, ExternalValue):
            return [item.name]
        if isinstance(item, ExternalMethod):
            return [f"{self._inference.kind_name(item.receiver)}.{item.name}"]
        if isinstance(item, (ClassValue, InstanceValue)):
            maker = "__init__" if isinstance(item, ClassValue) else "__call__"
            made = InstanceValue(item.path, item.scope)
            called = self._inference.member_values(Values((made,)), maker)
            return [each for v in called.items if isinstance(v, FunctionValue) for each in self._entered(v, depth + 1)]
        return []

    def calls_in(self, path: str, start_byte: int, end_byte: int) -> list[CallPlace]:
        """The calls in a part of a file, with the expressions that are called."""
        return self._callees.calls_in(path, start_byte, end_byte) if path in self._paths else []

    def callees_at(self, path: str, start_byte: int, end_byte: int, implicit: str = "") -> tuple[Resolution, ...]:
        """What a call of the expression between two bytes may enter."""
        return self._callees.at(path, start_byte, end_byte, implicit) if path in self._paths else ()

    def raised_in(self, path: str, start_byte: int, end_byte: int) -> list[Raised]:
        """The exceptions that leave a part of a file, where it raises them itself."""
        return self._exceptions.raised_in(path, start_byte, end_byte) if path in self._paths else []

    def handler_at(self, path: str, at: int, raised: Target) -> Handler | None:
        """The innermost handler around a place that catches an exception."""
        return self._exceptions.handler_at(path, at, raised) if path in self._paths else None

    # By name

    def named(self, qualified_name: str) -> tuple[Target, ...]:
        """The definitions that a name, complete or its last parts, may mean; inherited members count."""
        self._inference.begin()
        rows: dict[tuple[str, int, str], Target] = {}
        for source in self._qualified.found(qualified_name):
            target = self._targets.of(source)
            if target is not None:
                rows.setdefault((target.path, target.start_byte, target.qualified_name), target)
        return tuple(rows.values())

    def counted(self, target: Target) -> Target:
        """Of an overload the implementation, of a setter the getter; any other target as it is."""
        module = self._names.module(target.path)
        known = module.binding_at(target.start_byte) if module is not None else None
        if module is None or known is None or known[1].kind != "function":
            return target
        scope, binding = known
        every = [
            Found(module.path, scope, each)
            for each in module.names(scope).get(binding.name, ())
            if each.kind == "function"
        ]
        if not _has(module, Found(module.path, scope, binding), ("overload", "setter", "deleter")):
            return target
        kept = [each for each in _implementations(self._names, list(every)) if isinstance(each, Found)]
        if not kept or any(each.binding.at == binding.at for each in kept):
            return target
        # Where a name is defined anew, the one that follows is meant.
        following = [each for each in kept if each.binding.at > binding.at]
        return self._targets.of((following or kept[-1:])[0]) or target

    def aliases(self, path: str, target: Target) -> Iterable[str]:
        """Other names under which a file knows the target: of imports with `as`, and of variables it is assigned to."""
        return self._aliases.of(path, target)

    def renamed(self, target: Target) -> Iterable[str]:
        """The names other than its own by which files may import the target."""
        return self._aliases.renamed(target)


def _implementations(names: Names, sources: list[Source]) -> list[Source]:
    """Of the overloads of a function, the accessors of a property and those defined anew, the one that counts."""
    by_owner: dict[tuple[str, int, str], list[Found]] = {}
    for each in sources:
        if isinstance(each, Found) and isinstance(each.binding, Binding) and each.binding.kind == "function":
            by_owner.setdefault((each.path, each.scope, each.binding.name), []).append(each)
    dropped: set[tuple[str, int]] = set()
    for (path, _, name), group in by_owner.items():
        module = names.module(path)
        if len(group) < 2 or module is None:
            continue
        overloads = [each for each in group if _has(module, each, ("overload",))]
        accessors = [each for each in group if _has(module, each, ("setter", "deleter"))]
        if overloads:
            dropped.update(each.key for each in overloads)
            if len(overloads) == len(group):
                dropped.discard(group[0].key)
        if accessors and len(accessors) < len(group):
            dropped.update(each.key for each in accessors)
        if any(_extends(module, each, name) for each in group):
            continue
        last = {_block(each): each.key for each in group if each.key not in dropped}
        dropped.update(each.key for each in group if last.get(_block(each), each.key) != each.key)
    return [each for each in sources if not isinstance(each, Found) or each.key not in dropped]


def _block(found: Found) -> tuple[int, int]:
    """The branch in which a binding stands; what a function does to a name around it stands alone."""
    block = found.binding.block if isinstance(found.binding, Binding) else (0, 0)
    return block if block != (-1, -1) else (-1, found.binding.at)


def _extends(module: IndexedModule, found: Found, name: str) -> bool:
    """Whether a function is added to the one before it: `@name.setter`, `@name.register`."""
    binding = found.binding
    for each in module.scopes[binding.scope].decorators if isinstance(binding, Binding) else ():
        called = each.function if isinstance(each, Call) else each
        if isinstance(called, Attribute) and isinstance(called.value, Name) and called.value.text == name:
            return True
    return False


def _has(module: IndexedModule, found: Found, words: tuple[str, ...]) -> bool:
    binding = found.binding
    if not isinstance(binding, Binding):
        return False
    return any(
        getattr(each, "name", "") in words or getattr(each, "text", "") in words
        for each in module.scopes[binding.scope].decorators
    )


def _agreed(rows: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """What all calls that are found agree on is no guess any more."""
    if len(rows) == 1 and rows[0].reason == AGREED and rows[0].confidence == "possible":
        return (msgspec.structs.replace(rows[0], confidence="likely"),)
    return rows


def _distinct(rows: Iterable[Resolution]) -> tuple[Resolution, ...]:
    """Each target once, the surest first; a variable first assigned elsewhere may come under several bindings."""
    best: dict[tuple[str, int, str], Resolution] = {}
    for row in rows:
        key = (row.target.path, row.target.start_byte, row.target.qualified_name)
        if key not in best:
            best[key] = row
    return tuple(sorted(best.values(), key=_rank))


def _rank(row: Resolution) -> int:
    return _CONFIDENCE.index(row.confidence)
