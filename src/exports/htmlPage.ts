/** One HTML file that plays the policy, wherever a browser opens it: weights, inference, environment and drawing are inside. */
import type { ExportedPolicy } from './exportedPolicy.ts';

/**
 * @param script the built `pagePlayer.ts`, without imports
 * Its content security policy forbids every request, so that the file cannot tell anybody that it was opened.
 */
export function encodeHtmlPage(
  { file, hyperparameters }: ExportedPolicy,
  name: string,
  script: string,
): Uint8Array<ArrayBuffer> {
  const env = hyperparameters.evalEnv || hyperparameters.env;
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'">
<title>${escapeText(name)} plays ${escapeText(env)}</title>
<style>
body { max-width: 720px; margin: 0 auto; padding: 20px; font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 19px; }
canvas { display: block; width: 100%; }
p { font-variant-numeric: tabular-nums; }
button { min-height: 32px; padding: 0 16px; font: inherit; }
label { margin-left: 16px; }
</style>
</head>
<body>
<main>
<h1>${escapeText(name)} plays ${escapeText(env)}</h1>
<canvas id="picture" role="img" aria-label="The environment, played by the policy"></canvas>
<p id="facts"></p>
<button id="pause" type="button">Pause</button>
<label><input id="greedy" type="checkbox" checked> Most probable action always, from the next episode on</label>
</main>
<script id="weights" type="application/octet-stream;base64">${base64(file)}</script>
<script type="module">${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
  return new TextEncoder().encode(page);
}

/** What `base64` takes at once: arguments of one call are few. */
const chunkBytes = 0x8000;

function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    letters += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
  }
  return btoa(letters);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeText = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter]!);
