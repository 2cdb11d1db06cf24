/** Films episodes: replayed in a worker, so that no picture is lost and training is not disturbed. */
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { filmName } from '../../evaluation/filmName.ts';
import { type FilmFormat, recordFilm } from '../../evaluation/recordFilm.ts';
import type { EpisodeRequest } from '../../playback/episode.api.ts';
import { bytes } from '../format.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import { saveFile } from '../saveFile.ts';
import { themeStore } from '../theme.ts';
import { Button } from './Button.tsx';
import styles from './RecordForm.module.css';
import { Segmented } from './Segmented.tsx';

const formats = [
  { value: 'video', label: 'Video' },
  { value: 'gif', label: 'GIF' },
] as const;

const widths = [320, 480, 640, 960, 1280] as const;

/** A policy that plays in a film. */
export interface FilmRole {
  /** What is written below its picture. */
  readonly title: string;
  /** The run's or the file's, for the name of the film. */
  readonly name: string;
  /** Env steps learned from; null where nobody knows. */
  readonly frames: number | null;
  readonly request: EpisodeRequest;
}

/** What can be filmed: one policy, or several side by side. */
export interface FilmSubject {
  readonly label: string;
  readonly roles: readonly FilmRole[];
}

interface Props {
  /** At least one. */
  readonly subjects: readonly FilmSubject[];
  readonly disabled?: boolean;
}

export function RecordForm({ subjects, disabled = false }: Props) {
  const [format, setFormat] = useState<FilmFormat>('video');
  const [width, setWidth] = useState<number>(480);
  const [hasCaption, setHasCaption] = useState(true);
  const [chosen, setChosen] = useState(0);
  const { share, record, cancel } = useRecorder();
  const { roles } = subjects[chosen] ?? subjects[0]!;
  return (
    <div className={styles.form}>
      <div className={styles.row}>
        <span>Format</span>
        <Segmented label="Format" options={formats} value={format} onChange={setFormat} />
      </div>
      {subjects.length > 1 && (
        <label className={styles.row}>
          <span>Show</span>
          <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {subjects.map(({ label }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two runs may have one name
              <option key={i} value={i}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className={styles.row}>
        <span>Width{roles.length > 1 && ' of each'}</span>
        <select value={width} onChange={(event) => setWidth(Number(event.currentTarget.value))}>
          {widths.map((pixels) => (
            <option key={pixels} value={pixels}>
              {pixels} pixels
            </option>
          ))}
        </select>
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={hasCaption} onChange={(event) => setHasCaption(event.currentTarget.checked)} />
        <span>Name, step and return below the picture</span>
      </label>
      {share === null ? (
        <Button
          look="primary"
          isWide
          disabled={disabled}
          onClick={() => void record(format, roles, { width, hasCaption })}
        >
          Record {format === 'gif' ? 'a GIF' : 'a video'}
        </Button>
      ) : (
        <div className={styles.progress}>
          <progress aria-label="Recording" value={share} max={1} />
          <Button icon={<X size={14} aria-hidden="true" />} onClick={cancel}>
            Cancel
          </Button>
        </div>
      )}
    </div>
  );
}

function useRecorder() {
  /** How far the recording is, 0 to 1; null while there is none. */
  const [share, setShare] = useState<number | null>(null);
  const aborting = useRef<AbortController | null>(null);
  useEffect(() => () => aborting.current?.abort(), []);

  const record = async (
    format: FilmFormat,
    roles: readonly FilmRole[],
    { width, hasCaption }: { readonly width: number; readonly hasCaption: boolean },
  ) => {
    const controller = new AbortController();
    aborting.current = controller;
    setShare(0);
    try {
      const takes = roles.map(({ title, request }) => ({ request, caption: hasCaption ? title : null }));
      const settings = { theme: themeStore.get(), width };
      const film = await recordFilm(format, takes, settings, setShare, controller.signal);
      const policies = roles.map((role, i) => ({ ...role, episodeReturn: film.returns[i]! }));
      saveFile(filmName(policies, roles[0]!.request.seed, film.extension), film.file, film.mimeType);
      announce(`Recorded ${film.frames} pictures, ${bytes(film.file.length)}.`);
    } catch (error) {
      if (!controller.signal.aborted) alertStore.set(messageOf(error));
    } finally {
      setShare(null);
    }
  };
  return { share, record, cancel: () => aborting.current?.abort() };
}
