import { pathTo } from '#workers/routes.ts';
import type { KeepView } from '#workers/ui/views.ts';
import { messages } from '../messages/en.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';

const words = messages.account.keep;
/** Six digits, and the spaces that come along with a paste. */
const codeMax = 12;

/** Beside tickets, and nowhere else: the invitation to keep them in an account, up to the code that does it. */
export function KeepInvitation({ keep }: { keep: KeepView }) {
  return (
    <aside class="keep" id="keep" aria-label={keep.step === 'add' ? words.addTitle : words.title}>
      {keep.step === 'offer' && <Offer keep={keep} />}
      {keep.step === 'code' && <Code keep={keep} />}
      {keep.step === 'add' && (
        <form method="post" action={pathTo('orderClaim', { orderId: keep.orderId })}>
          <h2>{words.addTitle}</h2>
          <p>{words.addDetail}</p>
          <Button quiet>{words.addAction}</Button>
        </form>
      )}
    </aside>
  );
}

function Offer({ keep: { orderId, email, others } }: { keep: Extract<KeepView, { step: 'offer' }> }) {
  return (
    <>
      <h2>{words.title}</h2>
      <p>
        {words.detail(email)}
        {others > 0 && ` ${words.others(others)}`}
      </p>
      <div class="actions">
        <form method="post" action={pathTo('orderKeep', { orderId })}>
          <Button quiet>{words.send}</Button>
        </form>
        <form method="post" action={pathTo('orderKeepDismiss', { orderId })}>
          <button class="link">{words.dismiss}</button>
        </form>
      </div>
    </>
  );
}

function Code({ keep: { orderId, email, challengeId, isWrong } }: { keep: Extract<KeepView, { step: 'code' }> }) {
  return (
    <>
      <h2>{words.title}</h2>
      <form method="post" action={pathTo('orderKeepCode', { orderId })}>
        <p>{words.sent(email)}</p>
        <input type="hidden" name="challenge" value={challengeId} />
        <Field
          name="code"
          label={words.code}
          type="text"
          value=""
          error={isWrong ? words.codeError : undefined}
          autocomplete="one-time-code"
          maxLength={codeMax}
          isCode
        />
        <Button>{words.confirm}</Button>
      </form>
      <form method="post" action={pathTo('orderKeep', { orderId })}>
        <button class="link">{words.again}</button>
      </form>
    </>
  );
}
