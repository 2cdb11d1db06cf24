/** Films the episode in the player: of one policy, or of both side by side. */
import { Video } from 'lucide-react';
import { useId, useRef } from 'react';
import type { EpisodeRequest } from '../../playback/episode.api.ts';
import { Button } from '../components/Button.tsx';
import { placeBelow } from '../components/placeBelow.ts';
import { type FilmRole, type FilmSubject, RecordForm } from '../components/RecordForm.tsx';
import type { EvaluationOnShow } from './evaluation.ts';
import { policyTitle } from './policyTitle.ts';
import styles from './RecordMenu.module.css';

interface Props {
  readonly result: EvaluationOnShow;
  /** Of each policy. */
  readonly requests: readonly EpisodeRequest[];
  readonly disabled: boolean;
}

export function RecordMenu({ result, requests, disabled }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const roles = result.policies.map((policy, i) => ({
    title: policyTitle(policy),
    name: policy.source.name,
    frames: policy.frames,
    request: requests[i]!,
  }));
  return (
    <>
      <Button ref={button} popoverTarget={id} icon={<Video size={15} aria-hidden="true" />}>
        Record
      </Button>
      <div
        id={id}
        popover="auto"
        className={styles.menu}
        onToggle={(event) => {
          if (event.newState === 'open' && button.current) placeBelow(event.currentTarget, button.current);
        }}
      >
        <h2>Record this episode</h2>
        <RecordForm subjects={subjectsOf(roles)} disabled={disabled} />
      </div>
    </>
  );
}

function subjectsOf(roles: readonly FilmRole[]): FilmSubject[] {
  const each = roles.map((role) => ({ label: role.title, roles: [role] }));
  return roles.length > 1 ? [{ label: 'Both side by side', roles }, ...each] : each;
}
