// Notices of the demonstration: the same dates as the estate's papers; each says that it is invented.
import type { DemoNotice } from '#src/demo/model.ts'
import type { EstateProfile } from '#src/demo/profile.ts'

const INVENTED = 'This notice belongs to the demonstration and is invented.'

export function estateNotices({ name, notices, waste }: EstateProfile): DemoNotice[] {
  return [
    {
      title: `Flushing of the water mains on ${notices.flushing}`,
      category: 'utilities',
      body: `The water mains of ${name} are flushed from ${notices.flushingHours}. Water may be cloudy for a short time afterwards: let the cold tap run until it is clear.\n\n${INVENTED}`,
    },
    {
      title: 'Works on the estate road',
      category: 'works',
      body: `From ${notices.works} the final surface is laid on ${notices.worksRoad}. Please park elsewhere during the day.\n\n${INVENTED}`,
    },
    {
      title: `Bins go out on ${waste.day}`,
      category: 'general',
      body: `${waste.collector} collects on ${waste.day}. Please put bins out after ${waste.putOutAfter}.\n\n${INVENTED}`,
    },
  ]
}
