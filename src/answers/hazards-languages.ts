// Emergency words of other languages spoken on Irish estates, accents already folded, and one fixed line in each.
import type { Hazard, HazardRule, Tier } from '#src/answers/hazards.ts'

type ForeignRule = HazardRule & { tier: Tier; language: EmergencyLanguage }
export type EmergencyLanguage =
  | 'es'
  | 'pl'
  | 'fr'
  | 'ro'
  | 'pt'
  | 'ga'
  | 'de'
  | 'it'
  | 'uk'
  | 'ru'
  | 'zh'
  | 'ar'

/** Said first when danger to life was described in that language; written by hand, no model involved. */
export const LIFE_LINES: Record<EmergencyLanguage, string> = {
  es: 'Salga o aléjese del peligro y llame al 999 o al 112 ahora.',
  pl: 'Odejdź od zagrożenia i zadzwoń teraz pod numer 999 lub 112.',
  fr: 'Éloignez-vous du danger et appelez le 999 ou le 112 maintenant.',
  ro: 'Îndepărtați-vă de pericol și sunați acum la 999 sau 112.',
  pt: 'Afaste-se do perigo e ligue agora para o 999 ou o 112.',
  ga: 'Imigh ón mbaol agus cuir glaoch ar 999 nó 112 anois.',
  de: 'Bringen Sie sich in Sicherheit und rufen Sie jetzt 999 oder 112 an.',
  it: 'Si allontani dal pericolo e chiami subito il 999 o il 112.',
  uk: 'Відійдіть від небезпеки та зателефонуйте 999 або 112 зараз.',
  ru: 'Отойдите от опасности и позвоните 999 или 112 прямо сейчас.',
  zh: '请立即远离危险并拨打 999 或 112。',
  ar: 'ابتعد عن الخطر واتصل الآن بالرقم 999 أو 112.',
}

/** Said first of danger to the home: the number to ring follows it, and 999 is only for people in danger. */
export const PROPERTY_LINES: Record<EmergencyLanguage, string> = {
  es: 'Aléjese del peligro y llame al número de emergencia indicado abajo. Si alguien corre peligro, llame al 999 o al 112.',
  pl: 'Odsuń się od zagrożenia i zadzwoń pod podany niżej numer awaryjny. Jeśli ktoś jest w niebezpieczeństwie, dzwoń pod 999 lub 112.',
  fr: 'Éloignez-vous du danger et appelez le numéro d’urgence ci-dessous. Si quelqu’un est en danger, appelez le 999 ou le 112.',
  ro: 'Stați departe de pericol și sunați la numărul de urgență de mai jos. Dacă cineva este în pericol, sunați la 999 sau 112.',
  pt: 'Afaste-se do perigo e ligue para o número de emergência indicado abaixo. Se alguém estiver em perigo, ligue para o 999 ou o 112.',
  ga: 'Fan glan ar an mbaol agus cuir glaoch ar an uimhir éigeandála thíos. Má tá duine ar bith i mbaol, cuir glaoch ar 999 nó 112.',
  de: 'Halten Sie Abstand und rufen Sie die unten genannte Notfallnummer an. Ist jemand in Gefahr, rufen Sie 999 oder 112 an.',
  it: 'Stia lontano dal pericolo e chiami il numero di emergenza indicato sotto. Se qualcuno è in pericolo, chiami il 999 o il 112.',
  uk: 'Тримайтеся подалі від небезпеки та зателефонуйте за аварійним номером нижче. Якщо комусь загрожує небезпека, телефонуйте 999 або 112.',
  ru: 'Держитесь подальше от опасности и позвоните по аварийному номеру ниже. Если кому-то угрожает опасность, звоните 999 или 112.',
  zh: '请远离危险并拨打下面的紧急电话。如有人员处于危险之中,请拨打 999 或 112。',
  ar: 'ابتعد عن الخطر واتصل برقم الطوارئ أدناه. إذا كان أحد في خطر فاتصل بالرقم 999 أو 112.',
}

