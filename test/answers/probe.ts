import { refusalOf } from '#src/answers/privacy.ts'
import { hazardOf } from '#src/answers/safety.ts'
import { LIFE, PROPERTY, STRUCTURAL } from './wordings-emergency.ts'
import { ORDINARY, REFUSED } from './wordings-ordinary.ts'

const home = {
  developmentName: 'Longview Park',
  addressLine: '5 Longview Park, Ballyhooly Road',
  unitNumber: '5',
  houseTypeCode: 'BD01',
  bedrooms: 3,
  floorAreaM2: 129.8,
  latitude: 51.92,
  longitude: -8.45,
  locationIsApproximate: false,
}
const got = (t: string) => {
  const h = hazardOf(t)
  return h ? `${h.tier}:${h.reason}` : (refusalOf(t, home) ?? '-')
}
const q = JSON.parse(await Bun.file('/work/shared/acceptance/questions.json').text()).cases
for (const c of q) {
  const g = got(c.question)
  const w = c.class
  const ok = w.startsWith('emergency')
    ? g.startsWith(w)
    : w === 'structural-safety'
      ? g.startsWith('structural')
      : w === 'privacy' || w === 'out-of-scope'
        ? !g.includes(':') && g !== '-'
        : g === '-'
  if (!ok) console.log('ACC', c.id, c.question, '→', g)
}
for (const t of LIFE) if (!got(t).startsWith('emergency-life')) console.log('LIFE', t, '→', got(t))
for (const t of PROPERTY) if (!got(t).startsWith('emergency-property')) console.log('PROP', t, '→', got(t))
for (const t of STRUCTURAL) if (!got(t).startsWith('structural')) console.log('STRU', t, '→', got(t))
for (const t of ORDINARY) if (got(t) !== '-') console.log('ORDI', t, '→', got(t))
for (const [r, l] of Object.entries(REFUSED))
  for (const t of l) if (got(t) !== r) console.log('REFU', r, t, '→', got(t))
