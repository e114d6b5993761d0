"""cq as tools of a coding agent: the same questions, in one process that stays, over the Model Context Protocol."""
