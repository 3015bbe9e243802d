// The welcome after the first claim: three short slides, once, with a way to skip; a plain page without scripts.
import { Document } from '#views/layout/document.tsx'
import { Button } from '#views/parts/button.tsx'
import { Mark } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

export type IntroProps = { developmentName: string; purchaserNames: string[] }

/** Slides and their timing are CSS; intro.ts only leaves the page when the last one has ended. */
export const IntroPage = ({ developmentName, purchaserNames }: IntroProps) => (
  <Document title="Welcome" bodyClass="intro" themeColor="#0c0c0c" scripts={['intro.js']}>
    <main id="main" class="intro-main" tabindex="-1" data-intro>
      <h1 class="intro-slide">
        <Mark />
        <span>Welcome to {developmentName}</span>
      </h1>
      <ul class="intro-slide intro-names" aria-label="Your household">
        {purchaserNames.map((name) => (
          <li>{name}</li>
        ))}
      </ul>
      <p class="intro-slide">We’re getting your home assistant ready…</p>
      <form method="post" action={paths.intro()}>
        <Button tone="gold" name="skip" value="1">
          <span class="intro-skip">Skip</span>
          <span class="intro-continue">Continue</span>
        </Button>
      </form>
    </main>
  </Document>
)
