// The chat: greeting with suggestions, the conversation, and the input; a plain POST form without scripts.
import type { Child } from '#views/jsx-runtime.ts'
import { wordsOf } from '#views/languages/words.tsx'
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

const QUESTION_LENGTH_MAX = 2_000

export const ChatPage = (props: ChatProps) => (
  <PurchaserPage title="Chat" shell={props.shell} tab="chat" scripts={['chat.js']} fullHeight>
    <div class="chat" data-chat>
      <Bar language={props.shell.language} />
      <section
        class="chat-scroll"
        data-chat-scroll
        tabindex="0"
        aria-label={wordsOf(props.shell.language).text('conversation')}
      >
        <div class="chat-column">
          {/* Outside the greeting, which goes away with the first question. */}
          <h1 class="visually-hidden">{wordsOf(props.shell.language).say('tab_chat')}</h1>
          {props.newAnswers.length > 0 && (
            <NewAnswers answers={props.newAnswers} language={props.shell.language} />
          )}
          {props.messages.length === 0 && <Hero {...props} />}
          {/* The stream itself is not announced word by word: chat.ts reads the finished answer out once. */}
          <div
            id="log"
            class="log"
            role="log"
            aria-live="off"
            aria-label={wordsOf(props.shell.language).text('messages')}
          >
            {props.messages.map((message) => (
              <Message message={message} />
            ))}
          </div>
          {props.error && <Notice tone="error">{props.error}</Notice>}
          <LostConnection language={props.shell.language} />
        </div>
      </section>
      <Composer {...props} />
      <p id="announcer" class="visually-hidden" role="status" />
    </div>
  </PurchaserPage>
)

type Speaking = { language: PurchaserShell['language'] }

/** "New conversation" shows once the log has a message (by CSS). */
const Bar = ({ language }: Speaking) => {
  const { text, say } = wordsOf(language)
  return (
    <nav class="chat-bar" aria-label={text('conversations')}>
      <a href={paths.conversations()}>
        <Icon name="clock" /> {say('conversations')}
      </a>
      <a href={paths.saved()}>
        <Icon name="bookmark" /> {say('saved')}
      </a>
      <a class="chat-new" href={paths.home()}>
        <Icon name="plus" /> {say('new_conversation')}
      </a>
    </nav>
  )
}

const NewAnswers = ({ answers, language }: { answers: ChatProps['newAnswers'] } & Speaking) => (
  <Notice tone="success" title={wordsOf(language).text('new_answers', { count: answers.length })}>
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
const Hero = ({ greetingName, shell, suggestions, requestKey, conversationId, latest }: ChatProps) => {
  const { say } = wordsOf(shell.language)
  return (
    <section class="hero">
      <p class="hero-place">{shell.developmentName}</p>
      <h2 class="hero-greeting">{say('hello', { name: greetingName })}</h2>
      <p class="lead">{say('chat_lead')}</p>
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
          {say('last_time_you_asked', { question: <a href={latest.url}>{latest.title}</a> })}
        </p>
      )}
      <p class="ai-notice">
        {say('ai_notice', { first: <a href="tel:112">112</a>, second: <a href="tel:999">999</a> })}
      </p>
    </section>
  )
}

const Composer = ({ requestKey, conversationId, draft, shell }: ChatProps) => {
  const { text, say } = wordsOf(shell.language)
  return (
    <div class="composer">
      <ChatForm className="composer-form">
        <input type="hidden" name="request_key" value={requestKey} />
        <ConversationField conversationId={conversationId} />
        <label class="visually-hidden" for="question">
          {say('your_question')}
        </label>
        <textarea
          id="question"
          name="question"
          rows="1"
          required
          maxlength={QUESTION_LENGTH_MAX}
          placeholder={text('ask_about_your_home')}
          enterkeyhint="send"
          autocomplete="off"
        >
          {draft}
        </textarea>
        <button type="submit" class="send" aria-label={text('send')}>
          <Icon name="send" />
        </button>
        <button type="button" class="send stop" aria-label={text('stop_the_answer')} data-stop>
          <Icon name="stop" />
        </button>
      </ChatForm>
      <p class="composer-note">{say('composer_note')}</p>
    </div>
  )
}

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
const LostConnection = ({ language }: Speaking) => {
  const { text, say } = wordsOf(language)
  return (
    <template id="lost-connection">
      <Notice tone="warning" title={text('connection_lost')}>
        <p>{say('connection_lost_lead')}</p>
        <form data-retry>
          <Button tone="quiet" small icon="refresh">
            {say('try_again')}
          </Button>
        </form>
      </Notice>
    </template>
  )
}
