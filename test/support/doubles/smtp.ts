// An SMTP server that takes mails, or fails at the step it is told to.
import { createServer, type Socket } from 'node:net'

/** Where: the command being answered; `text` is the end of the mail's text. */
export type SmtpFault = {
  at: 'connect' | 'helo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'text'
  /** A reply such as `451 later`, or closing without one, also after the mail was kept. */
  does: { reply: string } | 'drop' | 'drop after keeping' | 'stay silent'
}

export type SmtpDouble = {
  url: string
  /** Texts of the mails that were accepted. */
  mails(): string[]
  /** Every command line that came in. */
  commands(): string[]
  /** The next conversations go wrong in this order; afterwards all is well. */
  fails(...faults: (SmtpFault | null)[]): void
  forget(): void
  stop(): Promise<void>
}

export async function smtpDouble(): Promise<SmtpDouble> {
  const kept: string[] = []
  const commands: string[] = []
  const faults: (SmtpFault | null)[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    converse(
      socket,
      faults.shift() ?? null,
      (text) => kept.push(text),
      (line) => commands.push(line),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `smtp://someone:se%40cret@127.0.0.1:${address.port}`,
    mails: () => [...kept],
    commands: () => [...commands],
    fails: (...next) => faults.push(...next),
    forget: () => {
      kept.length = 0
      commands.length = 0
      faults.length = 0
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function converse(
  socket: Socket,
  fault: SmtpFault | null,
  keep: (text: string) => void,
  note: (line: string) => void,
): void {
  let buffered = ''
  let isText = false
  const answer = (at: SmtpFault['at'], reply: string, kept?: string) => {
    const does = fault?.at === at ? fault.does : null
    if (kept !== undefined && (does === null || does === 'drop after keeping')) keep(kept)
    if (does === null) socket.write(`${reply}\r\n`)
    else if (typeof does === 'object') socket.write(`${does.reply}\r\n`)
    else if (does !== 'stay silent') socket.destroy()
  }
  const line = (command: string) => {
    note(command)
    const verb = command.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') return answer('helo', '250-double\r\n250 AUTH PLAIN LOGIN')
    if (verb === 'AUTH') return answer('auth', '235 welcome')
    if (verb === 'MAIL') return answer('mail', '250 ok')
    if (verb === 'RCPT') return answer('rcpt', '250 ok')
    if (verb === 'QUIT') return socket.end('221 bye\r\n')
    if (verb !== 'DATA') return socket.write('502 unknown\r\n')
    isText = true
    return answer('data', '354 go on')
  }
  socket.on('data', (bytes) => {
    buffered += bytes.toString('utf8')
    for (;;) {
      const end = isText ? buffered.indexOf('\r\n.\r\n') : buffered.indexOf('\r\n')
      if (end < 0) return
      const part = buffered.slice(0, end)
      buffered = buffered.slice(end + (isText ? 5 : 2))
      if (!isText) line(part)
      else {
        isText = false
        answer('text', '250 taken', part)
      }
    }
  })
  answer('connect', '220 double')
}
