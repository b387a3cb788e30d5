"""Gives APScheduler 3 the jobs of jobs.json as cron triggers, starts it, and does what it reads from its input.

    apscheduler_jobs.py FILE

Each answer is a line of JSON. "again" gives it all jobs once more under their names, since it knows no reload.
"""

import json
import sys
import time

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger


def nothing():
    pass


def trigger(job):
    crons = [CronTrigger(timezone=job["zone"], **{"second": "0", **fields}) for fields in job["crons"]]
    return crons[0] if len(crons) == 1 else OrTrigger(crons)


def give(scheduler, jobs, **options):
    for job in jobs:
        scheduler.add_job(nothing, trigger(job), id=job["name"], **options)


def answer(**values):
    print(json.dumps(values), flush=True)


with open(sys.argv[1], encoding="utf-8") as file:
    jobs = json.load(file)
begin = time.monotonic()
scheduler = BackgroundScheduler(timezone="Asia/Shanghai")
give(scheduler, jobs)
scheduler.start()
answer(seconds=time.monotonic() - begin)
for line in sys.stdin:
    if line.strip() == "again":
        begin = time.monotonic()
        give(scheduler, jobs, replace_existing=True)
        answer(seconds=time.monotonic() - begin)
    else:
        answer(next={job.id: int(job.next_run_time.timestamp()) for job in scheduler.get_jobs()})
