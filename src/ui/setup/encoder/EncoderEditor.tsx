/** The layers of a custom encoder: as text, and below it as a list to edit. Both show and change the same value. */
import { Plus } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Problem } from '../../../config/findProblems.ts';
import type { ObservationSpace } from '../../../envs/spaces.ts';
import { Button } from '../../components/Button.tsx';
import { count } from '../../format.ts';
import { announce } from '../../notices.ts';
import { Field } from '../Field.tsx';
import { chosen, type FormState, left } from '../formState.ts';
import { formStore } from '../formStore.ts';
import { machine } from '../machine.ts';
import styles from './EncoderEditor.module.css';
import { LayerItem } from './LayerItem.tsx';
import { type LayerKind, layerDocs, layerKinds } from './layerFields.ts';
import { added, layerRows, moved, needsImage, without } from './layerRows.ts';

interface Props {
  readonly form: FormState;
  readonly problems: readonly Problem[];
  readonly space: ObservationSpace;
  /** Somebody has just asked for it. */
  readonly takesFocus: boolean;
}

const setText = (text: string): void => formStore.update((form) => chosen(form, 'encoderLayers', text));
const leave = (): void => formStore.update((form) => left(form, 'encoderLayers', machine));

export function EncoderEditor({ form, problems, space, takesFocus }: Props) {
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  const nextFocus = useRef<string | null>(null);
  const [typingIn, setTypingIn] = useState<number | null>(null);
  const text = form.values.encoderLayers;
  const rows = layerRows(text, space);
  const partId = (at: number, part: string) => `${id}-${at}-${part}`;

  useEffect(() => {
    if (takesFocus) list.current?.focus();
  }, [takesFocus]);
  useEffect(() => {
    if (nextFocus.current === null) return;
    (document.getElementById(nextFocus.current) ?? list.current)?.focus();
    nextFocus.current = null;
  });

  /** @param part what has the focus, and keeps it in the layer's new place */
  const move = (at: number, by: 1 | -1, part: string) => {
    if (at + by < 0 || at + by >= rows.length) return;
    nextFocus.current = partId(at + by, part);
    setText(moved(text, at, by));
    leave();
    announce(`Layer ${at + by + 1} of ${rows.length}.`);
  };
  const remove = (at: number) => {
    nextFocus.current = rows.length === 1 ? '' : partId(Math.min(at, rows.length - 2), 'remove');
    setText(without(text, at));
    leave();
    announce(`${count(rows.length - 1, 'layer')} left.`);
  };
  const add = (kind: LayerKind) => {
    const next = added(text, kind);
    setText(next.text);
    leave();
    announce(`Added as layer ${next.at + 1}.`);
  };

  const isImage = space.shape.length === 3;
  return (
    <div className={styles.editor}>
      <Field name="encoderLayers" form={form} problems={problems} />
      <p className={styles.end}>
        observation <b>{space.shape.join(' × ')}</b>
      </p>
      <ol ref={list} className={styles.layers} tabIndex={-1} aria-label="Layers of the encoder">
        {rows.map((row, i) => (
          <LayerItem
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is known by its place alone
            key={i}
            row={row}
            at={i}
            numRows={rows.length}
            partId={(part) => partId(i, part)}
            isTyping={typingIn === i}
            onText={setText}
            text={text}
            onTyping={(isTyping) => {
              setTypingIn(isTyping ? i : null);
              if (!isTyping) leave();
            }}
            onMove={(by, part) => move(i, by, part)}
            onRemove={() => remove(i)}
          />
        ))}
        {rows.length === 0 && <li className={styles.none}>No layers: the network sees the observation as it is.</li>}
      </ol>
      <fieldset className={styles.adding} aria-label="Add a layer">
        {layerKinds.map((kind) => {
          const isImpossible = needsImage(kind) && !isImage;
          return (
            <Button
              key={kind}
              icon={<Plus size={14} aria-hidden="true" />}
              disabled={isImpossible}
              title={isImpossible ? 'Needs an image; this environment shows none.' : layerDocs[kind].doc}
              aria-label={`Add ${kind}`}
              onClick={() => add(kind)}
            >
              {kind}
            </Button>
          );
        })}
        <span className={styles.keys}>Ctrl+Shift+↑ ↓ moves the layer you are in</span>
      </fieldset>
    </div>
  );
}
