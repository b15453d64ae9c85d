"""Whom to call in an emergency, country by country. Data only; one country a line.

Only what is sure stands here: run by the authority that the line names, and known as an emergency number to
libphonenumber's table of short numbers, with which it was compared on the day given (a test goes on comparing). A country without a sure
entry has no line, and none is shown: a wrong number costs more than no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_EU = "BE BG DK EE IE GR ES HR IT CY LV LT LU HU MT NL AT PL PT RO SI SK FI SE"

# country | number=services … | source | compared on
_NUMBERS = """
VN | 113=police 114=fire 115=ambulance 112=rescue | Quy hoạch kho số viễn thông, Bộ Thông tin và Truyền thông | 2026-11-22
JP | 110=police 119=fire,ambulance | National Police Agency; Fire and Disaster Management Agency | 2026-11-22
KR | 112=police 119=fire,ambulance | Korean National Police Agency; National Fire Agency | 2026-11-22
TW | 110=police 119=fire,ambulance | National Police Agency; National Fire Agency, Taiwan | 2026-11-22
CN | 110=police 119=fire 120=ambulance | Ministry of Public Security; National Health Commission | 2026-11-22
HK | 999=all | Hong Kong Police Force | 2026-11-22
MO | 999=all | Public Security Police Force of Macao | 2026-11-22
SG | 999=police 995=fire,ambulance | Singapore Police Force; Singapore Civil Defence Force | 2026-11-22
MY | 999=all | Malaysia Emergency Response Services 999 | 2026-11-22
TH | 191=police 1669=ambulance 199=fire | Royal Thai Police; National Institute for Emergency Medicine | 2026-11-22
KH | 117=police 118=fire 119=ambulance | Cambodian National Police; Ministry of Health | 2026-11-22
PH | 911=all | Unified 911, Department of the Interior and Local Government | 2026-11-22
IN | 112=all | Emergency Response Support System, Ministry of Home Affairs | 2026-11-22
AE | 999=police 998=ambulance 997=fire | Ministry of Interior | 2026-11-22
SA | 999=police 997=ambulance | Ministry of Interior; Saudi Red Crescent Authority | 2026-11-22
QA | 999=all | Ministry of Interior, Qatar | 2026-11-22
KW | 112=all | Ministry of Interior, Kuwait | 2026-11-22
IL | 100=police 101=ambulance 102=fire | Israel Police; Magen David Adom; Fire and Rescue Authority | 2026-11-22
TR | 112=all | Ministry of Interior, 112 Emergency Call Centre | 2026-11-22
RU | 112=all | System 112, EMERCOM | 2026-11-22
UA | 112=all | Ministry of Internal Affairs | 2026-11-22
GB | 999=all 112=all | Ofcom, General Conditions of Entitlement | 2026-11-22
CH | 112=all | Federal Office of Communications | 2026-11-22
NO | 112=police 110=fire 113=ambulance | Norwegian Directorate for Civil Protection | 2026-11-22
IS | 112=all | Neyðarlínan | 2026-11-22
DE | 112=fire,ambulance 110=police | Bundesamt für Bevölkerungsschutz und Katastrophenhilfe | 2026-11-22
FR | 112=all 15=ambulance 17=police 18=fire | service-public.fr | 2026-11-22
CZ | 112=all 158=police 155=ambulance 150=fire | Hasičský záchranný sbor České republiky | 2026-11-22
US | 911=all | Federal Communications Commission | 2026-11-22
CA | 911=all | Canadian Radio-television and Telecommunications Commission | 2026-11-22
AU | 000=all | Australian Communications and Media Authority, Triple Zero | 2026-11-22
NZ | 111=all | New Zealand Police | 2026-11-22
"""
_EU_SOURCE = "Directive (EU) 2018/1972, article 109: the single European emergency number"
_EU_COMPARED = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Emergency:
    """What to call in one country: (number, what for), who says so, and when that was compared last."""

    country: str
    numbers: tuple[tuple[str, tuple[str, ...]], ...]
    source: str
    compared_on: date


def _entry(line: str) -> Emergency:
    country, numbers, source, compared = (cell.strip() for cell in line.split(" | "))
    pairs = (pair.split("=") for pair in numbers.split())
    calls = tuple((number, tuple(services.split(","))) for number, services in pairs)
    return Emergency(country, calls, source, date.fromisoformat(compared))


_SINGLE = {code: Emergency(code, (("112", ("all",)),), _EU_SOURCE, _EU_COMPARED) for code in _EU.split()}
EMERGENCY: dict[str, Emergency] = _SINGLE | {
    one.country: one for one in map(_entry, _NUMBERS.strip().splitlines())
}


def emergency_numbers(place_code: str | None) -> Emergency | None:
    """Return the numbers of a place as declared: a country, a province of Vietnam, or at home (None).

    None where nothing is sure.
    """
    return EMERGENCY.get("VN" if place_code is None else place_code.partition("-")[0])
