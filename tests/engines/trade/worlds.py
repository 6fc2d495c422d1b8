"""Small files of world trade, made by hand, as their publishers lay them out."""

import csv
import io
import zipfile
from pathlib import Path

SHARED = Path(__file__).parents[4] / "shared" / "data" / "trade"

HEADER = (
    "country_code,country_name_abbreviation,country_name_full,iso_2digit_alpha,iso_3digit_alpha\n"
)
COUNTRIES = (
    HEADER
    + """\
56,Belgium,Belgium,BE,BEL
58,Belgium-Luxembourg,Belgium-Luxembourg,BE,BEL
68,Bolivia,Bolivia (Plurinational State of),BO,BOL
251,France,"France, Monaco",FR,FRA
384,Côte d'Ivoire,Côte d'Ivoire,CI,CIV
490,"Other Asia, nes","Other Asia, not elsewhere specified",N/A,N/A
516,Namibia,Namibia,NA,NAM
579,Norway,"Norway, Svalbard and Jan Mayen",NO,NOR
699,India,India,IN,IND
710,South Africa,South Africa,ZA,ZAF
711,So. African Customs Union,Southern African Customs Union,ZA,ZAF
757,Switzerland,"Switzerland, Liechtenstein",CH,CHE
842,USA,USA,US,USA
"""
)
COUNTRIES_2025 = "country_code,country_name,country_iso2,country_iso3\n" + "".join(
    f'{row["country_code"]},"{row["country_name_abbreviation"]}",{row["iso_2digit_alpha"]},'
    f"{row['iso_3digit_alpha']}\n"
    for row in csv.DictReader(io.StringIO(COUNTRIES))
)
PRODUCTS = """code,description
090111,"Coffee: not roasted, not decaffeinated"
100850,"Cereals: quinoa (Chenopodium quinoa)"
520100,"Cotton: not carded or combed"
"""
ROWS_2021 = """t,i,j,k,v,q
2021,68,842,090111,10.250,        4.100
2021,68,251,100850,2.500,           NA
2021,68,757,100850,1.000,
2021,699,490,520100,70.000,       35.000
2021,710,711,520100,3.000,        1.000
"""
ROWS_2022 = """t,i,j,k,v,q
2022,68,842,090111,11.250,        4.000
2022,68,579,100850,0.600,        0.250
2022,516,58,520100,9.999,        5.000
2022,842,56,520100,0.0004,        0.000
"""
FILES = {
    "BACI_HS17_Y2021_V202401.csv": ROWS_2021,
    "BACI_HS17_Y2022_V202401.csv": ROWS_2022,
    "country_codes_V202401.csv": COUNTRIES,
    "product_codes_HS17_V202401.csv": PRODUCTS,
    "Readme.txt": "BACI",
}


def zipped(path: Path, files: dict[str, str] = FILES, encoding: str = "utf-8") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in files.items():
            out.writestr(name, text.encode(encoding))
    return path


def spread(folder: Path, files: dict[str, str] = FILES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
