import { ArrowLeft } from 'lucide-react';
import buttonStyles from '../components/Button.module.css';
import { hrefOf } from '../routes.ts';
import styles from './panels.module.css';

export function NoRun() {
  return (
    <section className={styles.empty}>
      <h1>No run yet</h1>
      <p>Choose an environment and settings, then start training. Curves and the policy at play appear here.</p>
      <a className={buttonStyles.button} href={hrefOf('configure')}>
        <ArrowLeft size={14} aria-hidden="true" /> Configure a run
      </a>
    </section>
  );
}
