import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { pathTo } from '#workers/routes.ts';
import { asset } from './assets.ts';
import { messages } from './messages/en.ts';

export type DocumentProps = {
  title: string;
  description?: string | undefined;
  /** Absolute address of this page: for search engines and for shared links. */
  canonical?: string | undefined;
  /** Absolute address of the picture shown with a shared link. */
  pictureUrl?: string | undefined;
  /** schema.org JSON, already a string. It is a data block: a Content-Security-Policy for scripts does not stop it. */
  jsonLd?: string | undefined;
  /** Browser code by logical name, such as `gate/gate.island.js`. The page works without it. */
  islands?: readonly string[] | undefined;
  /**
   * Draws the page again by itself where scripts are off; for states that end without the reader doing anything. With
   * scripts an island looks instead: a reload every few seconds would throw screen readers back to the top.
   */
  refreshSeconds?: number | undefined;
  /** By logical name. Most pages wear `app.css`; what anyone may read wears the lighter `public.css` alone. */
  styles?: readonly string[] | undefined;
  /** A picture the first screen needs: fetched before the stylesheet is read. */
  preloadPicture?: string | undefined;
  /** Personal pages stay out of search engines. */
  isPrivate?: boolean | undefined;
  /** What can be installed from here. Public pages say nothing of it, to stay light. */
  app?: keyof typeof apps | undefined;
  bodyClass?: string | undefined;
  children?: Child;
};

/** The colours of the browser's own bars; the same as `--ground` in styles/parts/tokens.css. */
export const barColour = { light: '#f2f0f6', dark: '#130f1b' };

/** Asked for beside the stylesheet, not after it, so that titles are not set twice. Drawn by `type/draw.ts`. */
export const displayFace = '/assets/expo-display-2.woff2';

const apps = {
  wallet: { manifest: pathTo('walletManifest'), icon: '/icons/wallet-180.png' },
  gate: { manifest: '/gate.webmanifest', icon: '/gate-icon-192.png' },
} as const;

export function Document(props: DocumentProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>{messages.site.titled(props.title)}</title>
          {(props.styles ?? ['app.css']).map((name) => (
            <link rel="stylesheet" href={asset(name)} />
          ))}
          <link rel="preload" as="font" type="font/woff2" href={displayFace} crossorigin="" />
          {props.preloadPicture && <link rel="preload" as="image" href={props.preloadPicture} fetchpriority="high" />}
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content={barColour.light} media="(prefers-color-scheme:light)" />
          <meta name="theme-color" content={barColour.dark} media="(prefers-color-scheme:dark)" />
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          {props.app && (
            <>
              <link rel="manifest" href={apps[props.app].manifest} />
              <link rel="apple-touch-icon" href={apps[props.app].icon} />
            </>
          )}
          {props.refreshSeconds !== undefined && (
            <noscript>
              <meta http-equiv="refresh" content={String(props.refreshSeconds)} />
            </noscript>
          )}
          {props.isPrivate && <meta name="robots" content="noindex" />}
          <SharedLink {...props} />
          {props.jsonLd && <script type="application/ld+json">{raw(safeInScript(props.jsonLd))}</script>}
          {props.islands?.map((name) => (
            <script type="module" src={asset(name)}></script>
          ))}
        </head>
        <body class={props.bodyClass}>{props.children}</body>
      </html>
    </>
  );
}

/** What a chat or a search result shows of the page. */
function SharedLink({ title, description, canonical, pictureUrl }: DocumentProps) {
  return (
    <>
      {description && <meta name="description" content={description} />}
      {canonical && (
        <>
          <link rel="canonical" href={canonical} />
          <meta property="og:url" content={canonical} />
          <meta property="og:site_name" content={messages.site.name} />
          <meta property="og:title" content={title} />
          {description && <meta property="og:description" content={description} />}
        </>
      )}
      {pictureUrl && (
        <>
          <meta property="og:image" content={pictureUrl} />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
    </>
  );
}

/** An organiser's text could close the script element; an escaped `<` means the same in JSON and nothing in HTML. */
function safeInScript(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
