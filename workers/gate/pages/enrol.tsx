import { pathTo } from '#workers/routes.ts';
import { Document } from '#workers/ui/document.tsx';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.scanner;

/** One thing a screen: what this phone becomes, who holds it, done. Its script shows them one after another. */
export function EnrolPage() {
  return (
    <Document title={words.enrolTitle} bodyClass="gate" isPrivate islands={['gate/enrol.island.js']}>
      <main class="gate-step" data-enrol={pathTo('gateEnrol')} data-look={pathTo('gateEnrolLook')}>
        <p class="kicker" data-step></p>
        <h1 data-title tabindex={-1}>
          {words.enrolTitle}
        </h1>
        <div data-offer hidden>
          <p class="summary">
            <b data-at></b>
          </p>
          <p data-until></p>
          <p data-note></p>
        </div>
        <p class="summary" role="status" data-says>
          {words.checking}
        </p>
        <form data-name hidden>
          <label for="name">{words.nameField}</label>
          <p class="small" id="name-hint">
            {words.nameHint}
          </p>
          <input id="name" name="name" autocomplete="name" maxlength={80} required aria-describedby="name-hint" />
          <button class="button wide">{words.begin}</button>
        </form>
        <button class="button wide" data-go hidden type="button"></button>
        <a class="button wide" data-start hidden href={pathTo('gate')}>
          {words.start}
        </a>
        <noscript>
          <p class="summary">{words.needsScript}</p>
        </noscript>
      </main>
    </Document>
  );
}
