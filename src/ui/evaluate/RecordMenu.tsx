/** Films the episode in the player: replayed in a worker, so that no picture is lost and training is not disturbed. */
import { Video, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { filmName } from '../../evaluation/filmName.ts';
import { type FilmFormat, recordFilm } from '../../evaluation/recordFilm.ts';
import type { EpisodeRequest, EpisodeTrace } from '../../playback/episode.api.ts';
import { Button } from '../components/Button.tsx';
import { placeBelow } from '../components/placeBelow.ts';
import { Segmented } from '../components/Segmented.tsx';
import { bytes } from '../format.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import { saveFile } from '../saveFile.ts';
import { themeStore } from '../theme.ts';
import type { EvaluationOnShow } from './evaluation.ts';
import { policyTitle } from './policyTitle.ts';
import styles from './RecordMenu.module.css';

const formats = [
  { value: 'video', label: 'Video' },
  { value: 'gif', label: 'GIF' },
] as const;

const widths = [320, 480, 640, 960, 1280] as const;

interface Props {
  readonly result: EvaluationOnShow;
  readonly requests: readonly EpisodeRequest[];
  readonly traces: readonly (EpisodeTrace | undefined)[];
}

export function RecordMenu({ result, requests, traces }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [format, setFormat] = useState<FilmFormat>('video');
  const [width, setWidth] = useState<number>(480);
  const [hasCaption, setHasCaption] = useState(true);
  const [policy, setPolicy] = useState(0);
  /** How far the recording is, 0 to 1; null while there is none. */
  const [share, setShare] = useState<number | null>(null);
  const aborting = useRef<AbortController | null>(null);
  useEffect(() => () => aborting.current?.abort(), []);

  const record = async () => {
    const chosen = policy < requests.length ? policy : 0;
    const [request, trace, policyOnShow] = [requests[chosen]!, traces[chosen], result.policies[chosen]!];
    if (!trace) return;
    const controller = new AbortController();
    aborting.current = controller;
    setShare(0);
    try {
      const caption = hasCaption ? policyTitle(policyOnShow) : null;
      const settings = { theme: themeStore.get(), width, caption };
      const film = await recordFilm(format, request, settings, setShare, controller.signal);
      const { seed, return: episodeReturn } = trace;
      const { source, frames } = policyOnShow;
      const name = filmName({ name: source.name, frames, seed, episodeReturn, extension: film.extension });
      saveFile(name, film.file, film.mimeType);
      announce(`Recorded ${film.frames} pictures, ${bytes(film.file.length)}.`);
    } catch (error) {
      if (!controller.signal.aborted) alertStore.set(messageOf(error));
    } finally {
      setShare(null);
    }
  };

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
        <div className={styles.row}>
          <span>Format</span>
          <Segmented label="Format" options={formats} value={format} onChange={setFormat} />
        </div>
        {requests.length > 1 && (
          <label className={styles.row}>
            <span>Policy</span>
            <select value={policy} onChange={(event) => setPolicy(Number(event.currentTarget.value))}>
              {result.policies.map((loaded, i) => (
                <option key={loaded.source.id} value={i}>
                  {policyTitle(loaded)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className={styles.row}>
          <span>Width</span>
          <select value={width} onChange={(event) => setWidth(Number(event.currentTarget.value))}>
            {widths.map((pixels) => (
              <option key={pixels} value={pixels}>
                {pixels} pixels
              </option>
            ))}
          </select>
        </label>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={hasCaption}
            onChange={(event) => setHasCaption(event.currentTarget.checked)}
          />
          <span>Name, step and return below the picture</span>
        </label>
        {share === null ? (
          <Button look="primary" isWide disabled={traces.includes(undefined)} onClick={() => void record()}>
            Record {format === 'gif' ? 'a GIF' : 'a video'}
          </Button>
        ) : (
          <div className={styles.progress}>
            <progress aria-label="Recording" value={share} max={1} />
            <Button icon={<X size={14} aria-hidden="true" />} onClick={() => aborting.current?.abort()}>
              Cancel
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
