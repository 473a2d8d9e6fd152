"""Whom or what an asset is about, by the words of its name."""

import functools

from scanner.classify.words import bag

# Words in the singular; plurals of the listed languages are derived by `_plurals`.
SUBJECTS: dict[str, str] = {
    "employee": """employee staff worker personnel hr manager colleague salary payroll emp recruiter
        employe salarie collaborateur personal mitarbeiter angestellte angestellter beschaftigte
        empleado trabajador medewerker werknemer personeel dipendente funcionario empregado
        teacher lehrer enseignant professeur professor profesor docent docente insegnante tutor
        instructor nurse krankenschwester pfleger infirmier physician arzt doctor medecin medico
        provider technician agent officer chef leader head leiter geschaftsfuhrer directeur
        director driver fahrer pilot operator inspector consultant therapist practitioner
        clinician lawyer representative rep salesman""",
    "customer": """customer client clientele cust buyer shopper consumer subscriber policyholder
        purchaser debtor account holder kunde kunden kundin besteller kaufer klant afnemer
        acheteur abonne cliente comprador acquirente assinante abonnee abonado member mitglied
        membre miembro socio lid membro guest gast invite huesped ospite hospede tenant mieter
        locataire inquilino passenger passagier passager pasajero passeggero passageiro borrower
        cardholder beneficiary beneficiaire owner besitzer eigentumer proprietaire proprietario
        propietario eigenaar halter insured versicherter visitor besucher visiteur""",
    "user": """user login users usr utilisateur benutzer anwender nutzer usuario utente utilizador
        gebruiker operateur admin administrator account konto compte cuenta profile profil perfil
        author auteur autor autore kommentator commenter poster follower friend""",
    "patient": "patient patiente paciente paziente kranke klient resident donor spender",
    "student": """student schuler schulerin pupil learner eleve etudiant estudiante alumno alumna
        studente leerling aluno aluna studierende absolvent graduate alumni trainee apprentice
        azubi teilnehmer""",
    "job_applicant": "applicant bewerber postulant candidato sollicitant recruit",
    "supplier": """supplier vendor lieferant fournisseur proveedor leverancier fornitore fornecedor
        contractor""",
    "contact": """contact kontakt contacto contatto contato recipient empfanger destinataire lead
        prospect interessent sender absender expediteur caller callee anrufer appelant
        correspondent phonebook addressbook directory annuaire adressbuch referral participant
        attendee respondent subscriber""",
    "person": """person people individual human citizen personne persona personnes pessoa persoon
        leute personen burger citoyen ciudadano cittadino cidadao inwoner habitant einwohner
        inhabitant candidate kandidat candidat voter wahler votante electeur elector politician
        politiker actor actress schauspieler acteur actrice attore ator player spieler joueur
        jugador giocatore jogador speler athlete athlet sportler swimmer schwimmer runner coach
        trainer referee artist kunstler artiste singer sanger musician musiker writer
        schriftsteller journalist conductor dirigent gymnast wrestler cyclist skater rider
        fahrerin president prasident mayor burgermeister spouse husband wife child kid kinder
        enfant parent eltern guardian mother father mutter vater mere pere relative dependent
        complainant suspect victim witness judge richter entrepreneur unternehmer scientist
        researcher forscher oberhaupt inventor investor designer taster
        reviewer critic founder ceo chairman producer narrator translator editor photographer
        illustrator composer regie regisseur encargado laureate umpire jockey boxer golfer
        astronaut senator minister governor bishop gestalter grunder rezensent ubersetzer
        fotograf realisateur redacteur traducteur fondateur disenador fundador""",
    "organisation": """company organisation organization org firm enterprise business societe
        entreprise firma unternehmen empresa azienda societa bedrijf corporation corp store shop
        laden geschaft kaufhaus kaufhauser magasin tienda negozio loja winkel branch filiale
        agence office buro bureau oficina ufficio school schule ecole escuela university
        universitat universite hospital krankenhaus hopital klinik clinic bank bankfiliale
        insurer payer payers hotel restaurant warehouse lager entrepot department abteilung
        facility site campus agency institution club verein team mannschaft equipe headquarters""",
}
# Things: a "name" here is the name of no person.
THINGS = """product article item produkt artikel produit producto prodotto produto sku category
    kategorie categorie categoria type typ tipo kind class genre track song lied album playlist
    film movie book buch livre libro country pays land pais paese land city ville stadt ciudad
    citta cidade stad region state province district language langue sprache idioma lingua
    currency wahrung devise device gerat appareil dispositivo machine server host network status
    tag label group gruppe groupe grupo gruppo groep role rolle permission right menu config
    configuration setting parameter job task aufgabe tache event ereignis evenement evento log
    logs message nachricht file datei fichier document dokument template vorlage report bericht
    course kurs cours curso corso subject fach department abteilung departement project projekt
    projet proyecto progetto version release feature module component plan tariff price preis
    prix service dienst dish pet dog cat hund katze haustier breed rasse race animal tier vehicle
    fahrzeug car auto wagen model modell brand marke marque make maker airline flight flug
    airport flughafen aeroport station bahnhof gare river fluss mountain berg building gebaude
    room zimmer chambre wine wein grape traube appellation disease krankheit medicine medikament
    medication drug enzyme enzym procedure treatment behandlung allergy condition stadium stadion
    arena game spiel jeu match competition wettbewerb concours race award party festival
    orchestra band theater theatre cinema museum exhibition channel sender programme program
    browser website web page seite attribute property dict dictionary list code codes media
    invoice rechnung facture order orders bestellung commande payment zahlung paiement claim
    policy policies encounter organization company store shop school bank team club party stage
    phase unit einheit metric sensor weather wetter trip route road schiff vessel aircraft plane
    attraction achterbahn coaster park colour color farbe size brand catalog catalogue katalog
    level grade key index table column schema dept position post stelle title observation supply
    immunization dashboard widget workflow queue channel kanal topic thema forum manufacturer
    hersteller publisher verlag studio label circuit racetrack venue lake see ocean island insel
    bridge brucke tower turm castle schloss monument museum temple church kirche park garden
    garten forest wald planet constellation species art pokemon character figur spell quest weapon
    item recipe rezept ingredient zutat meal mahlzeit drink getrank beer bier cheese kase spice
    plant pflanze flower blume tree baum term begriff word wort tool werkzeug part teil machine
    maschine engine motor rocket mission satellite mine pipeline cable stamp painting gemalde
    sculpture poem gedicht play opera oper symphony chapter kapitel episode folge series serie
    season saison league liga division round runde tournament turnier medal medaille sport
    discipline disziplin lesson lektion exam prufung quiz question frage answer antwort concept
    konzept diagnosis diagnose symptom vaccine vaccination impfung gene protein compound isotope
    mineral"""

