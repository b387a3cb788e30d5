"""Asks dutyctl and the machine's own systemd the same random questions about calendar events.

    fuzz.py DUTYCTL [--cases N] [--seed S]

Whether a text is an event, its normal form, and its next elapse have to agree. Where they do not, a model that tries
the readings of the clocks one after the other must find ours right and know the defect of systemd's that explains it;
it also judges every fiftieth answer on which both agree. Ends with status 1 otherwise, or when too much is excused.
"""

import argparse
import collections
import json
import multiprocessing
import os
import pathlib
import shlex
import subprocess
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "AlmanacTests" / "Oracles"))

import cases
import civil_model
import defects
import systemd_calendar

# More than this share of differences, however well explained, would no longer prove much.
MOST_EXCUSED = 0.015
JUDGED_BY_MODEL = 50


def dutyctl(program, questions):
    """Answers of "dutyctl calendar --batch" to (event, zone, microseconds)."""
    lines = "".join(f"{event}\t{zone}\t{after}\n" for event, zone, after in questions)
    answer = subprocess.run([program, "calendar", "--batch"], input=lines.encode(), capture_output=True, check=True)
    answers = [json.loads(line) for line in answer.stdout.splitlines()]
    if len(answers) != len(questions):
        raise RuntimeError(f"{program} gave {len(answers)} answers to {len(questions)} questions")
    return answers


def modelled(normal, zone, after):
    found = civil_model.following(normal, zone, after)
    return "never" if found is None else str(found)


class Judge:
    """Compares the answers to one block."""

    def __init__(self, program, seed, number):
        self.program, self.block = program, cases.Block(seed, number)
        self.counts, self.failures = collections.Counter(), []

    def run(self):
        zone = self.block.zone
        systemd_calendar.use_zone(zone)
        ours = dutyctl(self.program, [(text, zone, after) for text, after in self.block.questions])
        for place, ((text, after), answer) in enumerate(zip(self.block.questions, ours)):
            self.counts["questions"] += 1
            self.judge(text, after, answer, place % JUDGED_BY_MODEL == 0)
        self.read_normal_forms_again(ours)
        return self.counts, self.failures

    def judge(self, text, after, answer, by_model):
        normal, theirs = systemd_calendar.ask(text, after)
        ours = answer.get("normalized")
        if ours is not None:
            self.counts["accepted"] += 1
        if normal != ours:
            self.judge_texts(text, after, normal, answer)
        elif normal is not None:
            self.judge_elapses(text, after, theirs, answer, by_model)

    def judge_texts(self, text, after, normal, answer):
        ours = answer.get("normalized")
        if ours is None and (reason := defects.refused_on_purpose(text, time.tzname)):
            self.excuse(reason)
        elif normal is None and defects.list_from_end_is_too_long(ours):
            self.excuse("refuses a list of days from the month's end")
            right = modelled(ours, self.block.zone, after)
            if self.elapse(answer) != right:
                self.fail(text, after, f"next elapse: {self.elapse(answer)}, expected {right}")
        else:
            self.fail(text, after, f"normal form: {ours}, systemd's: {normal}")

    def judge_elapses(self, text, after, theirs, answer, by_model):
        ours, normal = self.elapse(answer), answer["normalized"]
        if ours == theirs and not by_model:
            if ours != "never" and int(ours) <= after:
                self.fail(text, after, f"next elapse: {ours} is not after the question")
            return
        right = modelled(normal, self.block.zone, after)
        self.counts["judged by the model"] += 1
        if ours != right:
            self.fail(text, after, f"next elapse: {ours}, systemd's: {theirs}, expected {right}")
        elif ours == theirs:
            return
        elif defects.means_season(civil_model.event(normal), time.tzname):
            self.excuse(defects.ABBREVIATED)
        elif cause := defects.Difference(normal, self.block.zone, after, theirs, right).cause():
            self.excuse(cause)
        else:
            self.fail(text, after, f"next elapse: {ours} as expected, but nothing explains systemd's {theirs}")

    def read_normal_forms_again(self, answers):
        """A normal form means what the text meant, and is its own."""
        questions, expected = [], []
        for (_, after), answer in zip(self.block.questions, answers):
            if "normalized" in answer:
                questions.append((answer["normalized"], self.block.zone, after))
                expected.append(answer)
        for (text, _, after), answer, again in zip(questions, expected, dutyctl(self.program, questions)):
            if answer != again:
                self.fail(text, after, f"read again: {again}, expected {answer}")

    @staticmethod
    def elapse(answer):
        return "never" if answer["next"] is None else str(answer["next"])

    def excuse(self, cause):
        self.counts[f"excused: {cause}"] += 1

    def fail(self, text, after, problem):
        zone = self.block.zone
        self.failures.append(
            f"FAILED {problem}\n"
            f"  dutyctl calendar --time-zone={zone} --base-time=@{after} {shlex.quote(text)}\n"
            f"  TZ={zone} systemd-analyze calendar --base-time=@{after // defects.SECOND} {shlex.quote(text)}"
        )


def judge(work):
    # systemd says on this channel when it gives up; the answer says so, too.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    return Judge(*work).run()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dutyctl")
    parser.add_argument("--cases", type=int, default=200_000, metavar="N", help="how many questions (200000)")
    parser.add_argument("--seed", default="1", metavar="S", help="the same seed asks the same questions (1)")
    arguments = parser.parse_args()
    blocks = max(1, -(-arguments.cases // cases.SIZE))
    work = [(arguments.dutyctl, arguments.seed, number) for number in range(blocks)]
    counts, failures = collections.Counter(), []
    # A process a block: the C library's answers about clocks depend on what it was asked before.
    with multiprocessing.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        results = pool.imap_unordered(judge, work)
        for _ in work:
            # A process that was killed never answers; no block takes a tenth of this.
            some_counts, some_failures = results.next(timeout=300)
            counts += some_counts
            failures += some_failures
        # In order: the end of the "with" would only stop them by a signal, which a parent may have blocked.
        pool.close()
        pool.join()
    sys.exit(report(counts, failures))


def report(counts, failures):
    questions, accepted = counts["questions"], counts["accepted"]
    causes = {cause: count for cause, count in counts.items() if cause.startswith("excused: ")}
    share = sum(causes.values()) / questions
    print(f"{questions} questions, {accepted} of them events; {counts['judged by the model']} judged by the model, too")
    print(f"systemd differs in {sum(causes.values())} ({share:.2%}), each explained:")
    for cause, count in sorted(causes.items(), key=lambda item: -item[1]):
        print(f"  {count:>6}  {cause.removeprefix('excused: ')}")
    if share > MOST_EXCUSED:
        failures.append(f"FAILED more than {MOST_EXCUSED:.1%} are excused")
    if not questions / 4 <= accepted <= questions * 3 / 4:
        failures.append("FAILED both events and other texts have to be common")
    for failure in failures[:20]:
        print(failure)
    if len(failures) > 20:
        print(f"and {len(failures) - 20} more")
    return 1 if failures else 0


if __name__ == "__main__":
    main()
