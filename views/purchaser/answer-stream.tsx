// The frames of a streamed answer, in the order a route sends them; each is the data of one SSE message.
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { GapCard } from '#views/purchaser/answer-cards.tsx'
import { AssistantFrame, Message, type MessageView } from '#views/purchaser/message.tsx'

/** Sent with `UserMessage` as the first frame: both are appended to the log. */
export const AssistantMessageShell = ({ id }: { id: string }) => (
  <AssistantFrame id={id} busy>
    <div class="bubble">
      <div class="answer-text" id={`message-${id}-text`} />
      <p class="thinking">
        <span class="visually-hidden">Looking through your documents</span>
        <i />
        <i />
        <i />
      </p>
    </div>
  </AssistantFrame>
)

/** The second frame: known before the answer, so that a stopped one is found again and the next question belongs to it. */
export const ConversationStarted = ({ conversationId }: { conversationId: string }) => (
  <hx-partial hx-target="#conversation" hx-swap="outerHTML">
    <ConversationField conversationId={conversationId} />
  </hx-partial>
)

/** A piece of the answer as plain text; line breaks in it are kept. */
export const AnswerToken = ({ id, text }: { id: string; text: string }) => (
  <hx-partial hx-target={`#message-${id}-text`} hx-swap="beforeend">
    {text}
  </hx-partial>
)

/** The verified answer in place of the whole shell, so that it is no longer busy; then send the event `done`. */
export const AnswerDone = ({ message }: { message: MessageView }) => (
  <hx-partial hx-target={`#message-${message.id}`} hx-swap="outerHTML">
    <Message message={message} />
  </hx-partial>
)

/** The card of an earlier answer, whose offer has been accepted in words. */
export const GapAsked = ({ gapId }: { gapId: string }) => (
  <hx-partial hx-target={`#gap-${gapId}`} hx-swap="outerHTML">
    <GapCard gap={{ id: gapId, status: 'asked', askUrl: paths.gapRequest(gapId), byBuilder: false }} />
  </hx-partial>
)

/** The stream goes on to `done` after this too: the failure has been told, nothing is retried by itself. */
export const AnswerFailed = ({
  id,
  sentence,
  requestId,
}: {
  id: string
  sentence: string
  requestId: string
}) => (
  <hx-partial hx-target={`#message-${id}`} hx-swap="outerHTML">
    <AssistantFrame id={id} busy={false}>
      <Notice tone="error">
        <p>{sentence}</p>
        <p class="notice-reference">
          Request <code>{requestId}</code>
        </p>
      </Notice>
    </AssistantFrame>
  </hx-partial>
)

/** chat.ts moves the address bar to `data-url`: reloading and coming back find the conversation. */
export const ConversationField = ({ conversationId }: { conversationId: string | null }) => (
  <input
    type="hidden"
    id="conversation"
    name="conversation_id"
    value={conversationId ?? ''}
    data-url={conversationId ? paths.conversation(conversationId) : undefined}
  />
)
