"""What makes a call, a fax, an invoice, an audit trail, a contact: parts that fields show."""

from dataclasses import dataclass

from scanner.classify.words import bag


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a composite, called ``name`` in its evidence.

    ``words`` are words of field names, one of which must be there; ``two_words`` stand for two in
    a
    row, ``=category`` for a field that holds a category.
    """

    name: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A composite: words of the asset that point at it, and its parts.

    All parts and the asset's name make it probable; all but one of more than three possible. Where
    the name does not speak, all parts make it possible if one of the words ``alone`` is among the
    fields, and none of ``never``: a flow in a network has a source, a destination and a duration.
    They make it probable if the field of a part bears a word of ``asset``: ``call_duration``.
    """

    category: str
    asset: frozenset[str]
    parts: tuple[Part, ...]
    alone: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


_WHEN = Part(
    "when",
    bag(
        """time date at start started starttime startdate timestamp heure debut zeit zeitpunkt
        datum
        beginn uhrzeit fecha hora inicio data ora orario tijd tijdstip when created createdat begin
        end ended stop ts occurred calldate sent received mikor czas poczatek kiedy cas zacatek
        kezdet idopont tarih tarihi saat baslangic tid tidpunkt aika alku ημερομηνια дата время
        时间 日期 日時"""
    ),
)
_SOMEBODY = """
    =customer_identifier =email_address =name_part =person_name =username customer client
    cust account kunde kunden subscriber payer buyer debtor cliente klant klient odberatel
    nabywca kupujacy vevo ugyfel abonat musteri kund asiakas πελατης клиент покупатель 客户
"""

