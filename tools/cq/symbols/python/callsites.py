"""What the calls in a project pass as a parameter of a function."""

from cq.symbols.project import Project
from cq.symbols.python.inference import Inference
from cq.symbols.python.places import Places
from cq.symbols.python.values import NOTHING, FunctionValue, Values


class CallSites:
    """Call sites by the name of what is called."""

    def __init__(self, project: Project, inference: Inference, places: Places) -> None:
        self._project = project
        self._inference = inference
        self._places = places

    def passed(self, function: FunctionValue, name: str) -> Values:
        """The values of the arguments for a parameter, over the calls that are found."""
        return NOTHING
