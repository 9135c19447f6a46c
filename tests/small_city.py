"""An invented small city, for tests: a store with round numbers that can be checked by hand.

    from tests.small_city import build_small_city
    root = build_small_city(tmp_path)            # a demonstration store; is_demonstration=False for a "real" one

Every table below is CSV text: to extend the city, add lines. Nothing here is or was ever true.

What is where
    Northbank  E09000091   2014, 2018 and 2022: Abbey 11, Castle & Quay 12, Village 13 ("Village Green" in 2022)
    Southbank  E09000092   2014: Abbey 21, St James's 22, Village 23;  2018 and 2022: Abbey & Mill 24,
                           St James's 25 (another area than 22)
    Eastmarsh  E09000093   2014 and 2018: Ferry 31, Marsh 32, Lock 33;  2022: Ferry 34, Marsh Road 35,
                           Lock 36, New Dock 37
    (ward codes are E059000 and these two digits: 9 wards in the 2014 set, 8 in 2018, 9 in 2022)

What is known, ward by ward (PCs + PCSOs)
    1 March 2015     Abbey 11         1 + 2          reported, before the promise: history
    September 2016   Castle & Quay 12 2 posts + ?    confirmed
    4 January 2017   Village 13       2 + 1          confirmed
    13 December 2017 Ferry 31         1 + 1          reported: never makes a ward short
    28 December 2017 all nine         at least 2 + 1 declared
    18 April 2018    Marsh 32         1 + ?          confirmed; revised (r2) to 2 + ?
    4 April 2019     St James's 25    0 + ?          confirmed: never met under its own code, so not lapsed
                     Abbey & Mill 24  2 + 1          reported
    3 July 2020      Marsh 32         1 + 0          confirmed: both halves short, both lapsed
    1 October 2023   Lock 36          ? + 0          reported
    5 December 2023  New Dock 37      3 + 1          confirmed

Sites
    north-gate (front counter, Northbank)    open from 2017, closing decided 1 November 2017, closed December
                                             2017 (to the month, so on the 31st)
    south-quay (front counter, Southbank)    open from 2017, 24/7 decided 1 November 2017
    marsh-hub  (hub, Eastmarsh)              opened 15 May 2018: in use to 15 May 2020, then not known
    lock-counter (front counter, Eastmarsh)  proposed 1 June 2018, opened 1 September 2018, no hours known
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

from transparency.publishing.reading import read_table
from transparency.store.descriptors import dataset
from transparency.store.reference import SUMS_FILE, reference_sums
from transparency.store.snapshots import Snapshot, commit, publishing_area, stage, write_parquet

PUBLISHED_ON = date(2026, 1, 5)

REFERENCE = {
    "boroughs": """\
borough_code,borough_name,bcu_code,bcu_name,bcu_name_evidence,pathfinder_2017,wards_2014,wards_2022
E09000091,Northbank,NB,North Bank,minutes,true,3,3
E09000092,Southbank,SB,South and East,minutes,false,3,2
E09000093,Eastmarsh,SB,South and East,minutes,false,3,4
""",
    "ward_sets": """\
vintage,in_force_from,in_force_to,wards,source_id
2014,,2018-05-02,9,maps
2018,2018-05-03,2022-05-04,8,maps
2022,2022-05-05,,9,maps
""",
    "wards_2014": """\
ward_code,ward_name,borough_code,lat,lon,area_ha,population_2015,population_basis
E05900011,Abbey,E09000091,51.54,-0.12,100,10000,gla
E05900012,Castle & Quay,E09000091,51.54,-0.10,100,11000,gla
E05900013,Village,E09000091,51.54,-0.08,100,12000,gla
E05900021,Abbey,E09000092,51.50,-0.12,150,13000,scaled
E05900022,St James's,E09000092,51.50,-0.10,150,14000,scaled
E05900023,Village,E09000092,51.50,-0.08,150,15000,scaled
E05900031,Ferry,E09000093,51.52,-0.06,200,9000,gla
E05900032,Marsh,E09000093,51.52,-0.04,200,8000,gla
E05900033,Lock,E09000093,51.52,-0.02,200,7000,gla
""",
    "wards_2018": """\
