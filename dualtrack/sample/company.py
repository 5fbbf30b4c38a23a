"""The fixed facts of the sample company, Halden Instruments: units, tools, words, objectives."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "EXECUTIVES",
    "FAMILY_NAMES",
    "GIVEN_NAMES",
    "LAST_QUARTER",
    "MANAGED",
    "OBJECTIVES",
    "SEED_NOTE",
    "SIZES",
    "UNITS",
    "SampleUnit",
]

LAST_QUARTER = "2026-Q3"
SEED_NOTE = "Synthetic: every person, firm and figure is made up."


@dataclass(frozen=True)
class SampleUnit:
    """One business unit: where its list is kept and which words its labels use.

    Attributes:
        words: Label the unit's tool uses for each nature; the order is operational, strategic,
            maintenance.
    """

    name: str
    catalogue: str
    tool: str
    key_pattern: str
    teams: tuple[str, ...]
    words: tuple[str, str, str]


UNITS = (
    SampleUnit(
        "Manufacturing",
        "manufacturing",
        "kaizen_liste",
        "K-{:03d}",
        ("Montage", "Spritzguss", "Lötplätze", "Instandhaltung"),
        ("KVP", "Strategie", "Instandhaltung"),
    ),
    SampleUnit(
        "Supply Chain",
        "supply_chain",
        "smartsheet",
        "SC-{:03d}",
        ("Inbound", "Warehouses", "Transport", "Planning"),
        ("Continuous improvement", "Strategic initiative", "Keep the lights on"),
    ),
    SampleUnit(
        "Customer Service",
        "customer_service",
        "servicenow",
        "CIM00{:05d}",
        ("Helpdesk", "Field service", "Dispatch", "Repair shop"),
        ("Cost Reduction", "Strategic Enabler", "Service Sustaining"),
    ),
    SampleUnit(
        "Digital & IT",
        "digital_it",
        "jira",
        "DIG-{:d}",
        ("Applications", "Infrastructure", "Data", "Service desk"),
        ("Improve", "Transform the Business", "Run the Business"),
    ),
    SampleUnit(
        "Product Engineering",
        "product_engineering",
        "azure-devops",
        "{:d}",
        ("PE\\Sensors", "PE\\Firmware", "PE\\Lab", "PE\\Compliance"),
        ("Improvement", "Strategic", "Sustaining"),
    ),
    SampleUnit(
        "Commercial",
        "commercial",
        "planner",
        "pl{:05d}QkT7wEw",
        ("Sales offices", "Marketing", "Key accounts", "Back office"),
        ("Improvement", "Strategic", "Run"),
    ),
)

# Length in days, budget in EUR and share of a person-year, low and high, by nature and size.
SIZES: dict[tuple[str, str], tuple[tuple[int, int], tuple[int, int]]] = {
    ("operational", "S"): ((70, 200), (4_000, 40_000)),
    ("operational", "M"): ((140, 300), (60_000, 320_000)),
    ("strategic", "S"): ((300, 500), (120_000, 300_000)),
    ("strategic", "M"): ((420, 760), (250_000, 900_000)),
    ("strategic", "L"): ((730, 1400), (900_000, 4_500_000)),
    ("maintenance", "S"): ((30, 110), (1_000, 20_000)),
    ("maintenance", "M"): ((90, 240), (30_000, 350_000)),
}

# How each path is run where it is run well: forum, days between reviews, sponsor level.
MANAGED: dict[str, tuple[tuple[str, int, str], ...]] = {
    "operational": (
        ("Shift board", 1, "frontline"),
        ("Daily huddle", 1, "frontline"),
        ("Team review", 7, "manager"),
        ("Improvement round", 7, "manager"),
        ("Improvement round", 14, "manager"),
    ),
    "strategic": (
        ("Strategy board", 30, "executive"),
        ("Steering committee", 30, "director"),
        ("Steering committee", 90, "executive"),
        ("Investment committee", 90, "executive"),
    ),
    "maintenance": (
        ("Operations meeting", 14, "manager"),
        ("Operations meeting", 30, "manager"),
        ("Maintenance planning", 30, "manager"),
    ),
}

OBJECTIVES = (
    ("OBJ-1", "Earn a third of revenue from services and data by 2030", "Breakthrough", ""),
    ("OBJ-2", "Be the first choice of utilities in the Americas and Asia", "Breakthrough", ""),
    ("OBJ-3", "Open the agriculture and household customer groups", "Breakthrough", ""),
    ("OBJ-4", "Measure without reagents", "Breakthrough", ""),
    ("OBJ-11", "Fix it the first time", "Annual", ""),
    ("OBJ-12", "Deliver what was promised, on the day", "Annual", ""),
    ("OBJ-13", "Halve the cost of poor quality", "Annual", ""),
    ("OBJ-14", "Safe, legal and available sites and systems", "Annual", ""),
)

GIVEN_NAMES = (
    "Aino",
    "Bastien",
    "Carmen",
    "Dmitri",
    "Elif",
    "Farid",
    "Greta",
    "Hamza",
    "Ingrid",
    "Jonas",
    "Katja",
    "Luis",
    "Maren",
    "Nadia",
    "Oskar",
    "Priya",
    "Quentin",
    "Rosa",
    "Stefan",
    "Tamar",
    "Ulrike",
    "Vikram",
    "Wanda",
    "Xenia",
    "Yusuf",
    "Zofia",
    "Arne",
    "Belén",
    "Cem",
    "Doris",
)
FAMILY_NAMES = (
    "Aldermoor",
    "Brockhus",
    "Castellanes",
    "Dornfeld",
    "Eskelund",
    "Fontaneda",
    "Grünwälder",
    "Halvarsen",
    "Isakovic",
    "Jaspersen",
    "Kettelhack",
    "Lindqvister",
    "Moreaux",
    "Nazarian",
    "Oyelaran",
    "Pellegrin",
    "Quistgard",
    "Rautenberg",
    "Sandoval",
    "Thorvald",
    "Uhlenhorst",
    "Vasilescu",
    "Wickenden",
    "Yildirim",
    "Zandstra",
    "Abernethy",
    "Bielawska",
    "Cordonnier",
)
EXECUTIVES = ("Helene Varga-Sund", "Matteo Brisighelli", "Ruth Okonjo-Field")