# An asset of records about somebody without naming him: orders, addresses.
LINKED = """order orders bestellung commande pedido ordine encomenda address adresse adressen
    adresses direccion indirizzo endereco adres invoice rechnung facture factura fattura fatura
    payment zahlung paiement pago pagamento booking buchung reservation reserva rental location
    vermietung ticket claim appointment termin rendezvous visit session login signin registration
    anmeldung delivery shipment lieferung livraison billing shipping transaction purchase
    enrolment enrollment application message call anruf appel fax vote stimme stimmen survey
    umfrage sondage complaint consent subscription abo abonnement history access audit"""

# Words of asset names that say nothing of the rows.
_PLAIN = bag(
    """table tbl data daten donnees datos dati list liste lista info information details detail
    record records master stamm main all new old alt tmp temp test copy backup bak archive archiv
    current active inactive view base export import snapshot staging raw stg dim fact dwh and und
    et field fields"""
)
_PLURALS = ("s", "es", "n", "en", "e", "er", "x", "i")


def _plurals(text: str) -> frozenset[str]:
    """Return the words with their plurals; ``company`` gives ``companies``."""
    out: set[str] = set()
    for word in text.split():
        out.add(word)
        if len(word) < 3:
            continue
        out.update(word + end for end in _PLURALS)
        if word.endswith("y"):
            out.add(word[:-1] + "ies")
        if word.endswith(("a", "o", "e")):
            out.update(word[:-1] + end for end in ("i", "e"))
    return frozenset(out)


@functools.cache
def subject_words() -> dict[str, str]:
    """Map each word to its subject; the first listed subject keeps a word."""
    out: dict[str, str] = {}
    for subject, text in SUBJECTS.items():
        for word in sorted(_plurals(text)):
            out.setdefault(word, subject)
    return out


@functools.cache
def person_words() -> frozenset[str]:
    """Return the words that mean somebody, a customer's company included."""
    return frozenset(w for w, subject in subject_words().items() if subject != "organisation")


@functools.cache
def organisation_words() -> frozenset[str]:
    """Return the words that mean a company, shop, office or the like."""
    return frozenset(w for w, subject in subject_words().items() if subject == "organisation")


@functools.cache
def thing_words() -> frozenset[str]:
    """Return the words that mean a thing or a list of things."""
    return _plurals(THINGS) - person_words()


@functools.cache
def linked_words() -> frozenset[str]:
    """Return the words of records that hang on a person: orders, calls, sign-ins."""
    return _plurals(LINKED)


@functools.cache
def vocabulary() -> frozenset[str]:
    """Return every word above of three letters or more, for taking compounds apart."""
    all_words = frozenset(subject_words()) | thing_words() | linked_words()
    return frozenset(word for word in all_words if len(word) > 2)


def subject_of(name_words: tuple[str, ...]) -> str:
    """Return the subject that the words of a name tell, else ``unknown``.

    The last telling word decides, as in "customer employees"; organisations give way to people.
    """
    table = subject_words()
    found = [table[word] for word in name_words if word in table]
    people = [subject for subject in found if subject != "organisation"]
    return people[-1] if people else (found[-1] if found else "unknown")


def role_of(name_words: tuple[str, ...]) -> str:
    """Return the role of an asset's rows: person, linked, organisation, thing or unknown.

    The last telling word names the rows: "customer_types" holds types, "product_owners" people.
    """
    table, unknown = subject_words(), False
    for word in reversed(name_words):
        if word in table:
            role = "organisation" if table[word] == "organisation" else "person"
            # "client_accelerator": the word that names the rows is not known.
            return "linked" if unknown and role == "person" else role
        if word in linked_words():
            return "linked"
        if word in thing_words():
            return "thing"
        unknown = unknown or not (word in _PLAIN or word.isdigit() or len(word) < 3)
    return "unknown"
