/**
 * Finds the Chromium that the command line and the tests drive, and gets one where there is none. Any build of Chromium 114 or
 * later does; Playwright's headless shell does not, for it has no WebGPU.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, posix, win32 } from 'node:path';
import { chromium } from 'playwright';

/** What decides where a browser may be. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisHost: Host = { platform: process.platform, env: process.env, home: homedir() };

const isRoot = process.getuid?.() === 0;

/**
 * Chromium refuses its sandbox to root, so root runs without. WebGPU needs a flag on Linux; without a GPU it then runs on the
 * processor (SwiftShader). Background networking is off, so that a run talks to nobody.
 */
export const chromiumArguments: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  ...(isRoot ? ['--no-sandbox'] : []),
];

/** The path of a Chromium. Installs one if need be, saying so on stderr; rejects with a sentence if that fails. */
export async function findChromium(): Promise<string> {
  const found = findInstalledChromium(thisHost, chromium.executablePath(), existsSync);
  if (found) return found;
  process.stderr.write('No Chromium, Chrome or Edge is installed here; getting Chromium …\n');
  const installed = installChromium() && findInstalledChromium(thisHost, chromium.executablePath(), existsSync);
  if (installed) return installed;
  throw new Error(
    'There is no Chromium here and none could be installed. Install Chrome or Chromium, or set CHROMIUM_PATH to the program.',
  );
}

/**
 * The first that exists of: CHROMIUM_PATH, programs on PATH, the usual places, Playwright's own. Null if there is none.
 * Throws if CHROMIUM_PATH names a file that is not there: silently taking another would test the wrong browser.
 */
export function findInstalledChromium(
  host: Host,
  playwrightPath: string,
  exists: (path: string) => boolean,
): string | null {
  const wanted = host.env.CHROMIUM_PATH;
  if (wanted) {
    if (exists(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH is "${wanted}", and there is no such file.`);
  }
  return [...candidates(host), playwrightPath].find((path) => path !== '' && exists(path)) ?? null;
}

function candidates({ platform, env, home }: Host): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((program) => roots.map((root) => win32.join(root, program)));
  }
  if (platform === 'darwin') {
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return programs.flatMap((name) =>
      ['/Applications', posix.join(home, 'Applications')].map((root) =>
        posix.join(root, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    );
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable'];
  const folders = [
    ...(env.PATH ?? '').split(posix.delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ];
  return names.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => posix.join(folder, name)));
}

/** For root on Debian its own package, since that brings the libraries along; else Playwright's download. */
function installChromium(): boolean {
  return (isRoot && isDebian() && installDebianChromium()) || installPlaywrightChromium();
}

function installDebianChromium(): boolean {
  return (
    runs('apt-get', ['update', '-qq']) &&
    runs('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  );
}

function installPlaywrightChromium(): boolean {
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright/package.json'));
  return runs(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium']);
}

const isDebian = (): boolean =>
  existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Whether the program ran and succeeded. What it prints goes to stderr, since stdout may be read by a program. */
const runs = (program: string, parameters: readonly string[]): boolean =>
  spawnSync(program, parameters, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;
