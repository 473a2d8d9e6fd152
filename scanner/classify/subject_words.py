"""Words for somebody, for organisations, for things and for records that hang on somebody.

All are lower case and without accents, as :func:`scanner.classify.words.fold` leaves them. Plurals
of Western languages are derived by :mod:`scanner.classify.subjects`; those of others stand here.
"""

SUBJECTS: dict[str, str] = {
    "employee": """employee staff worker personnel hr manager colleague salary payroll emp
        recruiter personell boss hausmeister bademeister stationsleiter hafenmeister employe
        salarie collaborateur personal mitarbeiter angestellte angestellter beschaftigte
        mitarbeitende belegschaft angestellten beamter beamte beamten vorgesetzter empleado
        trabajador plantilla medewerker werknemer personeel dipendente funcionario empregado
        colaborador teacher lehrer lehrkraft lehrpersonal dozent enseignant professeur professor
        profesor docent docente insegnante tutor leraar instructor nurse krankenschwester
        pfleger infirmier infirmiere enfermera enfermeiro verpleegkundige physician arzt arztin
        doctor medecin medico provider technician techniker technicien tecnico agent officer
        chef leader head leiter geschaftsfuhrer directeur director driver fahrer chauffeur pilot
        kapitan captain operator inspector consultant berater therapist practitioner clinician
        lawyer anwalt avocat abogado representative rep salesman verkaufer vendeur vendedor
        cashier kassierer waiter kellner crew besatzung courier kurier steward librarian
        developer analyst auditor pracownik pracownicy pracownika pracownikow zamestnanec
        zamestnanci zamestnancov zaposleni zaposlenik zaposlenici djelatnik radnik delavec
        alkalmazott alkalmazottak dolgozo dolgozok munkatars munkatarsak angajat angajati
        angajatilor salariat salariati salariatilor anstalld anstallda medarbetare medarbejder
        medarbejdere ansat ansatte tyontekija tyontekijat henkilokunta henkilosto tootaja
        tootajad darbinieks darbinieki darbuotojas darbuotojai calisan calisanlar calısan
        personel empleat treballador treballadors сотрудник сотрудники сотрудников работник
        работники персонал співробітник працівник працівники служител служители запослени
        υπαλληλος υπαλληλοι εργαζομενος εργαζομενοι προσωπικο ypallilos ypalliloi ergazomenos
        prosopiko 员工 員工 职员 職員 社員 従業員 직원 사원 ucitel ucitelia ucitele nauczyciel
        nauczyciele lekarz lekarze lekar lekari orvos orvosok tanar tanarok medici profesori
        larare lakare opettaja opettajat ogretmen doktor nastavnik nastavnici γιατρος καθηγητης
        учитель учителя врач врачи лекар sofor kurye""",
    "customer": """customer client clientele cust buyer shopper consumer subscriber policyholder
        purchaser debtor account holder kunde kunden kundin besteller kaufer klant afnemer
        acheteur abonne cliente comprador acquirente assinante abonnee abonado member mitglied
        membre miembro socio lid membro guest gast invite huesped ospite hospede tenant mieter
        locataire inquilino inquilina huurder arrendatario inquilini passenger passagier
        passager pasajero passeggero passageiro borrower entleiher emprunteur prestatario
        cardholder beneficiary beneficiaire owner besitzer eigentumer proprietaire proprietario
        propietario eigenaar halter insured versicherter versicherungsnehmer assure asegurado
        visitor besucher visiteur requester adherent adherente abonnent koper gasten leden
        klanten klient klienci klienta klientow klienti klientu klientas klientai klients
        zakaznik zakaznici zakazniku kupec kupac kupci ugyfel ugyfelek vevo vevok abonat abonati
        abonatilor clienti kund kunder bestallare hyresgast asiakas asiakkaat musteri musteriler
        abone goscie gosc czlonek czlonkowie clen clenove tagok medlem medlemmar medlemmer jasen
        jasenet uye uyeler najemca clanovi clients soci socis клиент клиенты клиентов покупатель
        покупатели абонент абоненты клієнт клієнти покупець клиенти πελατης πελατες μελος μελη
        pelatis pelates melos meloi 客户 客戶 顾客 顧客 会员 會員 会員 買家 고객 회원""",
    "user": """user login users usr utilisateur benutzer anwender nutzer usuario utente
        utilizador utilizadores gebruiker gebruikers operateur admin administrator account konto
        compte cuenta profile profil perfil profilo profiel author auteur autor autore
        kommentator commenter poster follower friend uzytkownik uzytkownicy uzytkownikow
        uzivatel uzivatele uzivatelia uporabnik uporabniki korisnik korisnici felhasznalo
        felhasznalok utilizator utilizatori anvandare bruger brugere bruker brukere kayttaja
        kayttajat kasutaja kasutajad lietotajs lietotaji vartotojas vartotojai kullanici
        kullanicilar kullanıcı kullanıcılar usuari usuaris пользователь пользователи
        пользователей користувач користувачі потребител потребители χρηστης χρηστες xristis
        xristes christis 用户 用戶 使用者 ユーザー ユーザ 利用者 사용자""",
    "patient": """patient patiente paciente paziente kranke donor spender inpatient outpatient
        pacjent pacjenci pacjenta pacjentow pacient pacienti pacientu pacijent pacijenti paciens
        paciensek beteg betegek pacientii potilas potilaat patsient pacients pacientas hastalar
        pacienta пациент пациенты пациентов пацієнт пацієнти пациенти ασθενης ασθενεις asthenis
        asthenes 患者 病人 환자""",
    "student": """student schuler schulerin pupil learner eleve etudiant estudiante alumno
        alumna studente leerling aluno aluna studierende studierender absolvent graduate alumni
        trainee apprentice azubi auszubildende apprenti teilnehmer kursteilnehmer scolaro alunno
        alunni discente estudante scholier uczen uczniowie uczniow studenci studentow zak zaci
        ziak ziaci studenti studentu ucenik ucenici ucenec ucenci dijak diak diakok hallgato
        hallgatok tanulo tanulok elev elevi elevilor elever opiskelija opiskelijat oppilas
        oppilaat opilane opilased skolens studentas studentai mokinys mokiniai ogrenci
        ogrenciler alumne alumnes студент студенты ученик ученики учень учні студенти μαθητης
        μαθητες φοιτητης φοιτητες mathitis mathites foititis 学生 學生 生徒 学员 학생""",
    "job_applicant": """applicant bewerber bewerbende postulant candidato sollicitant recruit
        kandydat uchazec""",
    "supplier": """supplier vendor lieferant fournisseur proveedor leverancier fornitore
        fornecedor contractor subcontractor zulieferer dienstleister prestataire dostawca
        dostawcy dodavatel dodavatele dodavatelia dobavitelj dobavljac dobavljaci beszallito
        szallito szallitok furnizor furnizori leverantor leverantorer leverandor leverandorer
        entreprenor toimittaja toimittajat hankija tarnija piegadatajs tiekejas tiekejai
        tedarikci tedarikciler tedarikçi proveidor поставщик поставщики постачальник доставчик
        προμηθευτης προμηθευτες promitheftis 供应商 供應商 仕入先 공급업체""",
    "contact": """contact kontakt ansprechpartner kontaktni kontaktperson kontaktowa
        interlocuteur referente contacto contatto contato recipient empfanger destinataire lead
        prospect interessent sender absender expediteur caller callee anrufer appelant
        correspondent phonebook addressbook directory annuaire adressbuch referral participant
        attendee respondent subscriber destinatario remitente remetente mittente ontvanger
        afzender beller kontakty kapcsolat kapcsolatok yhteystieto kontaktid kontakti kontaktai
        ilgili контакт контакты контакти επαφη epafi 联系人 聯絡人 連絡先 연락처""",
    "person": """person people individual human citizen personne persona personnes pessoa
        persoon leute personen burger citoyen ciudadano cittadino cidadao inwoner habitant
        einwohner resident inhabitant candidate kandidat candidat voter wahler votante electeur
        elector politician politiker politicien politico actor actress schauspieler
        schauspielerin darsteller acteur actrice attore attrice ator atriz acteurs player
        spieler joueur jugador giocatore jogador speler athlete athlet sportler sportlerin
        leichtathlet deportista atleta sporter swimmer schwimmer nageur nadador nuotatore
        zwemmer runner laufer coureur corredor coach trainer entraineur entrenador allenatore
        treinador referee schiedsrichter arbitre arbitro artist kunstler kunstlerin artiste
        artista singer sanger sangerin chanteur cantante cantor musician musiker musicien musico
        dancer tanzer writer schriftsteller ecrivain escritor scrittore schrijver dichter poet
        poete journalist conductor dirigent gymnast turner wrestler ringer cyclist radfahrer
        cycliste skater rider skifahrer reiter fahrerin rennfahrer president prasident mayor
        burgermeister alcalde sindaco spouse husband wife ehepartner ehegatte conjoint conyuge
        coniuge echtgenoot child kid kinder enfant hijo hija figlio filho filha parent eltern
        elternteil guardian vormund tuteur mother father mutter vater mere pere madre padre mae
        pai moeder vader relative angehoriger angehorige dependent complainant suspect victim
        zeuge opfer witness judge richter juge juez giudice juiz rechter entrepreneur
        unternehmer scientist wissenschaftler researcher forscher chercheur investigador
        oberhaupt inventor erfinder investor designer taster reviewer critic kritiker founder
        ceo chairman vorsitzender producer produzent producteur narrator translator editor
        photographer illustrator composer komponist compositeur compositor regie regisseur
        regisseurin regista encargado laureate umpire jockey boxer golfer astronaut astronaute
        senator abgeordneter depute diputado minister governor gouverneur gobernador bishop
        bischof papst konig konigin monarch gestalter grunder rezensent ubersetzer fotograf
        realisateur redacteur traducteur fondateur disenador fundador intendant moderator
        gastgeber bewohner bevolkerung familienmitglied osoba osoby osob obcan obcane obywatel
        obywatele szemely szemelyek persoane persoana cetatean cetateni personer henkilo
        henkilot isik isikud asmuo asmenys kisi kisiler persones человек люди лица физлицо
        граждане особа особи лице ατομο ατομα προσωπα atoma 人员 人員 個人 개인 zawodnik
        zawodnicy hrac hraci igrac igraci jatekos jatekosok jucator jucatori spelare pelaaja
        oyuncu oyuncular futbolcu rodzic rodzice rodic rodice szulo szulok veli foralder
        sportowiec sportovec sportolo idrottare""",
    "organisation": """company organisation organization org firm enterprise business societe
        entreprise firma unternehmen empresa azienda societa bedrijf bedrijven corporation corp
        konzern betrieb betriebe gesellschaft verband verbande behorde ministerium partei
        fluggesellschaft fluglinie airline aerolinea compagnia reederei verlag brauerei store
        shop laden geschaft kaufhaus kaufhauser magasin tienda negozio loja winkel branch
        filiale filialen agence office buro bureau oficina ufficio escritorio kantoor schule
        school hochschule ecole escuela scuola escola university universitat universite
        universidad universidade universita hospital krankenhaus hopital ospedale ziekenhuis
        klinik clinic clinique bank bankfiliale banque banco banca insurer payer payers
        versicherer assureur assicuratore hotel restaurant gasthof museum warehouse lager
        entrepot almacen magazzino armazem magazijn depot department abteilung facility site
        campus agency institution institut institute club verein team mannschaft equipe equipo
        squadra headquarters carrier shipper spediteur transporteur charity association verlage
        employer arbeitgeber employeur franchise merchant firmy firem przedsiebiorstwo podjetje
        podjetja tvrtka poduzece ceg cegek vallalat companie companii societati foretag
        virksomhed virksomheder bedrift bedrifter yritys yritykset ettevote uznemums imone
        imones sirket sirketler sirketi empreses компания компании организация организации
        предприятие компанія організація фирма εταιρεια εταιρειες επιχειρηση etaireia oddzial
        oddzialy pobocka pobocky podruznica sube subeler agentii filiala toimipiste ypokatastima
        ypokatastimata 公司 企业 企業 会社 部门 部門 門店 회사""",
}

