// Invented households: names with titles, fadas, apostrophes and one that fills the widest line.
import type { Dice } from '#src/demo/dice.ts'

/** Longer than 60 characters: the long-name state of every page is seen in the demonstration. */
export const longestName =
  'Prof. Maximiliana Bernadette Ní Dhomhnaill-Fitzgerald O’Shaughnessy-MacGiollaPhádraig'

const firstNames = [
  'Aoibheann',
  'Art',
  'Bríd',
  'Cathal',
  'Clíodhna',
  'Conchúr',
  'Dáithí',
  'Dearbhla',
  'Éabha',
  'Eimear',
  'Fiachra',
  'Fionnuala',
  'Gráinne',
  'Iarlaith',
  'Jarek',
  'Kamila',
  'Lasairfhíona',
  'Lorcan',
  'Máirtín',
  'Méabh',
  'Muireann',
  'Naoise',
  'Odhrán',
  'Órlaith',
  'Pádraic',
  'Priya',
  'Ríonach',
  'Ruadhán',
  'Sadhbh',
  'Séamus',
  'Síofra',
  'Tadhg',
  'Tiarnán',
  'Tomasz',
  'Uinseann',
  'Adaeze',
  'Joaquim',
  'Yetunde',
] as const

const surnames = [
  'Abernathy-Roche',
  'Ní Bhroin',
  'Ó Caoimh',
  'O’Dargan',
  'Mac Ardghail',
  'Breathnach',
  'Corrigane',
  'D’Alton',
  'Delahunte',
  'de Barra',
  'Fallowes',
  'Nic Giolla Bhríde',
  'Hanraghty',
  'Kowalewska',
  'Lenihane',
  "O'Mullery",
  'Mac Suibhne',
  'Ní Mhaoldomhnaigh',
  'Nakamura-Quirke',
  'Ó hÓgartaigh',
  'Okonjo-Daly',
  'Prendiville',
  'Quilligane',
  'O’Riordane',
  'Sarsfielde',
  'Ó Súilleabháin',
  'Tuohilly',
  'Venkataraghavan',
  'Whelehan-Byrne',
  'Zielinska',
] as const

const titles = ['', '', '', '', '', '', 'Dr ', 'Ms ', 'Mr ', 'Rev. ', 'Sr ', 'Cllr '] as const

const householdSizes = [1, 1, 2, 2, 2, 2, 2, 3, 4] as const

/** One to four purchasers of one home; couples often share a surname. */
export function inventHousehold(dice: Dice): { fullName: string }[] {
  const size = dice.pick(householdSizes)
  const shared = dice.pick(surnames)
  return dice
    .shuffle(firstNames)
    .slice(0, size)
    .map((first, position) => {
      const surname = position === 0 || dice.roll(2) === 0 ? shared : dice.pick(surnames)
      return { fullName: `${dice.pick(titles)}${first} ${surname}` }
    })
}
