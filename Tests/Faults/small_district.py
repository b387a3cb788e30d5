"""A daemon's settings and tables below a root of its own, small enough to be judged every second."""

import os
import re
import shutil

SECTIONS = 6

SETTINGS = {
    "etc/dutyd/dutyd.yaml": "district: {code: CN, zh: 某区, en: A District}\nzone: UTC\nsettle: 0 seconds\n"
    "control: {look: dutyd, act: dutyd-operators}\n",
    "etc/dutyd/departments.yaml": "water: {zh: 水务, en: Water, group: water}\n"
    "office: {zh: 区办, en: Office, group: office, formats: [json]}\n",
    "etc/dutyd/feeds/river-sections.yaml": None,
    "etc/dutyd/feeds/water-measurements.yaml": None,
    "etc/dutyd/standards/GB3838-2002.yaml": None,
    "usr/share/dutyd/jobs/river.yaml": """job: river
title: {zh: 断面核查, en: Sections}
serial: RIV
commitments: [C060]
schedule: {on: "*-*-* *:*:*", catch-up: {latest: 30 days}}
period: previous-month
feeds: {sections: river-sections, measurements: water-measurements}
check: {section-compliance: {standard: GB3838-2002, mode: assessment}}
notify: {to: [water], cc: [office]}
""",
}


def prepare(root, config):
    for path, text in SETTINGS.items():
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if text is None:
            with open(os.path.join(config, path.removeprefix("etc/dutyd/")), encoding="utf-8") as file:
                text = re.sub(r"^supplied-by:.*$", "supplied-by: water", file.read(), flags=re.M)
                text = re.sub(r"^due:\n(?:[ \t].*\n|\n)*", "", text, flags=re.M)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
    shutil.copytree(os.path.join(config, "words"), f"{root}/etc/dutyd/words")
    os.makedirs(f"{root}/etc/dutyd/registers")
    with open(f"{root}/etc/dutyd/registers/river-sections.csv", "w", encoding="utf-8") as file:
        file.write("code,river,section,target\n")
        file.writelines(f"S{n},某河,断面{n},Ⅲ\n" for n in range(SECTIONS))


def hand_in(root, month, chance):
    """A table in which some sections are bad, others good: put in place whole, as a careful clerk would."""
    folder = f"{root}/var/spool/dutyd/inbox/water-measurements"
    os.makedirs(folder, exist_ok=True)
    with open(f"{root}/table", "w", encoding="utf-8") as file:
        file.write("code,river,section,month,DO,NH3-N\n")
        for n in range(SECTIONS):
            file.write(f"S{n},某河,断面{n},{month},9.0,{chance.choice(['0.4', '1.2', '1.9'])}\n")
    os.rename(f"{root}/table", f"{folder}/water.csv")
