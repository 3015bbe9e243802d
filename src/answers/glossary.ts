// Words about a home in seven languages with their English search words, accents folded.

/** Without what every object inherits: a question may hold the word “constructor”. */
const lines = (text: string): Record<string, string> =>
  Object.assign(
    Object.create(null) as Record<string, string>,
    Object.fromEntries(
      text
        .trim()
        .split(/\n/)
        .flatMap((line) => {
          const [english = '', foreign = ''] = line.split(':')
          return foreign
            .trim()
            .split(/\s+/)
            .map((word) => [word, english.trim()] as const)
        }),
    ),
  )

export const GLOSSARY: Partial<Record<string, Record<string, string>>> = {
  es: lines(`heating: calefaccion calentar radiador radiadores
switch on: enciendo encender encienden prender arrancar poner
switch off: apago apagar
first: primera primero
time: vez
clean: limpiar limpio limpia limpieza
filter: filtro filtros
often: frecuencia menudo
water: agua
hot: caliente
heat pump: bomba aerotermia
boiler: caldera
ventilation: ventilacion
window: ventana ventanas
door: puerta puertas
kitchen: cocina
bathroom: bano
bedroom: dormitorio habitacion dormitorios habitaciones
living room: salon sala
garden: jardin
bin: basura contenedor cubo
rubbish: residuos reciclaje
parking: aparcamiento plaza
key: llave llaves
alarm: alarma
smoke: humo
electricity: electricidad luz
fuse board: cuadro fusibles
stopcock: llave paso
warranty: garantia
floor plan: plano planos
temperature: temperatura
thermostat: termostato
cylinder: acumulador deposito
error: error fallo
maintenance: mantenimiento revision
management company: administracion comunidad
pharmacy: farmacia
school: escuela colegio
supermarket: supermercado
bus stop: parada autobus
nearest: cercano cercana cerca
size: tamano superficie mide`),
  pl: lines(`heating: ogrzewanie ogrzewania grzejnik grzejniki kaloryfer
switch on: wlaczyc wlaczam uruchomic
switch off: wylaczyc wylaczam
first: pierwszy pierwsza
time: raz
clean: czyscic wyczyscic czyszczenie myc
filter: filtr filtry filtra filtrow
often: czesto
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
size: wielkosc powierzchnia rozmiar`),
  fr: lines(`heating: chauffage chauffer radiateur radiateurs
switch on: allumer allume demarrer mettre
switch off: eteindre
first: premiere premier
time: fois
clean: nettoyer nettoyage
filter: filtre filtres
often: souvent frequence
water: eau
hot: chaude
heat pump: pompe chaleur
boiler: chaudiere
ventilation: ventilation vmc aeration
window: fenetre fenetres
door: porte portes
kitchen: cuisine
bathroom: salle bain
bedroom: chambre chambres
living room: salon sejour
garden: jardin
bin: poubelle poubelles
parking: parking stationnement
key: cle cles clef
alarm: alarme detecteur
smoke: fumee
electricity: electricite
fuse board: tableau disjoncteur
stopcock: vanne robinet arret
warranty: garantie
floor plan: plan
temperature: temperature
thermostat: thermostat
cylinder: ballon
error: erreur
maintenance: entretien
pharmacy: pharmacie
school: ecole ecoles
supermarket: supermarche
bus stop: arret bus
nearest: proche proches pres
size: taille surface superficie`),
  ro: lines(`heating: incalzire incalzirea calorifer
switch on: pornesc porni aprind aprinde
switch off: opresc opri
first: prima
time: oara data
clean: curat curata curatat
filter: filtru filtrul filtre filtrele
often: des frecvent
water: apa
hot: calda
heat pump: pompa caldura
boiler: centrala cazan
ventilation: ventilatie ventilatia
window: fereastra ferestre
door: usa
kitchen: bucatarie bucataria
bathroom: baie
bedroom: dormitor dormitoare
living room: sufragerie living
garden: gradina
bin: gunoi pubela
parking: parcare
key: cheie
alarm: alarma
smoke: fum
electricity: curent electricitate
fuse board: tablou sigurante
stopcock: robinet
warranty: garantie garantia
floor plan: plan planul
temperature: temperatura
thermostat: termostat
error: eroare
maintenance: intretinere revizie
pharmacy: farmacie farmacia
school: scoala scoli
supermarket: supermarket magazin
bus stop: statie autobuz
nearest: apropiat apropiata aproape
size: dimensiune suprafata`),
  pt: lines(`heating: aquecimento aquecer radiador radiadores
switch on: ligo ligar acender
switch off: desligar desligo
first: primeira
time: vez
clean: limpar limpo limpeza
filter: filtro filtros
often: frequencia frequentemente
water: agua
hot: quente
heat pump: bomba calor
boiler: caldeira
ventilation: ventilacao
window: janela janelas
door: porta
kitchen: cozinha
bathroom: banheiro
bedroom: quarto quartos
living room: sala
garden: jardim
bin: lixo contentor
parking: estacionamento
key: chave
alarm: alarme
smoke: fumo fumaca
electricity: eletricidade luz
fuse board: quadro disjuntor
stopcock: torneira
warranty: garantia
floor plan: planta
temperature: temperatura
thermostat: termostato
error: erro
maintenance: manutencao
pharmacy: farmacia
school: escola escolas
supermarket: supermercado
bus stop: paragem
nearest: proximo proxima perto
size: tamanho area`),
  ga: lines(`heating: teas teasa teamh
switch on: chur casadh
first: cead
clean: ghlanadh glanadh
filter: scagaire scagairi
often: mhinic minic
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
nearest: gaire`),
  de: lines(`heating: heizung heizen heizkorper
switch on: einschalten anschalten
switch off: ausschalten abschalten
first: ersten erstes
clean: reinigen putzen reinigung
filter: filter
often: oft haufig
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
nearest: nachste nachster`),
}
