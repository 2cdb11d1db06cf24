import { describe, expect, it } from 'vitest';
import { findInstalledChromium, type Host } from './findChromium.ts';

const linux: Host = { platform: 'linux', env: { PATH: '/home/ada/bin:/usr/bin' }, home: '/home/ada' };
const having =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path);

describe('Finding Chromium', () => {
  it('prefers CHROMIUM_PATH over everything', () => {
    const host = { ...linux, env: { ...linux.env, CHROMIUM_PATH: '/my/chromium' } };
    expect(findInstalledChromium(host, '', having('/my/chromium', '/usr/bin/google-chrome'))).toBe('/my/chromium');
  });

  it('refuses a CHROMIUM_PATH that does not exist, whatever else is installed', () => {
    const host = { ...linux, env: { CHROMIUM_PATH: '/my/chromium' } };
    expect(() => findInstalledChromium(host, '', having('/usr/bin/chromium'))).toThrow('no such file');
  });

  it('takes an empty CHROMIUM_PATH as none', () => {
    const host = { ...linux, env: { CHROMIUM_PATH: '' } };
    expect(findInstalledChromium(host, '', having('/usr/bin/chromium'))).toBe('/usr/bin/chromium');
  });

  it('looks through the PATH', () => {
    expect(findInstalledChromium(linux, '', having('/home/ada/bin/chromium'))).toBe('/home/ada/bin/chromium');
  });

  it('knows where Chrome lives on a Mac', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    const host: Host = { platform: 'darwin', env: {}, home: '/Users/ada' };
    expect(findInstalledChromium(host, '', having(chrome))).toBe(chrome);
  });

  it('knows that Windows brings Edge', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const host: Host = {
      platform: 'win32',
      env: { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' },
      home: 'C:\\Users\\ada',
    };
    expect(findInstalledChromium(host, '', having(edge))).toBe(edge);
  });

  it("falls back on Playwright's own", () => {
    expect(findInstalledChromium(linux, '/cache/chrome', having('/cache/chrome'))).toBe('/cache/chrome');
  });

  it('finds nothing where there is nothing', () => {
    expect(findInstalledChromium(linux, '/cache/chrome', having())).toBeNull();
  });
});
