"""Names of persons that a word announces, and capitals that are none."""

import pytest

from scanner.detect.announced import announced

NAMES = [
    ("Ticket #7 assigned to Rajesh Weber", "Rajesh Weber"),
    ("requested by Claire Ivanova <c.i@acme.fr>", "Claire Ivanova"),
    ("requested by Priya Tanaka <p.t@acme.fr>", "Priya Tanaka"),
    ("Customer Giulia Adeyemi opened a chat", "Giulia Adeyemi"),
    ('"name":"Lukas Ivanova","email"', "Lukas Ivanova"),
    ("Appointment for Anna van der Berg moved", "Anna van der Berg"),
    ("Mme Claire Lefebvre-Dubois", "Claire Lefebvre-Dubois"),
    ("Frau Ingrid Müller", "Ingrid Müller"),
    ("contact: Siobhan O'Brien updated", "Siobhan O'Brien"),
]
NO_NAMES = [
    "Customer Service Team replied",
    "Client Hello received",
    "customer Grace Period ended",
    "Contact Support Page opened",
    "message from Exchange Server",
    "order for Deutsche Telekom",
    "invoice sent to Amazon Web Services",
    "driver Intel Ethernet loaded",
    "owner: Platform Team",
    "assigned to Tier Two",
    "student Union Building",
    "assigned to rajesh weber",
    "filename Marie Dupont",
    "mail from MARIE DUPONT",
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_announced_names(text, name):
    assert [text[start:end] for start, end in announced(text)] == [name]


@pytest.mark.parametrize("text", NO_NAMES)
def test_capitals_after_such_a_word(text):
    assert [text[start:end] for start, end in announced(text)] == []
