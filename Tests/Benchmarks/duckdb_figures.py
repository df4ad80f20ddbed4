"""DuckDB's whole process for one clock of a log: how many incidents, and the median and the 90th percentile of seconds
from the first report to the last `resolved`, as JSON.

Usage: python3 duckdb_figures.py FILE...
"""

import json
import sys

import duckdb

QUERY = """
with entries as (
  select entry.incident as incident, entry.kind as kind, entry."at"::timestamptz as moment
  from read_json(?, format = 'newline_delimited',
                 columns = {'entry': 'STRUCT(kind VARCHAR, incident VARCHAR, "at" VARCHAR)'})
), clocks as (
  select min(moment) filter (kind in ('noticed', 'complaint')) as reported, min(moment) filter (kind = 'opened') as opened,
         max(moment) filter (kind = 'resolved') as resolved
  from entries group by incident
), spans as (select epoch(resolved) - epoch(coalesce(reported, opened)) as seconds from clocks)
select count(*), quantile_disc(seconds, 0.5), quantile_disc(seconds, 0.9)
from spans where seconds >= 0
"""

count, median, tenth = duckdb.connect().execute(QUERY, [sys.argv[1:]]).fetchone()
print(json.dumps({"n": count, "p50_s": round(median), "p90_s": round(tenth)}))