ward_code,ward_name,borough_code,lat,lon,area_ha,population_2015,population_basis
E05900011,Abbey,E09000091,51.54,-0.12,100,10000,gla
E05900012,Castle & Quay,E09000091,51.54,-0.10,100,11000,gla
E05900013,Village,E09000091,51.54,-0.08,100,12000,gla
E05900024,Abbey & Mill,E09000092,,,,,
E05900025,St James's,E09000092,,,,,
E05900031,Ferry,E09000093,51.52,-0.06,200,9000,gla
E05900032,Marsh,E09000093,51.52,-0.04,200,8000,gla
E05900033,Lock,E09000093,51.52,-0.02,200,7000,gla
""",
    "wards_2022": """\
ward_code,ward_name,borough_code,lat,lon,area_ha,population_2021,population_basis
E05900011,Abbey,E09000091,51.54,-0.12,100,10500,census_lsoa_best_fit
E05900012,Castle & Quay,E09000091,51.54,-0.10,100,11500,census_lsoa_best_fit
E05900013,Village Green,E09000091,51.54,-0.08,100,12500,census_lsoa_best_fit
E05900024,Abbey & Mill,E09000092,51.50,-0.12,225,21000,census_lsoa_best_fit
E05900025,St James's,E09000092,51.50,-0.09,225,22000,census_lsoa_best_fit
E05900034,Ferry,E09000093,51.52,-0.06,200,9500,census_lsoa_best_fit
E05900035,Marsh Road,E09000093,51.52,-0.04,150,6000,census_lsoa_best_fit
E05900036,Lock,E09000093,51.52,-0.02,150,6500,census_lsoa_best_fit
E05900037,New Dock,E09000093,51.51,-0.03,100,5000,census_lsoa_best_fit
""",
    "place_names": """\
place_name,lat,lon,ward_code,is_within,source
Old Fort,51.502,-0.105,E05900024,true,https://city.example/places
Old Fort,51.502,-0.105,E05900025,false,https://city.example/places
""",
    "team_aliases": """\
vintage,borough_code,team_name,ward_code,reviewed_on,source
2018,E09000093,Lockside Patrol,E05900033,2026-01-05,minutes
2022,E09000093,Lockside Patrol,E05900036,2026-01-05,minutes
2022,E09000093,Waterside,E05900036,2026-01-05,minutes
2022,E09000093,Waterside,E05900037,2026-01-05,minutes
""",
    "ward_neighbours_2014": """\
ward_code,neighbour_code
E05900011,E05900012
E05900011,E05900021
E05900012,E05900013
E05900012,E05900022
E05900013,E05900023
E05900013,E05900031
E05900021,E05900022
E05900022,E05900023
E05900023,E05900031
E05900031,E05900032
E05900032,E05900033
""",
    "ward_overlaps_2014_2022": """\
ward_code_2014,ward_code_2022,share_of_2014,share_of_2022
E05900011,E05900011,1,1
E05900012,E05900012,1,1
E05900013,E05900013,1,1
E05900021,E05900024,1,0.6667
E05900022,E05900024,0.5,0.3333
E05900022,E05900025,0.5,0.3333
E05900023,E05900025,1,0.6667
E05900031,E05900034,1,1
E05900032,E05900035,0.75,1
E05900032,E05900037,0.25,0.5
E05900033,E05900036,0.75,1
E05900033,E05900037,0.25,0.5
""",
    "postcode_prefixes_2014": """\
postcode_prefix,ward_code,postcodes
NB1 1A,E05900011,20
NB1 1B,E05900011,5
NB1 1B,E05900012,15
NB1 2A,E05900013,20
SB1 1A,E05900021,10
SB1 1A,E05900022,10
SB1 2A,E05900023,20
EM1 1A,E05900031,8
EM1 1B,E05900032,8
EM1 1C,E05900033,8
""",
    "postcode_wards": """\
