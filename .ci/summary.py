"""Prints the tests of a run, module by module, from the reports that Surefire and Failsafe leave."""
import glob
import os
import xml.etree.ElementTree as ElementTree

rows = {}
failed = []
for path in glob.glob("**/target/*-reports/TEST-*.xml", recursive=True):
    module = path.split(os.sep + "target")[0]
    row = rows.setdefault(module, [0, 0, 0, 0.0])
    for suite in ElementTree.parse(path).getroot().iter("testsuite"):
        bad = int(suite.get("failures")) + int(suite.get("errors"))
        row[0] += int(suite.get("tests")) - bad - int(suite.get("skipped"))
        row[1] += bad
        row[2] += int(suite.get("skipped"))
        row[3] += float(suite.get("time").replace(",", ""))
        failed += [f"{case.get('classname')}.{case.get('name')}" for case in suite.iter("testcase")
                   if case.find("failure") is not None or case.find("error") is not None]
for module, (passed, bad, skipped, seconds) in sorted(rows.items()):
    print(f"{module:28} {passed:5} passed {bad:3} failed {skipped:3} skipped {seconds:7.1f} s")
for name in failed:
    print("failed:", name)
print(f"{sum(r[0] for r in rows.values())} passed, {sum(r[1] for r in rows.values())} failed, {sum(r[2] for r in rows.values())} skipped")
