// Uploads each chosen file on its own as a raw body, with its progress, and puts the finished row into the table.

/** The server reads each file as it arrives; two at once keep the line busy without starving the pages. */
const PARALLEL_UPLOADS_MAX = 2
/** The choice of kind that leaves it, and the house types, to the file's name. */
const FROM_NAME = 'from_name'

declare const htmx: { process(element: Element): void }

const form = document.querySelector<HTMLFormElement>('[data-upload]')
if (form) start(form)

function start(form: HTMLFormElement) {
  const input = form.querySelector<HTMLInputElement>('input[type=file]')!
  const zone = form.querySelector<HTMLElement>('[data-drop-zone]')!
  const tray = form.querySelector<HTMLElement>('[data-upload-tray]')!
  const waiting: (() => Promise<void>)[] = []
  let running = 0

  const next = () => {
    if (running >= PARALLEL_UPLOADS_MAX) return
    const upload = waiting.shift()
    if (!upload) return
    running++
    void upload().finally(() => {
      running--
      next()
    })
    next()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const files = [...(input.files ?? [])]
    const fields = new FormData(form)
    const rows = [...tray.querySelectorAll<HTMLElement>('[data-tray-row]')]
    files.forEach((file, i) => {
      const entry = addEntry(form, file)
      const url = uploadUrl(form, confirmed(fields, rows[i]), files.length)
      waiting.push(() => send(form, file, url, entry))
    })
    input.value = ''
    tray.replaceChildren()
    next()
  })

  input.addEventListener('change', () => void fillTray(form, tray, input.files))

  for (const name of ['dragenter', 'dragover']) {
    zone.addEventListener(name, (event) => {
      event.preventDefault()
      zone.classList.add('drop-zone-over')
    })
  }
  for (const name of ['dragleave', 'drop']) {
    zone.addEventListener(name, () => zone.classList.remove('drop-zone-over'))
  }
  zone.addEventListener('drop', (event) => {
    event.preventDefault()
    if (!event.dataTransfer?.files.length) return
    input.files = event.dataTransfer.files
    void fillTray(form, tray, input.files)
  })
}

/** Names that one request can carry; files beyond are named by the server when they arrive. */
const TRAY_FILES_MAX = 60
const TRAY_NAME_CHARS_MAX = 300

/** Shows what the names say, when they are to decide. Without an answer they still decide, unseen. */
async function fillTray(form: HTMLFormElement, tray: HTMLElement, files: FileList | null) {
  tray.replaceChildren()
  if (!files?.length || new FormData(form).get('kind') !== FROM_NAME) return
  const url = new URL(form.dataset.trayUrl!, location.href)
  for (const file of [...files].slice(0, TRAY_FILES_MAX))
    url.searchParams.append('name', file.name.slice(0, TRAY_NAME_CHARS_MAX))
  const response = await fetch(url, { headers: { 'HX-Request-Type': 'partial' } }).catch(() => null)
  // Other files may have been chosen meanwhile.
  if (response?.ok && form.querySelector<HTMLInputElement>('input[type=file]')!.files === files)
    tray.replaceChildren(parse(await response.text()))
}

/** What the person confirmed for one file stands before what the form says of all. */
function confirmed(fields: FormData, row: HTMLElement | undefined): FormData {
  if (!row) return fields
  const own = new FormData()
  own.set('title', String(fields.get('title') ?? ''))
  own.set('kind', row.querySelector('select')!.value)
  const chosen = [...row.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value)
  for (const code of chosen.length > 0 ? chosen : fields.getAll('house_types').map(String))
    own.append('house_types', code)
  return own
}

type Entry = { row: Element; state: HTMLElement; progress: HTMLProgressElement; message: HTMLElement }

function addEntry(form: HTMLFormElement, file: File): Entry {
  const template = form.querySelector<HTMLTemplateElement>('[data-upload-template]')!
  const row = (template.content.cloneNode(true) as DocumentFragment).firstElementChild!
  row.querySelector('[data-name]')!.textContent = file.name
  const progress = row.querySelector('progress')!
  progress.setAttribute('aria-label', `Upload of ${file.name}`)
  form.querySelector('[data-upload-list]')!.append(row)
  return {
    row,
    progress,
    state: row.querySelector<HTMLElement>('[data-state]')!,
    message: row.querySelector<HTMLElement>('[data-message]')!,
  }
}

/** One title cannot name many files, so it travels only with a single one. */
function uploadUrl(form: HTMLFormElement, fields: FormData, fileCount: number) {
  const url = new URL(form.action)
  const title = String(fields.get('title') ?? '').trim()
  if (title && fileCount === 1) url.searchParams.set('title', title)
  url.searchParams.set('kind', String(fields.get('kind') ?? ''))
  const houseTypes = fields.getAll('house_types').map(String)
  if (houseTypes.length > 0) url.searchParams.set('house_types', houseTypes.join(','))
  if (new FormData(form).get('must_read')) url.searchParams.set('must_read', 'yes')
  return url
}

/** XMLHttpRequest, because fetch cannot tell how much of a body has been sent. */
function send(form: HTMLFormElement, file: File, url: URL, entry: Entry) {
  if (file.size > Number(form.dataset.sizeMax)) {
    refuse(form, file, entry, 'The file is larger than we accept. Split it into parts.')
    return Promise.resolve()
  }
  url.searchParams.set('file_name', file.name)
  return new Promise<void>((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('Content-Type', 'application/pdf')
    request.setRequestHeader('HX-Request', 'true')
    request.setRequestHeader('HX-Request-Type', 'partial')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) entry.progress.value = (100 * event.loaded) / event.total
    })
    request.addEventListener('loadend', () => {
      settle(form, file, entry, request)
      resolve()
    })
    entry.state.textContent = 'Uploading'
    request.send(file)
  })
}

function settle(form: HTMLFormElement, file: File, entry: Entry, request: XMLHttpRequest) {
  const redirect = request.getResponseHeader('HX-Redirect')
  if (redirect) {
    location.assign(redirect)
  } else if (request.status === 0) {
    refuse(form, file, entry, 'The connection was lost. Choose the file again.')
  } else if (request.status >= 400) {
    refuse(form, file, entry, parse(request.responseText))
  } else {
    addRow(request.responseText)
    entry.row.remove()
    announce(form, `${file.name} is uploaded and being processed.`)
  }
}

/** `reason` is our own sentence, or the error fragment the server wrote. */
function refuse(form: HTMLFormElement, file: File, entry: Entry, reason: string | DocumentFragment) {
  entry.state.textContent = 'Not uploaded'
  entry.progress.remove()
  entry.message.className = typeof reason === 'string' ? 'failure' : ''
  entry.message.replaceChildren(reason)
  announce(form, `${file.name} was not uploaded.`)
}

/** The same bytes again answer with the row that is already there, which then moves to the top. */
function addRow(markup: string) {
  const row = parse(markup).firstElementChild
  if (!row) return
  document.getElementById(row.id)?.remove()
  document.getElementById('document-rows')?.prepend(row)
  htmx.process(row)
}

/** Markup of our own server, escaped by its views. */
function parse(markup: string) {
  const template = document.createElement('template')
  template.innerHTML = markup
  return template.content
}

function announce(form: HTMLFormElement, sentence: string) {
  const status = form.querySelector('[data-upload-status]')
  if (status) status.textContent = sentence
}
