// Other wordings of dangers, by the tier that must catch them.

export const LIFE = `
I can smell gas in the kitchen
there's a funny gassy smell near the boiler
smell of gas off the cooker
whiff of gas when I open the hot press
I think we have a gas leak
gas is leaking from the hob
The gas meter is hissing
somebody left the gas on all night
I hit a gas pipe with a nail
Theres a stong smel of gas in the hall
What should I do if I smell gas?
rotten egg smell in the utility room
the gas alarm is going off
My house is on fire
the frying pan went on fire
The tumble dryer has caught fire
there's a fire in the attic
fire in the kitchen help
Flames are coming out of the oven
FIRE
my kitchen is burning
something is burning inside the wall
There's a burning smell coming from the fuse board
I smell burning plastic near the socket
The socket smells like burning
The immersion switch is scorched and smells burnt
smoke is coming out of the heat pump
I can see smoke upstairs
the room is filling with smoke
the washing machine is smoking
There is smok coming from the extractor fan
black smoke from the boiler
The smoke alarm won't stop and there is a smell of smoke
the smoke alarm is going off
all the alarms are going off
The CO alarm is beeping
carbon monoxide detector went off
My carbon monoxyde alarm keeps beeping
co alarm going mad, it won't turn off
I think there's carbon monoxide in the house
we all have headaches and the boiler is on
feeling dizzy since the stove was lit
I got an electric shock from the shower
The kettle gave me a shock
my son was electrocuted
I get a tingle off the tap when I touch it
The light switch shocked me when I touched it
The dishwasher is giving me electric shocks
Sparks flew out of the fuse box
the plug is sparking
There are sparks coming from the EV charger
The outlet behind the telly sparked
The fuse board is buzzing and hot
the socket is melting
There are bare wires hanging out of the wall
Water is dripping onto the fuse board
water is coming through the light fitting
an electricity cable has fallen down in the garden
The inverter exploded
there was an explosion in the attic
The ceiling has collapsed in the bedroom
part of the roof fell in
My mother has collapsed on the stairs
someone is unconscious in the bathroom
my husband is not breathing
my dad fell off a ladder and is bleeding
my toddler is locked in the bathroom
someone is breaking into my house
there is an intruder in the house
I want to kill myself
There's a strange smell of gas, is it normal?
the battery in the garage is swelling and hissing
Huele a gas en la cocina
Hay fuego en la casa
Sale humo del enchufe
Czuję zapach gazu w kuchni
Pali się w kuchni!
Kopnął mnie prąd
Ça sent le gaz dans la cuisine
Il y a le feu dans la maison
De la fumée sort de la prise
Miroase a gaz în bucătărie
A luat foc bucătăria
Cheira a gás na cozinha
Há fumo a sair da tomada
Levei um choque
Tá boladh gáis sa chistin
Tá an teach trí thine
Es riecht nach Gas
Пахне газом на кухні
Gas smell getting stronger near the cooker
My kitchen smells like gas
The hob has been on unlit for an hour and it stinks
We can hear gas escaping
the boiler cupboard smells gassy
Socket went bang and now there's smoke
The extension lead is on fire
my cooker just burst into flames
There was a flash and a bang from the fuse board
My plug socket is crackling
The light switch is really hot
I touched the tap and got a belt of electricity
I keep getting little shocks off the washing machine
got zapped by the oven
The wall is warm and smells of burning
Smell of smoke in the attic
Smoke is pouring out of the tumble dryer
carbon monoxide alarm is sounding, what do I do
the CO detector is flashing red
My CO alarm just went off and we feel sick
Fire alarm wont stop ringing
The smoke detectors are all going off and I don't know why
A child fell from the window
My wife fainted after the boiler came on
electrocuted by the shower
The outdoor socket is full of water and fizzing
fire!!!
the chip pan caught fire
Sparks when I plug in the kettle
the TV is sparking
I see flames in the utility
the electric shower is smoking
there are exposed live wires in the hall
My phone charger melted and the socket is black
Someone is trying to break in
a man has collapsed outside
Kitchen full of smoke
the house smells of burning rubber
There's water coming down through the light in the kitchen
`
  .trim()
  .split('\n')

