// Words about a home in Spanish, French, Romanian and Portuguese with their English search words.
import { type Glossary, lines } from '#src/answers/glossary-lines.ts'

export const ROMANCE: Record<string, Glossary> = {
  es: lines(`where: donde
when: cuando
heating: calefaccion calentar radiador radiadores
switch on: enciendo encender encienden prender arrancar poner
switch off: apago apagar
first: primera primero
time: vez
clean: limpiar limpio limpia limpieza
filter: filtro filtros
how often: frecuencia menudo
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
size: tamano superficie mide
eircode: codigo_postal
test: probar pruebo prueba comprobar compruebo testear
smoke alarm: detector_de_humo detectores_de_humo alarma_de_humo alarmas_de_humo
heating: calefaccion_de_gas calefacciones
type: tipo
switch on: pongo pone poner_en_marcha enciende
bleed: purgar purgo
pressure: presion
meter: contador
solar panel: placas_solares paneles_solares
dishwasher: lavavajillas
washing machine: lavadora
oven: horno
colour: color
paint: pintura
mould: moho
reset: reiniciar restablecer
bin: basuras cubos contenedores cubos_de_basura
parking: aparcar aparco estacionar aparcamientos
management company: empresa_de_gestion empresa_gestora administrador
address: direccion
stopcock: llave_de_paso llave_del_agua
register: registrar registro`),
  fr: lines(`when: quand
heating: chauffage chauffer radiateur radiateurs
switch on: allumer allume demarrer mettre
switch off: eteindre
first: premiere premier
time: fois
clean: nettoyer nettoyage
filter: filtre filtres
how often: souvent frequence
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
size: taille surface superficie
eircode: code_postal
test: tester essayer
smoke alarm: detecteur_de_fumee detecteurs_de_fumee
type: type
bleed: purger purge
pressure: pression
meter: compteur
solar panel: panneaux_solaires
dishwasher: lave-vaisselle
washing machine: lave-linge
oven: four
colour: couleur
paint: peinture
mould: moisissure
reset: reinitialiser
bin: ordures dechets
parking: garer
management company: syndic gestionnaire societe_de_gestion
address: adresse
stopcock: arrivee_d'eau robinet_d'arret vanne_d'arret
register: enregistrer`),
  ro: lines(`where: unde
when: cand
heating: incalzire incalzirea calorifer
switch on: pornesc porni aprind aprinde
switch off: opresc opri
first: prima
time: oara data
clean: curat curata curatat
filter: filtru filtrul filtre filtrele
how often: des frecvent
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
size: dimensiune suprafata
eircode: cod_postal codul_postal
test: testez testa verifica verific
smoke alarm: detector_de_fum detectorul_de_fum detectoarele_de_fum
type: tip fel
bleed: aerisesc
pressure: presiune presiunea
meter: contor contorul
solar panel: panouri_solare
dishwasher: masina_de_spalat_vase
oven: cuptor
colour: culoare culoarea
paint: vopsea
mould: mucegai
bin: tomberoane tomberoanele tomberon tomberonul gunoiul
management company: administratia administrator administratorul
address: adresa
register: inregistrez`),
  pt: lines(`where: onde
when: quando
heating: aquecimento aquecer radiador radiadores
switch on: ligo ligar acender
switch off: desligar desligo
first: primeira
time: vez
clean: limpar limpo limpeza
filter: filtro filtros
how often: frequencia frequentemente
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
size: tamanho area
eircode: codigo_postal
test: testar testo
smoke alarm: detector_de_fumo detetor_de_fumo detector_de_fumaca
type: tipo
bleed: purgar
pressure: pressao
meter: contador
solar panel: paineis_solares
dishwasher: maquina_de_lavar_louca
oven: forno
colour: cor
paint: tinta
mould: bolor mofo
fuse board: quadro_eletrico quadro_electrico
stopcock: torneira_de_seguranca torneira_de_passagem
bin: caixotes lixos
management company: administracao condominio
address: morada endereco
register: registar registrar`),
}
