"""Where figures are computed: DuckDB inside the worker, or a Spark cluster that is named.

Only the engine's expressions move. Facts are read out of the database here and written to the fact
store, which a cluster has to see under the same path; what comes out is kept here. Imported only
where figures are computed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis
from django.conf import settings
from django.utils.translation import gettext as _

from digna.errors import Refused

SCHEME = "sc://"
"""Spark Connect, the protocol of Spark 3.4 and later."""


@contextmanager
def backend() -> Iterator[Any]:
    """Open what `DIGNA_ANALYTICS` names; DuckDB where it names nothing.

    Raises:
        Refused: `results.analytics.unknown` for an address of another kind,
            `results.analytics.lacking` where the packages of the extra «spark» are not installed.
    """
    address = settings.ANALYTICS
    if not address:
        found = ibis.duckdb.connect()
        try:
            yield found
        finally:
            found.disconnect()
        return
    if not address.startswith(SCHEME):
        raise Refused(
            "results.analytics.unknown",
            _("DIGNA_ANALYTICS dice «%s». Escriba la dirección de Spark Connect: sc://host:15002.")
            % address,
        )
    with _session(address) as spark:
        yield ibis.pyspark.connect(spark)


@contextmanager
def _session(address: str) -> Iterator[Any]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as absent:
        raise Refused(
            "results.analytics.lacking",
            _("Falta el cliente de Spark. Instálelo con: uv sync --extra spark."),
        ) from absent
    spark = SparkSession.builder.remote(address).getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()
