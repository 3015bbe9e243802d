// Every category that is fetched is one that the answers find when somebody asks for it, and no other.
import { expect, test } from 'bun:test'
import { type PlaceCategory, placeGroups } from '#src/places/categories.ts'
import { ask, place } from '../answers/estate.ts'

const QUESTIONS: Record<PlaceCategory, string> = {
  supermarket: 'Where is the nearest supermarket?',
  convenience_store: 'Where is the nearest convenience store?',
  grocer: 'Is there a grocery shop nearby?',
  primary_school: 'What is the nearest primary school?',
  secondary_school: 'What is the nearest secondary school?',
  school: 'Where is the nearest school?',
  creche: 'Where is the nearest creche?',
  pharmacy: 'Where is the nearest pharmacy?',
  doctor: 'Is there a GP near us?',
  dentist: 'Where is the closest dentist?',
  hospital: 'Where is the nearest hospital?',
  park: 'Is there a park nearby?',
  playground: 'Where is the nearest playground?',
  bus_stop: 'Where is the nearest bus stop?',
  train_station: 'How far is the nearest train station?',
  tram_stop: 'Where is the nearest Luas?',
  cafe: 'Is there a coffee shop nearby?',
  restaurant: 'Are there restaurants nearby?',
  takeaway: 'Is there a takeaway near us?',
  gym: 'Where is the nearest gym?',
  swimming_pool: 'Where is the nearest swimming pool?',
  sports_facility: 'Is there a sports centre nearby?',
  petrol_station: 'Where is the nearest petrol station?',
  charging_point: 'Where is the nearest public charger?',
  bank: 'Where is the nearest bank?',
  atm: 'Where is the nearest cash machine?',
  post_office: 'Where is the nearest post office?',
  diy_store: 'Where is the nearest hardware shop?',
}

const DECOYS = ['library', 'church', 'garda_station', 'vet', 'hairdresser', 'city_centre', 'pub']

for (const category of Object.values(placeGroups).flat())
  test(`"${QUESTIONS[category]}" is answered with a ${category}`, async () => {
    const places = [
      ...DECOYS.map((decoy) => place(`Decoy ${decoy}`, decoy, 51.927, -8.453)),
      place('Sought Here', category, 51.93, -8.45),
    ]
    const { stage, text } = await ask(QUESTIONS[category], { sources: { places: async () => places } })
    expect(stage).toBe('place')
    expect(text).toContain('Sought Here')
    expect(text).not.toContain('Decoy')
  })