postcode,ward_code_2014,ward_code_2022,edge_ward_code_2022
EM1 1AA,E05900031,E05900034,
EM1 1BA,E05900032,E05900037,E05900035
NB1 1AA,E05900011,E05900011,
NB1 1BA,E05900012,E05900012,E05900011
SB1 1AA,E05900021,E05900024,
SB1 1AB,E05900022,E05900025,
""",
}

SOURCES = """\
source_id,publisher,title,published_on,url,licence,kind
maps,City survey,Boundaries,2014-05-01,https://city.example/maps,Open Government Licence v3.0,dataset
mayor-2016-07-21,City Hall,Two for every ward,2016-07-21,https://city.example/promise,facts only,press_release
mayor-2017-01-04,City Hall,Village has its team,2017-01-04,https://city.example/village,facts only,press_release
mayor-2017-12-28,City Hall,Every ward has its team,2017-12-28,https://city.example/declared,facts only,press_release
police,City Police,Staffing by ward,,https://police.example/wards,facts only,police
minutes,Ward panels,Minutes,,,facts only,residents_group
gazette,City Gazette,Patrols cut,2017-12-13,https://gazette.example/cut,facts only,press
"""

_STAFFING_HEADER = "ward_code,as_at_precision,dedicated_pcs,dedicated_pcsos,is_minimum,basis,evidence,source_id\n"

# (as-at date, coverage, reason of a revision, rows)
STAFFING: tuple[tuple[str, str, str | None, str], ...] = (
    ("2015-03-01", "some_wards", None, "E05900011,month,1,2,false,officers,reported,gazette\n"),
    ("2016-09-01", "some_wards", None, "E05900012,month,2,,false,posts,confirmed,police\n"),
    ("2017-01-04", "some_wards", None, "E05900013,day,2,1,false,officers,confirmed,mayor-2017-01-04\n"),
    ("2017-12-13", "some_wards", None, "E05900031,day,1,1,false,officers,reported,gazette\n"),
    (
        "2017-12-28",
        "all_wards",
        None,
        "".join(
            f"E059000{ward},day,2,1,true,officers,declared,mayor-2017-12-28\n"
            for ward in (11, 12, 13, 21, 22, 23, 31, 32, 33)
        ),
    ),
    ("2018-04-18", "some_wards", None, "E05900032,day,1,,false,officers,confirmed,minutes\n"),
    (
        "2018-04-18",
        "some_wards",
        "The minutes had been misread",
        "E05900032,day,2,,false,officers,confirmed,minutes\n",
    ),
    (
        "2019-04-04",
        "some_wards",
        None,
        "E05900025,day,0,,false,officers,confirmed,minutes\nE05900024,day,2,1,false,officers,reported,gazette\n",
    ),
    ("2020-07-03", "some_wards", None, "E05900032,day,1,0,false,officers,confirmed,police\n"),
    ("2023-10-01", "some_wards", None, "E05900036,month,,0,false,officers,reported,gazette\n"),
    ("2023-12-05", "some_wards", None, "E05900037,day,3,1,false,officers,confirmed,police\n"),
)

# Everything but staffing, published as at one day.
REGISTERS_AS_AT = "2025-12-31"
REGISTERS = {
    "sources": SOURCES,
    "published_figures": """\
figure_id,as_at,as_at_precision,metric,geography_code,value,unit,kind,note,source_id
total-2016,2016-07-21,day,wards_total,E12000007,9,wards,reported,All wards,mayor-2016-07-21
promised,2017-12-31,day,dwo_per_ward_minimum,E12000007,2,officers per ward,target,Promised,mayor-2016-07-21
two-2016,2016-07-21,day,wards_with_two_pcs,E12000007,2,wards,approximate,About two,mayor-2016-07-21
two-2017,2017-01-04,day,wards_with_two_pcs,E12000007,5,wards,derived,Two and three more,mayor-2017-01-04
dwo-2017,2017-01-04,day,dwo_total,E12000007,14,officers,reported,,mayor-2017-01-04
declared-pcs,2017-12-28,day,dwo_per_ward_minimum,E12000007,2,officers per ward,reported,Declared,mayor-2017-12-28
declared-pcso,2017-12-28,day,pcso_per_ward_minimum,E12000007,1,PCSOs per ward,reported,Declared,mayor-2017-12-28
two-2019,2019-06-01,month,wards_with_two_pcs_percent,E12000007,75,percent,reported,,police
east-2019,2019-06-01,month,dwo_total,E09000093,5,officers,reported,,police
counters-2017,2017-12-31,day,front_counters_open,E12000007,1,counters,reported,,police
""",
    "ward_plans": """\
ward_code,announced_on,announced_on_precision,planned_pcs,planned_pcsos,due_on,note,source_id
E05900021,2016-09-01,month,2,1,2017-12-31,A second post to be added,police
""",
    "sites": """\
