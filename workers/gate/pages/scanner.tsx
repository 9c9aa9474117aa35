import { pathTo } from '#workers/routes.ts';
import { asset } from '#workers/ui/assets.ts';
import { displayFace, Document } from '#workers/ui/document.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { GateView, ScannerView } from '../views.ts';
import { Answer, Steps } from './answer.tsx';
import { GateTop, OpenBanner, Recent, ScanForm, Tools } from './gate.tsx';

const words = messages.handheld;
const island = 'gate/scanner.island.js';
const decoder = 'gate/decode.worker.js';

/** Everything the page is made of: what must be on the phone before the network goes. */
const partsOf = () => [...['app.css', island, decoder, 'zxing_reader.wasm'].map((name) => asset(name)), displayFace];

/**
 * An enrolled phone's screen: the camera's picture, over it the answer, at the foot a field for what cannot be seen. The page
 * is kept on the phone as it is drawn here, and opens from there when nothing answers. Without JavaScript it is a form.
 */
export function ScannerPage({ gate, scanner }: { gate: GateView; scanner: ScannerView }) {
  const { event, gateName } = gate;
  return (
    <Document title={messages.gate.title(gateName)} bodyClass="gate scanner" isPrivate islands={[island]} app="gate">
      <GateTop gate={gate} />
      <ReachStrip />
      <OpenBanner gate={gate} />
      <main {...facts(gate, scanner)}>
        <Finder />
        <Answer answer={gate.answer} timeZone={event.timeZone} />
        <Steps gate={gate} />
        <ScanForm gate={gate} isFirst={false} />
        <Recent />
        <Tools gate={gate} />
      </main>
    </Document>
  );
}

/** What the page's script works with. */
function facts({ event, gateId, can }: GateView, scanner: ScannerView) {
  const at = { slug: event.slug };
  return {
    'data-gate': '',
    'data-gate-id': gateId,
    'data-time-zone': event.timeZone,
    'data-scans': pathTo('gateScan', at),
    'data-undo': pathTo('gateUndo', at),
    'data-redemptions': pathTo('gateRedeem', at),
    'data-now': pathTo('gateNow', at),
    'data-manifest': pathTo('gateManifest', at),
    'data-news': pathTo('gateNews', at),
    'data-log': pathTo('gateScanLog'),
    'data-page': `${pathTo('gateEvent', at)}?gate=${encodeURIComponent(gateId)}`,
    'data-proof': pathTo('gateProof'),
    'data-may-override': can.mayOverride ? '' : undefined,
    'data-may-redeem': can.mayRedeem ? '' : undefined,
    'data-socket': scanner.socketPath,
    'data-device-id': scanner.deviceId,
    'data-event-id': scanner.eventId,
    'data-staff-id': scanner.staffId,
    'data-manifest-key': scanner.manifestKey,
    'data-decoder': asset(decoder),
    'data-worker': asset('gate/gate.sw.js'),
    'data-parts': JSON.stringify(partsOf()),
  };
}

/** Whether the event is there, how old the list is, what is still to be sent: always in sight, in words. */
function ReachStrip() {
  return (
    <section class="event-reach" data-reach="connecting">
      <p role="status">
        <b data-reach-word>{words.reach.connecting}</b>
      </p>
      <p>
        <span data-list-age></span>
        <span data-unsent="0"></span>
      </p>
      <p class="reach-note" role="status" data-drift hidden></p>
      <p class="reach-note" role="status" data-notice></p>
      <p class="reach-note" role="alert" data-announcement></p>
    </section>
  );
}

/** Drawn hidden: without a script there is no picture. */
function Finder() {
  return (
    <section class="finder" aria-label={words.finder} data-finder hidden>
      <video data-video muted playsinline aria-hidden="true"></video>
      <div class="finder-frame" aria-hidden="true"></div>
      <button class="button" type="button" data-camera-start>
        {words.start}
      </button>
      <p class="finder-says" role="status" data-finder-says>
        {words.closed}
      </p>
      <p class="finder-tools">
        <button type="button" data-torch aria-pressed="false" hidden>
          {words.torch}
        </button>
        <button type="button" data-camera-change hidden>
          {words.change}
        </button>
        <button type="button" data-nfc aria-pressed="false" hidden>
          {words.nfc.turnOn}
        </button>
      </p>
    </section>
  );
}
