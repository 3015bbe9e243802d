// Leaves the welcome when its last slide has ended; without motion nothing ends and the button is pressed.
const intro = document.querySelector('[data-intro]')
const slides = intro?.querySelectorAll('.intro-slide')
const last = slides?.item(slides.length - 1)

last?.addEventListener('animationend', () => intro?.querySelector('form')?.requestSubmit(), { once: true })
