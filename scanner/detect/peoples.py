"""Nationalities as values of a field: who comes from where."""

import functools

from scanner.classify.words import bag, fold
from scanner.detect.places import is_country

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
    汉族 日本 日本国 한국 대한민국
    apatride austriaca boliviana britanica britse cape_verdean costa_rican djiboutian
    dual_nationality egiziana irlandaise ivoirienne liechtensteiner luxembourger malienne
    marocchina mocambicana monegasque neerlandaise new_zealander north_korean northern_irish
    russa saudi_arabian senegalaise seychellois sierra_leonean south_african south_korean
    sri_lankan staatenlos stateless trinidadian"""


@functools.cache
def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in bag(text))


def is_nationality(text: str) -> bool:
    """Tell whether a value of a field of nationalities is one: "allemande", a country, a code."""
    plain = fold(text).strip().lower().replace(" ", "_")
    return plain in _folded(_DEMONYMS) or is_country(text)
