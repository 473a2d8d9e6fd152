"""Words for nationalities in the languages of western and central Europe."""

from scanner.classify.words import bag
from scanner.detect.places import is_country
from scanner.detect.valuesets import plain

_ENGLISH = bag(
    """afghan albanian algerian american andorran angolan argentine argentinian armenian australian
    austrian azerbaijani bahamian bahraini bangladeshi barbadian belarusian belgian belizean
    beninese bhutanese bolivian bosnian botswanan brazilian british bruneian bulgarian burkinabe
    burmese burundian cambodian cameroonian canadian cape_verdean chadian chilean chinese colombian
    congolese costa_rican croatian cuban cypriot czech danish djiboutian dominican dutch ecuadorian
    egyptian emirati english eritrean estonian ethiopian fijian filipino finnish french gabonese
    gambian georgian german ghanaian greek grenadian guatemalan guinean guyanese haitian honduran
    hungarian icelandic indian indonesian iranian iraqi irish israeli italian ivorian jamaican
    japanese jordanian kazakh kazakhstani kenyan kosovar kuwaiti kyrgyz laotian latvian lebanese
    liberian libyan liechtensteiner lithuanian luxembourger macedonian malagasy malawian malaysian
    maldivian malian maltese mauritanian mauritian mexican moldovan monegasque mongolian
    montenegrin moroccan mozambican namibian nepalese nepali new_zealander nicaraguan nigerian
    nigerien north_korean northern_irish norwegian omani pakistani palestinian panamanian paraguayan
    peruvian polish portuguese qatari romanian russian rwandan salvadoran samoan saudi saudi_arabian
    scottish senegalese serbian seychellois sierra_leonean singaporean slovak slovakian slovene
    slovenian somali south_african south_korean korean spanish sri_lankan sudanese surinamese swazi
    swedish swiss syrian taiwanese tajik tanzanian thai togolese trinidadian tunisian turkish
    turkmen ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean
    stateless dual_nationality"""
)
_OTHERS = bag(
    """francais francaise allemand allemande anglais anglaise britannique espagnol espagnole italien
    italienne belge suisse portugais portugaise neerlandais neerlandaise marocain marocaine algerien
    algerienne tunisien tunisienne senegalais senegalaise ivoirien ivoirienne malien malienne
    americain americaine canadien canadienne chinois chinoise japonais japonaise polonais polonaise
    roumain roumaine turc turque russe ukrainien ukrainienne grec grecque autrichien autrichienne
    irlandais irlandaise suedois suedoise bresilien bresilienne apatride
    deutsch deutsche franzosisch britisch englisch spanisch italienisch osterreichisch schweizerisch
    niederlandisch belgisch polnisch turkisch rumanisch russisch ukrainisch griechisch kroatisch
    serbisch bosnisch syrisch afghanisch irakisch iranisch portugiesisch amerikanisch chinesisch
    tschechisch ungarisch bulgarisch albanisch kosovarisch marokkanisch vietnamesisch danisch
    schwedisch norwegisch finnisch indisch staatenlos
    espanol espanola frances francesa aleman alemana ingles inglesa britanico britanica italiano
    italiana portugues portuguesa mexicano mexicana argentino argentina colombiano colombiana
    peruano peruana chileno chilena venezolano venezolana ecuatoriano ecuatoriana boliviano
    boliviana cubano cubana marroqui rumano rumana chino china estadounidense brasileno brasilena
    ucraniano ucraniana ruso rusa polaco polaca
    tedesco tedesca inglese spagnolo spagnola svizzero svizzera rumeno rumena albanese marocchino
    marocchina cinese ucraino ucraina polacco polacca senegalese egiziano egiziana americano
    americana russo russa francese austriaco austriaca
    nederlands nederlandse duits duitse frans franse belgische engelse spaans spaanse italiaans
    italiaanse pools poolse turks turkse marokkaans marokkaanse surinaams surinaamse britse roemeens
    brasileiro brasileira alemao alema angolano angolana mocambicano mocambicana caboverdiano
    polska polskie ceska cesky slovenska slovensky magyar romana turk svensk dansk norsk suomi"""
)


def is_nationality(text: str) -> bool:
    """Tell whether a value of a field of nationalities is one: an adjective, a country, a code."""
    return plain(text) in _ENGLISH or plain(text) in _OTHERS or is_country(text)