# Things: a "name" here is the name of no person.
THINGS = """product article item produkt artikel produit producto prodotto produto sku category
        kategorie categorie categoria type typ tipo kind class genre track song lied album
        playlist film movie book buch livre libro country pays land pais paese city ville stadt
        ciudad citta cidade stad region state province district language langue sprache idioma
        lingua currency wahrung devise device gerat appareil dispositivo machine server host
        network status tag label group gruppe groupe grupo gruppo groep role rolle permission
        right menu config configuration setting parameter job task aufgabe tache event ereignis
        evenement evento log logs message nachricht file datei fichier document dokument
        template vorlage report bericht course kurs cours curso corso subject fach department
        abteilung departement project projekt projet proyecto progetto version release feature
        module component plan tariff price preis prix service dienst dish pet dog cat hund katze
        haustier breed rasse race animal tier vehicle fahrzeug car auto wagen model modell brand
        marke marque make maker airline flight flug airport flughafen aeroport station bahnhof
        gare river fluss mountain berg building gebaude room zimmer chambre wine wein grape
        traube appellation disease krankheit medicine medikament medication drug enzyme enzym
        procedure treatment behandlung allergy condition stadium stadion arena game spiel jeu
        match competition wettbewerb concours award party festival orchestra band theater
        theatre cinema museum exhibition channel sender programme program browser website web
        page seite attribute property dict dictionary list code codes media invoice rechnung
        facture order orders bestellung commande payment zahlung paiement claim policy policies
        encounter organization company store shop school bank team club stage phase unit einheit
        metric sensor weather wetter trip route road schiff vessel aircraft plane attraction
        achterbahn coaster park colour color farbe size catalog catalogue katalog level grade
        key index table column schema dept position post stelle title observation supply
        immunization dashboard widget workflow queue kanal topic thema forum manufacturer
        hersteller publisher verlag studio circuit racetrack venue lake see ocean island insel
        bridge brucke tower turm castle schloss monument temple church kirche garden garten
        forest wald planet constellation species art pokemon character figur spell quest weapon
        recipe rezept ingredient zutat meal mahlzeit drink getrank beer bier cheese kase spice
        plant pflanze flower blume tree baum term begriff word wort tool werkzeug part teil
        maschine engine motor rocket mission satellite mine pipeline cable stamp painting
        gemalde sculpture poem gedicht play opera oper symphony chapter kapitel episode folge
        series serie season saison league liga division round runde tournament turnier medal
        medaille sport discipline disziplin lesson lektion exam prufung quiz question frage
        answer antwort concept konzept diagnosis diagnose symptom vaccine vaccination impfung
        gene protein compound isotope mineral continent kontinent continente county landkreis
        kreis bundesland provinz provincia kommune comune municipio commune gemeente gemeinde
        stadtteil bezirk viertel timezone zeitzone rennstrecke strecke rennen wettkampf
        meisterschaft championnat campeonato campionato carrera partido partita wedstrijd
        ausstellung exposition exposicion mostra tentoonstelling auffuhrung konzert concert
        concerto concierto veranstaltung spielplan sportart turnierart pokal trophy flugzeug
        flugzeugtyp hubschrauber zug train treno tren trein bus haltestelle hafen port porto
        puerto haven brief journal zeitung zeitschrift magazine revista rivista tijdschrift
        artikelgruppe warengruppe bestand inventar inventory stock voorraad scorte existencias
        fahrzeugtyp automodell automarke hauptfach studiengang lehrveranstaltung vorlesung
        seminar modul semester stundenplan klassenraum raum saal halle stockwerk etage immobilie
        wohnung apartment grundstuck anlage apparat rechner computer telefonanlage drucker
        printer scanner lizenz zertifikat certificate zubehor gewicht medien musik genres
        sprachen fremdsprache berufsbezeichnung gehaltsstufe produkttyp dokumenttyp zahlungsart
        zahlungsmethode versandart adresstyp kontotyp kartentyp gen experiment probe sample
        messung messwert reading alarm regel rule budget categorias peliculas pelicula cancion
        livro filme musica cidades estados jogo prova maquina veiculo veicolo vehiculo vehicule
        voertuig coche carro voiture macchina gebouw edificio batiment kamer habitacion quarto
        stanza salle sala boek liedje spel cursus taal taalcode munt valuta moneda moneta moeda
        monnaie artikelen producten prodotti produits ventes ouvrage ouvrages morceau titre
        chanson medicament medicamento farmaco medicijn geneesmiddel maladie enfermedad malattia
        doenca ziekte traitement tratamiento recette receta ricetta plat vino vinho wijn chien
        perro gato cane gatto hond kat produkty towar towary zbozi tovar izdelek izdelki
        proizvod proizvodi termek termekek produs produse produkter tuote tuotteet toode tooted
        prece preces preke prekes urun urunler produktai producte productes товар товары товаров
        продукт продукты продукти προιον προιοντα proion proionta 产品 產品 商品 상품 제품 kraj
        krajina krajiny zeme panstwo panstwa drzava drzave orszag orszagok tari paises lander
        riigid valsts salis salys ulke ulkeler страна страны країна країни държава χωρα χωρες
        xora 国家 國家 국가 miasto miasta mesto mesta gradovi varos varosok oras orase stader
        byer kaupunki kaupungit linn linnad pilseta miestas miestai sehir sehirler ciutat
        ciutats город города місто міста град градове πολη πολεις poli 城市 都市 도시
        wojewodztwo wojewodztwa okres okresy zupanija megye megyek judet judete fylke maakunta
        maakond ilce iller bolge область регион νομος 省 县 kategoria kategorije kategoriak
        categorii kategorier luokka luokitus kategori kategoriler категория категории категорія
        κατηγορια 分类 分類 类型 類型 种类 種類 状态 狀態 状態 유형 カテゴリ jezyk jezyky nyelv
        limba sprak kieli язык мова γλωσσα 语言
        語言 言語 waluta mena penznem valuuta валюта νομισμα 货币 通貨 cennik tarif tarife
        tariffs ceny slownik ustawienia nastaveni nastavenia beallitas beallitasok setari
        asetukset ayarlar настройки parametry parametru"""