site_id,site_name,site_kind,borough_code,address,postcode,lat,lon,location_precision,location_source_id,ward_code_2014
north-gate,North Gate,front_counter,E09000091,1 Gate Road,NB1 1AA,51.541,-0.121,postcode,police,E05900011
south-quay,South Quay,front_counter,E09000092,2 Quay Road,SB1 1AA,51.501,-0.101,postcode,police,E05900022
marsh-hub,Marsh Hub,dwo_hub,E09000093,,,,,none,,
lock-counter,Lock,front_counter,E09000093,3 Lock Road,EM1 1CA,51.521,-0.021,street,police,
""",
    "site_events": """\
site_id,event_on,date_precision,event,opening_hours,evidence,note,source_id
north-gate,2017-01-01,year,open,Monday to Friday 10:00 to 18:00,police,,police
north-gate,2017-11-01,day,decided_close,,press,,gazette
north-gate,2017-12-01,month,closed,,inferred,,gazette
south-quay,2017-01-01,year,open,08:00 to 20:00,police,,police
south-quay,2017-11-01,day,decided_keep,24/7,press,,gazette
marsh-hub,2018-05-15,day,opened,,council,,minutes
lock-counter,2018-06-01,day,proposed_open,,police,,police
lock-counter,2018-09-01,day,opened,,police,,police
""",
    "site_wards": """\
site_id,ward_code_2014,relation,source_id
north-gate,E05900011,located_in,police
south-quay,E05900022,located_in,police
marsh-hub,E05900032,serves,minutes
""",
    "user_questions": """\
question_id,asked_on,asked_on_precision,asked_by,level,question,source_id
q1,2017-01-18,day,A resident,ward,How many officers has our ward?,minutes
""",
}


def write_reference_table(folder: Path, name: str, text: str) -> None:
    """A fixed table, given as CSV, in the format of its descriptor."""
    described = dataset(name)
    target = folder / described.reference_file
    if described.format == "csv":
        target.write_text(text, encoding="utf-8")
        return
    rows = list(csv.DictReader(io.StringIO(text)))
    write_parquet(
        described, {column: [row[column] or None for row in rows] for column in described.column_names}, target
    )


def build_small_city(root: Path, is_demonstration: bool = True) -> Path:
    """Build the city's store in the folder `root` and return it. Written as published, not checked again."""
    (root / "reference").mkdir(parents=True)
    for name, text in REFERENCE.items():
        write_reference_table(root / "reference", name, text)
    declaration = {"is_demonstration": is_demonstration, "title": "A small city"}
    (root / "store.json").write_text(json.dumps(declaration), encoding="utf-8")
    (root / "reference" / SUMS_FILE).write_text(reference_sums(root), encoding="utf-8")
    tables: list[tuple[str, str, str, str | None, str]] = [
        (name, REGISTERS_AS_AT, "some_wards", None, text) for name, text in REGISTERS.items()
    ]
    tables += [
        ("staffing", as_at, coverage, reason, _STAFFING_HEADER + rows) for as_at, coverage, reason, rows in STAFFING
    ]
    with publishing_area(root) as area:
        staged: list[Snapshot] = []
        for name, as_at, coverage, reason, text in tables:
            reading = read_table(dataset(name), text.encode(), f"{name}.csv")
            assert reading.findings == [], [str(finding) for finding in reading.findings]
            earlier = [s for s in staged if (s.dataset, s.as_at.isoformat()) == (name, as_at)]
            staged.append(
                stage(
                    area,
                    dataset(name),
                    reading.source,
                    reading.columns,
                    as_at=date.fromisoformat(as_at),
                    revision=len(earlier) + 1,
                    published_on=PUBLISHED_ON,
                    reason=reason,
                    coverage=coverage,
                )
            )
        commit(root, area, staged)
    return root


def staffing_csv(*rows: dict[str, str], columns: str = _STAFFING_HEADER) -> bytes:
    """A staffing submission, each row given by what differs from two officers and a PCSO confirmed in Abbey."""
    usual = {
        "ward_code": "E05900011",
        "as_at_precision": "day",
        "dedicated_pcs": "2",
        "dedicated_pcsos": "1",
        "is_minimum": "false",
        "basis": "officers",
        "evidence": "confirmed",
        "source_id": "police",
    }
    names = columns.strip().split(",")
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: (usual | row).get(name, "") for name in names})
    return text.getvalue().encode()