const life = (language: EmergencyLanguage, reason: string, when: RegExp, unless?: RegExp): ForeignRule =>
  unless === undefined
    ? { tier: 'emergency-life', language, reason, when }
    : { tier: 'emergency-life', language, reason, when, unless }
const property = (language: EmergencyLanguage, reason: string, when: RegExp): ForeignRule => ({
  tier: 'emergency-property',
  language,
  reason,
  when,
})

const RULES: readonly ForeignRule[] = [
  life('es', 'gas', /\b(?:huele|olor|oler|fuga|escape|peste)\b.*\bgas\b/),
  life(
    'es',
    'fire',
    /\b(?:incendio|fuego|llamas|se quema|quemado|arde|ardiendo|humo)\b/,
    /\b(?:detector|alarma) de (?:humo|incendios?)\b(?!.*(?:suena|sonando|para|pita))/,
  ),
  life('es', 'carbon_monoxide', /\bmonoxido\b/, /\b(?:probar|donde|bateria|pilas?)\b/),
  life(
    'es',
    'electric_shock',
    /\b(?:descarga electrica|calambr\w*|electrocut\w*|me (?:ha )?dio corriente|me ha dado (?:la )?corriente|chispas?|chispazos?)\b/,
  ),
  life('es', 'person_hurt', /\b(?:no respira|inconsciente|desmay\w*|se ha caido|ambulancia)\b/),
  property(
    'es',
    'flood',
    /\b(?:inunda\w*|tuberia (?:rota|reventada)|(?:ha )?revent\w*|fuga de agua|gotera|(?:sale|cae|entra) agua|agua (?:por|cae|sale))\b/,
  ),
  property(
    'es',
    'no_power',
    /\b(?:sin luz|no hay luz|sin electricidad|no hay electricidad|se (?:ha ido|fue) la luz|apagon)\b/,
  ),
  life(
    'pl',
    'gas',
    /\bgaz\w*\b.*\b(?:czuc|czuje|zapach|smierdzi|ulatnia|wyciek\w*|pachnie)\b|\b(?:czuc|czuje|zapach|smierdzi|ulatnia|wyciek\w*|pachnie)\b.*\bgaz\w*\b/,
  ),
  life(
    'pl',
    'fire',
    /\b(?:pozar|pali sie|plonie|ogien|plomienie|dym|dymi|spalenizn\w*)\b/,
    /\b(?:czujnik\w*|detektor\w*) dymu\b/,
  ),
  life(
    'pl',
    'carbon_monoxide',
    /\b(?:czad|czadu|tlenek wegla|tlenku wegla)\b/,
    /\b(?:jak (?:sprawdzic|przetestowac)|bateri\w*|gdzie)\b/,
  ),
  life('pl', 'electric_shock', /\b(?:porazi\w*|porazen\w*|kopnal|prad (?:mnie|kopie)|iskr\w*)\b/),
  life('pl', 'person_hurt', /\b(?:nie oddycha|nieprzytomn\w*|zemdla\w*|karetk\w*|pogotowi\w*)\b/),
  property(
    'pl',
    'flood',
    /\b(?:zalal\w*|zalewa|zalan\w*|powodz|pekla rura|pekniet\w*|rura pekla|cieknie|leje sie|woda (?:leci|leje|kapie)|wyciek wody)\b/,
  ),
  property('pl', 'no_power', /\b(?:nie ma (?:pradu|swiatla)|brak pradu|wylaczyli prad|bez pradu)\b/),
  life('fr', 'gas', /\b(?:odeur|sent|fuite|pue)\b.*\bgaz\b/),
  life(
    'fr',
    'fire',
    /\b(?:incendie|au feu|en feu|le feu|du feu|prend feu|pris feu|flammes|brule|fumee)\b/,
    /\b(?:detecteurs?|alarmes?) (?:de fumee|incendie)\b(?!.*(?:sonne|arrete))/,
  ),
  life('fr', 'carbon_monoxide', /\bmonoxyde\b/, /\b(?:tester|pile|ou est)\b/),
  life(
    'fr',
    'electric_shock',
    /\b(?:electrocut\w*|decharge electrique|choc electrique|pris (?:le|un) (?:jus|courant)|etincelles?)\b/,
  ),
  life('fr', 'person_hurt', /\b(?:ne respire|inconscient\w*|evanoui\w*|ambulance)\b/),
  property(
    'fr',
    'flood',
    /\b(?:inond\w*|fuite d'eau|tuyau (?:d'eau )?(?:a |est |vient d')?(?:\w+ )?(?:eclate|creve|perce|casse|rompu)|(?:eclate|creve|perce|casse) .*tuyau|tuyau .*(?:eclate|creve|perce|casse)|eau (?:coule|tombe|partout)|degat des eaux)\b/,
  ),
  property(
    'fr',
    'no_power',
    /\b(?:plus d'electricite|pas d'electricite|plus de courant|pas de courant|panne de courant|coupure de courant|panne d'electricite)\b/,
  ),
  life('ro', 'gas', /\b(?:miro(?:s|ase)|scurgere|scapari?|pute)\b.*\bgaz\w*\b/),
  life('ro', 'fire', /\b(?:incendiu|foc|arde|flacari|fum)\b/, /\b(?:detector|senzor)\w* de fum\b/),
  life('ro', 'carbon_monoxide', /\bmonoxid(?!e)\w*\b/, /\b(?:testez|bateri\w*)\b/),
  life(
    'ro',
    'electric_shock',
    /\b(?:curentat\w*|curenteaza|electrocut\w*|mi-?a dat (?:un )?curent|da curent cand|soc electric|scantei)\b/,
  ),
  life('ro', 'person_hurt', /\b(?:nu respira|inconstient\w*|lesinat\w*|ambulant\w*)\b/),
  property(
    'ro',
    'flood',
    /\b(?:inund\w*|(?:crapat|plesnit|spart) (?:o |un )?(?:teava|conducta)|teava (?:sparta|spart|s-a spart)|s-a spart .*teava|curge apa|apa curge|scurgere de apa|picura)\b/,
  ),
  property(
    'ro',
    'no_power',
    /\b(?:nu (?:am|avem|este|e|mai am|mai avem) (?:curent|lumina|electricitate)|fara curent|pana de curent|s-a luat (?:curentul|lumina))\b/,
  ),
  life('pt', 'gas', /\b(?:cheira|cheiro|fuga|vazamento|escape)\b.*\bgas\b/),
  life(
    'pt',
    'fire',
    /\b(?:incendio|fogo|chamas|a arder|pegando fogo|queimado|fumaca|fumo)\b/,
    /\b(?:detector|alarme) de (?:fumo|fumaca|incendio)\b(?!.*(?:toca|parar))/,
  ),
  life('pt', 'carbon_monoxide', /\bmonoxido de carbono\b/, /\b(?:testar|bateria|pilha)\b/),
  life(
    'pt',
    'electric_shock',
    /\b(?:choque (?:eletrico|electrico)|(?:levei|apanhei|deu|dar|da) (?:um |me )?choque|eletrocut\w*|faiscas?)\b/,
  ),
  life('pt', 'person_hurt', /\b(?:nao (?:esta a )?respira\w*|desmai\w*|ambulancia)\b/),
  property(
    'pt',
    'flood',
    /\b(?:inundac\w*|alagad\w*|(?:rebent\w*|estour\w*|partiu(?:-se)?) (?:o |um )?cano|cano (?:rebent\w*|estour\w*|partid\w*|roto)|fuga de agua|vazamento de agua|agua a (?:cair|sair)|caindo agua)\b/,
  ),
  property(
    'pt',
    'no_power',
    /\b(?:sem luz|sem eletricidade|sem electricidade|falta de luz|faltou luz|acabou a luz)\b/,
  ),
  life(
    'ga',
    'gas',
    /\bboladh (?:an )?(?:gh?ais|gas)\b|\bgh?as ag (?:sceitheadh|eal\w*)\b|\bsceitheadh gais\b/,
  ),
  life(
    'ga',
    'fire',
    /\b(?:tri thine|tine (?:sa|ins|i)|ta tine|doiteain|deatach|toit)\b/,
    /\b(?:aláram|alaram|brathadoir) (?:deataigh|toite)\b/,
  ),
  life('ga', 'carbon_monoxide', /\baonocsaid\b/),
  life('ga', 'electric_shock', /\b(?:turraing|spreach\w*)\b/),
  life('ga', 'person_hurt', /\b(?:gan aithne|gan anail|otharcharr)\b/),
  property(
    'ga',
    'flood',
    /\b(?:tuile|uisce ag (?:sceitheadh|doirteadh|teacht|sileadh)|piopa (?:pleasctha|briste)|phleasc (?:an )?piopa)\b/,
  ),
  property(
    'ga',
    'no_power',
    /\b(?:gan (?:chumhacht|leictreachas)|nil (?:aon )?(?:leictreachas|cumhacht)|imithe.*leictreachas|leictreachas imithe)\b/,
  ),
  life('de', 'gas', /\bgasgeruch\b|\b(?:riecht|stinkt)\b.*\bgas\b/),
  life('de', 'fire', /\b(?:feuer|brennt|flammen|rauch|verbrannt)\b/, /\brauchmelder\b/),
  life('de', 'electric_shock', /\b(?:stromschlag|funken|kohlenmonoxid|bewusstlos|atmet nicht)\b/),
  property(
    'de',
    'flood',
    /\b(?:rohrbruch|rohr (?:\w+ ){0,2}(?:geplatzt|gebrochen|undicht)|geplatzt\w* rohr|uberschwemm\w*|wasser (?:lauft|tropft|kommt)|stromausfall|kein strom)\b/,
  ),
  life('it', 'gas', /\b(?:odore|puzza|fuga)\b.*\bgas\b/),
  life(
    'it',
    'fire',
    /\b(?:incendio|fiamme|va a fuoco|in fiamme|bruciato|fumo|scossa|scintille)\b/,
    /\brilevatore\b/,
  ),
  property(
    'it',
    'flood',
    /\b(?:allagat\w*|allagamento|tubo (?:rotto|scoppiato)|perdita d'acqua|senza corrente|senza luce)\b/,
  ),
  life('uk', 'gas', /(?:запах|пахне|витік).*газ|газ.*(?:запах|пахне|витік)/),
  life('uk', 'fire', /пожежа|горить|диму?(?:\s|$)|полум|вдарило струмом|чадн|іскр|не дихає/),
  property(
    'uk',
    'flood',
    /затоп|прорвало|лопнула труб|тече вода|вода тече|нема світла|немає світла|немає електр/,
  ),
  life('ru', 'gas', /(?:запах|пахнет|утечка).*газ|газ.*(?:запах|пахнет|утечка)/),
  life('ru', 'fire', /пожар|горит|дым|пламя|ударило током|угарн|искр|не дышит/),
  property('ru', 'flood', /затоп|прорвало|лопнула труб|течет вода|вода течет|нет света|нет электр/),
  life('zh', 'fire', /煤气味|燃气泄漏|煤气泄漏|着火|火灾|起火|冒烟|触电|一氧化碳/),
  property('zh', 'flood', /漏水|水管爆|停电/),
  life('ar', 'gas', /رائحة.*غاز|تسرب.*غاز|حريق|دخان|صعقة/),
  property('ar', 'flood', /تسرب.*ماء|تسرب.*مياه|فيضان|انقطاع الكهرباء/),
]

/** Reads the folded question; English look-alikes ("fire", "gas") are the English rules' business. */
export function foreignHazard(folded: string): (Hazard & { language: EmergencyLanguage }) | null {
  for (const tier of ['emergency-life', 'emergency-property'] as const) {
    const rule = RULES.find(
      (candidate) =>
        candidate.tier === tier && candidate.when.test(folded) && !(candidate.unless?.test(folded) ?? false),
    )
    if (rule !== undefined) return { tier, reason: rule.reason, language: rule.language }
  }
  return null
}
