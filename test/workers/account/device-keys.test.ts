import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { devices } from '#d1/schema/index.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import { auditOf, Browser, codeOf, codeSentTo, db, newAddress, noticesTo, passTime, personAt } from './browser.ts';
import { giveTicket, lockedStaff, staffMember } from './staff.ts';

const gate = pathTo('gate');
const scans = pathTo('apiScans', { slug: 'any' });
/** The steward's business has no event here: past the lock, that is what is said. */
const letIn = 403;

describe('a staff session', () => {
  it('names its browser’s key before any staff page opens', async () => {
    const { browser } = await staffMember();
    const held = await browser.open(gate);
    expect([held.status, (await held.text()).includes('data-held="name_key"')]).toEqual([401, true]);
    expect(await codeOf(await browser.post(scans, {}))).toBe('device_proof_needed');
    expect((await browser.showKey()).status).toBe(204);
    expect((await browser.open(gate)).status).toBe(letIn);
  });

  it('shows its key every ten minutes, and needs no sign-in for that', async () => {
    const { browser } = await lockedStaff();
    passTime(9 * minuteMs);
    expect((await browser.open(gate)).status).toBe(letIn);
    passTime(2 * minuteMs);
    const held = await browser.open(gate);
    expect([held.status, (await held.text()).includes('data-held="prove_key"')]).toEqual([401, true]);
    expect((await browser.showKey()).status).toBe(204);
    expect((await browser.open(gate)).status).toBe(letIn);
  });

  it('is worth nothing as a copied cookie', async () => {
    const { browser } = await lockedStaff();
    const thief = browser.stolen('__Host-session', '__Host-devices', '__Host-browser');
    expect((await thief.open(gate)).status).toBe(401);
    expect(await codeOf(await thief.post(scans, {}))).toBe('device_proof_needed');
    expect((await thief.open(pathTo('security'))).status).toBe(401);
    // Nor with every cookie, once the proof among them has run out.
    const thorough = new Browser(browser.cookies);
    passTime(10 * minuteMs);
    expect((await thorough.open(gate)).status).toBe(401);
  });

  it('ends, for everybody, when it comes with another key', async () => {
    const { browser } = await lockedStaff();
    const { id } = await browser.session();
    const thief = browser.stolen('__Host-session');
    expect(await codeOf(await thief.showKey())).toBe('device_key_refused');
    expect(await browser.isSignedIn()).toBe(false);
    expect(await auditOf(id)).toContain('session.theft_suspected');
    expect(thief.cookies.has('__Host-session')).toBe(false);
  });

  it('is not taken over by a key named later, nor named twice', async () => {
    const { browser, personId } = await staffMember();
    const thief = browser.stolen('__Host-session');
    passTime(16 * minuteMs);
    expect(await codeOf(await thief.showKey())).toBe('proof_needed');
    const locked = await lockedStaff();
    const [before] = await db.select().from(devices).where(eq(devices.personId, locked.personId));
    const { challenge } = await (await locked.browser.read(pathTo('deviceChallenge'))).json<{ challenge: string }>();
    const other = await staffMember();
    await other.browser.showKey();
    const body = { challenge, signature: 'A'.repeat(86), publicKey: `Ag${'A'.repeat(42)}` };
    expect((await locked.browser.post(pathTo('deviceKey'), body)).status).toBe(401);
    const [after] = await db.select().from(devices).where(eq(devices.personId, locked.personId));
    expect(after?.publicKey).toBe(before?.publicKey);
    expect(personId).not.toBe(locked.personId);
  });

  it('takes no challenge of another session, nor an old one', async () => {
    const one = await lockedStaff();
    const other = await lockedStaff();
    const foreign = await (await other.browser.read(pathTo('deviceChallenge'))).json<{ challenge: string }>();
    const signature = 'A'.repeat(86);
    const proof = pathTo('deviceProof');
    expect(await codeOf(await one.browser.post(proof, { ...foreign, signature }))).toBe('device_proof_needed');
    const own = await (await one.browser.read(pathTo('deviceChallenge'))).json<{ challenge: string }>();
    passTime(3 * minuteMs);
    expect(await codeOf(await one.browser.post(proof, { ...own, signature }))).toBe('device_proof_needed');
    expect(await one.browser.isSignedIn()).toBe(true);
  });

  it('in a browser without scripts goes on for an hour, and no thief turns a locked one into that', async () => {
    const { browser } = await staffMember();
    expect((await browser.send(pathTo('deviceWithout'), { next: gate })).headers.get('location')).toBe(gate);
    expect((await browser.open(gate)).status).toBe(letIn);
    passTime(59 * minuteMs);
    expect((await browser.open(gate)).status).toBe(letIn);
    passTime(2 * minuteMs);
    expect(await browser.isSignedIn()).toBe(false);
    const locked = await lockedStaff();
    const thief = locked.browser.stolen('__Host-session');
    expect((await thief.send(pathTo('deviceWithout'), { next: gate })).status).toBe(401);
    expect((await thief.open(gate)).status).toBe(401);
  });

  it('whose browser lost its key goes on by a code, as a browser of its own', async () => {
    const { browser, address, personId } = await lockedStaff();
    browser.keys.clear();
    passTime(11 * minuteMs);
    const asked = await browser.send(pathTo('prove'), { next: gate, lost: '1' });
    const c = new URL(asked.headers.get('location') ?? '', 'http://x').searchParams.get('c') ?? '';
    const proved = await browser.send(pathTo('proveCode'), {
      c,
      code: codeSentTo(address).code,
      next: gate,
      lost: '1',
    });
    expect([proved.status, proved.headers.get('location')]).toEqual([303, gate]);
    expect((await browser.showKey()).status).toBe(204);
    expect((await browser.open(gate)).status).toBe(letIn);
    const rows = await db.select().from(devices).where(eq(devices.personId, personId));
    expect(rows.map(({ revokedAtMs }) => revokedAtMs === null)).toEqual([false, true]);
  });
});