# An of records about somebody without naming him: orders, addresses. By whose they mostly are.
LINKED_OF: dict[str, str] = {
    "customer": """order orders bestellung commande pedido ordine encomenda auftrag invoice
        rechnung facture factura fattura fatura payment zahlung paiement pago pagamento betaling
        bestelling factuur booking buchung reservation reserva prenotazione boeking rental
        vermietung ausleihe verleih pret prestamo emprestimo ticket claim schadensfall delivery
        shipment lieferung livraison zending envio sendung billing shipping transaction
        transaktion purchase einkauf achat compra call anruf appel chiamata llamada chamada fax
        complaint beschwerde reclamation reclamo subscription abo abonnement basket cart
        warenkorb panier carrito loan kredit darlehen policen vertrag contract contrat contrato
        contratto versicherungspolice warranty garantie return retoure zamowienie zamowienia
        faktura faktury objednavka objednavky narocilo racun racuni narudzba rendeles rendelesek
        szamla szamlak comanda comenzi facturi ordrar bestilling bestillinger ordre tilaus
        tilaukset lasku laskut tellimus arve pasutijums rekins uzsakymas saskaita siparis
        siparisler faturalar заказ заказы счет платеж замовлення рахунок поръчка παραγγελια
        παραγγελιες τιμολογιο 订单 訂單 注文 支付 주문 rezerwacja rezerwacje rezervace laina
        lainat""",
    "user": """session login signin registration anmeldung access audit history sitzung zugriff
        connexion acceso accesso acesso comment kommentar commentaire comentario commento
        reactie preference oturum sesja sesje""",
    "student": """enrolment enrollment einschreibung inscription inscripcion iscrizione
        inscricao matricula inschrijving kursanmeldung attendance zeugnis""",
    "patient": """admission prescription verschreibung ordonnance receta aufenthalt untersuchung
        hospitalisation""",
    "job_applicant": "application bewerbung candidature candidatura sollicitatie",
    "": """address adresse adressen anschrift anschriften adresses direccion indirizzo endereco
        adres morada location appointment termin rendezvous cita visit message vote stimme
        stimmen survey umfrage sondage consent einwilligung consentement abstimmung wahlergebnis
        teilnahme participation beurteilung bewertung""",
}
