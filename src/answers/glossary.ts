// Words about a home in nine languages with their English search words.
import { type Glossary, lines } from '#src/answers/glossary-lines.ts'
import { ROMANCE } from '#src/answers/glossary-romance.ts'

export const GLOSSARY: Partial<Record<string, Glossary>> = {
  ...ROMANCE,
  pl: lines(`where: gdzie
when: kiedy
heating: ogrzewanie ogrzewania grzejnik grzejniki kaloryfer
switch on: wlaczyc wlaczam uruchomic
switch off: wylaczyc wylaczam
first: pierwszy pierwsza
time: raz
clean: czyscic wyczyscic czyszczenie myc
filter: filtr filtry filtra filtrow
how often: czesto
water: woda wody wode
hot: ciepla goraca
heat pump: pompa pompy ciepla
boiler: kociol piec
ventilation: wentylacja wentylacji rekuperacja
window: okno okna
door: drzwi
kitchen: kuchnia kuchni
bathroom: lazienka lazienki
bedroom: sypialnia sypialni
living room: salon salonu
garden: ogrod
bin: smieci smietnik kosz
parking: parking parkingowe parkingowych
key: klucz klucze
alarm: alarm czujnik
smoke: dymu dym
electricity: prad pradu elektryczny
fuse board: bezpieczniki bezpiecznik
stopcock: zawor
warranty: gwarancja gwarancji
floor plan: plan rzut
temperature: temperatura temperature
thermostat: termostat
error: blad bledu
maintenance: przeglad konserwacja
pharmacy: apteka
school: szkola szkoly
supermarket: supermarket sklep
bus stop: przystanek
nearest: najblizszy najblizsza blisko
size: wielkosc powierzchnia rozmiar
eircode: kod_pocztowy kodu_pocztowego
test: przetestowac testowac sprawdzic sprawdzac
smoke alarm: czujnik_dymu czujnika_dymu czujniki_dymu czujnikow_dymu
type: rodzaj typ
bleed: odpowietrzyc odpowietrzac
pressure: cisnienie
meter: licznik
solar panel: panele_sloneczne fotowoltaika
dishwasher: zmywarka zmywarki zmywarke
washing machine: pralka pralki
oven: piekarnik
colour: kolor
paint: farba farby
mould: plesn
reset: zresetowac
bin: smietniki kosze pojemniki
parking: zaparkowac parkowac
management company: zarzadca zarzadzajaca administracja
address: adres
stopcock: zawor_wody glowny_zawor
register: zarejestrowac
floor area: metraz`),
  ga: lines(`when: cathain
heating: teas teasa teamh
switch on: chur casadh
first: cead
clean: ghlanadh glanadh
filter: scagaire scagairi
how often: mhinic minic
water: uisce
hot: te
window: fuinneog
door: doras
kitchen: cistin
bedroom: seomra leapa
garden: gairdin
bin: bosca bruscair
parking: pairceala
key: eochair
alarm: aláram alaram
electricity: leictreachas
warranty: bharantas baranta
floor plan: plean urlair
pharmacy: poitigeir cogaslann
school: scoil scoileanna
supermarket: ollmhargadh
nearest: gaire
test: thastail tastail
smoke alarm: braiteoir_deataigh alaram_deataigh brathadoir_deataigh
bin: boscai_bruscair boscai bruscair
parking: pairceail
stopcock: stopchoca
dishwasher: miasniteoir
living room: seomra_suite
size: meid
school: scoil scoile`),
  de: lines(`where: wo
when: wann
heating: heizung heizen heizkorper
switch on: einschalten anschalten
switch off: ausschalten abschalten
first: ersten erstes
clean: reinigen putzen reinigung
filter: filter
how often: oft haufig
water: wasser
hot: warmes heisses
heat pump: warmepumpe
ventilation: luftung
window: fenster
door: tur
kitchen: kuche
bedroom: schlafzimmer
bin: mull mulltonne
parking: parkplatz parkplatze
alarm: alarm rauchmelder
electricity: strom
warranty: garantie
floor plan: grundriss
error: fehler
maintenance: wartung
pharmacy: apotheke
school: schule
supermarket: supermarkt
bus stop: haltestelle
nearest: nachste nachster
eircode: postleitzahl
test: testen prufen teste prufe
smoke alarm: rauchmelder
type: art
bleed: entlufte entluften
pressure: druck wasserdruck
dishwasher: spulmaschine geschirrspuler
stopcock: absperrhahn haupthahn
fuse board: sicherungskasten
bin: mulltonnen tonne tonnen
living room: wohnzimmer
size: gross grosse
management company: hausverwaltung
address: adresse
register: registrieren registriere
colour: farbe`),
  uk: lines(`where: де
when: коли
heating: опалення
switch on: увімкнути увімкну вмикати включити
switch off: вимкнути
first: вперше перший
clean: чистити почистити очищати
filter: фільтр фільтри фільтра фільтрів
how often: часто
water: вода воду води
hot: гаряча гарячу
heat pump: тепловий_насос теплового_насоса
ventilation: вентиляція вентиляції
stopcock: кран вентиль
electricity: електрика електрики електроенергії
meter: лічильник
fuse board: щиток електрощиток
smoke alarm: датчик_диму датчики_диму
test: перевірити тестувати
bin: сміття смітник баки контейнери
parking: паркування парковка
kitchen: кухня кухні
bathroom: ванна
bedroom: спальня спальні
living room: вітальня вітальні
warranty: гарантія гарантії
floor plan: план
size: розмір площа
eircode: поштовий_індекс індекс
temperature: температура температуру
key: ключ ключі
pharmacy: аптека
school: школа школи
supermarket: супермаркет магазин
bus stop: зупинка
nearest: найближча найближчий найближче поруч
error: помилка
maintenance: обслуговування`),
  ru: lines(`where: где
when: когда
heating: отопление отопления
switch on: включить включать
switch off: выключить
first: первый впервые
clean: чистить почистить
filter: фильтр фильтры фильтра
how often: часто
water: вода воду воды
hot: горячая горячую
heat pump: тепловой_насос
ventilation: вентиляция вентиляции
stopcock: кран вентиль
electricity: электричество электричества
meter: счетчик
fuse board: щиток
smoke alarm: датчик_дыма датчики_дыма
test: проверить тестировать
bin: мусор баки контейнеры
parking: парковка
kitchen: кухня кухни
bathroom: ванная
bedroom: спальня спальни
living room: гостиная гостиной
warranty: гарантия гарантии
floor plan: план
size: размер площадь
eircode: почтовый_индекс индекс
temperature: температура
key: ключ ключи
pharmacy: аптека
school: школа
supermarket: супермаркет магазин
bus stop: остановка
nearest: ближайшая ближайший рядом
error: ошибка
maintenance: обслуживание`),
}
