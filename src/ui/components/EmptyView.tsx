import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { hrefOf } from '../routes.ts';
import buttonStyles from './Button.module.css';
import styles from './EmptyView.module.css';

interface Props {
  readonly title: string;
  readonly text: string;
  /** Further ways on, before the one to the form. */
  readonly children?: ReactNode;
}

/** A view that needs a run, before there is one. */
export const EmptyView = ({ title, text, children }: Props) => (
  <section className={styles.empty}>
    <h1>{title}</h1>
    <p>{text}</p>
    <div className={styles.buttons}>
      {children}
      <a className={buttonStyles.button} href={hrefOf('configure')}>
        <ArrowLeft size={14} aria-hidden="true" /> Configure a run
      </a>
    </div>
  </section>
);
