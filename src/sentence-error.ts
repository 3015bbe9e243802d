// A failure to start whose message is a sentence for the person at the terminal.
export class SentenceError extends Error {}
