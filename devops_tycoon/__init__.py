"""DevOps Tycoon: a terminal game and teaching simulator about keeping a growing service up."""

__version__ = "0.1.0"
