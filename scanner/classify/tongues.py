"""Words of more languages that may stand beside a phrase in a name: "imie klienta", 是否验证手机.

The forms that schemas use are listed one by one, the genitive included. Words that mean something
else in a field name of a larger language are left out.
"""

from scanner.classify.words import bag, plain


def _folded(text: str) -> frozenset[str]:
    return bag(plain(text))


# They turn a phrase into a fact about it: "email_zweryfikowany".
NEGATIVE = _folded(
    """verificata verificato confermata confermato inviata inviato verificada confirmado confirmada
    enviada verifiee confirme confirmee envoyee geverifieerd bevestigd verzonden verifiziert stevilo
    typ typu rodzaj liczba ilosc zweryfikowany potwierdzony aktywny czy wyslano wyslany
    szablon pocet overeno overeny odeslano druh stav broj verificat trimis tip numarul ervenyes
    darab tipus antal skickad verifierad bekraftad sendt bekraeftet skabelon maara tyyppi
    vahvistettu tuup kinnitatud veids skaits tipas skaicius dogrulandi onaylandi turu sayisi
    gonderildi enviat тип вид количество подтвержден подтверждено проверен отправлено шаблон
    статус признак кількість підтверджено надіслано брой потвърден изпратен τυπος αριθμοι
    επιβεβαιωμενο επαληθευμενο πληθος 是否 验证 已验证 状态 类型 数量 格式 模板 长度 标志 次数
    認証済 有無 種別 区分 件数 フラグ 状態 種類 여부 상태 유형 개수 횟수 인증여부"""
)
# They say whose or which, and change nothing.
NEUTRAL = _folded(
    """nr numer cislo stevilka broj numar szam szama nummer numero numeris numurs numarasi ojca
    matki klienta pacjenta pracownika uzytkownika ucznia studenta osoby kupujacego odbiorcy
    nadawcy czlonka kontaktu firmy glowny domowy sluzbowy prywatny stary nowy pelne pelny
    zakaznika zamestnance pacienta uzivatele hlavni domaci pracovni zamestnanca pouzivatela ziaka
    stranke zaposlenega uporabnika kupca korisnika zaposlenika radnika ucenika pacijenta clana
    clientului angajatului pacientului utilizatorului elevului studentului persoanei principal
    ugyfel dolgozo beteg felhasznalo hallgato tanulo kundens anstalldes patientens anvandarens
    elevens hem arbete jobb kundes medarbejders brugers elevs hjem arbejde ansattes asiakkaan
    potilaan kayttajan opiskelijan tyontekijan koti tyo kliendi tootaja kasutaja opilase
    darbinieka lietotaja kliento darbuotojo naudotojo musterinin personelin ogrencinin hastanin
    ev номер клиента пациента сотрудника пользователя ученика студента абонента заказчика
    контакта основной домашний рабочий полное полный рус лат клієнта пацієнта співробітника
    користувача учня основний домашній служителя потребителя на домашен служебен πελατη ασθενους
    ασθενη υπαλληλου εργαζομενου χρηστη μαθητη φοιτητη αριθμος 的 本人 主要 备用 常用 家庭 公司
    本人の 番号 自宅 勤務先 連絡先 一 二 号 号码 信息 资料 詳細 情報 번호 정보 기본 상세"""
)
