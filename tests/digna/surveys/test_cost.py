"""One more submission costs the same in a full house: nothing is found by reading all there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys import phone
from surveys.phone import JPG, filled

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
def test_no_question_of_a_submission_reads_a_table_that_grows() -> None:
    phone.form()
    one = phone.phone()
    assert one.send(filled(), {"chompa.jpg": JPG}).status_code == 201
    with CaptureQueriesContext(connection) as queries:
        assert one.send(filled(), {"chompa.jpg": JPG}).status_code == 201
    growing = ("surveys_submission", "surveys_attachment", "journal_")
    plans = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans += [row[3] for row in cursor.fetchall()]
    assert plans
    read_whole = [plan for plan in plans if plan.startswith("SCAN") and "USING" not in plan]
    assert [plan for plan in read_whole if plan.split()[1].startswith(growing)] == []
