"""Forms with versions and media, keys of telephones, submissions, what is said of them, exports."""

from digna.surveys.models.credentials import AppKey
from digna.surveys.models.exports import Export
from digna.surveys.models.forms import FormMedia, FormVersion, SurveyForm
from digna.surveys.models.submissions import (
    Attachment,
    BindingOutcome,
    Review,
    Submission,
    SubmissionVersion,
)

__all__ = [
    "AppKey",
    "Attachment",
    "BindingOutcome",
    "Export",
    "FormMedia",
    "FormVersion",
    "Review",
    "Submission",
    "SubmissionVersion",
    "SurveyForm",
]