RECIPES = (
    Recipe(
        "call_detail_record",
        bag(
            """call calls cdr cdrs appel appels anruf anrufe gesprach gesprache llamada llamadas
            chiamata chiamate chamada chamadas telephony voip oproep oproepen gesprek gesprekken
            polaczenie polaczenia rozmowy hovor hovory hivas hivasok apel apeluri cagri cagrilar
            arama aramalar samtal opkald anrop puhelu puhelut κλησεις звонки звонок вызовы 通话"""
        ),
        (
            Part(
                "who called",
                bag(
                    """caller calling src from source ani origin origen originator clid cli
                    callerid
                    appelant anrufer anrufers anrufenden anrufender rufer chiamante llamante
                    llamador
                    chamador beller a_number a_party from_number dzwoniacy volajici hivo apelant
                    arayan uppringare soittaja orig"""
                ),
            ),
            Part(
                "who was called",
                bag(
                    """callee called dst to destination destino dnis dialed dialled appele appelee
                    angerufener angerufene ziel zielnummer chiamato llamado gebeld recipient dest
                    b_number b_party to_number odbiorca volany hivott apelat aranan mottagare
                    vastaanottaja term"""
                ),
            ),
            _WHEN,
            Part(
                "how long",
                bag(
                    """duration dur durationsec billsec secs seconds minutes duree dauer sekunden
                    duracion durata duracao duur length talktime czas_trwania trwania delka
                    idotartam sure suresi langd varaktighed kesto διαρκεια длительность 时长"""
                ),
            ),
        ),
        alone=bag(
            """caller callee callerid clid ani dnis dialed dialled billsec appelant appele anrufer
            angerufener llamante chiamante beller a_number b_number a_party b_party"""
        ),
        never=bag("=ip_address =mac_address bytes packets octets port srcport dstport flight"),
    ),
    Recipe(
        "fax_metadata",
        bag(
            """fax faxes faxe telefax telefaxe telecopie telecopies transmission transmissions faks
            faksy faxy"""
        ),
        (
            Part(
                "who sent",
                bag(
                    """sender from source tsid tsi origin remitente expediteur absender mittente
                    remetente afzender owner user nadawca odesilatel kuldo expeditor gonderen
                    =fax_number =phone_number"""
                ),
            ),
            Part(
                "to whom",
                bag(
                    """recipient to destination dest csid destinataire destinatario empfanger
                    ontvanger number faxnumber tofaxnum toname odbiorca prijemce cimzett alici"""
                ),
            ),
            _WHEN,
            Part(
                "pages or outcome",
                bag(
                    """pages page pagecount status result state statut etat estado esito ergebnis
                    seiten seitenzahl paginas pagine resultat strony stran oldalak sayfa
                    duration"""
                ),
            ),
        ),
    ),
    Recipe(
        "invoice_data",
        bag(
            """invoice invoices facture factures rechnung rechnungen factura facturas fattura
            fatture fatura faturas bill bills billing factuur facturen faktura faktury faktur
            fakturor szamla szamlak facturi faturalar lasku laskut regning regninger arve arved
            rekins rekini saskaita saskaitos racun racuni τιμολογιο τιμολογια счет счета рахунок
            发票 請求書"""
        ),
        (
            Part("whose", bag(f"=postal_address {_SOMEBODY}")),
            Part(
                "how much",
                bag(
                    """amount total montant betrag rechnungsbetrag summe gesamt importe price sum
                    subtotal gross net due totaal bedrag valor valore prix preis importo brutto
                    netto
                    kwota castka cena osszeg suma tutar belopp belob summa σύνολο ποσο сумма
                    金额"""
                ),
            ),
            Part(
                "which",
                bag(
                    """number no id nummer numero num nr code numer cislo
                    szam szamlaszam numar invoiceno
                    rechnungsnummer номер"""
                ),
            ),
        ),
    ),
    Recipe(
        "audit_trail",
        bag(
            """audit audits trail log logs history journal activity activities access login logins
            event events signin signins sessions historique historial protokoll protokolle verlauf
            registro registros storico cronologia geschiedenis historico dziennik logi historie
            zaznamy naplo istoric jurnal gunluk kayitlar logg loki ιστορικο журнал история 日志"""
        ),
        (
            Part(
                "who",
                bag(
                    """=username user users userid user_id actor who admin operator account agent
                    utilisateur benutzer bearbeiter usuario utente utilizador gebruiker by login
                    principal performed_by uzytkownik uzivatel felhasznalo utilizator kullanici
                    anvandare bruger kayttaja ki χρηστης пользователь 用户"""
                ),
            ),
            Part(
                "what was done",
                bag(
                    """action event operation activity verb method act type what aktion vorgang
                    anderung change command ereignis evenement accion evento azione operazione
                    actie acao operacao outcome success result resource signin logon logged akcja
                    zdarzenie akce udalost
                    mit muvelet actiune islem handelse handling toiminto ενεργεια действие
                    событие 操作"""
                ),
            ),
            _WHEN,
        ),
    ),
    Recipe(
        "address_book_entry",
        bag(
            """contact contacts phonebook phonebooks addressbook addressbooks directory annuaire
            annuaires carnet adressbuch telefonbuch kontakt kontakte contacto contactos contatto
            contatti contato contatos agenda rubrica adresboek contactpersonen recipients
            correspondents kontakty adresar kapcsolatok contacte rehber kisiler kontakter
            yhteystiedot επαφες контакты 通讯录 联系人 連絡先"""
        ),
        (
            Part("a name", bag("=name_part =person_name")),
            Part("how to reach", bag("=email_address =fax_number =phone_number =postal_address")),
        ),
    ),
    Recipe(
        "domain_registration",
        bag("domain domains whois rdap registrant registrants registrations dns domaine dominio"),
        (
            Part("which domain", bag("domain domains domainname fqdn domaine dominio zone")),
            Part(
                "who registered it",
                bag("registrant registrants owner holder titulaire inhaber =person_name"),
            ),
            Part(
                "where and until when",
                bag(
                    """registrar registry nameserver nameservers ns expires expiry expiration
                    authcode epp whois"""
                ),
            ),
        ),
    ),
)
