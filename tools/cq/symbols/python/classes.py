"""Classes of the project: bases, method resolution order, members, type variables."""

from cq.symbols.python.evaluator import Context, Evaluator, Member
from cq.symbols.python.externals import may_have
from cq.symbols.python.names import Found, FoundExternal
from cq.symbols.python.summary import Binding, Display, Expression, Subscript
from cq.symbols.python.values import (
    EXACT,
    ClassValue,
    ExternalInstance,
    ExternalValue,
    InstanceValue,
    SuperValue,
    TypeVariable,
    Value,
    Values,
)

_DEEPEST = 30
OBJECT_NAMES = frozenset(dir(object)) | {"__dict__", "__module__", "__annotations__", "__slots__"}
CLASS_NAMES = frozenset(dir(type)) | {"__name__", "__qualname__", "mro"}
_GENERIC = frozenset({"typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "typing_extensions.Generic"})

# Classes from elsewhere that have no attributes of their own that anyone asks for.
_PLAIN = _GENERIC | {"abc.ABC", "builtins.object", "enum.Enum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"}
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_ENUM_NAMES = frozenset({"name", "value", "_name_", "_value_"})


class Classes:
    """Questions about the classes of the project."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._bases: dict[tuple[str, int], tuple[Value, ...]] = {}
        self._mro: dict[tuple[str, int], tuple[Value, ...]] = {}
        self._cut = False  # whether an order now being made lacks something
        self._arguments: dict[Value, dict[tuple[str, int], Values]] = {}

    def bases(self, owner: ClassValue) -> tuple[Value, ...]:
        """The bases of a class, as values; those that are not known stand as `ExternalValue("")`."""
        key = (owner.path, owner.scope)
        known = self._bases.get(key)
        if known is not None:
            return known
        self._bases[key] = ()  # a class that is its own base has none
        module = self._evaluator.names.module(owner.path)
        scope = module.scopes[owner.scope] if module is not None else None
        found: list[Value] = []
        complete = True
        for base in scope.bases if scope is not None else ():
            context = Context(owner.path, scope.parent if scope is not None else 0)
            values, settled = self._evaluator.settled(_unsubscribed(base), context)
            complete = complete and settled
            classes = [item for item in values.items if isinstance(item, (ClassValue, ExternalValue))]
            found.append(classes[0] if classes else ExternalValue(""))
        if complete:
            self._bases[key] = tuple(found)
        else:
            # Asked for in the middle of its own answer: this is what is known now, and not what is remembered.
            del self._bases[key]
            self._cut = True
        return tuple(found)

    def mro(self, owner: ClassValue) -> tuple[Value, ...]:
        """The method resolution order, by C3; where the bases contradict each other, depth first."""
        plain = ClassValue(owner.path, owner.scope)
        key = (owner.path, owner.scope)
        known = self._mro.get(key)
        if known is not None:
            return known
        before, self._cut = self._cut, False
        self._mro[key] = (plain,)
        order = self._linear(plain, 0)
        if self._cut:
            del self._mro[key]
        else:
            self._mro[key] = order
        self._cut = self._cut or before
        return order

    def _linear(self, owner: ClassValue, depth: int) -> tuple[Value, ...]:
        bases = self.bases(owner)
        if depth > _DEEPEST:
            return (owner,)
        lists: list[list[Value]] = []
        for base in bases:
            if isinstance(base, ClassValue):
                plain = ClassValue(base.path, base.scope)
                known = self._mro.get((base.path, base.scope))
                if known is None:
                    self._mro[(base.path, base.scope)] = (plain,)  # for a class among its own bases
                    known = self._linear(plain, depth + 1)
                    if self._cut:
                        del self._mro[(base.path, base.scope)]
                    else:
                        self._mro[(base.path, base.scope)] = known
                lists.append([each for each in known if each != owner])
            else:
                lists.append([base])
        lists.append([ClassValue(b.path, b.scope) if isinstance(b, ClassValue) else b for b in bases if b != owner])
        return (owner, *_merged(lists))

    def lookup(self, owner: ClassValue, name: str, after: bool = False) -> tuple[list[Found], str, bool]:
        """The bindings of an attribute in the first class of the order that has it.

        Also the name of what has it outside of the project ("" if nothing), and whether it is inherited.
        """
        outside = ""
        unknown = False
        assigned: tuple[list[Found], bool] | None = None
        for position, each in enumerate(self.mro(owner)):
            if position == 0 and after:
                continue
            if isinstance(each, ClassValue):
                found = self.own(each, name)
                # A base from elsewhere before this one might have it, too; who writes a project knows it does not.
                declared = [one for one in found if _is_declared(one)]
                if declared:
                    return declared, "", position > 0
                # What is only assigned gives way to a declaration further up.
                if found and assigned is None:
                    assigned = found, position > 0
            elif isinstance(each, ExternalValue) and each.name not in _PLAIN:
                unknown = unknown or not each.name
                if each.name and may_have(each.name, name):
                    outside = outside or f"{each.name}.{name}"
            elif isinstance(each, ExternalValue) and name in _ENUM_NAMES and _is_enum(each):
                outside = outside or f"enum.Enum.{name}"
        if assigned is not None:
            return assigned[0], "", assigned[1]
        if name in OBJECT_NAMES and not outside and not unknown:
            outside = f"builtins.object.{name}"
        return [], outside, True

    def own(self, owner: ClassValue, name: str) -> list[Found]:
        """The bindings of an attribute in this class alone: its body's, then those by `self`."""
        module = self._evaluator.names.module(owner.path)
        if module is None:
            return []
        bindings = module.names(owner.scope).get(name, [])
        found = [Found(owner.path, owner.scope, binding) for binding in bindings if binding.kind != "typevar"]
        for each in module.attributes(owner.scope).get(name, []):
            found.append(Found(owner.path, each.scope, each.binding))
        return found

    def has_external(self, owner: ClassValue, *names: str) -> bool:
        """Whether one of these outside classes, by its last name, is among the bases."""
        return any(
            isinstance(each, ExternalValue) and each.name.rpartition(".")[2] in names for each in self.mro(owner)
        )

    def is_enum(self, owner: ClassValue) -> bool:
        """Whether the values assigned in a class become its instances."""
        return any(_is_enum(each) for each in self.mro(owner))

    def members(self, receiver: Value, name: str) -> list[Member]:
        """The definitions of an attribute of a class, an instance or `super()`."""
        after = isinstance(receiver, SuperValue)
        if isinstance(receiver, SuperValue):
            owner = receiver.owner
        elif isinstance(receiver, (ClassValue, InstanceValue)):
            owner = ClassValue(receiver.path, receiver.scope)
        else:
            return []
        found, outside, inherited = self.lookup(owner, name, after)
        of = receiver.receiver if isinstance(receiver, SuperValue) else receiver
        reason = "inherited" if inherited else "class"
        if found:
            return [Member(each, of, EXACT, reason) for each in found]
        if isinstance(of, ClassValue):
            # What every object has is found in `object`, before the metaclass is asked.
            for metaclass in self.metaclasses(of) if name not in OBJECT_NAMES else ():
                if isinstance(metaclass, ClassValue):
                    found, _, _ = self.lookup(metaclass, name)
                    if found:
                        return [Member(each, of, EXACT, "metaclass") for each in found]
            if name in CLASS_NAMES and name not in OBJECT_NAMES and not outside:
                outside = f"builtins.type.{name}"
        return [Member(FoundExternal(outside), of, EXACT, "inherited")] if outside else []

    def metaclasses(self, owner: ClassValue) -> list[Value]:
        """What `metaclass=` names in a class or its bases."""
        for each in self.mro(owner):
            if isinstance(each, ClassValue):
                module = self._evaluator.names.module(each.path)
                scope = module.scopes[each.scope] if module is not None else None
                for key, value in scope.keywords if scope is not None else ():
                    if key == "metaclass" and scope is not None:
                        return list(self._evaluator.evaluate(value, Context(each.path, scope.parent)).items)
        return []

    def variables(self, owner: ClassValue) -> list[TypeVariable]:
        """The type variables of a class, in order."""
        module = self._evaluator.names.module(owner.path)
        if module is None:
            return []
        scope = module.scopes[owner.scope]
        found = [TypeVariable(owner.path, each.at, each.name) for each in scope.bindings if each.kind == "typevar"]
        if found:
            return found
        context = Context(owner.path, scope.parent)
        for base in sorted((b for b in scope.bases if isinstance(b, Subscript)), key=self._is_not_generic(context)):
            for part in _parts(base.index):
                for item in self._evaluator.evaluate(part, context).items:
                    if isinstance(item, TypeVariable) and item not in found:
                        found.append(item)
        return found

    def _is_not_generic(self, context: Context):  # type: ignore[no-untyped-def]
        def key(base: Subscript) -> bool:
            values = self._evaluator.evaluate(base.value, context)
            return not any(isinstance(item, ExternalValue) and item.name in _GENERIC for item in values.items)

        return key

    def type_arguments(self, owner: ClassValue | InstanceValue) -> dict[tuple[str, int], Values]:
        """What the type variables of a class and its bases stand for, as far as the value tells."""
        known = self._arguments.get(owner)
        if known is not None:
            return known
        result: dict[tuple[str, int], Values] = {}
        self._arguments[owner] = result
        todo: list[tuple[ClassValue, tuple[Values, ...]]] = [(ClassValue(owner.path, owner.scope), owner.arguments)]
        for _ in range(_DEEPEST):
            if not todo:
                break
            each, arguments = todo.pop()
            for variable, value in zip(self.variables(each), arguments, strict=False):
                result.setdefault((variable.path, variable.at), substituted(value, result))
            module = self._evaluator.names.module(each.path)
            scope = module.scopes[each.scope] if module is not None else None
            for base, expression in zip(self.bases(each), scope.bases if scope is not None else (), strict=False):
                if isinstance(base, ClassValue) and scope is not None:
                    context = Context(each.path, scope.parent)
                    given: tuple[Values, ...] = ()
                    if isinstance(expression, Subscript):
                        parts = _parts(expression.index)
                        given = tuple(self._evaluator.instances(part, context) for part in parts)
                    todo.append((base, tuple(substituted(value, result) for value in given)))
        return result


def substituted(values: Values, known: dict[tuple[str, int], Values]) -> Values:
    """The same values with type variables replaced by what they stand for; those without an answer stay."""
    if not known or not _mentions(values, 0):
        return values
    items: list[Value] = []
    for item in values.items:
        if isinstance(item, TypeVariable):
            found = known.get((item.path, item.at))
            items.extend(found.items if found is not None else (item,))
        elif isinstance(item, ExternalInstance) and item.arguments:
            items.append(ExternalInstance(item.name, tuple(substituted(each, known) for each in item.arguments)))
        elif isinstance(item, InstanceValue) and item.arguments:
            given = tuple(substituted(each, known) for each in item.arguments)
            items.append(InstanceValue(item.path, item.scope, given))
        else:
            items.append(item)
    return Values(tuple(dict.fromkeys(items)), values.rank, values.reason)


def _mentions(values: Values, depth: int) -> bool:
    if depth > 6:
        return False
    return any(
        isinstance(item, TypeVariable)
        or (
            isinstance(item, (ExternalInstance, InstanceValue)) and any(_mentions(a, depth + 1) for a in item.arguments)
        )
        for item in values.items
    )


def _is_declared(found: Found) -> bool:
    """Whether a binding says what the attribute is: a function, a class, or what has an annotation."""
    binding = found.binding
    return binding.annotation is not None or (isinstance(binding, Binding) and binding.kind in ("function", "class"))


def _is_enum(base: Value) -> bool:
    return isinstance(base, ExternalValue) and base.name.rpartition(".")[2] in _ENUMS


def _unsubscribed(base: Expression) -> Expression:
    while isinstance(base, Subscript):
        base = base.value
    return base


def _parts(index: Expression) -> tuple[Expression, ...]:
    return index.items if isinstance(index, Display) and index.kind == "tuple" else (index,)


def _merged(lists: list[list[Value]]) -> list[Value]:
    """C3's merge; where it fails, the first head that is left, so that there is always an answer."""
    result: list[Value] = []
    lists = [each for each in lists if each]
    while lists:
        tails = [each[1:] for each in lists]
        head = next((each[0] for each in lists if not any(each[0] in tail for tail in tails)), lists[0][0])
        result.append(head)
        lists = [rest for each in lists if (rest := [item for item in each if item != head])]
    return result