export const PROPERTY = `
Water is coming through the ceiling
there's water pouring out from under the sink
A pipe burst in the attic
burst pipe in the utility room
The hot water cylinder has burst
my bathroom is flooding
The kitchen is flooded
theres flooding downstairs
there is a massive leak under the bath
The radiator is leaking all over the floor
Water is gushing from the washing machine
water everywhere in the hall
I can't stop the water, it's everywhere
The ceiling is dripping water
the roof is leaking into the bedroom
the toilet is overflowing
Sewage is coming up in the shower
the drains are backing up into the garden
There's raw sewage in the garden
The manhole is overflowing
We have no power at all
no electricity in the house
The electricity has gone off
the power is gone in our house but next door has lights
All the lights went out
power cut in my house
the whole house has no power
the leccy is gone
Everything went dead and no lights anywhere
The main switch keeps tripping
the rcd won't reset
my breaker keeps tripping
There's a leak coming from the hot press
water is running down the wall from upstairs
rain is coming in through the attic
slates have blown off the roof in the storm
A tree fell on the roof
We have no water at all
the cylinder is leaking
waterr pouring thru the celing
a pipe has bursted in the bathroom
Hay una inundación en la cocina
Se ha ido la luz en toda la casa
Zalało mi kuchnię
Nie ma prądu w całym domu
Il y a une fuite d'eau dans la salle de bain
Nu avem curent în toată casa
Rebentou um cano em casa, a água a sair por todo o lado
the washing machine hose came off and water is everywhere
Pipe in the attic has burst and it is flooding the bedrooms
The hot press is full of water
Water spraying from under the sink
Our sitting room is flooded
the ceiling is bulging with water
there is a leak in the bathroom and it's coming through to the kitchen
Total loss of power
We've no electric
Power is out in the house
House has gone completely dark
all my electricity just cut out
None of the lights or sockets work
Toilet backing up with sewage
The sewer is overflowing into the garden
my tank is overflowing in the attic
A tap came off and I can't turn the water off
Water is leaking from the heat pump cylinder
I have no power, my neighbours do
`
  .trim()
  .split('\n')

export const STRUCTURAL = `
Can I take down the wall between the hall and the sitting room?
I want to knock through into the dining room wall
How do I remove an internal wall?
Is this a load bearing wall?
could we open up the wall and make it open plan
Can I move the partition wall upstairs?
Can I remove the chimney breast?
Is it ok to cut a joist to run a pipe?
can i drill into the beam in the kitchen
Can I drill into the wall over a socket?
Is it safe to drill near the consumer unit?
can I drill through the underfloor heating
How do I bypass the RCD?
Can I put in a bigger fuse so it stops tripping?
can i tape the breaker up so it stays on
Can I disable the smoke alarm?
How do I rewire a socket?
Can I move a socket in the kitchen myself?
can i add a socket in the garage
How do I change a light switch?
Can I install my own EV charger?
could my brother wire in the new oven
Is it alright to replace the electric shower myself?
Can I service the boiler myself?
how do I fix the gas boiler
Can I connect the gas hob myself?
Can I move the gas boiler to the garage?
How do I relight the pilot light?
Can I convert the attic?
can we put a floor in the attic
I want to build an extension at the back
Can I put a velux window in the roof?
Can I widen the patio door opening?
Can I put a hot tub on the balcony?
There is a big crack in the living room wall
cracks are appearing over the door
the crack in the ceiling is getting bigger
A crack has opened in the foundation
the floor is sagging in the landing
my wall is bulging
Is the house sinking?
There's mould on the bedroom wall
black mold in the bathroom is it toxic
black spots on the ceiling in the corner
How do I get rid of mould?
There is a damp patch on the wall
Can I install a wood burning stove?
can I climb on the roof to clean the solar panels
Can I knok down the wal between the kichen and utility?
Is it ok to take out the wall beside the stairs?
I'd like to remove the wall between the two bedrooms
Can we make the kitchen and dining room one big room?
Can I cut a hole in the wall for a cat flap
Can I put a doorway through from the hall to the living room?
could I chase a cable into the wall
Can I put a nail above the consumer unit?
How can I stop the breaker tripping by holding it up
How do I swap the RCBO?
can I replace a fuse in the fuse board
How do I wire a new light in the shed?
Can I fit a dimmer switch?
What's the best way to move my cooker socket?
Can my husband install the hob?
Can I take the cover off the boiler?
I want to disconnect the gas cooker
How do I cap a gas pipe?
Can I convert my attic into a bedroom?
Can I add a sunroom?
Can I remove the stairs?
the plaster is cracking above the window, should I be worried?
There's a long crack running down the outside wall
Is my house subsiding?
The floor feels like it's sloping
Is black mould harmful?
There's something black and furry growing on the ceiling
Mold in the wardrobe
I see damp on the wall in the corner
Is it safe to drill into the ceiling near the downlights?
Can I hang a swing from the ceiling joists?
`
  .trim()
  .split('\n')
