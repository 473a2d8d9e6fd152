"""Fields that are kept of one kind of somebody: a hire date of employees, a blood group.

A trait is written without accents and without what parts its words: ``hiredate`` stands for
``hire_date`` and ``HireDate``.
"""

import functools
from collections.abc import Iterable

from scanner.classify.words import split

# What points at a subject, and how much one such field says.
TRAITS: dict[str, tuple[float, str]] = {
    "employee": (
        1.0,
        """hiredate hiredon datehired dateofhire hired employmentdate employedsince
        startofemployment terminationdate employmenttype employmentstatus salary wage payroll
        paygrade payscale paygroup jobtitle jobid jobcode jobgrade supervisor supervisorid
        reportsto managerid employeenumber employeeno staffno staffnumber personnelno
        personnelnumber vacationhours vacationdays sickleave overtime hourlyrate commissionpct
        contracttype worklocation workphone workemail officephone badge badgeno costcentre
        costcenter einstellungsdatum eintrittsdatum eintritt austrittsdatum gehalt bruttogehalt
        lohn stundenlohn personalnummer personalnr kostenstelle vorgesetzter dienstgrad
        urlaubstage durchwahl arbeitsvertrag tarifgruppe dateembauche embauche salaire
        matriculesalarie anciennete superieur fechacontratacion fechacontrato contratacion
        salario sueldo puesto jefe dataassunzione assunzione stipendio mansione indiensttreding
        datumindienst salaris functie afdeling dataadmissao cargo funcao datazatrudnienia
        datazatr zatrudnienie pensja wynagrodzenie stawkagodz stanowisko etat datumnastupu
        nastup mzda uvazek munkakor beosztas fizetes belepes dataangajarii angajare salariu
        functia isegiris isegiristarihi maas unvan anstallningsdatum befattning anstalld
        ansaettelsesdato stilling palkka nimike misthos hmeromisthio eidikotita зарплата
        должность оклад датаприема посада 入职日期 薪资 工资 职位 給与 給料 入社日 役職""",
    ),
    "student": (
        1.0,
        """matriculation matrikel matrikelnummer matrikelnr enrolmentdate enrollmentdate
        enrolledon admissionyear gpa gradelevel schoolyear academicyear semester thesis tuition
        tuitionfee graduationyear graduationdate major homeroom studentno studentnumber
        studiengang hauptfach nebenfach fachsemester immatrikulation exmatrikulation
        notendurchschnitt abschlussjahr klassenstufe schuljahr anneescolaire filiere redoublant
        cursoacademico expediente annoscolastico corsodilaurea studierichting leerjaar anoletivo
        curricular kierunek rokstudiow rocnik skolne obor evfolyam tanev anscolar facultate
        grupastudiu arskurs lukuvuosi sinif okulno курс факультет группастуд 学号 班级 專業 学年
        学籍""",
    ),
    "patient": (
        1.0,
        """diagnosis diagnoses bloodgroup bloodtype allergies allergy ward admissiondate
        admittedon dischargedate discharge medicalrecord mrn medicalhistory symptoms treatment
        medication primaryphysician gp healthinsurance insurancemember nextappointment pregnant
        vaccinated chiefcomplaint prescription diagnose diagnosen blutgruppe allergie allergien
        aufnahmedatum entlassungsdatum krankenkasse kvnr versichertennummer hausarzt befund
        anamnese vorerkrankung groupesanguin medecintraitant mutuelle antecedents numerodossier
        numsecu hospitalisation gruposanguineo alergias historiaclinica diagnostico
        motivoconsulta grupposanguigno anamnesi cartellaclinica bloedgroep huisarts
        zorgverzekeraar tiposanguineo planosaude grupakrwi choroby krevniskupina pojistovna
        zdrpojistovna tajszam diagnozis grupasange kangrubu blodgrupp veriryhma istorikoygeias
        группакрови диагноз 血型 诊断 病历 過敏""",
    ),
    "customer": (
        1.0,
        """loyalty loyaltypoints rewardpoints newsletter customersince membersince customerno
        customernumber creditlimit creditscore basket cart lastorder orderscount totalorders
        totalspent lifetimevalue billingaddress shippingaddress defaultbilling defaultshipping
        subscription subscribed referralcode discount paymentmethod marketingconsent
        marketingoptin membership membershiplevel membershipcard loyaltycard kyc kycrisk pep
        pepind riskclass salesrep accountmanager rewards rebate accountbalance overdraft
        wishlist storecredit kundennummer kundennr kundeseit kundenseit treuepunkte rabatt
        lieferadresse rechnungsadresse kreditlimit zahlungsmethode kontostand mitgliedsbeitrag
        mitgliedsausweis vertragsnummer fidelite pointsfidelite remise cartefidelite puntos
        descuento limitecredito programafidelidad punti tesserafedelta sconto korting
        klantnummer spaarpunten pontos desconto cartaofidelidade rabat rabatproc punkty
        zgodamarketing sleva vernostni kedvezmeny pontok reducere puncte indirim puan sadakat
        rabattkod bonuspoang бонусы скидка 积分 会员等级 ポイント""",
    ),
    "user": (
        0.7,
        """login loginname loginid username userlogin password passwd passwordhash
        encryptedpassword lastlogin lastloginat lastsignin logincount signincount isadmin
        issuperuser role apitoken authtoken remembertoken activationkey resettoken emailverified
        failedattempts failedlogins lockeduntil locale avatar nickname displayname mfaenabled
        totpsecret passwort kennwort anmeldename benutzername letzteanmeldung letzterlogin rolle
        motdepasse identifiant derniereconnexion contrasena clave ultimoacceso nombreusuario
        ultimoaccesso wachtwoord gebruikersnaam senha ultimologin haslo heslo jelszo parola
        sifre salasana losenord inloggning kullaniciadi yetki songiris synthimatiko пароль логин
        密码 登录名 パスワード""",
    ),
    "supplier": (
        1.0,
        """supplierno suppliernumber suppliercode vendorno vendorcode vendorid paymentterms
        leadtime leadtimedays minimumorder lieferantennummer lieferantennr lieferzeit
        zahlungsbedingungen delaipaiement codefournisseur plazopago terminipagamento
        leverancierscode""",
    ),
    "contact": (
        1.0,
        """leadsource leadstatus leadscore utm utmsource utmcampaign utmparams optedout optin
        optout hasoptedoutofemail unsubscribed relationship relationtoemployee emergencycontact
        assistantname verwandtschaft verhaltnis liendeparente parentesco relazione pokrewienstwo
        vztah sxesi""",
    ),
    "job_applicant": (
        1.0,
        """resume resumeurl cv cvfile coverletter appliedat appliedon applicationdate interview
        interviewdate desiredsalary expectedsalary noticeperiod vacancyid anschreiben lebenslauf
        bewerbungsdatum gehaltsvorstellung lettremotivation candidatureid""",
    ),
    "organisation": (
        1.0,
        """company companyname companyno vat vatid vatno vatnumber registrationnumber
        registrationno companyregistration duns dunsnumber siren siret naf website homepage
        numberofemployees employeecount employees headcount annualrevenue revenue turnover
        founded foundedyear yearfounded headquarters hq industry sector legalform legalname
        openinghours openingyear capacity floorarea branchcode branchno storecode shopcode
        hometeam firma firmenname ustid ustidnr handelsregister rechtsform gegrundet
        grundungsjahr eroffnungsjahr eroffnungsdatum offnungszeiten kapazitat mitarbeiterzahl
        anzahldermitarbeiter anzahlmitarbeiter branche hauptsitz raisonsociale numtva tva
        formejuridique effectif horaires razonsocial cif fundado aforo horario ragionesociale
        partitaiva partiva fatturato kvk kvknummer btw btwnummer opgericht razaosocial
        nomefantasia cnpj nip regon krs nipfirmy ico dic cui adoszam cegjegyzekszam orgnr
        organisationsnummer cvr orgnummer ytunnus vergino vergidairesi afmetaireias инн кпп огрн
        едрпоу 统一社会信用代码 法人""",
    ),
}


@functools.cache
def _table() -> dict[str, str]:
    """Map each trait to its subject."""
    return {trait: subject for subject, (_, text) in TRAITS.items() for trait in text.split()}


@functools.lru_cache(maxsize=16384)
def trait_of(name: str) -> str:
    """Return whose field this is by its name; empty when anybody may have such a field.

    A trait stands at the end of a name: ``customer_discount``, but not ``discount_code_id``.
    """
    words = split(name.rsplit(".", 1)[-1])
    table = _table()
    for start in range(len(words)):
        rest = "".join(words[start:])
        if rest in table:
            return table[rest]
    return ""


def traits(names: Iterable[str]) -> dict[str, list[str]]:
    """Group the names of fields by the subject that they are kept of."""
    out: dict[str, list[str]] = {}
    for name in names:
        if subject := trait_of(name):
            out.setdefault(subject, []).append(name)
    return out
