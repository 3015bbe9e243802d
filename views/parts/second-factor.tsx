// One's own sign-in in the settings: the second factor, its recovery codes, and the password.
import { formatDate, formatDateTime } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { CodeField, EnrolmentSteps, type EnrolmentView, RecoveryCodes } from '#views/parts/second-step.tsx'
import { paths } from '#views/paths.ts'

export type SecondFactorView = {
  portal: 'developer' | 'admin'
  enabledAt: Date | null
  recoveryCodesLeft: number
  /** Nobody turns off what they must have. */
  isRequired: boolean
  /** While it is not set up. */
  enrolment: EnrolmentView | null
  /** Shown this once. */
  newCodes: readonly string[] | null
  problem: {
    form: 'enrolment' | 'codes' | 'removal' | 'password' | 'sessions'
    field: 'code' | 'password' | 'next' | 'ended'
    message: string
  } | null
  passwordCharsMin: number
  sessions: OwnSessionView[]
}

export type OwnSessionView = {
  id: string
  device: string
  ipAddress: string | null
  since: Date
  lastSeenAt: Date
  isCurrent: boolean
}

export const SecondFactorCards = (props: SecondFactorView) => (
  <Fragment>
    {props.newCodes && <RecoveryCodes codes={props.newCodes} />}
    {props.enrolment ? <EnrolmentCard {...props} enrolment={props.enrolment} /> : <EnabledCards {...props} />}
    <PasswordCard {...props} />
    <SessionsCard {...props} />
  </Fragment>
)

const said = ({ problem }: SecondFactorView, form: string, field: string) =>
  problem?.form === form && problem.field === field ? problem.message : undefined

type PasswordOfNowProps = { id?: string; name?: string; label?: string; problem: string | undefined }

const PasswordOfNow = ({
  name = 'current',
  id = name,
  label = 'Your password',
  problem,
}: PasswordOfNowProps) => (
  <Field
    id={id}
    label={label}
    name={name}
    type="password"
    autocomplete="current-password"
    error={problem}
    maxlength={200}
    required
  />
)

const EnrolmentCard = (props: SecondFactorView & { enrolment: EnrolmentView }) => (
  <Card title="Authenticator app" id="second-factor" className="stack">
    <p>
      With a second factor somebody who learns your password still cannot sign in. Scan this with an
      authenticator app, then enter the six digits it shows and your password.
    </p>
    <form class="stack" method="post" action={paths[props.portal].secondFactor()}>
      <EnrolmentSteps {...props.enrolment} />
      <CodeField
        id="enrolment-code"
        problem={said(props, 'enrolment', 'code')}
        hint="Six digits, new every 30 seconds."
      />
      <PasswordOfNow name="password" problem={said(props, 'enrolment', 'password')} />
      <Button>Turn it on</Button>
    </form>
  </Card>
)

const EnabledCards = (props: SecondFactorView) => (
  <Fragment>
    <Card title="Authenticator app" id="second-factor" className="stack">
      <p>
        On{props.enabledAt && ` since ${formatDate(props.enabledAt)}`}. Signing in takes your password and a
        code from your app.
      </p>
    </Card>
    <Card title="Recovery codes" id="codes" className="stack">
      <p>{props.recoveryCodesLeft} of 10 are left. New ones take the place of all old ones.</p>
      <form class="stack" method="post" action={paths[props.portal].secondFactorCodes()}>
        <CodeField
          id="codes-code"
          problem={said(props, 'codes', 'code')}
          hint="The six digits of your app, or a recovery code."
        />
        <Button tone="quiet">Make new recovery codes</Button>
      </form>
    </Card>
    {!props.isRequired && (
      <Card title="Turn it off" id="removal" className="stack">
        <p>Your password alone opens your account then.</p>
        <form class="stack" method="post" action={paths[props.portal].secondFactorRemoval()}>
          <CodeField
            id="removal-code"
            problem={said(props, 'removal', 'code')}
            hint="The six digits of your app, or a recovery code."
          />
          <Button tone="danger">Turn it off</Button>
        </form>
      </Card>
    )}
  </Fragment>
)

const PasswordCard = (props: SecondFactorView) => (
  <Card title="Your password" id="own-password" className="stack">
    <p>Changing it ends every other session of yours; here you stay signed in.</p>
    <form class="stack" method="post" action={paths[props.portal].ownPassword()}>
      <PasswordOfNow
        id="own-password-current"
        label="Your password now"
        problem={said(props, 'password', 'password')}
      />
      <Field
        id="own-password-new"
        label="Your new password"
        name="password"
        type="password"
        autocomplete="new-password"
        hint={`At least ${props.passwordCharsMin} characters; a sentence is good.`}
        error={said(props, 'password', 'next')}
        maxlength={200}
        required
      />
      <Button tone="quiet">Change the password</Button>
    </form>
  </Card>
)

const SessionsCard = (props: SecondFactorView) => {
  const others = props.sessions.filter(({ isCurrent }) => !isCurrent)
  return (
    <Card title="Where you are signed in" id="own-sessions" className="stack">
      <ul class="record-list">
        {props.sessions.map((session) => (
          <li>
            <strong>
              {session.device} {session.isCurrent && <Badge tone="gold">Here</Badge>}
            </strong>
            <span class="document-meta">{whenOf(session)}</span>
          </li>
        ))}
      </ul>
      {others.length === 0 ? (
        <p class="hint">{said(props, 'sessions', 'ended')} Nowhere else.</p>
      ) : (
        <form class="stack" method="post" action={paths[props.portal].ownSessions()}>
          <Select
            label="Sign out"
            name="ended"
            options={[
              { value: 'others', label: 'Everywhere but here' },
              ...others.map((session) => ({
                value: session.id,
                label: `${session.device}, last used ${formatDateTime(session.lastSeenAt)}`,
              })),
            ]}
            value="others"
            error={said(props, 'sessions', 'ended')}
          />
          <PasswordOfNow id="own-sessions-password" problem={said(props, 'sessions', 'password')} />
          <Button tone="quiet" icon="signOut">
            Sign out there
          </Button>
        </form>
      )}
    </Card>
  )
}

const whenOf = ({ since, lastSeenAt, ipAddress }: OwnSessionView) =>
  `Since ${formatDateTime(since)}, last used ${formatDateTime(lastSeenAt)}${ipAddress ? `, from ${ipAddress}` : ''}`
