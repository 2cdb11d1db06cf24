import styles from './IsolationScreen.module.css';
import { Mark } from './Mark.tsx';
import { offlineCopyStore } from './offline/serviceWorker.ts';
import { useStore } from './store.ts';

/** Shown instead of everything else where the page has no shared memory: nothing would work. */
export function IsolationScreen() {
  const copy = useStore(offlineCopyStore);
  if (copy.status === 'installing') {
    return (
      <main className={styles.screen} aria-busy="true">
        <h1>
          <Mark /> Pronk is being set up
        </h1>
        <p>Its files are kept on this device, once. The page then loads anew and works without a network as well.</p>
      </main>
    );
  }
  return (
    <main className={styles.screen}>
      <h1>
        <Mark /> Pronk needs shared memory
      </h1>
      <p>
        The actors and the learner work on the same memory. A browser gives that only to a page that is cross-origin
        isolated, and this one was served without the two headers that ask for it:
      </p>
      <pre>
        Cross-Origin-Opener-Policy: same-origin{'\n'}
        Cross-Origin-Embedder-Policy: require-corp
      </pre>
      <ul>
        <li>
          If this is your server: send both with every file of the page. <code>docs/deploy.md</code> in the project
          shows how for common hosts.
        </li>
        <li>
          On your own computer: <code>npm run dev</code> sends them. Opening <code>index.html</code> from the disk does
          not.
        </li>
        {copy.status === 'failed' && (
          <li>The page tried to send them to itself with a service worker, and that failed: {copy.reason}.</li>
        )}
        {!isSecureContext && (
          <li>
            This address begins with <code>{location.protocol}</code>. Browsers isolate only pages of{' '}
            <code>https:</code>
            and of <code>localhost</code>.
          </li>
        )}
        {window !== window.top && <li>This page is inside a frame of another site. Open it in a tab of its own.</li>}
      </ul>
    </main>
  );
}