describe('a customer’s session', () => {
  it('is held only while tickets are live', async () => {
    const address = newAddress();
    const browser = new Browser();
    await browser.signIn(address);
    await browser.showKey();
    const copy = browser.stolen('__Host-session');
    passTime(11 * minuteMs);
    expect((await copy.open(pathTo('wallet'))).status).toBe(200);
    await giveTicket(address);
    expect((await copy.open(pathTo('wallet'))).status).toBe(401);
    expect((await copy.open(pathTo('order', { orderId: 'ord_eur00_00000000000000000000000000' }))).status).toBe(401);
    await browser.showKey();
    expect((await browser.open(pathTo('wallet'))).status).toBe(200);
    passTime(101 * dayMs);
    expect(await copy.isSignedIn()).toBe(false);
  });
});

describe('a new browser', () => {
  async function withTicket() {
    const address = newAddress();
    const old = new Browser();
    await old.signIn(address);
    await old.showKey();
    await giveTicket(address);
    return { address, old, personId: await personAt(address) };
  }

  it('by a link shows nothing until an old one says that it is theirs', async () => {
    const { address, old, personId } = await withTicket();
    const fresh = new Browser();
    await fresh.signInByLink(address);
    expect(noticesTo(personId)).toEqual(['new_device']);
    const held = await fresh.open(pathTo('wallet'));
    expect([held.status, (await held.text()).includes('New here')]).toEqual([403, true]);
    const { deviceId } = await fresh.session();
    // It cannot confirm itself, nor ask for anything that needs proof.
    expect((await fresh.send(pathTo('deviceConfirm'), { device: deviceId ?? '', what: 'confirm' })).status).toBe(403);
    expect(await (await old.open(pathTo('security'))).text()).toContain('Waiting');
    await old.send(pathTo('deviceConfirm'), { device: deviceId ?? '', what: 'confirm' });
    expect((await fresh.open(pathTo('wallet'))).status).toBe(200);
    expect(await auditOf(deviceId ?? '')).toEqual(['device.added', 'device.confirmed']);
  });

  it('by a link is confirmed by a code typed in it', async () => {
    const { address } = await withTicket();
    const fresh = new Browser();
    await fresh.signInByLink(address);
    const asked = await fresh.send(pathTo('prove'), {});
    const c = new URL(asked.headers.get('location') ?? '', 'http://x').searchParams.get('c') ?? '';
    await fresh.send(pathTo('proveCode'), { c, code: codeSentTo(address).code });
    expect((await fresh.open(pathTo('wallet'))).status).toBe(200);
  });

  it('by a link turns nobody out, also while there is nothing to hold back', async () => {
    const address = newAddress();
    const old = new Browser();
    await old.signIn(address);
    const { id, deviceId } = await old.session();
    const fresh = new Browser();
    await fresh.signInByLink(address);
    expect((await fresh.open(pathTo('security'))).status).toBe(200);
    const tries = [
      fresh.send(pathTo('sessionEnd'), { session: id }),
      fresh.send(pathTo('sessionEnd'), { others: '1' }),
      fresh.send(pathTo('deviceConfirm'), { device: deviceId ?? '', what: 'remove' }),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await codeOf(await fresh.read(pathTo('passkeyOptions')))).toBe('proof_needed');
    expect(await old.isSignedIn()).toBe(true);
  });

  it('by a code is the person’s at once, and they are told of it', async () => {
    const { address, personId } = await withTicket();
    const fresh = new Browser();
    await fresh.signIn(address);
    expect((await fresh.open(pathTo('wallet'))).status).toBe(200);
    expect(noticesTo(personId)).toEqual(['new_device']);
  });

  it('is locked out from an old one, with every session in it', async () => {
    const { address, old } = await withTicket();
    const fresh = new Browser();
    await fresh.signIn(address);
    const { deviceId, id } = await fresh.session();
    await old.send(pathTo('deviceConfirm'), { device: deviceId ?? '', what: 'remove' });
    expect(await fresh.isSignedIn()).toBe(false);
    expect(id).not.toBe('');
    expect(await auditOf(deviceId ?? '')).toContain('device.revoked');
  });

  it('is none when the same browser comes back: it shows the key it has', async () => {
    const { browser, address, personId } = await lockedStaff();
    await browser.send(pathTo('signOut'), {});
    await browser.signInByLink(address);
    expect((await browser.open(gate)).status).toBe(401);
    expect((await browser.showKey()).status).toBe(204);
    expect((await browser.open(gate)).status).toBe(letIn);
    expect(await db.select().from(devices).where(eq(devices.personId, personId))).toHaveLength(1);
    passTime(hourMs);
  });
});

