"""A daemon's settings and tables below a root of its own, small enough to be judged in a moment."""

import os
import shutil

SECTIONS = 6

SETTINGS = {
    "etc/dutyd/dutyd.yaml": "district: {code: CN, zh: 某区, en: A District}\nzone: UTC\nsettle: 0 seconds\n"
    "control: {look: dutyd, act: dutyd-operators}\n",
    "etc/dutyd/departments.yaml": "water: {zh: 水务, en: Water, group: water}\n"
    "office: {zh: 区办, en: Office, group: office, formats: [json]}\n",
    "etc/dutyd/feeds/river-sections.yaml": """feed: river-sections
title: {zh: 断面, en: Sections}
source: register
columns:
  code: {type: text, use: required, zh: 编码, en: Code}
  river: {type: text, zh: 河流, en: River}
  section: {type: text, zh: 断面, en: Section}
  target: {type: text, zh: 目标, en: Target}
""",
    "etc/dutyd/feeds/water-measurements.yaml": """feed: water-measurements
title: {zh: 水质, en: Water quality}
source: inbox
supplied-by: water
columns:
  river: {type: text, zh: 河流, en: River, use: required}
  section: {type: text, zh: 断面, en: Section}
  month: {type: month, zh: 月份, en: Month}
  DO: {type: decimal, zh: 溶解氧, en: Dissolved oxygen, unit: mg/L}
  NH3-N: {type: decimal, zh: 氨氮, en: Ammonia nitrogen, unit: mg/L}
""",
    "etc/dutyd/standards/GB3838-2002.yaml": """standard: GB3838-2002
title: {zh: 地表水环境质量标准, en: Surface water}
source: GB 3838-2002
valid-from: 2002-06-01
items:
  DO: {unit: mg/L, direction: min, limits: [7.5, 6, 5, 3, 2], decimals: 1, decides: yes}
  NH3-N: {unit: mg/L, direction: max, limits: [0.15, 0.5, 1.0, 1.5, 2.0], decimals: 2, decides: yes}
""",
    "usr/share/dutyd/jobs/river.yaml": """job: river
title: {zh: 断面核查, en: Sections}
serial: RIV
commitments: [C060]
schedule: {on: "*-*-05 09:00", on-data: true}
period: previous-month
feeds: {sections: river-sections, measurements: water-measurements}
check: {section-compliance: {standard: GB3838-2002, mode: assessment, alerts: []}}
notify: {to: [water], cc: [office]}
""",
}


def prepare(root, config):
    for path, text in SETTINGS.items():
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
    add_method(root, config)
    shutil.copytree(os.path.join(config, "words"), f"{root}/etc/dutyd/words")
    os.makedirs(f"{root}/etc/dutyd/registers")
    with open(f"{root}/etc/dutyd/registers/river-sections.csv", "w", encoding="utf-8") as file:
        file.write("code,river,section,target\n")
        file.writelines(f"S{n},某河,断面{n},Ⅲ\n" for n in range(SECTIONS))


def add_method(root, config):
    """Gives the standard the shipped one's `method` and `plausibility`, which are no business of these tests."""
    name = "standards/GB3838-2002.yaml"
    with open(os.path.join(config, name), encoding="utf-8") as file:
        shipped = file.read()
    with open(f"{root}/etc/dutyd/{name}", "a", encoding="utf-8") as file:
        file.write(shipped[shipped.index("\nmethod:"):shipped.index("\nitems:")] + "\n")


def hand_in(root, month, chance):
    """A table in which some sections are bad, others good: put in place whole, as a careful clerk would."""
    folder = f"{root}/var/spool/dutyd/inbox/water-measurements"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/.table", "w", encoding="utf-8") as file:
        file.write("river,section,month,DO,NH3-N\n")
        for n in range(SECTIONS):
            file.write(f"某河,断面{n},{month},9.0,{chance.choice(['0.4', '1.2', '1.9'])}\n")
    os.rename(f"{folder}/.table", f"{folder}/water.csv")
