// Under an answer: whether it helped, why not, and keeping it. Each form answers with this part in its next state.
import { Badge } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'

export type RatingView = {
  messageId: string
  feedback: 'helpful' | 'not_helpful' | null
  /** True once the reason was sent or the person said that it helped. */
  isDone: boolean
  isSaved: boolean
  feedbackUrl: string
  saveUrl: string
}

const REASON_LENGTH_MAX = 500

export const AnswerRating = ({ rating }: { rating: RatingView }) => {
  const id = `rating-${rating.messageId}`
  const swap = { 'hx-target': `#${id}`, 'hx-swap': 'outerHTML' }
  return (
    <div class="rating" id={id}>
      <form method="post" action={rating.feedbackUrl} hx-post={rating.feedbackUrl} {...swap}>
        {rating.feedback === null && <Question />}
        {rating.feedback === 'helpful' && <span>You found this helpful.</span>}
        {rating.feedback === 'not_helpful' && rating.isDone && <span>You found this not helpful.</span>}
        {rating.feedback === 'not_helpful' && !rating.isDone && <Reason id={`${id}-reason`} />}
      </form>
      <form method="post" action={rating.saveUrl} hx-post={rating.saveUrl} {...swap}>
        {rating.isSaved && <Badge tone="gold">Saved</Badge>}
        <button type="submit" class="link-button" name="saved" value={rating.isSaved ? 'no' : 'yes'}>
          {rating.isSaved ? 'Remove' : 'Save'}
          <span class="visually-hidden">
            {rating.isSaved ? ' this answer from the saved ones' : ' this answer'}
          </span>
        </button>
      </form>
    </div>
  )
}

const Question = () => (
  <fieldset class="rating-question">
    <legend>Was this helpful?</legend>
    <button type="submit" class="link-button" name="verdict" value="helpful">
      <Icon name="check" /> Yes
    </button>
    <button type="submit" class="link-button" name="verdict" value="not_helpful">
      <Icon name="close" /> No
    </button>
  </fieldset>
)

const Reason = ({ id }: { id: string }) => (
  <div class="rating-reason">
    <label for={id}>What was wrong or missing? Your builder can read this.</label>
    <input class="input" id={id} name="reason" maxlength={REASON_LENGTH_MAX} autocomplete="off" />
    <button type="submit" class="button button-quiet button-small" name="verdict" value="not_helpful">
      <span>Send</span>
    </button>
  </div>
)
