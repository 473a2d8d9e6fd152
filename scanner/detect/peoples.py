"""Nationalities, languages and legal forms, as values of a field: who comes from where."""

import functools

from scanner.classify.words import bag, fold

# Demonyms, in the forms that stand in a field of nationalities.
_DEMONYMS = """afghan albanian algerian american andorran angolan argentine argentinian armenian
    australian austrian azerbaijani bahamian bahraini bangladeshi barbadian belarusian belgian
    belizean beninese bhutanese bolivian bosnian botswanan brazilian british bruneian bulgarian
    burkinabe burmese burundian cambodian cameroonian canadian chadian chilean chinese colombian
    congolese croatian cuban cypriot czech danish dane dominican dutch ecuadorian egyptian emirati
    english eritrean estonian ethiopian fijian filipino filipina finnish finn french gabonese
    gambian georgian german ghanaian greek grenadian guatemalan guinean guyanese haitian honduran
    hungarian icelandic icelander indian indonesian iranian iraqi irish israeli italian ivorian
    jamaican japanese jordanian kazakh kazakhstani kenyan korean kosovar kuwaiti kyrgyz lao
    laotian latvian lebanese liberian libyan lithuanian luxembourgish macedonian malagasy malawian
    malaysian maldivian malian maltese mauritanian mauritian mexican moldovan mongolian
    montenegrin moroccan mozambican namibian nepalese nepali nicaraguan nigerian nigerien
    norwegian omani pakistani palestinian panamanian paraguayan peruvian polish portuguese qatari
    romanian russian rwandan salvadoran samoan saudi scottish senegalese serbian singaporean
    slovak slovakian slovene slovenian somali spanish sudanese surinamese swazi swedish swede
    swiss syrian taiwanese tajik tanzanian thai togolese tunisian turkish turk turkmen ugandan
    ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean afghanisch
    albanisch algerisch amerikanisch argentinisch armenisch australisch belgisch bosnisch
    brasilianisch britisch bulgarisch chilenisch chinesisch danisch deutsch deutscher deutsche
    englisch estnisch finnisch franzosisch georgisch griechisch indisch indonesisch irakisch
    iranisch irisch islandisch israelisch italienisch japanisch kanadisch kasachisch kolumbianisch
    koreanisch kosovarisch kroatisch kubanisch lettisch libanesisch litauisch luxemburgisch
    maltesisch marokkanisch mazedonisch mexikanisch moldauisch niederlandisch nigerianisch
    norwegisch osterreichisch pakistanisch peruanisch philippinisch polnisch portugiesisch
    rumanisch russisch schottisch schwedisch schweizerisch serbisch slowakisch slowenisch spanisch
    syrisch thailandisch tschechisch tunesisch turkisch ukrainisch ungarisch vietnamesisch
    osterreicher schweizer afghane albanais algerien algerienne americain americaine allemand
    allemande anglais anglaise argentin armenien australien autrichien autrichienne belge
    bosniaque bresilien bresilienne britannique bulgare camerounais canadien canadienne chilien
    chinois chinoise chypriote colombien congolais coreen croate cubain danois danoise egyptien
    espagnol espagnole estonien finlandais francais francaise grec grecque haitien hongrois indien
    irakien iranien irlandais islandais israelien italien italienne ivoirien japonais japonaise
    letton libanais lituanien luxembourgeois malien maltais marocain marocaine mauricien mexicain
    neerlandais norvegien pakistanais peruvien polonais polonaise portugais portugaise roumain
    roumaine russe senegalais serbe slovaque suedois suedoise suisse syrien tcheque thailandais
    tunisien tunisienne turc turque ukrainien ukrainienne vietnamien aleman alemana argelino
    argentino argentina australiano austriaco belga boliviano brasileno brasilena britanico
    bulgaro canadiense chileno chilena chino china colombiano colombiana coreano croata cubano
    cubana danes dominicano ecuatoriano ecuatoriana egipcio espanol espanola estadounidense
    estonio finlandes frances francesa griego guatemalteco holandes hondureno hungaro indio ingles
    inglesa irlandes islandes italiano italiana japones japonesa letón libanes lituano marroqui
    mexicano mexicana nicaraguense noruego panameno paraguayo peruano peruana polaco polaca
    portugues portuguesa rumano rumana ruso rusa salvadoreno senegales serbio sirio sueco suizo
    tailandes tunecino turco ucraniano ucraniana uruguayo venezolano venezolana tedesco tedesca
    francese inglese spagnolo spagnola portoghese olandese svizzero svizzera greco greca polacco
    polacca rumeno rumena russo ucraino ucraina albanese marocchino tunisino cinese giapponese
    statunitense brasiliano brasiliana ungherese ceco slovacco sloveno svedese danese norvegese
    finlandese irlandese egiziano indiano pakistano peruviano moldavo nederlands nederlandse
    nederlander duits duitse frans franse engels engelse belgische spaans spaanse italiaans
    italiaanse pools poolse turks turkse marokkaans marokkaanse surinaams surinaamse roemeens
    bulgaars grieks portugees oekraiens amerikaans chinees brasileiro brasileira alemao alema
    espanhol espanhola americano americana angolano angolana mocambicano caboverdiano guineense
    romeno chines polski polska polskie polak polka niemieckie niemiecka ukrainskie ukrainska
    rosyjskie czeskie slowackie litewskie brytyjskie ceska cesky cesko slovenska slovensky nemecka
    ukrajinska hrvatsko hrvat hrvatica srpsko srbin bosansko slovensko slovenec romana roman
    ungara magyar nemet szlovak svensk dansk norsk finsk tysk suomi suomalainen virolainen eesti
    latvietis lietuvis lietuviu alman російська українська українець українка русский русская
    россия российское украинец немец гражданин рф българско българин ελληνικη ελληνας γερμανικη 中国
    汉族 日本 日本国 한국 대한민국"""