describe('proving again', () => {
  it('is asked for after ten minutes, before a passkey is added or removed', async () => {
    const address = newAddress();
    const browser = new Browser();
    await browser.signIn(address);
    expect((await browser.read(pathTo('passkeyOptions'))).status).toBe(200);
    passTime(11 * minuteMs);
    expect(await codeOf(await browser.read(pathTo('passkeyOptions')))).toBe('proof_needed');
    const stopped = await browser.send(pathTo('passkeys'), { passkey: 'x' });
    expect(stopped.headers.get('location')).toBe(`${pathTo('prove')}?next=%2Faccount%2Fsecurity`);
    const asked = await browser.send(pathTo('prove'), { next: pathTo('security') });
    const c = new URL(asked.headers.get('location') ?? '', 'http://x').searchParams.get('c') ?? '';
    const before = new Browser(browser.cookies);
    const proved = await browser.send(pathTo('proveCode'), { c, code: codeSentTo(address).code });
    expect(proved.headers.get('location')).toBe(pathTo('security'));
    expect((await browser.read(pathTo('passkeyOptions'))).status).toBe(200);
    // A copy of the token from before gets a minute of it, and no more.
    expect(browser.cookies.get('__Host-session')).not.toBe(before.cookies.get('__Host-session'));
    passTime(2 * minuteMs);
    expect(await before.isSignedIn()).toBe(false);
  });

  it('is for the session’s own person: a code for signing in, or of somebody else, does not count', async () => {
    const address = newAddress();
    const browser = new Browser();
    await browser.signIn(address);
    const signingIn = await browser.askFor(address);
    const { code } = codeSentTo(address);
    expect((await browser.send(pathTo('proveCode'), { c: signingIn, code })).status).toBe(410);
    // Asked for by one person, answered after another signed in in the same browser.
    const asked = await browser.send(pathTo('prove'), {});
    const c = new URL(asked.headers.get('location') ?? '', 'http://x').searchParams.get('c') ?? '';
    const proving = codeSentTo(address).code;
    await browser.signIn(newAddress());
    expect((await browser.send(pathTo('proveCode'), { c, code: proving })).status).toBe(410);
  });

  it('tells no stranger where the code goes', async () => {
    const { browser, address } = await lockedStaff();
    const thief = browser.stolen('__Host-session');
    const page = await (await thief.open(pathTo('prove'))).text();
    expect(page).not.toContain(address);
    expect(page).toContain('p…@ways-in.example');
  });
});
