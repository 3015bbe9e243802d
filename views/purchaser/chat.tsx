// The chat: greeting with suggestions, the conversation, and the input; a plain POST form without scripts.
import type { Child } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Button } from '#views/parts/button.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { ConversationField } from '#views/purchaser/answer-stream.tsx'
import { Message, type MessageView } from '#views/purchaser/message.tsx'

export type ChatProps = {
  shell: PurchaserShell
  /** What the greeting calls the household, e.g. "Áine and Tom". */
  greetingName: string
  suggestions: string[]
  conversationId: string | null
  /** The conversation to carry on with, offered on the empty page; null when there is none. */
  latest: { title: string; url: string } | null
  /** Answers that came for earlier questions and have not been looked at. */
  newAnswers: { question: string; url: string }[]
  messages: MessageView[]
  /** Random per page: lets the server recognise a question that is sent again after a lost connection. */
  requestKey: string
  /** The text of a question that was refused (too long, too many), so that nobody types it twice. */
  draft?: string
  error?: string
}

export const QUESTION_LENGTH_MAX = 2_000

export const ChatPage = (props: ChatProps) => (
  <PurchaserPage title="Chat" shell={props.shell} tab="chat" scripts={['chat.js']} fullHeight>
    <div class="chat" data-chat>
      <Bar />
      <section class="chat-scroll" data-chat-scroll tabindex="0" aria-label="Conversation">
        <div class="chat-column">
          {/* Outside the greeting, which goes away with the first question. */}
          <h1 class="visually-hidden">Chat</h1>
          {props.newAnswers.length > 0 && <NewAnswers answers={props.newAnswers} />}
          {props.messages.length === 0 && <Hero {...props} />}
          {/* The stream itself is not announced word by word: chat.ts reads the finished answer out once. */}
          <div id="log" class="log" role="log" aria-live="off" aria-label="Messages">
            {props.messages.map((message) => (
              <Message message={message} />
            ))}
          </div>
          {props.error && <Notice tone="error">{props.error}</Notice>}
          <LostConnection />
        </div>
      </section>
      <Composer {...props} />
      <p id="announcer" class="visually-hidden" role="status" />
    </div>
  </PurchaserPage>
)

/** "New conversation" shows once the log has a message (by CSS). */
const Bar = () => (
  <nav class="chat-bar" aria-label="Conversations">
    <a href={paths.conversations()}>
      <Icon name="clock" /> Conversations
    </a>
    <a href={paths.saved()}>
      <Icon name="check" /> Saved
    </a>
    <a class="chat-new" href={paths.home()}>
      <Icon name="plus" /> New conversation
    </a>
  </nav>
)

const NewAnswers = ({ answers }: { answers: ChatProps['newAnswers'] }) => (
  <Notice tone="success" title={answers.length === 1 ? 'A new answer for you' : 'New answers for you'}>
    <ul class="new-answers">
      {answers.map((answer) => (
        <li>
          <a href={answer.url}>{answer.question}</a>
        </li>
      ))}
    </ul>
  </Notice>
)

/** Gone as soon as the log has a message (by CSS), without a request. */
const Hero = ({ greetingName, shell, suggestions, requestKey, conversationId, latest }: ChatProps) => (
  <section class="hero">
    <p class="hero-place">{shell.developmentName}</p>
    <h2 class="hero-greeting">Hello {greetingName}</h2>
    <p class="lead">
      Ask anything about your home. Answers come from its own documents and show where they stand.
    </p>
    <ChatForm className="suggestions">
      <input type="hidden" name="request_key" value={`${requestKey}-s`} />
      <input type="hidden" name="conversation_id" value={conversationId ?? ''} />
      {suggestions.map((suggestion) => (
        <button type="submit" name="question" value={suggestion} class="suggestion">
          <span>{suggestion}</span>
          <Icon name="chevronRight" />
        </button>
      ))}
    </ChatForm>
    {latest && (
      <p class="hero-latest">
        Last time you asked <a href={latest.url}>{latest.title}</a>
      </p>
    )}
    <p class="ai-notice">
      You are talking to an AI assistant, not a person. It can be wrong: each answer shows its source. In an
      emergency call <a href="tel:112">112</a> or <a href="tel:999">999</a>.
    </p>
  </section>
)

const Composer = ({ requestKey, conversationId, draft }: ChatProps) => (
  <div class="composer">
    <ChatForm className="composer-form">
      <input type="hidden" name="request_key" value={requestKey} />
      <ConversationField conversationId={conversationId} />
      <label class="visually-hidden" for="question">
        Your question
      </label>
      <textarea
        id="question"
        name="question"
        rows="1"
        required
        maxlength={QUESTION_LENGTH_MAX}
        placeholder="Ask about your home"
        enterkeyhint="send"
        autocomplete="off"
      >
        {draft}
      </textarea>
      <button type="submit" class="send" aria-label="Send">
        <Icon name="send" />
      </button>
      <button type="button" class="send stop" aria-label="Stop the answer" data-stop>
        <Icon name="stop" />
      </button>
    </ChatForm>
    <p class="composer-note">AI assistant: it can be wrong, so check the sources.</p>
  </div>
)

/** Without htmx the browser posts and reads the page with the answer; with it the answer streams into the log. */
const ChatForm = ({ className, children }: { className: string; children: Child }) => (
  <form
    class={className}
    method="post"
    action={paths.chat()}
    hx-post={paths.chat()}
    hx-target="#log"
    hx-swap="beforeend"
    hx-sync="#log:drop"
    data-chat-form
  >
    {children}
  </form>
)

/** Cloned by chat.ts into the place of an answer that broke off; the key makes a second send harmless. */
const LostConnection = () => (
  <template id="lost-connection">
    <Notice tone="warning" title="The connection was lost">
      <p>Your question is kept. Send it again when you are back online.</p>
      <form data-retry>
        <Button tone="quiet" small icon="refresh">
          Try again
        </Button>
      </form>
    </Notice>
  </template>
)