_LANGUAGES = """afrikaans albanian amharic arabic armenian azerbaijani basque belarusian bengali
    bosnian bulgarian burmese cantonese catalan chinese croatian czech danish dutch english
    estonian farsi finnish flemish french galician georgian german greek gujarati hausa hebrew
    hindi hungarian icelandic igbo indonesian irish italian japanese javanese kannada kazakh khmer
    korean kurdish lao latin latvian lithuanian luxembourgish macedonian malay malayalam maltese
    mandarin marathi mongolian nepali norwegian pashto persian polish portuguese punjabi romanian
    russian serbian sinhala slovak slovenian somali spanish swahili swedish tagalog tamil telugu
    thai tibetan turkish ukrainian urdu uzbek vietnamese welsh yiddish yoruba zulu deutsch
    englisch franzosisch spanisch italienisch niederlandisch portugiesisch polnisch russisch
    turkisch arabisch chinesisch japanisch francais anglais allemand espagnol italien neerlandais
    portugais arabe chinois japonais russe espanol ingles frances aleman italiano portugues chino
    ruso japones tedesco inglese francese spagnolo portoghese nederlands engels duits frans spaans
    italiaans polski angielski niemiecki cestina slovencina magyar romana svenska dansk norsk
    suomi hrvatski srpski slovenscina turkce русский украинский українська български ελληνικα 中文
    日本語 한국어"""
# With the dots taken out.
_LEGAL = """gmbh mbh ag kg ohg ug kgaa gbr ek ev eg ltd limited llp llc lp plc inc corp
    corporation co sa sas sarl eurl sasu sci snc spa srl srls sapa sl slu sau scs bv nv bvba vof
    cv ab hb oy oyj as asa aps ivs kft zrt nyrt bt doo dooel dd sro spol vos zoo spzoo spk spj uab
    sia oü ou ood eood ead ad ooo oao zao pao ltda eireli me pte pty pvt sdn bhd kk gk ae epe ike
    ee"""
_BEFORE = bag("ооо оао зао пао ао ип тов фоп")
_EASTERN = ("株式会社", "有限会社", "合同会社", "(주)", "주식회사", "有限公司", "股份公司")


@functools.cache
def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in bag(text))


def is_nationality(text: str) -> bool:
    """Tell whether a value is a word for people of a country: "German", "allemande"."""
    return fold(text).strip().lower() in _folded(_DEMONYMS)


def is_language(text: str) -> bool:
    """Tell whether a value is the name of a language; many are names of nationalities too."""
    return fold(text).strip().lower() in _folded(_LANGUAGES)


def is_company(text: str) -> bool:
    """Tell whether a value ends (or, in some languages, begins) with a legal form: "Nord Ltd."."""
    plain = text.strip()
    if plain.startswith(_EASTERN) or plain.endswith(_EASTERN):
        return True
    words = fold(plain).lower().replace(",", " ").split()
    if len(words) < 2:
        return False
    if words[0] in _BEFORE:
        return True
    last = plain.split()[-1]
    # A surname may be a legal form written small: "Maria Sa".
    if last.isalpha() and last.istitle() and len(last) <= 2:
        return False
    bare = ["".join(char for char in word if char.isalnum()) for word in words]
    tails = {bare[-1], "".join(bare[-2:]), "".join(bare[-3:])}
    return bool(tails & _folded(_LEGAL))
