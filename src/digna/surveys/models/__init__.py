"""Forms with their versions and media, keys of telephones, submissions and what is said of them."""

from digna.surveys.models.credentials import AppKey
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
    "FormMedia",
    "FormVersion",
    "Review",
    "Submission",
    "SubmissionVersion",
    "SurveyForm",
]
