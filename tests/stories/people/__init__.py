"""Who takes part in the stories, and what they can do: verbs, one class for each role.

They click, type and read as people would, in the words of their own language: a helper names what
is on the page by its English source, and the person looks for the translation.
"""

from tests.stories.people.administrator import Administrator
from tests.stories.people.applicant import Applicant
from tests.stories.people.assessor import Assessor
from tests.stories.people.decider import Decider
from tests.stories.people.manager import Manager
from tests.stories.people.somebody import Somebody

__all__ = ["Administrator", "Applicant", "Assessor", "Decider", "Manager", "Somebody"]
