import { messages } from '#workers/ui/messages/en.ts';
import type { CodeView } from '#workers/ui/views.ts';

const words = messages.storefront.checkout.code;
const codeMax = 40;

/** Codes that came along, each with what it does, and a field for one more. For the cart's form and the checkout's. */
export function Codes({ codes, error }: { codes: readonly CodeView[]; error: string | undefined }) {
  return (
    <div class="codes">
      {codes.length > 0 && (
        <ul>
          {codes.map(({ code, name, problem }) => (
            <li>
              <span>
                {name === undefined ? <code>{code}</code> : words.applied(code, name)}
                {problem && <small class="error">{problem}</small>}
              </span>
              <button class="link" name="do" value={`remove-code:${code}`} aria-label={words.remove(code)}>
                {messages.storefront.cart.removeShort}
              </button>
            </li>
          ))}
        </ul>
      )}
      <details open={error !== undefined}>
        <summary>{words.title}</summary>
        <div class="code-entry">
          <label class="hidden" for="code">
            {words.label}
          </label>
          <input
            id="code"
            name="code"
            type="text"
            maxlength={codeMax}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-invalid={error === undefined ? undefined : 'true'}
            aria-describedby={error === undefined ? undefined : 'code-error'}
          />
          <button class="button quiet" name="do" value="code">
            {words.apply}
          </button>
        </div>
        {error && (
          <p class="error" id="code-error" role="alert">
            {error}
          </p>
        )}
      </details>
    </div>
  );
}
